"""Draw the pictograms of labels: sound, model, AR, panorama, film, step-free access.

Each is drawn in a square of one unit, y growing upwards, in the colour that is set: line
work of one weight, so that they read as one set from a metre away.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # ships none

    from publishing.labels.content import Pictogram


_WEIGHT: Final = 0.075
_GAP: Final = 0.45
"""Between two signs, as a share of their side."""


def pictograms_width(signs: Sequence[Pictogram], side: float) -> float:
    """Return the width of a row of pictograms."""
    return side * (len(signs) * (1 + _GAP) - _GAP) if signs else 0.0


def draw_pictograms(
    canvas: Canvas, signs: Sequence[Pictogram], x: float, y: float, side: float
) -> None:
    """Draw a row of pictograms from its lower left corner, in the current colours."""
    for place, sign in enumerate(signs):
        canvas.saveState()
        canvas.translate(x + place * side * (1 + _GAP), y)
        canvas.scale(side, side)
        canvas.setLineWidth(_WEIGHT)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        _DRAWN[sign](canvas)
        canvas.restoreState()


def _lines(canvas: Canvas, *points: tuple[float, float], closed: bool = False, fill: bool = False) -> None:  # fmt: skip
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    if closed:
        path.close()
    canvas.drawPath(path, stroke=1, fill=int(fill))


def _sound(canvas: Canvas) -> None:
    """Draw a loudspeaker and two waves."""
    speaker = (
        (0.06, 0.36),
        (0.24, 0.36),
        (0.46, 0.16),
        (0.46, 0.84),
        (0.24, 0.64),
        (0.06, 0.64),
    )
    _lines(canvas, *speaker, closed=True, fill=True)
    for radius in (0.2, 0.4):
        canvas.arc(0.5 - radius, 0.5 - radius, 0.5 + radius, 0.5 + radius, -50, 100)


def _model(canvas: Canvas) -> None:
    """Draw a cube from above one of its corners."""
    corners = [(0.5 + 0.44 * math.sin(k * math.pi / 3), 0.5 + 0.44 * math.cos(k * math.pi / 3)) for k in range(6)]  # fmt: skip
    _lines(canvas, *corners, closed=True)
    for corner in corners[1::2]:
        _lines(canvas, (0.5, 0.5), _mirrored(corner))


def _mirrored(point: tuple[float, float]) -> tuple[float, float]:
    """Return a point as far on the other side of the sign's middle, upside down."""
    return 1 - point[0], point[1]


def _augmented(canvas: Canvas) -> None:
    """Draw a phone that shows a cube."""
    canvas.roundRect(0.18, 0.04, 0.64, 0.92, 0.09, stroke=1, fill=0)
    canvas.translate(0.26, 0.26)
    canvas.scale(0.48, 0.48)
    canvas.setLineWidth(1.6 * _WEIGHT)
    _model(canvas)


def _panorama(canvas: Canvas) -> None:
    """Draw a picture bent around who looks, with an arrow that turns."""
    for y in (0.42, 0.86):
        path = canvas.beginPath()
        path.moveTo(0.04, y)
        path.curveTo(0.32, y - 0.13, 0.68, y - 0.13, 0.96, y)
        canvas.drawPath(path, stroke=1, fill=0)
    for x in (0.04, 0.96):
        _lines(canvas, (x, 0.42), (x, 0.86))
    path = canvas.beginPath()
    path.moveTo(0.12, 0.26)
    path.curveTo(0.3, 0.08, 0.7, 0.08, 0.9, 0.24)
    canvas.drawPath(path, stroke=1, fill=0)
    _lines(canvas, (0.91, 0.06), (0.91, 0.26), (0.71, 0.26))


def _film(canvas: Canvas) -> None:
    """Draw a screen with the triangle that starts a film."""
    canvas.roundRect(0.04, 0.16, 0.92, 0.68, 0.08, stroke=1, fill=0)
    _lines(canvas, (0.4, 0.34), (0.4, 0.66), (0.66, 0.5), closed=True, fill=True)


def _step_free(canvas: Canvas) -> None:
    """Draw a person in a wheelchair."""
    canvas.circle(0.42, 0.9, 0.085, stroke=0, fill=1)
    _lines(canvas, (0.42, 0.74), (0.44, 0.44), (0.7, 0.44), (0.84, 0.14), (0.94, 0.18))
    _lines(canvas, (0.43, 0.6), (0.66, 0.6))
    canvas.arc(0.14, 0.04, 0.7, 0.6, 118, 215)


_DRAWN: Final[dict[Pictogram, Callable[[Canvas], None]]] = {
    "sound": _sound,
    "model": _model,
    "augmented": _augmented,
    "panorama": _panorama,
    "film": _film,
    "step_free": _step_free,
}
