"""What lies around the lock: spillway, keeper's house, garden, trees, slopes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from atelier import palette
from atelier.lettering import Hand, write

from ecluse import figures as f
from ecluse.place import LEFT, RIGHT, at, bank

if TYPE_CHECKING:
    from atelier.sheet import Sheet


def draw_behind(sheet: Sheet) -> None:
    """Draw what the lock hides in part."""
    _stream(sheet)


def draw(sheet: Sheet) -> None:
    """Draw all that stands on the banks."""
    _house(sheet)
    _garden(sheet)
    _trees(sheet)
    _hachures(sheet)


def _stream(sheet: Sheet) -> None:
    """Draw the spillway around the lock, with its fall and its little bridge."""
    middle = [(-3.3, -5.4), (-1.6, -6.6), (3, -7.0), (9, -6.6), (15, -6.9), (21, -6.4),
              (27, -6.8), (33, -6.3), (39, -6.7), (44, -6.2), (47.4, -5.3)]  # fmt: skip
    smooth = _smoothed(middle)
    half = 0.34 + 0.1 * np.sin(np.linspace(0, 17, len(smooth)))
    left = [at(x, y - h) for (x, y), h in zip(smooth, half, strict=True)]
    right = [at(x, y + h) for (x, y), h in zip(smooth, half, strict=True)]
    sheet.wash(left + right[::-1], palette.WATER, 0.7, edge=0.7)
    for edge in (left, right):
        sheet.line(edge, 1.8, "blue", hand=1.6)
    sheet.line([at(*p) for p in smooth], 0.9, "blue", hand=2.5)
    for k in range(5):
        x = 23.3 + 0.17 * k
        sheet.line([at(x, -7.05), at(x + 0.05, -6.1)], 1.7, "blue")
    bridge = [at(*p) for p in ((12.2, -7.9), (13.9, -7.7), (13.8, -5.9), (12.1, -6.0))]
    sheet.erase(bridge)
    sheet.wash(bridge, palette.PALE_STONE, 0.8)
    sheet.hatch(bridge, 3, 7, 1.1)
    for i in (1, 3):
        sheet.line([bridge[i], bridge[(i + 1) % 4]], 2.8)
    write(
        sheet,
        at(25.9, -7.55),
        "rigole de décharge",
        Hand(size=24, ink="blue", turn_deg=1.4),
    )


def _smoothed(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    xs, ys = zip(*points, strict=True)
    x = np.linspace(xs[0], xs[-1], 90)
    y = np.interp(x, xs, ys)
    kernel = np.hanning(9) / np.hanning(9).sum()
    y[4:-4] = np.convolve(y, kernel, "valid")
    return list(zip(x.tolist(), y.tolist(), strict=True))


def _house(sheet: Sheet) -> None:
    """Draw the keeper's house: a hipped roof, its ridge, its chimneys and lean-to."""
    a, b, c, d = (
        at(*p) for p in ((9.0, -12.6), (16.6, -12.2), (16.4, -8.5), (8.9, -8.8))
    )
    ridge = (at(11.0, -10.7), at(14.5, -10.45))
    planes = (
        [a, b, ridge[1], ridge[0]],
        [b, c, ridge[1]],
        [c, d, ridge[0], ridge[1]],
        [d, a, ridge[0]],
    )
    for plane, angle, strength, gap in zip(
        planes, (93, 4, 88, 176), (0.45, 0.72, 0.85, 0.55), (8, 6, 5, 7), strict=True
    ):
        sheet.wash(plane, palette.ROOF, strength)
        sheet.hatch(plane, angle, gap, 1.1)
        sheet.line(plane, 2.4, closed=True)
    shed = [at(*p) for p in ((16.6, -11.6), (18.9, -11.45), (18.8, -9.2), (16.5, -9.3))]
    sheet.wash(shed, palette.SLATE, 0.6)
    sheet.hatch(shed, 0, 6, 1.0)
    sheet.line(shed, 2.2, closed=True)
    for x, y in ((10.1, -11.6), (14.1, -9.5)):
        stack = [
            at(x + dx, y + dy)
            for dx, dy in ((0, 0), (0.6, 0.03), (0.58, 0.5), (0, 0.47))
        ]
        sheet.erase(stack)
        sheet.line(stack, 1.8, closed=True)
        sheet.fill(
            [
                (
                    p[0] * 0.55 + stack[0][0] * 0.45 + 4,
                    p[1] * 0.55 + stack[0][1] * 0.45 + 3,
                )
                for p in stack
            ]
        )
    write(sheet, at(8.6, -13.0), "Maison de l’éclusier", Hand(size=30, turn_deg=2.6))
    path = [at(*p) for p in ((12.5, -8.7), (12.3, -8.2), (12.9, -7.6))]
    sheet.line(path, 1.3, hand=2)
    sheet.line([(x + 26, y) for x, y in path], 1.3, hand=2)


