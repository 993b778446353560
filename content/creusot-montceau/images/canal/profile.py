"""The canal cut along its length: a stair of water on each side of its highest reach."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
from atelier import palette
from atelier.lettering import Hand, write
from atelier.plate import border
from atelier.shapes import span, tree

from canal import figures as f
from canal.boat import barge

if TYPE_CHECKING:
    from atelier.sheet import Sheet

    Point = tuple[float, float]
    Water = tuple[float, float, float]  # its ends, and its height

TITLE = Hand(size=78, slant=0.0, align=0.5, spacing=0.18, nib=0.2, nib_angle_deg=26)
SUBTITLE = Hand(size=44, align=0.5, nib=0.15, spacing=0.08)
CAPTION = Hand(size=40, nib=0.15, align=0.5)
NAME = Hand(size=40, nib=0.15, align=0.5)
RED = Hand(size=44, slant=0.0, nib=0.17, align=0.5, ink="red")
NOTE = "les marches sont comptées ; leurs hauteurs et leurs places sont de convention"


def draw(sheet: Sheet) -> None:
    """Draw the whole canal, its names and its length."""
    border(sheet, NOTE)
    middle = sheet.size[0] / 2
    write(sheet, (middle, 200), "LE CANAL DU CENTRE", TITLE)
    write(
        sheet,
        (middle, 284),
        "de la Loire à la Saône, par-dessus les collines",
        SUBTITLE,
    )
    waters = levels()
    _hills(sheet, waters)
    for x, y, height in _trees(waters):
        tree(sheet, x, y, height)
    _earth(sheet, waters)
    for start, stop, y in waters:
        _reach(sheet, start, stop, y)
    _gates(sheet, waters)
    _boats(sheet, waters)
    _names(sheet, waters)
    span(sheet, f.LEFT + f.RIVER, f.RIGHT - f.RIVER, f.BOTTOM + 52, gap=220)
    write(sheet, (middle, f.BOTTOM + 66), "112 km", RED)
    write(sheet, (middle, f.BOTTOM + 146), "Fig. 1. le canal vu de côté", CAPTION)


def levels() -> list[Water]:
    """Return each water between two locks, rivers included: its ends and its height."""
    inner = f.RIGHT - f.LEFT - 2 * f.RIVER - f.SUMMIT
    step = inner / (f.LOIRE_LOCKS + f.SAONE_LOCKS - 2)
    waters = [(f.LEFT, f.LEFT + f.RIVER, f.TOP + f.RISE * f.LOIRE_LOCKS)]
    x = f.LEFT + f.RIVER
    for lock in range(1, f.LOIRE_LOCKS):
        waters.append((x, x + step, f.TOP + f.RISE * (f.LOIRE_LOCKS - lock)))
        x += step
    waters.append((x, x + f.SUMMIT, f.TOP))
    x += f.SUMMIT
    for lock in range(1, f.SAONE_LOCKS):
        waters.append((x, x + step, f.TOP + f.RISE * lock))
        x += step
    waters.append((x, f.RIGHT, f.TOP + f.RISE * f.SAONE_LOCKS))
    return waters


def _hills(sheet: Sheet, waters: list[Water]) -> None:
    """Draw what lies behind, and a few clouds."""
    rng = sheet.rng
    ends = [start for start, _, _ in waters] + [f.RIGHT]
    ground = [(x, y) for x, (*_, y) in zip(ends, [*waters, waters[-1]], strict=True)]
    x = np.linspace(f.LEFT, f.RIGHT, 60)
    for base, height, strength in ((40.0, 150.0, 0.28), (90.0, 90.0, 0.34)):
        rise = np.exp(-(((x - 1130) / 560) ** 2)) * height
        swell = 16 * np.sin(x / 97 + base) + 9 * np.sin(x / 41 + base)
        crest = f.TOP + base + 90 - rise - swell
        crest = np.minimum(crest, np.interp(x, *zip(*ground, strict=True)) - 6)
        shape = [*zip(x, crest, strict=True), *reversed(ground)]
        sheet.wash(shape, f.HILL, strength, edge=0.25, stray=3)
    for _ in range(7):
        cx, cy = rng.uniform(360, 2040), rng.uniform(360, 440)
        w, h = rng.uniform(120, 240), rng.uniform(18, 36)
        turn = np.linspace(0, 2 * np.pi, 30, endpoint=False)
        swell = 1 + 0.2 * np.sin(3 * turn + rng.uniform(0, 6)) + rng.normal(0, 0.05, 30)
        blot = [
            (cx + w * s * np.cos(t), cy + h * s * np.sin(t))
            for t, s in zip(turn, swell, strict=True)
        ]
        sheet.wash(blot, f.SKY, 0.3, edge=0.2, stray=4)


def _trees(
    waters: list[Water],
) -> list[tuple[float, float, float]]:
    """Return where trees stand on the towpath: foot and height."""
    chosen = (4, 9, 15, 21, 34, 41, 48, 55)
    trees = [(waters[k][0] + 12, waters[k][2] - 4, 64.0 + 7 * (k % 3)) for k in chosen]
    summit = waters[f.LOIRE_LOCKS]
    trees += [(summit[0] + dx, f.TOP - 4, 86.0) for dx in (26, 84, 296)]
    return trees


def _earth(sheet: Sheet, waters: list[Water]) -> None:
    bed: list[Point] = []
    for start, stop, y in waters:
        bed += [(start, y + f.DEPTH), (stop, y + f.DEPTH)]
    shape = [*bed, (f.RIGHT, f.BOTTOM), (f.LEFT, f.BOTTOM)]
    sheet.erase(shape)
    sheet.wash(shape, palette.EARTH, 0.62, edge=0.3)
    sheet.hatch(shape, 52, 26, 1.0, broken=0.8)
    sheet.line(bed, 2.2, hand=0.4)


def _reach(sheet: Sheet, start: float, stop: float, y: float) -> None:
    water = [(start, y), (stop, y), (stop, y + f.DEPTH), (start, y + f.DEPTH)]
    sheet.erase(water)
    sheet.wash(water, palette.WATER, 0.8, edge=0.4, stray=0.6)
    sheet.line([(start, y), (stop, y)], 1.8, "blue", hand=0.4)


def _gates(sheet: Sheet, waters: list[Water]) -> None:
    """Draw a lock wherever two waters meet."""
    for (_, x, here), (_, _, there) in itertools.pairwise(waters):
        top, foot = min(here, there) - 7, max(here, there) + f.DEPTH
        sheet.line([(x, top), (x, foot)], 4.4, hand=0.2)
        sheet.line([(x - 5, top), (x + 5, top)], 2.6, hand=0.2)


def _boats(sheet: Sheet, waters: list[Water]) -> None:
    summit = waters[f.LOIRE_LOCKS]
    barge(sheet, (summit[0] + 190, f.TOP + 3), 132)
    for k in (0, -1):
        start, stop, y = waters[k]
        barge(sheet, ((start + stop) / 2, y + 3), 84)


def _names(sheet: Sheet, waters: list[Water]) -> None:
    """Write the rivers, the summit, and how many locks each side counts."""
    summit = waters[f.LOIRE_LOCKS]
    middle = (summit[0] + summit[1]) / 2
    for k, name in ((0, "la Loire"), (-1, "la Saône")):
        start, stop, y = waters[k]
        write(sheet, ((start + stop) / 2, y - 62), name, NAME)
    write(sheet, (middle, f.TOP - 172), "301 m d’altitude", RED)
    write(sheet, (middle, f.TOP - 122), "le bief de partage", NAME)
    write(sheet, (540, 650), f"{f.LOIRE_LOCKS} écluses", RED)
    write(sheet, (1800, 650), f"{f.SAONE_LOCKS} écluses", RED)
