"""Draw a portrait label: coloured panel above, QR code and code below.

Everything is drawn in millimetres of half an A4 sheet and scaled to the label's own size:
the A sizes share one shape. Only the QR code keeps its true modules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportlab.lib.colors import HexColor  # type: ignore[import-untyped]  # ships none

from publishing.colors import readable_on, text_on
from publishing.labels.content import Label, label_strings
from publishing.labels.formats import HEIGHT, WIDTH
from publishing.labels.pictograms import draw_pictograms, pictograms_width
from publishing.qr import QUIET_ZONE_MODULES, Matrix, draw_qr
from publishing.typesetting import (
    BOLD,
    CAP_HEIGHT,
    FAINT,
    INK,
    LEADING,
    PAPER,
    REGULAR,
    Paragraph,
    draw_paragraphs,
    fit_paragraphs,
    font_scales,
    join_phrases,
    paragraphs_height,
    text_width,
    wrap_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # same

    from publishing.labels.content import Label

_MARGIN = 11.0
_INNER = WIDTH - 2 * _MARGIN
_PADDING = 7.0
_TEXT_WIDTH = _INNER - 2 * _PADDING
_GAP = 5.0
_CORNER = 3.5
_FOOT_LINES = 4
_CODE_SIZES = (20.0, 17.0, 14.0)
_CODE_SPACING = 1.2
_ROW = 14.5
"""Height of the row with the code; its letters are a little lower."""
_ADDRESS_SIZE, _LEAST_ADDRESS_SIZE = 4.6, 3.3
_READABLE = 0.75
"""Least scale of the directions."""
_DISC_RADIUS = 6.0
_SIGN = 8.5
"""Side of a pictogram; with the languages, the panel's last line."""
_SIGNS_SPACE = 4.0
_TAG_SIZE = 3.6
_HEAD_SIZE, _SMALLEST_HEAD = 3.5, 2.5
_MAX_SCALE, _SMALL_SCALE, _MIN_SCALE = 1.3, 0.65, 0.4
"""How far texts grow and shrink from the sizes written here."""
EDGE_CONTRAST: Final = 1.5
"""Of the panel's edge with the paper: a museum's colour may be white."""
_DIGITS, _MANY_DIGITS = 5 / 4, 5 / 6
"""Size of the stop's number as a share of its disc's radius; of three digits."""


def draw_portrait_label(
    canvas: Canvas, label: Label, modules: Matrix, module: float
) -> None:
    """Draw a label with its lower left corner at the canvas' origin.

    Parameters
    ----------
    canvas
        Scaled so that 1 is a millimetre of a label of half an A4 sheet.
    modules
        The QR code.
    module
        A side of its squares, in the same unit.
    """
    block = (len(modules) + 2 * QUIET_ZONE_MODULES) * module
    foot = _footer(label)
    foot_height = paragraphs_height(foot)
    base = _MARGIN + foot_height + _GAP
    panel_height = HEIGHT - _MARGIN - base - _ROW - block
    room = panel_height - 2 * _PADDING - _SIGN - _SIGNS_SPACE
    _draw_panel(canvas, label, _panel(label, room), panel_height)
    left, quiet = (WIDTH - len(modules) * module) / 2, QUIET_ZONE_MODULES * module
    draw_qr(canvas, modules, module, (left, base + _ROW + quiet))
    _draw_code_row(canvas, label, base)
    canvas.setFillColor(HexColor(FAINT))
    draw_paragraphs(canvas, foot, _MARGIN, _MARGIN + foot_height)


def _panel(label: Label, budget: float) -> tuple[Paragraph, ...]:
    """Return the texts under the panel's head, in the largest size that fits.

    What one will see goes before titles get small, and titles get small before they
    are cut.
    """
    budget -= paragraphs_height(tuple(_head(label)))
    attempts = (
        (label.sights, _SMALL_SCALE),
        (label.sights[:1], _SMALL_SCALE),
        ((), _MIN_SCALE),
    )
    for sights, least in attempts:
        for scale in font_scales(_MAX_SCALE, least):
            paragraphs = tuple(_panel_texts(label, sights, scale))
            if paragraphs_height(paragraphs) <= budget:
                return paragraphs
    return fit_paragraphs(
        tuple(_panel_texts(label, (), _MIN_SCALE)), _TEXT_WIDTH, budget
    )


def _panel_texts(
    label: Label, sights: Sequence[tuple[str, str]], scale: float
) -> Iterator[Paragraph]:
    for place, title in enumerate(label.titles):
        font, size = (BOLD, 10.5) if place == 0 else (REGULAR, 6.6)
        lines = wrap_text(title, font, size * scale, _TEXT_WIDTH)
        space = max(4.0 * scale, 3.0) if place == 0 else 1.0 * scale
        yield Paragraph(lines, font, size * scale, space)
    for place, (language, sight) in enumerate(sights):
        text, size = f"{label_strings(language).see} {sight}", 3.6 * scale
        lines = wrap_text(text, REGULAR, size, _TEXT_WIDTH)
        yield Paragraph(lines, REGULAR, size, (4.0 if place == 0 else 1.2) * scale)


def _head(label: Label) -> Iterator[Paragraph]:
    """Give the museum and the tour, each on one line beside the number."""
    width = _TEXT_WIDTH - 2 * _DISC_RADIUS - 3
    for text, font in ((label.museum, BOLD), (label.tour, REGULAR)):
        size = min(_HEAD_SIZE, _HEAD_SIZE * width / text_width(text, font, _HEAD_SIZE))
        if size >= _SMALLEST_HEAD:
            yield Paragraph((text,), font, size)
        else:
            lines = wrap_text(text, font, _SMALLEST_HEAD, width)
            yield Paragraph(lines, font, _SMALLEST_HEAD).cut(2, width)


