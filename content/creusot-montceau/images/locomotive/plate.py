"""What frames the engine: rails, title, dimensions, wheel, axles, facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from atelier.lettering import Hand, write
from atelier.plate import border
from atelier.shapes import circle, span

from locomotive import figures as f
from locomotive.parts import LEFT, PIXELS_PER_METRE, RAIL, STEEL, at

if TYPE_CHECKING:
    from atelier.sheet import Sheet

    Point = tuple[float, float]

TITLE = Hand(size=78, slant=0.0, align=0.5, spacing=0.18, nib=0.2, nib_angle_deg=26)
SUBTITLE = Hand(size=44, align=0.5, nib=0.15, spacing=0.08)
CAPTION = Hand(size=40, nib=0.15, align=0.5)
RED = Hand(size=38, nib=0.15, align=0.5, ink="red")
NOTE = "longueur et roues motrices à l’échelle, le reste de convention"
FACTS = (
    "Longueur totale, 27 m.",
    "Roues motrices, 2 m 02.",
    "Puissance, 4 000 chevaux.",
    "Vitesse, 120 km/h.",
    "Classée en 1990.",
)
WHEEL = (470.0, 1590.0, 150.0)  # its foot and pixels per metre
AXLES = (890.0, 1500.0)
ADULT_M = 1.70
STEAM = (176, 180, 182)


def draw(sheet: Sheet) -> None:
    """Draw all that is not the engine."""
    border(sheet, NOTE)
    middle = sheet.size[0] / 2
    write(sheet, (middle, 200), "LOCOMOTIVE 241 P 17", TITLE)
    write(sheet, (middle, 284), "sortie des ateliers Schneider, au Creusot", SUBTITLE)
    _steam(sheet)
    _rails(sheet)
    _length(sheet)
    _driver(sheet)
    _axles(sheet)
    _facts(sheet)


def _steam(sheet: Sheet) -> None:
    """Draw the plume that leaves the chimney, as a light wash."""
    rng = sheet.rng
    for k in range(26):
        part = k / 25
        x, y = at(2.75 + 9.5 * part**1.25, 4.7 + 1.9 * part**0.55)
        r = 26 + 78 * part**0.8
        turn = np.linspace(0, 2 * np.pi, 26, endpoint=False)
        swell = (
            1 + 0.16 * np.sin(3 * turn + rng.uniform(0, 6)) + rng.normal(0, 0.04, 26)
        )
        puff = [
            (x + 1.35 * r * s * np.cos(t), y + r * s * np.sin(t))
            for t, s in zip(turn, swell, strict=True)
        ]
        sheet.wash(puff, STEAM, 0.20 * (1 - 0.75 * part), edge=0.25)


def _rails(sheet: Sheet) -> None:
    left, right = at(-0.7, 0)[0], at(f.LENGTH + 0.7, 0)[0]
    for dy, width in ((3, 4.5), (14, 2.0), (20, 2.0)):
        sheet.line([(left, RAIL + dy), (right, RAIL + dy)], width, hand=0.4)
    x = left + 14
    while x < right - 30:
        tie = [(x, RAIL + 21), (x + 22, RAIL + 21), (x + 22, RAIL + 38), (x, RAIL + 38)]
        sheet.wash(tie, (168, 132, 92), 0.7)
        sheet.line(tie, 1.8, closed=True, hand=0.4)
        x += 46


def _length(sheet: Sheet) -> None:
    y = RAIL + 104
    start, stop = at(0, 0)[0], at(f.LENGTH, 0)[0]
    for x in (start, stop):
        sheet.line([(x, RAIL - 60), (x, y + 18)], 1.4, "red", hand=0.3)
    span(sheet, start, stop, y, gap=500)
    write(sheet, ((start + stop) / 2, y + 12), "27,117 m avec le tender", RED)


def _driver(sheet: Sheet) -> None:
    """Draw one driving wheel beside a person, three times as large."""
    x, foot, scale = WHEEL
    r = f.DRIVER / 2 * scale
    for radius, width in (
        (r + 5, 4.5),
        (r - 3, 1.4),
        (r - 15, 3.0),
        (38, 3.0),
        (18, 2.2),
    ):
        sheet.line(circle((x, foot - r), radius), width, closed=True, hand=0.4)
    for k in range(20):
        t = 2 * np.pi * k / 20
        way, across = (
            np.array((np.cos(t), np.sin(t))),
            np.array((-np.sin(t), np.cos(t))),
        )
        for side in (-1, 1):
            p = np.array((x, foot - r)) + way * 38 + across * side * 7
            q = np.array((x, foot - r)) + way * (r - 15) + across * side * 4
            sheet.line([p, q], 1.8, hand=0.3)
    sheet.line([(x - r - 60, foot + 6), (x + 400, foot + 6)], 3.0, hand=0.5)
    _person(sheet, x + r + 110, foot, scale)
    y0, y1 = foot - 2 * r, foot
    left = x - r - 54
    sheet.line([(left, y0), (left, y1)], 1.7, "red", hand=0.4)
    for tip, way in ((y0, 1), (y1, -1)):
        sheet.fill(
            [(left, tip), (left - 6, tip + way * 22), (left + 6, tip + way * 22)], "red"
        )
    turned = Hand(size=36, nib=0.15, align=0.5, ink="red", turn_deg=90)
    write(sheet, (left - 16, foot - r), "2,02 m", turned)
    write(sheet, (x + 110, foot + 62), "Fig. 2. une roue motrice", CAPTION)


def _person(sheet: Sheet, x: float, foot: float, scale: float) -> None:
    """Draw someone of 1.70 m, plain as on an architect's drawing."""
    unit = ADULT_M * scale / 8
    side = [(0.0, 0.0), (0.55, 0.0), (0.5, 2.2), (0.62, 4.0), (0.95, 3.4), (1.15, 3.5),
            (1.0, 5.6), (0.75, 6.4), (0.22, 6.75), (0.2, 7.0)]  # fmt: skip
    right = [(x + dx * unit, foot - y * unit) for dx, y in side]
    left = [(2 * x - px, py) for px, py in reversed(right)]
    body = [*right, *left]
    sheet.wash(body, STEEL, 0.55)
    sheet.hatch(body, 62, 6, 1.3)
    sheet.line(body, 2.4, closed=True, hand=0.4)
    sheet.line([(x, foot), (x, foot - 3.5 * unit)], 2.4, hand=0.4)
    head = circle((x, foot - 7.48 * unit), 0.52 * unit)
    sheet.wash(head, STEEL, 0.4)
    sheet.line(head, 2.4, closed=True, hand=0.3)


