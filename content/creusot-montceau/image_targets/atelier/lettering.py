"""Text as a broad nib writes it: no two letters are quite the same."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from atelier.letters import GLYPHS, LIGATURES, MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atelier.sheet import Sheet

SMALL_TOP, CAPITAL_TOP = 54, 88  # where accents stand, in the alphabet's units
SAMPLES = 7  # a curve between two of its points


@dataclass(frozen=True, kw_only=True)
class Hand:
    """How a text is written. Lengths in pixels of the finished sheet."""

    size: float = 30.0  # height of a capital
    slant: float = 0.22  # tangent of the angle from the vertical
    spacing: float = 0.06  # between letters, parts of ``size``
    nib: float = 0.12  # breadth, parts of ``size``
    nib_angle_deg: float = 38.0
    hairline: float = 1.3
    turn_deg: float = 0.0  # of the whole line, counter-clockwise
    tremble: float = 0.012  # parts of ``size``
    ink: str = "black"
    align: float = 0.0  # 0: starts at the point; 0.5: centred; 1: ends there

    def larger(self, ratio: float) -> Hand:
        """Return this hand at another size."""
        return replace(self, size=self.size * ratio)


@dataclass
class _Pen:
    x: float = 0.0
    strokes: list[np.ndarray] = field(default_factory=list)


def write(
    sheet: Sheet, at: tuple[float, float], text: str, hand: Hand | None = None
) -> float:
    """Write one line with its baseline at a point, and return its length in pixels."""
    hand = hand or Hand()
    pen = _Pen()
    for sign in _spelled(text):
        _add(pen, sign, hand, sheet.rng)
    length = pen.x * hand.size / 80

    turn = np.radians(hand.turn_deg)
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    reach = np.radians(hand.nib_angle_deg)
    nib = hand.nib * hand.size / 2 * np.array([np.cos(reach), np.sin(reach)])
    for stroke in pen.strokes:
        points = stroke * hand.size / 80
        points[:, 0] += points[:, 1] * hand.slant - hand.align * length
        placed = points @ rotation.T
        sheet.nib_stroke(
            np.array(at) + placed * (1, -1),
            (rotation @ nib) * (1, -1),
            hand.hairline,
            hand.ink,
        )
    return length


def _spelled(text: str) -> Iterator[str]:
    """Yield signs, each with the accents that follow it."""
    for sign in LIGATURES:
        text = text.replace(sign, LIGATURES[sign])
    cluster = ""
    for sign in unicodedata.normalize("NFD", text):
        if cluster and sign not in MARKS:
            yield cluster
            cluster = ""
        cluster += sign
    yield cluster


def _add(pen: _Pen, sign: str, hand: Hand, rng: np.random.Generator) -> None:
    advance, strokes = GLYPHS[sign[0]]
    wobble = 1 + rng.normal(0, 0.02, 2)
    lift = rng.normal(0, hand.tremble) * 80
    curves = [_curve(stroke) for stroke in strokes]
    if sign[0] == "i" and len(sign) > 1:
        curves.pop()  # the accent takes the dot's place
    for mark in sign[1:]:
        top = CAPITAL_TOP if sign[0].isupper() else SMALL_TOP
        base = (advance / 2 - 2, 0 if mark == "\u0327" else top)
        curves += [_curve(stroke) + base for stroke in MARKS[mark]]
    pen.strokes += [curve * wobble + (pen.x, lift) for curve in curves]
    pen.x += advance * wobble[0] + hand.spacing * 80


def _curve(stroke: str) -> np.ndarray:
    """Return the points of a stroke: a Catmull-Rom curve, or a broken line."""
    numbers = [float(n) for n in stroke.removeprefix("/").split()]
    points = np.array(numbers).reshape(-1, 2)
    if stroke.startswith("/") or len(points) < 3:
        return points
    ends = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = np.linspace(0, 1, SAMPLES, endpoint=False)[:, None]
    pieces = [
        0.5
        * (
            2 * b
            + (c - a) * t
            + (2 * a - 5 * b + 4 * c - d) * t**2
            + (3 * b - a - 3 * c + d) * t**3
        )
        for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False)
    ]
    return np.vstack([*pieces, points[-1:]])
