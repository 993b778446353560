"""The house: thirteen bays between two wings that come forward."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atelier.shapes import box

from chateau import figures as f

if TYPE_CHECKING:
    from atelier.sheet import Sheet

    Point = tuple[float, float]

DORMER_BAYS = (1, 3, 5, 7, 9, 11)
DOOR_BAY = 6


def draw(sheet: Sheet) -> None:
    """Draw the main house, then the ends of its wings, which are nearer."""
    half = f.BAYS * f.BAY / 2
    left, right = f.MIDDLE - half, f.MIDDLE + half
    _roof(sheet, left - 14, right + 14, f.GROUND - f.WALL, f.ROOF)
    _wall(sheet, left, right, f.GROUND, f.WALL)
    for bay in range(f.BAYS):
        _bay(sheet, left + (bay + 0.5) * f.BAY, is_door=bay == DOOR_BAY)
    for bay in DORMER_BAYS:
        _dormer(sheet, left + (bay + 0.5) * f.BAY, f.GROUND - f.WALL - 16)
    _pediment(sheet)
    for x in (left + 180, f.MIDDLE - 250, f.MIDDLE + 250, right - 180):
        _chimney(sheet, x, f.GROUND - f.WALL - f.ROOF + 12)
    for sign in (-1, 1):
        _wing(sheet, f.MIDDLE + sign * (half + f.WING / 2 - 8))


def _wall(
    sheet: Sheet, left: float, right: float, ground: float, height: float
) -> None:
    shape = box(left, ground - height, right, ground)
    sheet.erase(shape)
    sheet.wash(shape, f.INK_STONE, 0.75, edge=0.3)
    sheet.line(shape, 2.6, closed=True, hand=0.6)
    for y, width in ((ground - height + 16, 1.6), (ground - height + 24, 2.2), (ground - 156, 2.0), (ground - 148, 1.4), (ground - 14, 1.8)):  # fmt: skip
        sheet.line([(left, y), (right, y)], width, hand=0.5)
    for x in (left, right):
        for k in range(int(height / 24)):
            reach = 26 if k % 2 else 16
            inner = x + reach if x == left else x - reach
            y = ground - height + 30 + 22 * k
            if y + 22 < ground:
                sheet.line([(x, y), (inner, y), (inner, y + 22)], 1.2, hand=0.4)


def _roof(sheet: Sheet, left: float, right: float, foot: float, height: float) -> None:
    inset = height * 0.42
    shape = [
        (left, foot),
        (left + inset, foot - height),
        (right - inset, foot - height),
        (right, foot),
    ]
    sheet.erase(shape)
    sheet.wash(shape, f.SLATE, 0.75, edge=0.4)
    row = 11
    for k in range(1, int(height / row)):
        y = foot - row * k
        cut = inset * k * row / height
        sheet.line([(left + cut, y), (right - cut, y)], 1.0, hand=0.7)
        x = left + cut + sheet.rng.uniform(4, 30)
        while x < right - cut:
            sheet.line([(x, y), (x + 0.5, y + row)], 0.9, hand=0.1)
            x += sheet.rng.uniform(16, 74)
    sheet.line(shape, 2.8, closed=True, hand=0.7)
    sheet.line(
        [(left + inset, foot - height - 4), (right - inset, foot - height - 4)], 3.0
    )


def _bay(sheet: Sheet, x: float, *, is_door: bool) -> None:
    top = f.GROUND - f.WALL
    window(sheet, x, top + 46, 40, 88)
    if is_door:
        _door(sheet, x)
    else:
        window(sheet, x, f.GROUND - 128, 40, 104, is_arched=True)


def window(
    sheet: Sheet,
    x: float,
    top: float,
    width: float,
    height: float,
    *,
    is_arched: bool = False,
) -> None:
    """Draw a window: its frame of stone, its panes, the shade under its head."""
    half = width / 2
    sheet.line(
        box(x - half - 6, top - 6, x + half + 6, top + height + 5),
        1.3,
        closed=True,
        hand=0.4,
    )
    pane = box(x - half, top, x + half, top + height)
    sheet.wash(pane, f.GLASS, 0.85, edge=0.3, stray=0.6)
    sheet.hatch(box(x - half, top, x + half, top + height * 0.4), 52, 5, 1.2)
    sheet.line(pane, 1.8, closed=True, hand=0.3)
    sheet.line([(x, top), (x, top + height)], 2.0, hand=0.2)
    for k in range(1, 4):
        y = top + height * k / 4
        sheet.line([(x - half, y), (x + half, y)], 1.2, hand=0.2)
    if is_arched:
        arch = [(x - half - 8, top - 6), (x - half * 0.5, top - 15), (x, top - 18), (x + half * 0.5, top - 15), (x + half + 8, top - 6)]  # fmt: skip
        sheet.line(arch, 1.6, hand=0.3)
        sheet.line([(x - 4, top - 18), (x - 3, top - 6), (x + 3, top - 6), (x + 4, top - 18)], 1.3, hand=0.2)  # fmt: skip


def _door(sheet: Sheet, x: float) -> None:
    shape = [(x - 30, f.GROUND), (x - 30, f.GROUND - 112), (x - 16, f.GROUND - 132), (x + 16, f.GROUND - 132), (x + 30, f.GROUND - 112), (x + 30, f.GROUND)]  # fmt: skip
    sheet.wash(shape, (140, 96, 66), 0.8, edge=0.4)
    sheet.hatch(shape, 88, 6, 1.2)
    sheet.line(shape, 2.6, hand=0.3)
    sheet.line([(x, f.GROUND), (x, f.GROUND - 132)], 2.0, hand=0.2)
    for k in range(4):
        step = box(
            x - 48 - 12 * k, f.GROUND + 7 * k, x + 48 + 12 * k, f.GROUND + 7 * (k + 1)
        )
        sheet.erase(step)
        sheet.wash(step, f.INK_STONE, 0.6)
        sheet.line(step, 1.6, closed=True, hand=0.3)


def _dormer(sheet: Sheet, x: float, foot: float) -> None:
    shape = box(x - 26, foot - 62, x + 26, foot)
    sheet.erase(shape)
    sheet.wash(shape, f.INK_STONE, 0.6)
    sheet.line(shape, 1.8, closed=True, hand=0.4)
    window(sheet, x, foot - 52, 26, 44)
    hood = [(x - 36, foot - 60), (x, foot - 92), (x + 36, foot - 60)]
    sheet.erase(hood)
    sheet.wash(hood, f.SLATE, 0.8)
    sheet.line(hood, 2.2, closed=True, hand=0.4)


def _pediment(sheet: Sheet) -> None:
    foot = f.GROUND - f.WALL + 10
    half = 1.5 * f.BAY
    shape = [
        (f.MIDDLE - half - 12, foot),
        (f.MIDDLE, foot - 106),
        (f.MIDDLE + half + 12, foot),
    ]
    sheet.erase(shape)
    sheet.wash(shape, f.INK_STONE, 0.8)
    sheet.line(shape, 3.0, closed=True, hand=0.5)
    inner = [
        (f.MIDDLE - half + 24, foot - 12),
        (f.MIDDLE, foot - 84),
        (f.MIDDLE + half - 24, foot - 12),
    ]
    sheet.line(inner, 1.6, closed=True, hand=0.4)
    round_ = [(f.MIDDLE + 20 * dx, foot - 36 + 20 * dy) for dx, dy in RING]
    sheet.wash(round_, f.GLASS, 0.6)
    sheet.line(round_, 2.0, closed=True, hand=0.3)


RING = tuple(
    (x, y)
    for x, y in (
        (1, 0), (0.87, 0.5), (0.5, 0.87), (0, 1), (-0.5, 0.87), (-0.87, 0.5),
        (-1, 0), (-0.87, -0.5), (-0.5, -0.87), (0, -1), (0.5, -0.87), (0.87, -0.5),
    )
)  # fmt: skip
"""A circle of radius 1."""


def _chimney(sheet: Sheet, x: float, foot: float) -> None:
    shape = box(x - 22, foot - 74, x + 22, foot)
    sheet.erase(shape)
    sheet.wash(shape, f.BRICK, 0.75)
    for k in range(7):
        sheet.line([(x - 22, foot - 10 * k), (x + 22, foot - 10 * k)], 1.0, hand=0.3)
    sheet.line(shape, 2.0, closed=True, hand=0.4)
    cap = box(x - 28, foot - 82, x + 28, foot - 74)
    sheet.wash(cap, f.INK_STONE, 0.6)
    sheet.line(cap, 1.8, closed=True, hand=0.3)


def _wing(sheet: Sheet, x: float) -> None:
    ground, wall, half = f.GROUND + 46, f.WALL + 26, f.WING / 2
    top = ground - wall
    roof = [
        (x - half - 16, top),
        (x - half + 60, top - 180),
        (x + half - 60, top - 180),
        (x + half + 16, top),
    ]
    sheet.erase(roof)
    sheet.wash(roof, f.SLATE, 0.85, edge=0.4)
    sheet.hatch(roof, 0, 11, 1.1, broken=0.4)
    sheet.line(roof, 2.8, closed=True, hand=0.6)
    _wall(sheet, x - half, x + half, ground, wall)
    for dx in (-92, 0, 92):
        window(sheet, x + dx, top + 52, 44, 96)
        window(sheet, x + dx, ground - 136, 44, 112, is_arched=True)
