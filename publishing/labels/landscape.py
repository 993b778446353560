"""Draw a landscape label: QR code beside the texts.

Everything is drawn in millimetres of the paper. It is read from near, and no letter is
smaller than 6 points: what would be is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportlab.lib.colors import HexColor  # type: ignore[import-untyped]  # ships none

from publishing.colors import readable_on, text_on
from publishing.labels.content import label_strings
from publishing.labels.portrait import EDGE_CONTRAST, draw_number, draw_pictogram_row
from publishing.qr import QUIET_ZONE_MODULES, Matrix, draw_qr
from publishing.typesetting import (
    BOLD,
    CAP_HEIGHT,
    FAINT,
    INK,
    PAPER,
    REGULAR,
    Paragraph,
    draw_paragraphs,
    fit_paragraphs,
    font_scales,
    join_phrases,
    paragraphs_height,
    wrap_text,
)
from publishing.typesetting import text_width as width_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # same

    from publishing.labels.content import Label

_LEAST: Final = 6 * 25.4 / 72
"""Size of the smallest letters: 6 points."""
_MARGIN = 4.0
_EDGE = 1.5
"""From the quiet zone to the edge, for stickers are not printed to the hair."""
_GAP = 1.5
_PADDING = 3.5
_CORNER = 1.8
_DISC_RADIUS = 3.4
_SIGN = 4.0
_TAG_SIZE = 2.2
_HEAD_SIZE = 2.5
_TITLE, _OTHER_TITLE, _SIGHT, _NOTICE = 5.4, 3.5, 2.3, _LEAST
_NOTICE_LINES = 3
_CODE_SIZES = (12.0, 10.0, 8.0, 6.5, 5.0, 4.0)
_LARGE_CODE = 8.0
_CODE_SPACING = 0.5
_LETTERS: Final = CAP_HEIGHT + 0.03
"""Height of the code's letters as a part of their size: round ones rise a little higher."""
_ADDRESS_SIZE = 3.2


@dataclass(frozen=True, slots=True)
class _Box:
    """A part of the label."""

    left: float
    foot: float
    width: float
    height: float

    @property
    def top(self) -> float:
        return self.foot + self.height

    @property
    def text_width(self) -> float:
        return self.width - 2 * _PADDING


def draw_landscape_label(
    canvas: Canvas,
    label: Label,
    modules: Matrix,
    module: float,
    size: tuple[float, float],
) -> None:
    """Draw a label with its lower left corner at the canvas' origin.

    Parameters
    ----------
    canvas
        Scaled so that 1 is a millimetre.
    modules
        The QR code.
    module
        A side of its squares.
    size
        Width and height of the label.
    """
    width, height = size
    block = (len(modules) + 2 * QUIET_ZONE_MODULES) * module
    left, foot = width - _EDGE - block, height - _EDGE - block
    quiet = QUIET_ZONE_MODULES * module
    draw_qr(canvas, modules, module, (left + quiet, foot + quiet))
    start = left + quiet
    under = _Box(start, _MARGIN, width - _MARGIN - start, foot - _MARGIN)
    _draw_code(canvas, label, under)
    inner = left - _MARGIN
    notices = tuple(_notices(label, inner))
    raised = paragraphs_height(notices) + (_GAP if notices else 0.0)
    panel = _Box(_MARGIN, _MARGIN + raised, inner, height - 2 * _MARGIN - raised)
    _draw_panel(canvas, label, panel)
    canvas.setFillColor(HexColor(FAINT))
    draw_paragraphs(canvas, notices, _MARGIN, _MARGIN + paragraphs_height(notices))


def _notices(label: Label, width: float) -> Iterator[Paragraph]:
    """Give the notices that a few lines hold, each whole."""
    left = _NOTICE_LINES
    for text in label.notices:
        lines = wrap_text(text, REGULAR, _NOTICE, width)
        if len(lines) <= left:
            left -= len(lines)
            yield Paragraph(lines, REGULAR, _NOTICE)


def _draw_panel(canvas: Canvas, label: Label, box: _Box) -> None:
    """Draw the museum, the tour and the number above, the titles below, then the signs."""
    canvas.setFillColor(HexColor(label.color))
    canvas.setStrokeColor(HexColor(readable_on(label.color, (PAPER,), EDGE_CONTRAST)))
    canvas.setLineWidth(0.15)
    canvas.roundRect(
        box.left, box.foot, box.width, box.height, _CORNER, stroke=1, fill=1
    )
    canvas.setFillColor(HexColor(text_on(label.color)))
    left, top = box.left + _PADDING, box.top - _PADDING
    head = tuple(_head(label, box.text_width - 2 * _DISC_RADIUS - _GAP))
    draw_paragraphs(canvas, head, left, top)
    foot = box.foot + _PADDING
    draw_pictogram_row(canvas, label, (left, foot, box.text_width), (_SIGN, _TAG_SIZE))
    foot += _SIGN + _GAP
    texts = _texts(label, box.text_width, top - paragraphs_height(head) - foot)
    draw_paragraphs(canvas, texts, left, foot + paragraphs_height(texts))
    center = left + box.text_width - _DISC_RADIUS, top - _DISC_RADIUS
    draw_number(canvas, label, center, _DISC_RADIUS)


