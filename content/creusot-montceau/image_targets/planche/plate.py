"""The plate: four figures, their letters, a legend, and the border around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from atelier.lettering import Hand, write

from planche.burin import engraved
from planche.view import Look

if TYPE_CHECKING:
    from atelier.sheet import Sheet

    from planche.machine import Machine

    Point = tuple[float, float]

OVERSAMPLING = 2
PLINTH, MOVING_MASS, ANVIL, CYLINDER, VALVES = 1, 7, 6, 8, 9  # nodes of marteau.glb

TITLE = Hand(size=74, slant=0.0, align=0.5, spacing=0.16, nib=0.20, nib_angle_deg=26)
SUBTITLE = Hand(size=44, align=0.5, nib=0.15, spacing=0.08)
CAPTION = Hand(size=38, nib=0.15)
LETTER = Hand(size=38, slant=0.0, nib=0.18, align=0.5)
SMALL = Hand(size=31)

LEGEND = (
    ("A", "Cylindre à vapeur"),
    ("B", "Boîte des tiroirs"),
    ("C", "Tuyau d’échappement"),
    ("D", "Entablement"),
    ("E", "Jambages de fonte"),
    ("F", "Tige du piston"),
    ("G", "Pilon, masse frappante"),
    ("H", "Enclume et sa chabotte"),
    ("I", "Plate-forme et garde-corps"),
    ("K", "Poste du conducteur"),
    ("L", "Échelles de service"),
    ("M", "Assise de pierre"),
)
FACTS = (
    "Hauteur, 21 mètres.",
    "Course du pilon, 5 mètres.",
    "Diamètre du cylindre, 1 m 90.",
    "Masse active, 100 tonnes.",
    "Premier coup le 23 septembre 1877.",
)


@dataclass(frozen=True)
class Figure:
    """One view and the place of its upper left corner, finished pixels."""

    look: Look
    at: tuple[int, int]

    def on_sheet(self, point: Point) -> Point:
        """Return where a point of the view's plane falls, metres to pixels."""
        scale = self.look.pixels_per_metre / OVERSAMPLING
        return (
            self.at[0] + (point[0] - self.look.low[0]) * scale,
            self.at[1] + (self.look.high[1] - point[1]) * scale,
        )

    def pixel(self, world: tuple[float, float, float]) -> Point:
        """Return where a point of the machine falls."""
        right, up, _ = self.look.axes @ np.array(world)
        return self.on_sheet((right, up))


def _figure(
    view: tuple[float, float],
    low: Point,
    high: Point,
    scale: float,
    at: tuple[int, int],
) -> Figure:
    return Figure(Look(*view, low, high, scale * OVERSAMPLING), at)


WHOLE = _figure((27, 13), (-7.4, -1.9), (7.4, 20.8), 98, (110, 400))
FRONT = _figure((0, 0), (-6.3, -0.2), (6.3, 21.2), 40, (1712, 392))
HEAD = _figure((42, 16), (-2.6, 9.6), (4.2, 20.6), 57, (1768, 1316))
STRIKING = _figure((-24, 18), (-3.2, -1.2), (3.2, 12.4), 50, (1806, 1984))

LETTERS = (
    ("A", WHOLE, (-0.86, 15.31), (-4.6, 18.1)),
    ("B", WHOLE, (0.87, 14.37), (5.3, 14.2)),
    ("C", WHOLE, (2.23, 18.6), (4.3, 19.8)),
    ("D", WHOLE, (-1.93, 11.04), (-5.3, 12.0)),
    ("E", WHOLE, (-3.89, 4.84), (-6.3, 6.1)),
    ("F", WHOLE, (-0.0, 8.13), (-1.7, 8.9)),
    ("G", WHOLE, (-0.76, 4.34), (-1.9, 4.3)),
    ("H", WHOLE, (-0.94, 0.86), (-1.6, 1.3)),
    ("I", WHOLE, (4.13, 13.5), (5.7, 11.9)),
    ("K", WHOLE, (1.75, 3.2), (5.9, 2.7)),
    ("L", WHOLE, (-3.45, 9.45), (-5.8, 8.6)),
    ("M", WHOLE, (-5.91, 0.01), (-6.9, 1.2)),
    ("A", HEAD, (-1.07, 15.81), (-2.3, 18.4)),
    ("B", HEAD, (0.98, 13.73), (3.7, 12.9)),
    ("C", HEAD, (1.8, 17.94), (3.6, 19.5)),
    ("F", STRIKING, (0.17, 8.71), (2.0, 10.3)),
    ("G", STRIKING, (0.91, 4.39), (2.6, 5.9)),
    ("H", STRIKING, (1.28, 0.73), (2.9, 2.0)),
)  # letter, figure, what it names, where it stands: metres in the figure's plane


def draw(sheet: Sheet, hammer: Machine) -> None:
    """Draw the whole plate."""
    _border(sheet)
    _heading(sheet)
    _ground(sheet, WHOLE)
    for figure, shown in (
        (WHOLE, hammer),
        (FRONT, hammer),
        (HEAD, hammer.only(CYLINDER, VALVES)),
        (STRIKING, hammer.only(MOVING_MASS, ANVIL)),
    ):
        inked, opaque = engraved(shown, figure.look, OVERSAMPLING, sheet.rng)
        sheet.press(inked, opaque, figure.at)
    _front_ground(sheet)
    for letter, figure, named, place in LETTERS:
        _callout(sheet, figure, letter, named, place)
    _captions(sheet)
    _legend(sheet)
    _scale(sheet)


