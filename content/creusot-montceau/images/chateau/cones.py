"""The two cones that were furnaces, one on each side of the courtyard."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from chateau import figures as f

if TYPE_CHECKING:
    from atelier.sheet import Sheet

FOOT_Y = f.GROUND + 150
LIGHT = -0.45  # where it falls on the round, from -1 at the left to 1


def draw(sheet: Sheet) -> None:
    """Draw both, nearer than the house."""
    for x in f.CONES:
        _shadow(sheet, x)
        _body(sheet, x)
        _lantern(sheet, x)
        _door(sheet, x)
        _openings(sheet, x)


def _half(y: float) -> float:
    """Return half the width at a height above the foot: slightly hollow, as a bottle."""
    part = y / f.CONE_HEIGHT
    return f.CONE_TOP + (f.CONE_FOOT - f.CONE_TOP) * (1 - part) ** 1.15


def _body(sheet: Sheet, x: float) -> None:
    heights = np.linspace(0, f.CONE_HEIGHT, 30)
    right = [(x + _half(y), FOOT_Y - y) for y in heights]
    left = [(x - _half(y), FOOT_Y - y) for y in heights[::-1]]
    foot = [
        (x + f.CONE_FOOT * np.cos(t), FOOT_Y + 20 * np.sin(t))
        for t in np.linspace(np.pi, 0, 16)
    ]
    shape = [*right, *left, *foot]
    sheet.erase(shape)
    sheet.wash(shape, f.INK_STONE, 0.85, edge=0.5)
    shade = [*right, *((x + 0.42 * (px - x), py) for px, py in reversed(right))]
    sheet.wash(shade, (176, 150, 116), 0.5, edge=0.1, stray=5)
    row = 19
    for y in np.arange(row, f.CONE_HEIGHT, row):
        half = _half(y)
        turn = np.linspace(-1, 1, 22)
        sag = 20 * half / f.CONE_FOOT
        curve = [
            (x + half * k, FOOT_Y - y + sag * np.sqrt(max(1 - k * k, 0))) for k in turn
        ]
        _course(sheet, curve, y)
    sheet.line([*right], 3.0, hand=0.6)
    sheet.line([*left], 2.4, hand=0.6)
    sheet.line(foot, 2.6, hand=0.4)
    for y in (112, 262, 390):
        half, sag = _half(y) + 5, 20 * _half(y) / f.CONE_FOOT
        for dy in (0, 12):
            band = [(x + half * k, FOOT_Y - y + dy + sag * np.sqrt(max(1 - k * k, 0))) for k in np.linspace(-1, 1, 24)]  # fmt: skip
            sheet.line(band, 2.4, hand=0.4)


def _course(sheet: Sheet, curve: list[tuple[float, float]], y: float) -> None:
    """Draw one course of bricks, broken where the light falls."""
    rng = sheet.rng
    for k, (p, q) in enumerate(itertools.pairwise(curve)):
        part = 2 * k / (len(curve) - 2) - 1
        dark = abs(part - LIGHT) / (1 - LIGHT)
        if rng.random() < 0.25 + 0.9 * dark:
            sheet.line([p, q], 0.8 + 1.5 * dark, hand=0.2)
        if rng.random() < 0.2 + 0.3 * dark and y > 0:
            sheet.line([p, (p[0], p[1] + 17)], 1.1, hand=0.1)


def _lantern(sheet: Sheet, x: float) -> None:
    """Draw the drum of columns and its dome, as on the museum's model."""
    y = FOOT_Y - f.CONE_HEIGHT
    ledge = [(x - 82, y + 12), (x - 82, y), (x + 82, y), (x + 82, y + 12)]
    drum = [(x - 50, y), (x - 50, y - 52), (x + 50, y - 52), (x + 50, y)]
    for shape in (ledge, drum):
        sheet.erase(shape)
        sheet.wash(shape, f.INK_STONE, 0.75)
        sheet.line(shape, 2.4, closed=True, hand=0.3)
    for dx in (-33, -11, 11, 33):
        pane = [
            (x + dx - 6, y - 2),
            (x + dx - 6, y - 40),
            (x + dx + 6, y - 40),
            (x + dx + 6, y - 2),
        ]
        sheet.wash(pane, (90, 96, 104), 0.85)
        sheet.line(pane, 1.6, closed=True, hand=0.2)
    turn = np.linspace(0, np.pi, 24)
    dome = [(x + 60 * np.cos(t), y - 52 - 62 * np.sin(t)) for t in turn]
    sheet.erase(dome)
    sheet.wash(dome, f.SLATE, 0.95, edge=0.4)
    for k in (-0.6, -0.25, 0.15, 0.5, 0.8):
        rib = [
            (x + 60 * k * np.cos(t), y - 52 - 62 * np.sin(t))
            for t in np.linspace(0, np.pi / 2, 12)
        ]
        sheet.line(rib, 1.2 + 0.7 * (k + 0.6), hand=0.2)
    sheet.line(dome, 2.6, closed=True, hand=0.4)
    sheet.line([(x, y - 114), (x, y - 146)], 2.8, hand=0.2)


def _door(sheet: Sheet, x: float) -> None:
    top = FOOT_Y - 92
    shape = [(x - 30, FOOT_Y + 20), (x - 30, top), (x - 16, top - 22), (x, top - 28), (x + 16, top - 22), (x + 30, top), (x + 30, FOOT_Y + 20)]  # fmt: skip
    sheet.erase(shape)
    sheet.wash(shape, (110, 78, 60), 0.85)
    sheet.hatch(shape, 88, 5, 1.4)
    sheet.line(shape, 2.6, hand=0.3)


def _openings(sheet: Sheet, x: float) -> None:
    """Draw the round openings, one over the other and at the sides."""
    for dx, dy in ((0, 200), (-78, 150), (78, 150), (0, 330)):
        turn = np.linspace(0, 2 * np.pi, 20)
        ring = [(x + dx + 14 * np.cos(t), FOOT_Y - dy + 15 * np.sin(t)) for t in turn]
        sheet.erase(ring)
        sheet.wash(ring, (90, 96, 104), 0.85)
        sheet.line(ring, 2.6, hand=0.2)


def _shadow(sheet: Sheet, x: float) -> None:
    fall = [(x - 60, FOOT_Y + 18), (x + 130, FOOT_Y + 14), (x + 330, FOOT_Y + 44), (x + 250, FOOT_Y + 60), (x, FOOT_Y + 34)]  # fmt: skip
    sheet.wash(fall, (150, 136, 118), 0.5, edge=0.1, stray=5)
    sheet.hatch(fall, 6, 9, 1.1, broken=0.7)