def _head(label: Label, width: float) -> Iterator[Paragraph]:
    for text, font in ((label.museum, BOLD), (label.tour, REGULAR)):
        size = min(_HEAD_SIZE, _HEAD_SIZE * width / width_of(text, font, _HEAD_SIZE))
        size = max(size, _LEAST)
        yield Paragraph(wrap_text(text, font, size, width), font, size).cut(2, width)


def _texts(label: Label, width: float, budget: float) -> tuple[Paragraph, ...]:
    """Return titles and what one will see, in the largest size that fits.

    What one will see goes before titles shrink, and titles shrink before they are cut.
    """
    least = _LEAST / _OTHER_TITLE
    attempts = ((label.sights, 0.92), (label.sights[:1], 0.8), ((), least))
    for sights, smallest in attempts:
        for scale in font_scales(1.2, smallest):
            texts = tuple(_set(label, sights, scale, width))
            if paragraphs_height(texts) <= budget and _has_whole_words(
                label, scale, width
            ):
                return texts
    return fit_paragraphs(tuple(_set(label, (), least, width)), width, budget)


def _has_whole_words(label: Label, scale: float, width: float) -> bool:
    """Return whether no word of the first title is broken."""
    words = label.titles[0].split()
    return all(width_of(word, BOLD, _TITLE * scale) <= width for word in words)


def _set(
    label: Label, sights: Sequence[tuple[str, str]], scale: float, width: float
) -> Iterator[Paragraph]:
    for place, title in enumerate(label.titles):
        font, size = (BOLD, _TITLE) if place == 0 else (REGULAR, _OTHER_TITLE)
        lines = wrap_text(title, font, size * scale, width)
        yield Paragraph(lines, font, size * scale, _GAP if place == 0 else 0.4)
    for place, (language, sight) in enumerate(sights):
        text, size = (
            f"{label_strings(language).see} {sight}",
            max(_SIGHT * scale, _LEAST),
        )
        lines = wrap_text(text, REGULAR, size, width)
        yield Paragraph(lines, REGULAR, size, _GAP if place == 0 else 0.5)


def _draw_code(canvas: Canvas, label: Label, box: _Box) -> None:
    """Draw the code in large letters under its square, then what to do with it."""
    size, paragraphs = _code_and_directions(label, box)
    baseline = box.top - _LETTERS * size
    text = canvas.beginText(box.left, baseline)
    canvas.setFillColor(HexColor(readable_on(label.color, (PAPER,))))
    text.setFont(BOLD, size)
    text.setCharSpace(_CODE_SPACING)
    text.textOut(label.code)
    text.setCharSpace(0)
    canvas.drawText(text)
    canvas.setFillColor(HexColor(INK))
    draw_paragraphs(
        canvas, paragraphs, box.left, box.foot + paragraphs_height(paragraphs)
    )


def _code_and_directions(
    label: Label, box: _Box
) -> tuple[float, tuple[Paragraph, ...]]:
    """Return the size of the code's letters and what stands under them.

    Directions are said in as many languages as leave the code large; the address always is.
    """
    address = _address(label, box.width)
    letters = width_of(label.code, BOLD, 1.0)
    spaces = _CODE_SPACING * (len(label.code) - 1)
    sizes = [s for s in _CODE_SIZES if letters * s + spaces <= box.width]
    large = [size for size in sizes if size >= _LARGE_CODE]
    tries = [(said, large) for said in _directions(label) if said]
    tries += [(said, sizes) for said in _directions(label)]
    for said, tried in tries:
        texts = (wrap_text(text, REGULAR, _LEAST, box.width) for text in said)
        paragraphs = (*(Paragraph(t, REGULAR, _LEAST) for t in texts), address)
        for size in tried:
            if _LETTERS * size + _GAP + paragraphs_height(paragraphs) <= box.height:
                return size, paragraphs
    return sizes[-1], (address,)


def _directions(label: Label) -> Iterator[tuple[str, ...]]:
    """Give how to scan and to type: in all languages, in fewer, on one line, not at all."""
    for count in range(len(label.words), 0, -1):
        words = label.words[:count]
        yield join_phrases(w.scan for w in words), join_phrases(w.type for w in words)
    yield (join_phrases((label.words[0].scan, label.words[0].type)),)
    yield ()


def _address(label: Label, width: float) -> Paragraph:
    """Return the address on one line where it can be read so, else on several."""
    fitting = _ADDRESS_SIZE * width / width_of(label.address, BOLD, _ADDRESS_SIZE)
    size = max(min(_ADDRESS_SIZE, fitting), _LEAST)
    # A line begins with a dot, a slash or a hyphen: at its end it would be overlooked.
    lines = [""]
    for part in re.split(r"(?=[./-])", label.address):
        if lines[-1] and width_of(lines[-1] + part, BOLD, size) > width:
            lines.append("")
        lines[-1] += part
    broken = (wrap_text(line, BOLD, size, width) for line in lines)
    return Paragraph(tuple(line for one in broken for line in one), BOLD, size)
