"""What frames the views: border, cartouche, compass, letters, legend and scales."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from atelier.lettering import Hand, write

from ecluse import figures as f
from ecluse import long_section, place

if TYPE_CHECKING:
    from atelier.sheet import Sheet

CARTOUCHE = (1270, 92, 2304, 352)
LEGEND = (
    ("a", "Musoirs de la tête d’amont"),
    ("b", "Portes d’amont, fermées"),
    ("c", "Mur de chute"),
    ("d", "Sas, et bateau chargé de houille"),
    ("e", "Portes d’aval, fermées"),
    ("f", "Escaliers de service"),
    ("g", "Radier sur pilotis"),
    ("h", "Vannes à crémaillère"),
)


def draw(sheet: Sheet) -> None:
    """Draw all that is not the lock."""
    _border(sheet)
    _cartouche(sheet)
    _compass(sheet, (192, 236), 92)
    _cutting_lines(sheet)
    _dimensions(sheet)
    _letters(sheet)
    _legend(sheet)
    _scales(sheet)


def _border(sheet: Sheet) -> None:
    w, h = sheet.size
    for inset, width in ((44, 5.0), (58, 1.6), (64, 1.2)):
        sheet.line(
            [
                (inset, inset),
                (w - inset, inset),
                (w - inset, h - inset),
                (inset, h - inset),
            ],
            width,
            closed=True,
            hand=0.9,
        )
    for k in range(1, 30):
        x = 64 + (w - 128) * k / 30
        for y in (44, h - 58):
            sheet.line([(x, y), (x, y + 14)], 1.4, hand=0.3)
    write(
        sheet,
        (w - 68, h - 18),
        "Dessiné pour la démonstration, 2026",
        Hand(size=20, align=1),
    )
    write(sheet, (70, h - 18), "Un centimètre pour un mètre", Hand(size=20))


def _cartouche(sheet: Sheet) -> None:
    """Draw the title on a curling sheet with shaded edges."""
    left, top, right, bottom = CARTOUCHE
    body = [
        (left + 40, top),
        (right - 60, top + 8),
        (right - 30, bottom - 14),
        (left + 60, bottom),
    ]
    sheet.wash(body, (246, 226, 178), 0.5, edge=0.9)
    sheet.line(body, 2.8, closed=True, hand=2.2)
    for sign, x, (low, high) in (
        (-1, left + 50, (top, bottom)),
        (1, right - 45, (top + 8, bottom - 14)),
    ):
        curl = [(x - sign * 8, low), (x + sign * 34, low + 18), (x + sign * 40, low + 52), (x + sign * 14, low + 64),
                (x + sign * 3, low + 44), (x + sign * 22, low + 38)]  # fmt: skip
        sheet.line(curl, 2.6, hand=0.8)
        foot = [
            (x + sign * 6, high),
            (x + sign * 38, high - 22),
            (x + sign * 36, high - 58),
            (x + sign * 8, high - 60),
            (x + sign * 18, high - 36),
        ]
        sheet.line(foot, 2.6, hand=0.8)
        fold = [
            (x - sign * 4, low + 4),
            (x + sign * 14, low + 64),
            (x + sign * 10, high - 60),
            (x + sign * 2, high - 4),
            (x - sign * 22, high - 8),
            (x - sign * 20, low + 8),
        ]
        sheet.hatch(fold, 2 if sign < 0 else 177, 5, 1.0, broken=0.7)
    middle = (left + right) / 2
    plain = Hand(
        size=34, slant=0.0, align=0.5, spacing=0.22, nib=0.16, nib_angle_deg=28
    )
    write(sheet, (middle, top + 58), "CANAL DU CENTRE", plain)
    write(
        sheet,
        (middle, top + 126),
        "PLAN ET COUPES DE L’ÉCLUSE IX",
        Hand(
            size=43,
            slant=0.0,
            align=0.5,
            spacing=0.09,
            nib=0.2,
            nib_angle_deg=26,
            ink="red",
        ),
    )
    write(
        sheet,
        (middle, top + 178),
        "du côté de la Méditerranée, à Écuisses",
        Hand(size=38, align=0.5, nib=0.15),
    )
    write(
        sheet,
        (middle - 8, top + 226),
        "d’après le projet d’Émiland Gauthey, de l’an 1784",
        Hand(size=32, align=0.5),
    )
    for sign in (-1, 1):
        flourish = [
            (middle + sign * x, top + y)
            for x, y in ((372, 48), (330, 36), (300, 52), (258, 40), (240, 50))
        ]
        sheet.line(flourish, 1.8, hand=0.6)


def _compass(sheet: Sheet, at: tuple[float, float], r: float) -> None:
    """Draw the north, askew as on the ground."""
    turn = np.radians(-17)
    for k in range(16):
        reach = r * (
            1.0 if k == 0 else 0.86 if k % 4 == 0 else 0.6 if k % 2 == 0 else 0.42
        )
        angle = turn + k * np.pi / 8
        tip = np.array((np.sin(angle), -np.cos(angle))) * reach + at
        for side in (-1, 1):
            flank = angle + side * np.pi / 16
            root = np.array((np.sin(flank), -np.cos(flank))) * r * 0.24 + at
            shape = [at, tuple(root), tuple(tip)]
            if side > 0 and k % 2 == 0:
                sheet.fill(shape)
            sheet.line(shape, 1.5, closed=True, hand=0.3)
    for radius, width in ((r * 0.66, 1.3), (r * 0.7, 1.3), (r * 0.24, 1.6)):
        circle = [
            (at[0] + radius * np.cos(t), at[1] + radius * np.sin(t))
            for t in np.linspace(0, 2 * np.pi, 50)
        ]
        sheet.line(circle, width, hand=0.5)
    top = np.array((np.sin(turn), -np.cos(turn))) * (r + 20) + at
    write(
        sheet,
        (top[0] - 16, top[1] + 6),
        "N",
        Hand(size=34, slant=0, nib=0.18, ink="red"),
    )
    write(sheet, (at[0] - 92, at[1] + 118), "vers la Loire", Hand(size=22, turn_deg=8))


def _cutting_lines(sheet: Sheet) -> None:
    for x0, x1 in ((-4.9, 10.7), (33.0, 49.9)):
        for x in np.arange(x0, x1, 0.95):
            sheet.line([place.at(x, 0), place.at(x + 0.6, 0)], 1.6, "red", hand=0.3)
    for start, stop in ((-8.0, -2.2), (2.2, 5.5)):
        for y in np.arange(start, stop, 0.8):
            sheet.line(
                [place.at(20.9, y), place.at(20.9, y + 0.5)], 1.6, "red", hand=0.3
            )
    big = Hand(size=36, slant=0, nib=0.17, ink="red")
    write(sheet, place.at(-5.0, -0.3), "A", big)
    write(sheet, place.at(49.3, -0.3), "B", big)
    write(sheet, place.at(21.15, -7.55), "C", big)
    write(sheet, place.at(21.15, 5.45), "D", big)


def _dimensions(sheet: Sheet) -> None:
    """Write the two figures that the sources give, in red as was the custom."""
    x0, x1 = place.ORIGIN[0], place.ORIGIN[0] + f.PIXELS_PER_METRE * f.LENGTH
    y = 1106
    _measure(sheet, (x0, y), (x1, y), gap=(930, 1490))
    write(
        sheet,
        (1210, y + 11),
        "23 toises 2 pieds (45 m et demi)",
        Hand(size=33, align=0.5, ink="red", nib=0.14),
    )
    for x in (x0, x1):
        for start in np.arange(930, long_section.LONG[1], 22):
            sheet.line([(x, start), (x, start + 12)], 1.2, "red", hand=0.2)
    x = 2192
    top, bottom = (
        long_section.LONG[1] + 40 * z for z in (f.UPPER_WATER, f.LOWER_WATER)
    )
    _measure(sheet, (x, top), (x, bottom))
    for k in range(9):
        sheet.line([(1830 + 40 * k, top), (1852 + 40 * k, top)], 1.2, "red", hand=0.2)
    sheet.line([(x - 24, top), (x + 24, top)], 1.5, "red")
    write(sheet, (x + 14, top + 42), "chute de", Hand(size=22, ink="red"))
    write(sheet, (x + 12, top + 76), "8 à 9 pieds", Hand(size=22, ink="red"))


def _measure(
    sheet: Sheet,
    start: tuple[float, float],
    stop: tuple[float, float],
    gap: tuple[float, float] | None = None,
) -> None:
    """Draw a dimension line with its arrows, open where its figure stands."""
    p, q = np.array(start), np.array(stop)
    along = (q - p) / np.hypot(*(q - p))
    across = np.array((-along[1], along[0]))
    pieces = (
        [(p, q)]
        if gap is None
        else [(p, np.array((gap[0], p[1]))), (np.array((gap[1], q[1])), q)]
    )
    for a, b in pieces:
        sheet.line([a, b], 1.5, "red", hand=0.8)
    for tip, way in ((p, along), (q, -along)):
        sheet.fill(
            [
                tip,
                tip + way * 20 + across * 5,
                tip + way * 15,
                tip + way * 20 - across * 5,
            ],
            "red",
        )


def _letters(sheet: Sheet) -> None:
    hand = Hand(size=27, nib=0.15)
    places = {
        "a": ((0.7, -4.3), (0.9, 4.6)), "b": ((7.4, -4.0), (4.7, 3.7)), "c": ((9.2, 0.9),),
        "d": ((33.1, 2.0),), "e": ((38.0, -3.9), (34.8, 3.8)), "f": ((42.3, -4.7), (42.3, 4.9)),
    }  # fmt: skip
    for letter, points in places.items():
        for point in points:
            _tag(sheet, place.at(*point), letter, hand)
    for point, letter in (
        ((1120, 1452), "g"),
        ((640, 1224), "b"),
        ((1252, 1636), "h"),
        ((432, 1892), "g"),
    ):
        _tag(sheet, point, letter, hand)


def _tag(sheet: Sheet, at: tuple[float, float], letter: str, hand: Hand) -> None:
    circle = [
        (at[0] + 15 * np.cos(t), at[1] + 15 * np.sin(t))
        for t in np.linspace(0, 2 * np.pi, 22)
    ]
    sheet.erase(circle)
    sheet.line(circle, 1.3, "red", hand=0.5)
    write(sheet, (at[0] - 9, at[1] + 8), letter, hand)


def _legend(sheet: Sheet) -> None:
    x, y = 1600, 1574
    write(
        sheet,
        (x + 170, y),
        "RENVOIS",
        Hand(size=30, slant=0, spacing=0.3, nib=0.17, ink="red"),
    )
    for k, (letter, words) in enumerate(LEGEND):
        row, column = y + 38 + 29 * k, x
        write(sheet, (column, row), f"{letter}.", Hand(size=23, ink="red"))
        write(sheet, (column + 32, row), words, Hand(size=22))


def _scales(sheet: Sheet) -> None:
    """Draw the scale in toises, the old measure, and in metres, the new."""
    x0 = 1600
    for y, unit, count, step, name in (
        (1894, f.TOISE, 8, 1, "Échelle de 8 toises"),
        (1984, 1.0, 15, 5, "et de 15 mètres, au centième"),
    ):
        edge = unit * f.PIXELS_PER_METRE
        for k in range(count):
            cell = [
                (x0 + edge * k, y),
                (x0 + edge * (k + 1), y),
                (x0 + edge * (k + 1), y + 9),
                (x0 + edge * k, y + 9),
            ]
            if k % 2 == 0:
                sheet.fill(cell)
            sheet.line(cell, 1.5, closed=True, hand=0.3)
        for k in range(0, count + 1, step):
            write(sheet, (x0 + edge * k, y - 9), str(k), Hand(size=20, align=0.5))
        write(sheet, (x0, y - 36), name, Hand(size=23))
    for k in range(1, 6):
        x = x0 + f.PIED * f.PIXELS_PER_METRE * k
        sheet.line([(x, 1888), (x, 1908)], 1.0, hand=0.1)
