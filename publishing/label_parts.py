"""What labels of every shape are drawn from: lines of text, signs, the QR code.

Lengths are in the unit of whoever draws.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportlab.lib.colors import HexColor  # type: ignore[import-untyped]  # ships none

from publishing.label_signs import draw_signs, signs_width
from publishing.pages.colours import text_on
from publishing.pages.typography import NO_BREAK
from publishing.qr import Matrix, outlines
from publishing.typesetting import BOLD, CAP_HEIGHT, LEADING, Paragraph, width_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # same

    from publishing.label_layout import Label

INK, FAINT, PAPER = "#1c1a17", "#5c564e", "#ffffff"
EDGE_CONTRAST: Final = 1.5
"""Of the panel's edge with the paper: a museum's colour may be white."""
_STEPS = 16
_DIGITS, _MANY_DIGITS = 5 / 4, 5 / 6
"""Size of the stop's number as a share of its disc's radius; of three digits."""


def scales(most: float, least: float) -> tuple[float, ...]:
    """Return the scales to try, from the largest down."""
    return tuple(most + (least - most) * step / (_STEPS - 1) for step in range(_STEPS))


def height_of(paragraphs: Sequence[Paragraph]) -> float:
    """Return how high paragraphs are together."""
    return sum(paragraph.height for paragraph in paragraphs)


def cut_to(
    paragraphs: tuple[Paragraph, ...], width: float, budget: float
) -> tuple[Paragraph, ...]:
    """Return paragraphs shortened to as many lines each as a height allows.

    When one line each is too much, the last ones go.
    """
    for lines in range(max(len(p.lines) for p in paragraphs) - 1, 0, -1):
        shorter = tuple(p.cut(lines, width) for p in paragraphs)
        if height_of(shorter) <= budget:
            return shorter
    first = tuple(p.cut(1, width) for p in paragraphs)
    while len(first) > 1 and height_of(first) > budget:
        first = first[:-1]
    return first


def listed(phrases: Iterable[str]) -> str:
    """Return phrases on a line that breaks between them only."""
    return " · ".join(phrase.replace(" ", NO_BREAK) for phrase in phrases)


def draw_paragraphs(
    canvas: Canvas, paragraphs: Sequence[Paragraph], x: float, top: float
) -> None:
    """Draw paragraphs downwards from `top`, in the colour that is set."""
    for paragraph in paragraphs:
        top -= paragraph.space_before
        canvas.setFont(paragraph.font, paragraph.size)
        for line in paragraph.lines:
            # A line's box has its capitals in the middle.
            around = (LEADING - CAP_HEIGHT) / 2
            canvas.drawString(x, top - (CAP_HEIGHT + around) * paragraph.size, line)
            top -= paragraph.size * LEADING


def draw_number(
    canvas: Canvas, label: Label, center: tuple[float, float], radius: float
) -> None:
    """Draw the stop's number in a disc of the colour that is set."""
    x, y = center
    canvas.circle(x, y, radius, stroke=0, fill=1)
    canvas.setFillColor(HexColor(label.color))
    size = radius * (_DIGITS if label.number < 100 else _MANY_DIGITS)  # noqa: PLR2004 - three digits
    canvas.setFont(BOLD, size)
    canvas.drawCentredString(x, y - size * CAP_HEIGHT / 2, str(label.number))


def draw_signs_row(
    canvas: Canvas,
    label: Label,
    line: tuple[float, float, float],
    sizes: tuple[float, float],
) -> None:
    """Draw what there is to hear and see, and at the other end the languages.

    Parameters
    ----------
    line
        Left, foot and width of the row.
    sizes
        Side of the signs, size of the languages' letters.
    """
    left, foot, width = line
    side, size = sizes
    color = HexColor(text_on(label.color))
    canvas.setStrokeColor(color)
    canvas.setFillColor(color)
    draw_signs(canvas, label.signs, left, foot, side)
    room = width - signs_width(label.signs, side) - side
    tags = [tag.upper() for tag in label.languages]
    while len(tags) > 1 and width_of(" · ".join(tags), BOLD, size) > room:
        tags = [*tags[:-2], "…"]
    canvas.setFont(BOLD, size)
    middle = foot + (side - CAP_HEIGHT * size) / 2
    canvas.drawRightString(left + width, middle, " · ".join(tags))


def draw_qr(
    canvas: Canvas, modules: Matrix, module: float, corner: tuple[float, float]
) -> None:
    """Draw a QR code from its lower left dark corner, its quiet zone around it."""
    left, top = corner[0], corner[1] + len(modules) * module
    path = canvas.beginPath()
    for loop in outlines(modules):
        (x0, y0), *rest = loop
        path.moveTo(left + x0 * module, top - y0 * module)
        for x1, y1 in rest:
            path.lineTo(left + x1 * module, top - y1 * module)
        path.close()
    canvas.setFillGray(0)
    canvas.drawPath(path, stroke=0, fill=1, fillMode=0)