def _garden(sheet: Sheet) -> None:
    """Draw the keeper's kitchen garden: beds that no two rows share, a well, a hedge."""
    rng = sheet.rng
    beds = [((19.6, -12.8), 2.1, 1.5), ((22.0, -12.5), 1.3, 2.2), ((19.5, -10.8), 1.6, 2.0),
            ((21.6, -9.8), 2.0, 1.1)]  # fmt: skip
    for k, ((x, y), w, h) in enumerate(beds):
        bed = [
            at(x, y),
            at(x + w, y + 0.1),
            at(x + w - 0.06, y + h),
            at(x + 0.05, y + h - 0.08),
        ]
        sheet.wash(bed, (palette.EARTH, palette.DARK_GRASS)[k % 2], 0.4)
        sheet.line(bed, 1.5, closed=True, hand=1)
        for _ in range(int(16 * w * h)):
            p = at(x + rng.uniform(0.12, w - 0.15), y + rng.uniform(0.12, h - 0.15))
            if k % 2:
                sheet.line([p, (p[0] + rng.uniform(-5, 5), p[1] - 8)], 1.3)
            else:
                sheet.line([(p[0] - 4, p[1] - 3), p, (p[0] + 4, p[1] - 4)], 1.3)
    for r in (11, 18):
        turn = np.linspace(0, 2 * np.pi, 18)
        cx, cy = at(7.3, -9.6)
        sheet.line([(cx + r * np.cos(t), cy + r * np.sin(t)) for t in turn], 1.7)
    write(sheet, at(6.1, -8.85), "puits", Hand(size=22))


def _trees(sheet: Sheet) -> None:
    rng = sheet.rng
    row = [
        (x + rng.normal(0, 0.5), 8.35 + rng.normal(0, 0.18))
        for x in np.arange(-3.6, 49.5, 3.35)
    ]
    grove = [(3.2, -9.5), (4.6, -10.9), (6.2, -12.3), (2.0, -8.6), (24.2, -8.6), (34.3, -8.5),
             (38.5, -8.6), (43.3, -8.1), (47.8, -8.4), (-0.2, -8.4)]  # fmt: skip
    for x, y in row + grove:
        _tree(sheet, at(x, y), rng.uniform(22, 40))


def _tree(sheet: Sheet, point: tuple[float, float], r: float) -> None:
    rng = sheet.rng
    turn = np.linspace(0, 2 * np.pi, int(rng.integers(11, 17)), endpoint=False)
    radii = r * rng.uniform(0.82, 1.12, len(turn))
    crown = [
        (point[0] + q * np.cos(t), point[1] + q * np.sin(t))
        for t, q in zip(turn, radii, strict=True)
    ]
    shade = [(x + 9, y + 8) for x, y in crown]
    sheet.wash(shade, palette.DARK_GRASS, 0.4, edge=0.2)
    sheet.erase(crown)
    sheet.wash(crown, palette.DARK_GRASS, 0.55, edge=0.5)
    for (x, y), (u, v) in zip(crown, crown[1:] + crown[:1], strict=True):
        middle = np.array(((x + u) / 2, (y + v) / 2))
        bulge = middle + (middle - point) * 0.22
        sheet.line([(x, y), tuple(bulge), (u, v)], 1.7, hand=0.8)
    for _ in range(int(r * 0.55)):
        a, q = rng.uniform(-0.6, 2.2), r * rng.uniform(0.25, 0.85)
        x, y = point[0] + q * np.cos(a), point[1] + q * np.sin(a)
        sheet.line([(x - 5, y - 2), (x, y + 2), (x + 5, y - 3)], 1.3)


def _hachures(sheet: Sheet) -> None:
    """Shade the banks with strokes down the slope, as maps of the time do."""
    rng = sheet.rng
    for sign, reach in ((-1, 0.75), (1, 0.55)):
        edge = np.array(bank(sign))
        for ends in ((LEFT, -0.4), (f.LENGTH + 0.4, RIGHT)):
            for x in np.arange(*ends, 0.16):
                y = np.interp(x, edge[:, 0], edge[:, 1] * sign)
                start = y + 0.12 + rng.uniform(0, 0.08)
                length = reach * rng.uniform(0.45, 1.0)
                sheet.line(
                    [
                        at(x, sign * start),
                        at(x + rng.normal(0, 0.05), sign * (start + length)),
                    ],
                    1.2,
                )
    for x in np.arange(10.5, 31.3, 0.3):
        for sign in (-1, 1):
            start = 4.85 + (0.95 if _by_stub(x) else 0)
            end = start + rng.uniform(0.2, 0.6)
            sheet.line(
                [at(x, sign * start), at(x + rng.normal(0, 0.05), sign * end)], 1.1
            )


def _by_stub(x: float) -> bool:
    return any(stub - 0.1 < x < stub + 1.15 for stub in (14.1, 19.6, 25.3, 29.7))
