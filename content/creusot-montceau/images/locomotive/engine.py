"""The engine: boiler, cab, wheels, cylinder and rods."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from locomotive import figures as f
from locomotive.parts import (
    BRASS,
    PAINT,
    STEEL,
    at,
    barrel,
    placed,
    plate,
    ring,
    rivets,
    rod,
    upright,
    wheel,
)

if TYPE_CHECKING:
    from atelier.sheet import Sheet

CRANK_DEG = 248.0  # of every driving wheel: the rods keep them together
R = f.DRIVER / 2


def draw(sheet: Sheet) -> None:
    """Draw the engine, what is behind first."""
    _frame(sheet)
    _boiler(sheet)
    _cab(sheet)
    _deck(sheet)
    for x, diameter in f.CARRIERS:
        wheel(sheet, x, diameter, spokes=11, crank_deg=None)
    for x in f.DRIVERS:
        wheel(sheet, x, f.DRIVER, spokes=20, crank_deg=CRANK_DEG)
    _motion(sheet)
    _front(sheet)


def _frame(sheet: Sheet) -> None:
    side = [(0.65, f.FRAME - 0.25), (16.6, f.FRAME - 0.25), (16.6, 1.5), (5.0, 1.5), (4.6, 1.42), (0.65, 1.42)]  # fmt: skip
    plate(sheet, side, STEEL, 0.65)
    sheet.hatch(placed(side), 63, 6.5, 1.2)
    ash = [(12.9, 0.75), (14.6, 0.75), (14.9, 1.9), (12.3, 1.9)]
    plate(sheet, ash, STEEL, 0.7)
    sheet.hatch(placed(ash), 118, 6, 1.3)


def _boiler(sheet: Sheet) -> None:
    y = f.BOILER_Y
    barrel(sheet, (10.9, 14.1), y - 0.12, (1.06, 1.1))
    barrel(sheet, (4.1, 10.9), y, (0.92, 1.0))
    barrel(sheet, (1.5, 4.1), y, (0.92, 0.92), STEEL)
    front = [
        (1.5, y - 0.92),
        (1.3, y - 0.6),
        (1.24, y),
        (1.3, y + 0.6),
        (1.5, y + 0.92),
    ]
    plate(sheet, front, STEEL, 0.6)
    for x in (4.1, 6.3, 8.6, 10.9, 12.5):
        band = [(x - 0.04, y - 0.95), (x + 0.04, y - 0.95), (x + 0.04, y + 0.97), (x - 0.04, y + 0.97)]  # fmt: skip
        plate(sheet, band, BRASS, 0.5)
    rivets(sheet, (1.6, y - 0.8), (1.6, y + 0.8), 0.11)
    rivets(sheet, (3.98, y - 0.8), (3.98, y + 0.8), 0.11)
    upright(sheet, 2.75, (y + 0.86, y + 1.28), (0.46, 0.36))
    lip = [(2.3, y + 1.26), (3.2, y + 1.26), (3.16, y + 1.36), (2.34, y + 1.36)]
    plate(sheet, lip, STEEL, 0.6)
    for x, half, top in ((5.3, 0.42, 1.18), (7.35, 0.5, 1.26), (9.6, 0.36, 1.16)):
        upright(sheet, x, (y + 0.9, y + top), (half, half * 0.86))
        cap = [(x - half * 0.86, y + top), (x + half * 0.86, y + top), (x + half * 0.4, y + top + 0.1), (x - half * 0.4, y + top + 0.1)]  # fmt: skip
        plate(sheet, cap, PAINT, 0.6)
    for x in (13.0, 13.4):
        sheet.line(placed([(x, y + 0.9), (x, y + 1.2)]), 5, hand=0.2)
    pipe = placed([(3.7, y - 0.1), (8.0, y + 0.02), (14.0, y + 0.06)])
    sheet.line(pipe, 3.4, hand=0.3)
    for x in np.arange(4.6, 14.0, 1.4):
        sheet.line(placed([(x, y - 0.12), (x, y + 0.02)]), 2.4, hand=0.1)


def _cab(sheet: Sheet) -> None:
    x0, x1 = f.CAB
    side = [
        (x0, 1.5),
        (x1, 1.5),
        (x1, 2.55),
        (x1 - 0.32, 2.75),
        (x1 - 0.32, 3.75),
        (x0, 3.75),
    ]
    plate(sheet, side, PAINT, 0.62)
    for y in np.arange(1.58, 3.7, 0.066):
        right = x1 - 0.07 if y < 2.55 else x1 - 0.4
        sheet.line(placed([(x0 + 0.07, y), (right, y)]), 1.2, hand=0.25)
    roof = [(x0 - 0.15, 3.72), (x1 + 0.1, 3.72), (x1 + 0.1, 3.82), (x1 - 0.5, 4.14), (x0 + 0.4, 4.14), (x0 - 0.15, 3.82)]  # fmt: skip
    plate(sheet, roof, STEEL, 0.6)
    for y in np.arange(3.8, 4.1, 0.05):
        inset = (y - 3.8) * 1.6
        sheet.line(
            placed([(x0 + inset, y), (x1 - inset, y)]), 1.1 + 3 * (4.1 - y), hand=0.2
        )
    for left in (x0 + 0.45, x0 + 1.3):
        pane = [(left, 2.9), (left + 0.65, 2.9), (left + 0.65, 3.5), (left, 3.5)]
        shape = placed(pane)
        sheet.erase(shape)
        sheet.wash(shape, (150, 178, 190), 0.5)
        sheet.line(shape, 2.6, closed=True, hand=0.2)
        sheet.line(placed([(left + 0.1, 3.0), (left + 0.4, 3.42)]), 1.2, hand=0.2)
    rivets(sheet, (x0 + 0.1, 1.6), (x0 + 0.1, 3.66))
    rivets(sheet, (x0 + 0.15, 2.75), (x1 - 0.45, 2.75), 0.12)
    for y in (0.55, 0.85, 1.15):
        sheet.line(placed([(x1 - 0.5, y), (x1, y)]), 4, hand=0.2)
    for x in (x1 - 0.5, x1):
        sheet.line(placed([(x, 0.5), (x, 1.5)]), 2.4, hand=0.2)


def _deck(sheet: Sheet) -> None:
    deck = [(3.1, f.DECK - 0.06), (f.CAB[0], f.DECK - 0.06), (f.CAB[0], f.DECK + 0.05), (3.1, f.DECK + 0.05)]  # fmt: skip
    plate(sheet, deck, STEEL, 0.5)
    for x in np.arange(4.6, 13.8, 1.15):
        sheet.line(placed([(x, f.DECK - 0.06), (x + 0.22, 1.5)]), 2.4, hand=0.2)
    screen = [(1.2, 2.0), (3.55, 2.0), (3.55, 4.02), (1.6, 4.02), (1.2, 3.6)]
    plate(sheet, screen, PAINT, 0.6)
    for x in np.arange(1.28, 3.5, 0.068):
        top = 3.96 if x > 1.62 else 3.56 + (x - 1.2)
        sheet.line(placed([(x, 2.06), (x, top)]), 0.9 + 0.5 * (x - 1.2), hand=0.2)
    rivets(sheet, (1.3, 2.1), (3.45, 2.1), 0.12)
    rivets(sheet, (1.75, 3.92), (3.45, 3.92), 0.12)
    board = placed([(1.75, 3.1), (3.15, 3.1), (3.15, 3.45), (1.75, 3.45)])
    sheet.erase(board)
    sheet.wash(board, BRASS, 0.45)
    sheet.line(board, 2.2, closed=True, hand=0.2)


def _motion(sheet: Sheet) -> None:
    turn = np.radians(CRANK_DEG)
    pins = [(x + f.CRANK * np.cos(turn), R + f.CRANK * np.sin(turn)) for x in f.DRIVERS]
    body = [(2.55, 0.72), (4.2, 0.72), (4.2, 1.38), (2.55, 1.38)]
    barrel(sheet, (2.55, 4.2), 1.05, (0.36, 0.36), STEEL)
    sheet.line(placed(body), 2.6, closed=True, hand=0.2)
    rivets(sheet, (2.65, 0.78), (2.65, 1.32), 0.1)
    rivets(sheet, (4.1, 0.78), (4.1, 1.32), 0.1)
    barrel(sheet, (2.7, 4.35), 1.66, (0.2, 0.2), STEEL)
    head = (5.25, 1.05)
    for y in (0.86, 1.24):
        sheet.line(placed([(4.2, y), (6.0, y)]), 4.4, hand=0.2)
    sheet.line(placed([(4.2, 1.05), head]), 4.2, hand=0.1)
    for first, second in itertools.pairwise(pins):
        rod(sheet, first, second, 0.15)
    link = (6.9, 1.72)
    rod(sheet, (4.5, 1.66), link, 0.08)
    rod(sheet, pins[1], (6.95, 1.36), 0.07)
    sheet.line(placed([(6.9, 1.3), (6.86, 1.7), (6.95, 2.1)]), 7, hand=0.3)
    sheet.line(placed([head, (5.15, 1.6)]), 3.4, hand=0.2)
    block = [
        (head[0] - 0.2, 0.8),
        (head[0] + 0.2, 0.8),
        (head[0] + 0.2, 1.3),
        (head[0] - 0.2, 1.3),
    ]
    plate(sheet, block, STEEL, 0.4)
    rod(sheet, head, pins[1], 0.19)


def _front(sheet: Sheet) -> None:
    beam = [(0.55, 0.78), (0.8, 0.78), (0.8, 1.46), (0.55, 1.46)]
    plate(sheet, beam, (178, 74, 58), 0.7)
    apron = [(0.8, 1.42), (1.9, 1.42), (2.6, 2.05), (1.2, 2.05)]
    plate(sheet, apron, PAINT, 0.6)
    sheet.hatch(placed(apron), 60, 6, 1.1)
    stem = [(0.08, 0.99), (0.55, 0.96), (0.55, 1.2), (0.08, 1.17)]
    head = [(0.0, 0.89), (0.08, 0.86), (0.08, 1.3), (0.0, 1.27)]
    for shape in (stem, head):
        plate(sheet, shape, STEEL, 0.6)
    lamp = ring((0.95, 1.62), 0.15, 24)
    sheet.erase(lamp)
    sheet.wash(lamp, BRASS, 0.7)
    sheet.line(lamp, 2.2, closed=True, hand=0.2)
    guard = placed([(0.7, 0.8), (0.98, 0.22), (1.08, 0.24)])
    sheet.line(guard, 4, hand=0.2)
    sheet.line([at(1.15, 3.0), at(1.02, 3.0)], 5, hand=0.1)