def _border(sheet: Sheet) -> None:
    w, h = sheet.size
    for inset, width in ((62, 7.0), (80, 2.0), (88, 2.0)):
        corners = [
            (inset, inset),
            (w - inset, inset),
            (w - inset, h - inset),
            (inset, h - inset),
        ]
        sheet.line(corners, width, closed=True, hand=0.8)
    foot = h - 28
    write(sheet, (92, foot), "Dessiné pour la démonstration, 2026", Hand(size=26))
    words = "gravé par un programme, d’après le modèle du musée"
    write(sheet, (w - 92, foot), words, Hand(size=26, align=1))


def _heading(sheet: Sheet) -> None:
    middle = sheet.size[0] / 2
    write(sheet, (middle, 196), "MARTEAU-PILON DE CENT TONNES", TITLE)
    write(sheet, (middle, 282), "Forges du Creusot, mis en marche en 1877", SUBTITLE)
    write(
        sheet,
        (sheet.size[0] - 130, 150),
        "Pl. I",
        Hand(size=40, align=1, slant=0.1, nib=0.16),
    )
    for sign in (-1, 1):
        rule = [
            (middle + sign * x, y)
            for x, y in ((40, 326), (120, 316), (210, 330), (470, 324))
        ]
        sheet.line(rule, 2.6, hand=0.6)
    lozenge = [(middle - 20, 324), (middle, 312), (middle + 20, 324), (middle, 336)]
    sheet.fill(lozenge)


def _ground(sheet: Sheet, figure: Figure) -> None:
    """Lay strokes on the ground: close in the machine's shadow, loose around it."""
    rng = sheet.rng
    for _ in range(800):
        x, z = rng.uniform(-6.6, 8.4), rng.uniform(-4.6, 4.9)
        inside = abs(x) < 6.0 and abs(z) < 3.8
        if inside or (x < 5.5 and rng.random() < 0.45):
            continue
        p = figure.pixel((x, 0.0, z))
        reach = rng.uniform(18, 70)
        if p[0] < 120 or p[0] + reach > 1650:
            continue
        sheet.line(
            [p, (p[0] + reach, p[1] + rng.normal(0, 1.5))], rng.uniform(1.3, 2.6)
        )


def _front_ground(sheet: Sheet) -> None:
    y = FRONT.pixel((0.0, 0.0, 0.0))[1]
    left, right = FRONT.at[0] - 10, FRONT.at[0] + 516
    sheet.line([(left, y), (right, y)], 3.0)
    strip = [(left, y + 3), (right, y + 3), (right - 6, y + 20), (left + 6, y + 20)]
    sheet.hatch(strip, 48, 9, 1.6)


def _callout(
    sheet: Sheet, figure: Figure, letter: str, named: Point, place: Point
) -> None:
    """Write a letter beside the machine, with a line to what it names."""
    x, y = figure.on_sheet(place)
    target = np.array(figure.on_sheet(named))
    way = target - (x, y)
    start = np.array((x, y)) + way / np.hypot(*way) * 27
    side = np.array((-way[1], way[0])) / np.hypot(*way) * 4
    sheet.erase([start + side, target + side, target - side, start - side])
    sheet.erase(_disc((x, y), 26))
    sheet.line([start, target], 2.2, hand=0.3)
    sheet.erase(_disc(target, 8))
    sheet.fill(_disc(target, 5))
    write(sheet, (x, y + 19), letter, LETTER)


def _disc(middle: Point | np.ndarray, radius: float) -> list[Point]:
    turn = np.linspace(0, 2 * np.pi, 24)
    return [
        (middle[0] + radius * np.cos(t), middle[1] + radius * np.sin(t)) for t in turn
    ]


def _captions(sheet: Sheet) -> None:
    for figure, words, number, drop in (
        (WHOLE, "vue d’ensemble", 1, 0),
        (FRONT, "élévation de face", 2, 62),
        (HEAD, "cylindre et distribution", 3, 44),
        (STRIKING, "pilon et enclume", 4, 36),
    ):
        h, w = figure.look.shape
        x = figure.at[0] + w / OVERSAMPLING / 2
        y = figure.at[1] + h / OVERSAMPLING + drop
        hand = Hand(size=36, nib=0.15, align=0.5)
        write(sheet, (x, y), f"Fig. {number}. {words}", hand)


def _legend(sheet: Sheet) -> None:
    top = 2800
    sheet.line([(130, top - 54), (sheet.size[0] - 130, top - 54)], 2.4)
    for k, (letter, words) in enumerate(LEGEND):
        x, y = 170 + 500 * (k // 4), top + 22 + 62 * (k % 4)
        write(sheet, (x, y), letter, Hand(size=34, slant=0, nib=0.18))
        write(sheet, (x + 52, y), words, SMALL)
    for k, words in enumerate(FACTS):
        write(sheet, (1716, top + 14 + 53 * k), words, SMALL.larger(0.97))
    sheet.line([(1668, top - 20), (1668, top + 226)], 1.8)


def _scale(sheet: Sheet) -> None:
    """Draw the scale of the first figure, in metres."""
    metre = WHOLE.look.pixels_per_metre / OVERSAMPLING
    x0, y = 400.0, 3082
    for k in range(10):
        cell = [
            (x0 + metre * (k + a), y + b) for a, b in ((0, 0), (1, 0), (1, 12), (0, 12))
        ]
        if k % 2 == 0:
            sheet.fill(cell)
        sheet.line(cell, 2.0, closed=True, hand=0.3)
    for k in range(0, 11, 5):
        write(sheet, (x0 + metre * k, y - 12), str(k), Hand(size=28, align=0.5))
    write(
        sheet, (x0 + metre * 10 + 40, y + 14), "mètres, pour la figure 1", Hand(size=31)
    )
