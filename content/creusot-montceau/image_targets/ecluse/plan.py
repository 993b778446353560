"""The view from above: the lock, its water, its banks and the keeper's house."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from atelier import palette
from atelier.lettering import Hand, write

from ecluse import banks, boat
from ecluse import figures as f
from ecluse.place import LEFT, RIGHT, at, bank, side

if TYPE_CHECKING:
    from atelier.sheet import Sheet


def draw(sheet: Sheet) -> None:
    """Draw the whole plan."""
    _ground(sheet)
    banks.draw_behind(sheet)
    _water(sheet)
    _masonry(sheet)
    for hinge in (f.UPPER_RECESS[1], f.LOWER_RECESS[1]):
        _gates(sheet, hinge)
    boat.barge(sheet)
    banks.draw(sheet)


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
    outline = [at(*p) for p in bank(-1) + bank(1)[::-1]]
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
    edge = np.array(bank(sign))
    for offset, width in (
        (0.16, 1.4),
        (0.36, 1.2),
        (0.62, 1.0),
        (0.96, 0.9),
        (1.4, 0.8),
    ):
        path = edge - (0, sign * offset)
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
