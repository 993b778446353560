"""The view from above: the lock, its water, its banks and the keeper's house."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from atelier.lettering import Hand, write

from ecluse import figures as f
from ecluse import palette

if TYPE_CHECKING:
    from atelier.sheet import Sheet

ORIGIN = (300.0, 700.0)
LEFT, RIGHT = -5.1, 50.1  # where the drawing stops, metres


def at(x: float, y: float) -> tuple[float, float]:
    """Return the pixel of a point of the plan, metres."""
    return (ORIGIN[0] + f.PIXELS_PER_METRE * x, ORIGIN[1] + f.PIXELS_PER_METRE * y)


def draw(sheet: Sheet) -> None:
    """Draw the whole plan."""
    _ground(sheet)
    _stream(sheet)
    _water(sheet)
    _masonry(sheet)
    for hinge in (f.UPPER_RECESS[1], f.LOWER_RECESS[1]):
        _gates(sheet, hinge)
    _barge(sheet)
    _house(sheet)
    _garden(sheet)
    _trees(sheet)
    _hachures(sheet)


def side(sign: int) -> list[tuple[float, float]]:
    """Return one face of the lock, from upstream to downstream, metres."""
    w, deep = f.HALF_WIDTH, f.HALF_WIDTH + f.RECESS
    a, b = f.UPPER_RECESS
    c, d = f.LOWER_RECESS
    flare = [(0.0, 4.5), (0.25, 3.5), (0.8, 2.9), (1.7, w)]
    outlet = [(f.LENGTH - 1.9, w), (f.LENGTH - 0.9, 2.95), (f.LENGTH, 4.2)]
    face = [
        *flare, (a, w), (a + 0.12, deep), (b - 0.15, deep), (b, w),
        (c, w), (c + 0.12, deep), (d - 0.15, deep), (d, w), *outlet,
    ]  # fmt: skip
    return [(x, sign * y) for x, y in face]


def _bank(sign: int) -> list[tuple[float, float]]:
    """Return the water's edge along both reaches and the lock."""
    before = [(LEFT, 6.1), (-3.4, 5.7), (-1.5, 5.0)]
    after = [(f.LENGTH + 1.4, 5.1), (f.LENGTH + 3, 5.6), (RIGHT, 6.3)]
    return [
        *((x, sign * y) for x, y in before),
        *side(sign),
        *((x, sign * y) for x, y in after),
    ]


def _ground(sheet: Sheet) -> None:
    north = [
        (LEFT, -8.0),
        (4, -9.6),
        (8, -13.2),
        (21, -13.4),
        (24, -9.2),
        (36, -8.3),
        (RIGHT, -7.9),
    ]
    south = [(RIGHT, 6.9), (40, 6.2), (22, 6.5), (9, 6.1), (LEFT, 6.8)]
    sheet.wash([at(*p) for p in north + south], palette.GRASS, 0.42, edge=0.5, stray=9)
    for cx, cy, r in sheet.rng.uniform((-4, -8, 0.6), (49, 6, 2.4), (30, 3)):
        turn = np.linspace(0, 2 * np.pi, 12, endpoint=False)
        blot = [at(cx + 1.6 * r * np.cos(t), cy + 0.6 * r * np.sin(t)) for t in turn]
        sheet.wash(blot, palette.DARK_GRASS, 0.16, edge=0.6, stray=7)
    lower = [(LEFT, 6.25), (6, 5.75), (22, 5.6), (37, 5.8), (RIGHT, 6.4)]
    upper = [(RIGHT, 7.75), (40, 7.2), (24, 7.0), (10, 7.15), (LEFT, 7.9)]
    road = [at(*p) for p in lower + upper]
    sheet.wash(road, palette.ROAD, 0.75, edge=0.3)
    for edge in (lower, upper):
        sheet.line([at(*p) for p in edge], 1.6, hand=2.2)
    for x in sheet.rng.uniform(LEFT + 0.5, RIGHT - 0.5, 170):
        y = sheet.rng.uniform(6.2, 7.2)
        reach = sheet.rng.uniform(0.03, 0.22)
        sheet.line([at(x, y), at(x + reach, y + 0.02)], 1.1)
    write(
        sheet,
        at(12.2, 6.7),
        "Chemin de halage, vers la Saône",
        Hand(size=25, turn_deg=-0.4),
    )