def _axles(sheet: Sheet) -> None:
    """Show what the number counts."""
    x, foot = AXLES
    groups = (("2", 2, 52), ("4", 4, 92), ("1", 1, 62))
    names = ("qui portent", "qui entraînent", "qui porte")
    for (figure, count, diameter), name in zip(groups, names, strict=True):
        start = x
        for _ in range(count):
            rim = circle((x + diameter / 2, foot - diameter / 2), diameter / 2)
            sheet.line(rim, 4.0, closed=True, hand=0.3)
            sheet.line(
                circle((x + diameter / 2, foot - diameter / 2), 5),
                2.4,
                closed=True,
                hand=0.2,
            )
            x += diameter + 8
        middle = (start + x - 8) / 2
        big = Hand(size=70, slant=0.0, align=0.5, nib=0.18, ink="red")
        write(sheet, (middle, foot - 150), figure, big)
        write(sheet, (middle, foot + 48), name, Hand(size=27, align=0.5))
        x += 62
    sheet.line([(AXLES[0] - 20, foot + 4), (x - 42, foot + 4)], 3.0, hand=0.4)
    write(
        sheet,
        ((AXLES[0] + x - 62) / 2, foot + 152),
        "Fig. 3. sept essieux : 241",
        CAPTION,
    )


def _facts(sheet: Sheet) -> None:
    x, y = 1764, 1300
    sheet.line([(x - 50, y - 60), (x - 50, y + 330)], 1.8, hand=0.5)
    for k, words in enumerate(FACTS):
        write(sheet, (x, y + 72 * k), words, Hand(size=35))
    write(
        sheet,
        (LEFT + PIXELS_PER_METRE * f.LENGTH / 2, RAIL + 200),
        "Fig. 1. la locomotive et son tender",
        CAPTION,
    )