def _draw_panel(
    canvas: Canvas, label: Label, texts: Sequence[Paragraph], height: float
) -> None:
    """Draw the panel: its head and the stop's number at the top, the texts at the foot."""
    top, left = HEIGHT - _MARGIN, _MARGIN + _PADDING
    canvas.setFillColor(HexColor(label.color))
    canvas.setStrokeColor(HexColor(readable_on(label.color, (PAPER,), EDGE_CONTRAST)))
    canvas.setLineWidth(0.3)
    canvas.roundRect(_MARGIN, top - height, _INNER, height, _CORNER, stroke=1, fill=1)
    canvas.setFillColor(HexColor(text_on(label.color)))
    draw_paragraphs(canvas, tuple(_head(label)), left, top - _PADDING)
    foot = top - height + _PADDING
    draw_pictogram_row(canvas, label, (left, foot, _TEXT_WIDTH), (_SIGN, _TAG_SIZE))
    foot += _SIGN + _SIGNS_SPACE
    draw_paragraphs(canvas, texts, left, foot + paragraphs_height(texts))
    x, y = left + _TEXT_WIDTH - _DISC_RADIUS, top - _PADDING - _DISC_RADIUS + 1
    draw_number(canvas, label, (x, y), _DISC_RADIUS)


def _draw_code_row(canvas: Canvas, label: Label, base: float) -> None:
    """Draw the code in large letters, and beside it what to do."""
    size, beside = _code_size(label)
    canvas.setFillColor(HexColor(readable_on(label.color, (PAPER,))))
    text = canvas.beginText(_MARGIN, base)
    text.setFont(BOLD, size)
    text.setCharSpace(_CODE_SPACING)
    text.textOut(label.code)
    text.setCharSpace(0)
    canvas.drawText(text)
    paragraphs = _directions(label, WIDTH - _MARGIN - beside)
    canvas.setFillColor(HexColor(INK))
    # The foot of the last letters stands on the code's own line.
    below = (LEADING - CAP_HEIGHT) / 2 * paragraphs[-1].size
    draw_paragraphs(
        canvas, paragraphs, beside, base + paragraphs_height(paragraphs) - below
    )


def _code_size(label: Label) -> tuple[float, float]:
    """Return the size of the code's letters and where the directions begin.

    A long address takes some of the code's width, to stay readable itself.
    """
    found = (0.0, 0.0)
    for size in _CODE_SIZES:
        width = text_width(label.code, BOLD, size) + _CODE_SPACING * len(label.code)
        found = (size, _MARGIN + width + 4)
        room = WIDTH - _MARGIN - found[1]
        if text_width(label.address, BOLD, _LEAST_ADDRESS_SIZE) <= room:
            break
    return found


def _directions(label: Label, width: float) -> tuple[Paragraph, ...]:
    """Return how to scan and what to type, no higher than the code's letters.

    With many languages, the first ones that fit.
    """
    address = (label.address,)
    size = min(
        _ADDRESS_SIZE, _ADDRESS_SIZE * width / text_width(*address, BOLD, _ADDRESS_SIZE)
    )
    last = Paragraph(address, BOLD, size, 0.4)
    for count in range(len(label.words), 0, -1):
        words = label.words[:count]
        for scale in font_scales(1.0, _READABLE):
            small = 2.9 * scale
            paragraphs = tuple(
                Paragraph(wrap_text(text, REGULAR, small, width), REGULAR, small)
                for text in (
                    join_phrases(word.scan for word in words),
                    join_phrases(word.type for word in words),
                )
            )
            if paragraphs_height((*paragraphs, last)) <= _ROW:
                return (*paragraphs, last)
    return (last,)


def _footer(label: Label) -> tuple[Paragraph, ...]:
    """Return the notices, in as many languages as a few lines hold."""
    notices = label.notices[:_FOOT_LINES]
    lines_each = _FOOT_LINES // max(len(notices), 1)
    size = 2.4
    return tuple(
        Paragraph(wrap_text(text, REGULAR, size, _INNER), REGULAR, size).cut(
            lines_each, _INNER
        )
        for text in notices
    )


def draw_number(
    canvas: Canvas, label: Label, center: tuple[float, float], radius: float
) -> None:
    """Draw the stop's number in a disc of the current colour."""
    x, y = center
    canvas.circle(x, y, radius, stroke=0, fill=1)
    canvas.setFillColor(HexColor(label.color))
    size = radius * (_DIGITS if label.number < 100 else _MANY_DIGITS)  # noqa: PLR2004 - three digits
    canvas.setFont(BOLD, size)
    canvas.drawCentredString(x, y - size * CAP_HEIGHT / 2, str(label.number))


def draw_pictogram_row(
    canvas: Canvas,
    label: Label,
    line: tuple[float, float, float],
    sizes: tuple[float, float],
) -> None:
    """Draw pictograms at the left and language tags at the right of a row.

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
    draw_pictograms(canvas, label.signs, left, foot, side)
    room = width - pictograms_width(label.signs, side) - side
    tags = [tag.upper() for tag in label.languages]
    while len(tags) > 1 and text_width(" · ".join(tags), BOLD, size) > room:
        tags = [*tags[:-2], "…"]
    canvas.setFont(BOLD, size)
    middle = foot + (side - CAP_HEIGHT * size) / 2
    canvas.drawRightString(left + width, middle, " · ".join(tags))