def _water(sheet: Sheet) -> None:
    outline = [at(*p) for p in _bank(-1) + _bank(1)[::-1]]
    sheet.wash(outline, palette.WATER, 0.62, edge=0.9)
    chamber = [at(*p) for p in [(8, -2.6), (35.5, -2.6), (35.5, 2.6), (8, 2.6)]]
    sheet.wash(chamber, palette.DEEP_WATER, 0.3)
    for sign in (-1, 1):
        _shore_lines(sheet, sign)
    for x, y in ((-3.4, 0.4), (46.2, -0.6)):
        _arrow(sheet, at(x, y), 92)
    write(sheet, at(-3.9, -1.5), "Amont", Hand(size=32, ink="blue", turn_deg=2))
    write(sheet, at(45.9, 2.2), "Aval", Hand(size=32, ink="blue", turn_deg=-3))


def _shore_lines(sheet: Sheet, sign: int) -> None:
    """Line the water along its shore, ever wider apart, as engravers do."""
    bank = np.array(_bank(sign))
    for offset, width in (
        (0.16, 1.4),
        (0.36, 1.2),
        (0.62, 1.0),
        (0.96, 0.9),
        (1.4, 0.8),
    ):
        path = bank - (0, sign * offset)
        start = 0
        while start < len(path) - 1:
            stop = min(start + int(sheet.rng.integers(3, 9)), len(path))
            run = [at(*p) for p in path[start:stop]]
            if len(run) > 1:
                sheet.line(run, width, "blue", hand=1.6)
            start = stop - (1 if sheet.rng.random() < 0.7 else 0)


def _arrow(sheet: Sheet, point: tuple[float, float], length: float) -> None:
    x, y = point
    sheet.line([(x, y), (x + length / 2, y - 5), (x + length, y)], 2.2, "blue")
    tip = (x + length + 16, y + 1)
    sheet.fill(
        [tip, (x + length - 12, y - 9), (x + length - 5, y), (x + length - 9, y + 10)],
        "blue",
    )
    for k in range(4):
        sheet.line([(x + 7 * k, y), (x - 8 + 7 * k, y - 9 - k)], 1.2, "blue")


def _masonry(sheet: Sheet) -> None:
    rng = sheet.rng
    for sign in (-1, 1):
        face = side(sign)
        back = [
            (f.LENGTH, sign * f.HEAD_WALL), (31.8, sign * f.HEAD_WALL), (31.4, sign * f.WALL),
            (10.2, sign * f.WALL), (9.9, sign * f.HEAD_WALL), (0.0, sign * f.HEAD_WALL),
        ]  # fmt: skip
        wall = [at(*p) for p in face + back]
        sheet.wash(wall, palette.STONE, 0.52, edge=0.5)
        sheet.line(wall, 3.0, closed=True)
        coping = [at(x, y + sign * 0.55) for x, y in face]
        sheet.line(coping, 1.6)
        _joints(sheet, face, sign)
        for start, stop in ((1.4, 9.6), (32.2, 43.6)):
            _paving(sheet, start, stop, sign)
        for x in (14.1, 19.6, 25.3, 29.7):
            stub = [
                at(x + dx, sign * y)
                for dx, y in ((0, 4.7), (0, 5.6), (1.05, 5.55), (1.05, 4.7))
            ]
            sheet.wash(stub, palette.STONE, 0.5)
            sheet.line(stub, 1.8, hand=0.9)
            sheet.hatch(stub, 50, 6, 1.0)
        back_strip = [
            at(x, sign * y)
            for x, y in ((10.4, 3.35), (31.2, 3.35), (31.2, 4.55), (10.4, 4.55))
        ]
        sheet.hatch(back_strip, 38 + 14 * sign, 9.5, 1.1, broken=0.35)
        for x in rng.uniform(10.6, 31, 60):
            y = sign * rng.uniform(3.4, 4.5)
            sheet.line(
                [at(x, y), at(x + rng.uniform(0.1, 0.4), y + rng.uniform(-0.1, 0.1))],
                1.3,
            )
        for x in (1.9, 12.7, 22.4, 30.9, 39.4, 43.1):
            _bollard(sheet, at(x + rng.uniform(-0.4, 0.4), sign * 3.02))
    _stairs(sheet)


def _joints(sheet: Sheet, face: list[tuple[float, float]], sign: int) -> None:
    """Cut the coping into stones of uneven lengths."""
    points = np.array(face)
    lengths = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    s = 0.3
    while s < lengths[-1]:
        x, y = (np.interp(s, lengths, points[:, i]) for i in (0, 1))
        sheet.line(
            [at(x, y), at(x + sheet.rng.normal(0, 0.03), y + sign * 0.55)],
            1.4,
            hand=0.2,
        )
        if sheet.rng.random() < 0.28:
            stone = [
                at(x, y),
                at(x + 0.7, y),
                at(x + 0.7, y + sign * 0.5),
                at(x, y + sign * 0.5),
            ]
            sheet.hatch(stone, float(sheet.rng.uniform(20, 160)), 5, 0.9)
        s += sheet.rng.uniform(0.62, 1.35)


def _paving(sheet: Sheet, start: float, stop: float, sign: int) -> None:
    """Pave a head of the lock with flagstones, no two alike."""
    rng = sheet.rng
    for low, high in ((3.5, 4.1), (4.1, 4.75), (4.75, f.HEAD_WALL)):
        x = start + rng.uniform(0, 0.6)
        while x < stop:
            step = rng.uniform(0.55, 1.5)
            tilt = rng.normal(0, 0.07)
            if rng.random() < 0.86:
                sheet.line([at(x + tilt, sign * low), at(x, sign * high)], 1.2)
            if rng.random() < 0.9:
                sheet.line(
                    [at(x, sign * high), at(x + step, sign * high)], 1.1, hand=1.2
                )
            if rng.random() < 0.22:
                flag = [
                    at(x, sign * low),
                    at(x + step, sign * low),
                    at(x + step, sign * high),
                    at(x, sign * high),
                ]
                sheet.hatch(flag, float(rng.uniform(15, 165)), 6, 0.9, broken=0.4)
            x += step


def _bollard(sheet: Sheet, point: tuple[float, float]) -> None:
    turn = np.linspace(0, 2 * np.pi, 14)
    ring = [(point[0] + 8 * np.cos(t), point[1] + 8 * np.sin(t)) for t in turn]
    sheet.erase(ring)
    sheet.line(ring, 1.8, hand=0.4)
    sheet.fill([(x * 0.5 + point[0] * 0.5, y * 0.5 + point[1] * 0.5) for x, y in ring])


def _stairs(sheet: Sheet) -> None:
    """Draw the steps that go down beside the lower head, on each side another way."""
    for k in range(9):
        x = 38.2 + 0.42 * k
        sheet.line([at(x, 4.15), at(x, 5.2)], 1.5, hand=0.4)
    sheet.line([at(38.2, 4.15), at(41.6, 4.15)], 2.0)
    for k in range(7):
        y = -4.0 - 0.2 * k
        sheet.line([at(40.5, y), at(41.9, y)], 1.4, hand=0.4)
    sheet.line([at(40.5, -3.9), at(40.5, -5.3)], 1.8)
    sheet.line([at(41.9, -3.9), at(41.9, -5.3)], 1.8)


def _gates(sheet: Sheet, hinge: float) -> None:
    tip = np.array((hinge - f.MITRE, 0.0))
    for sign in (-1, 1):
        heel = np.array((hinge - 0.1, sign * (f.HALF_WIDTH + 0.12)))
        along = (tip - heel) / np.hypot(*(tip - heel))
        across = np.array((along[1], -along[0])) * sign
        leaf = [heel, tip, tip - across * 0.32, heel - across * 0.36]
        beam_end = heel - along * 4.1
        beam = [heel - across * 0.02, tip - across * 0.1, tip - across * 0.25,
                heel - across * 0.34, beam_end - across * 0.42, beam_end + across * 0.06]  # fmt: skip
        for shape, strength in ((leaf, 0.7), (beam, 0.9)):
            pixels = [at(*p) for p in shape]
            sheet.erase(pixels)
            sheet.wash(pixels, palette.TIMBER, strength)
            sheet.line(pixels, 2.2, closed=True)
        for t in (0.12, 0.3, 0.47, 0.66, 0.85):
            p = heel + (tip - heel) * t
            sheet.line([at(*p), at(*(p - across * 0.34))], 1.6)
        rack = [
            at(*(heel + along * d - across * o))
            for d, o in ((1.0, 0.36), (1.0, 0.8), (1.35, 0.8), (1.35, 0.36))
        ]
        sheet.line(rack, 1.8, closed=True)
        sheet.hatch(rack, 70, 4.5, 1.2)
        for k in range(5):
            q = beam_end + along * (0.5 + 0.62 * k)
            sheet.line(
                [at(*(q + across * 0.04)), at(*(q + along * 0.3 - across * 0.38))], 1.0
            )
    walk = [at(tip[0] + 0.1, -1.2), at(tip[0] + 0.05, 1.15)]
    sheet.line(walk, 1.2)
    fan = np.linspace(-1, 1, 13)
    arc = [at(hinge + 0.55 - 0.5 * (1 - t * t), f.HALF_WIDTH * t) for t in fan]
    sheet.line(arc, 1.6)
    sheet.line([(x + 9, y) for x, y in arc], 1.1)


def _barge(sheet: Sheet) -> None:
    """Draw a loaded boat at rest in the chamber, moored askew."""
    skew = 0.014
    hull = [(11.2, 0.1), (11.9, -1.25), (13.4, -1.86), (16, -2.0), (29.6, -1.95), (31.6, -1.6),
            (32.5, -0.7), (32.6, 0.6), (31.7, 1.5), (29.6, 1.9), (16, 1.9), (13.3, 1.8), (11.9, 1.3)]  # fmt: skip
    outline = [at(x, y + skew * (x - 20)) for x, y in hull]
    sheet.erase(outline)
    sheet.wash(outline, palette.TIMBER, 0.62, edge=0.6)
    sheet.line(outline, 2.8, closed=True)
    inner = [at(22 + (x - 22) * 0.955, (y + skew * (x - 20)) * 0.87) for x, y in hull]
    sheet.line(inner, 1.4, closed=True)
    for x in (15.3, 19.7, 24.6, 28.3):
        low, high = skew * (x - 20) - 1.75, skew * (x - 20) + 1.7
        sheet.line([at(x, low), at(x + 0.05, high)], 3.0)
    _casks(sheet, 15.6, 19.4, skew)
    _coal(sheet, 19.95, 28.1, skew)
    cabin = [at(*p) for p in ((28.6, -1.4), (31.2, -1.25), (31.3, 1.4), (28.6, 1.5))]
    sheet.wash(cabin, palette.SLATE, 0.55)
    sheet.line(cabin, 2.0, closed=True)
    sheet.hatch(cabin, 90, 9, 1.0)
    sheet.line([at(32.5, 0.1), at(34.2, 0.55)], 3.6)
    for mooring in (((13.4, 1.8), (12.9, 3.0)), ((29.8, -1.9), (30.8, -3.0))):
        sheet.line([at(*mooring[0]), at(*mooring[1])], 1.3, hand=2.4)


def _casks(sheet: Sheet, start: float, stop: float, skew: float) -> None:
    for row in range(4):
        for column in range(4):
            x = start + 0.45 + (stop - start - 0.6) / 4 * (column + 0.18 * (row % 2))
            y = -1.25 + 0.8 * row + skew * (x - 20)
            if (row, column) in ((0, 3), (2, 0)):
                continue
            w, h = 0.36, 0.25
            shape = [
                (-w, -h * 0.7),
                (0, -h),
                (w, -h * 0.7),
                (w, h * 0.7),
                (0, h),
                (-w, h * 0.7),
            ]
            lean = sheet.rng.uniform(-0.35, 0.35)
            cask = [at(x + a - lean * b, y + b + lean * a) for a, b in shape]
            sheet.wash(cask, palette.EARTH, 0.5)
            sheet.line(cask, 1.6, closed=True)
            sheet.line([at(x - 0.12, y - h), at(x - 0.12, y + h)], 1.1)
            sheet.line([at(x + 0.14, y - h), at(x + 0.14, y + h)], 1.1)


def _coal(sheet: Sheet, start: float, stop: float, skew: float) -> None:
    rng = sheet.rng
    for _ in range(150):
        x = rng.uniform(start + 0.2, stop - 0.2)
        y = rng.normal(0, 0.62) + skew * (x - 20)
        if abs(y) > 1.5 or 24.3 < x < 24.9:
            continue
        turn = np.sort(rng.uniform(0, 2 * np.pi, int(rng.integers(4, 7))))
        r = rng.uniform(0.07, 0.2)
        lump = [at(x + r * np.cos(t), y + 0.8 * r * np.sin(t)) for t in turn]
        if rng.random() < 0.55:
            sheet.fill(lump)
        else:
            sheet.erase(lump)
            sheet.line(lump, 1.4, closed=True, hand=0.3)


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
        bank = np.array(_bank(sign))
        for ends in ((LEFT, -0.4), (f.LENGTH + 0.4, RIGHT)):
            for x in np.arange(*ends, 0.16):
                y = np.interp(x, bank[:, 0], bank[:, 1] * sign)
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
