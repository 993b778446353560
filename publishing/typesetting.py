"""Set and draw text in PDFs: embedded fonts, line breaking, fitting."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]  # ships no types
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]  # same

from publishing.errors import LabelError
from publishing.text.typography import NARROW_NO_BREAK, NO_BREAK, typeset

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # same


FONTS = Path(__file__).parent / "fonts"
REGULAR, BOLD = "AtkinsonHyperlegibleNext-Regular", "AtkinsonHyperlegibleNext-Bold"
CAP_HEIGHT = 0.668
"""Height of a capital in either font, as a part of its size."""
LEADING = 1.22
_THIN = "\u2009"
"""Drawn for a narrow no-break space, which the fonts lack."""
_AFTER_KEPT = re.compile(f"(?<=[\u00a0{_THIN}])")
_ELLIPSIS = "…"
_BISECTIONS = 12
INK, FAINT, PAPER = "#1c1a17", "#5c564e", "#ffffff"
_STEPS = 16


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text broken into lines, lengths in the drawing's unit."""

    lines: tuple[str, ...]
    font: str
    size: float
    space_before: float = 0.0

    @property
    def height(self) -> float:
        """From the top of its space to the foot of its last line."""
        return self.space_before + len(self.lines) * self.size * LEADING

    def cut(self, lines: int, width: float) -> Paragraph:
        """Return the first lines, the last with an ellipsis when more were to come."""
        if lines >= len(self.lines):
            return self
        kept, last = self.lines[: lines - 1], self.lines[lines - 1]
        while last and text_width(last + _ELLIPSIS, self.font, self.size) > width:
            last = last[:-1].rstrip()
        return Paragraph(
            (*kept, last + _ELLIPSIS), self.font, self.size, self.space_before
        )


@functools.cache
def load_fonts() -> frozenset[int]:
    """Register the fonts with reportlab; return the code points that both have.

    Raises
    ------
    LabelError
        If they have not been made: ``scripts/build-client`` makes them.
    """
    drawn = []
    for name in (REGULAR, BOLD):
        path = FONTS / f"{name}.ttf"
        if not path.is_file():
            message = f"the font {path.name} is missing: run scripts/build-client"
            raise LabelError(message)
        font = TTFont(name, str(path))
        pdfmetrics.registerFont(font)
        drawn.append(frozenset(font.face.charToGlyph))
    return frozenset.intersection(*drawn)


def printable_text(text: str, language: str) -> str:
    """Return a text on one line with its language's typography, as the fonts have it."""
    return typeset(" ".join(text.split()), language).replace(NARROW_NO_BREAK, _THIN)


def missing_glyphs(text: str) -> str:
    """Return the characters of a printable text that the fonts lack, each once."""
    known = load_fonts()
    return "".join(dict.fromkeys(sign for sign in text if ord(sign) not in known))


def text_width(text: str, font: str, size: float) -> float:
    """Return the width of a line, in the unit of `size`."""
    return float(pdfmetrics.stringWidth(text, font, size))


def wrap_text(text: str, font: str, size: float, width: float) -> tuple[str, ...]:
    """Return the lines of a text, balanced in length.

    Lines break at plain spaces; what is wider than a line at its no-break spaces too, and
    a word wider than a line anywhere.
    """
    lines = _break_lines(text, font, size, width)
    if len(lines) < 2:  # noqa: PLR2004 - one line is even
        return lines
    narrow, enough = width / len(lines), width
    for _ in range(_BISECTIONS):
        middle = (narrow + enough) / 2
        if len(_break_lines(text, font, size, middle)) > len(lines):
            narrow = middle
        else:
            enough = middle
    return _break_lines(text, font, size, enough)


def _break_lines(text: str, font: str, size: float, width: float) -> tuple[str, ...]:
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, font, size) <= width:
            lines[-1] = longer
        else:
            lines.extend(_break_phrase(word, font, size, width))
    return tuple(lines)


def _break_phrase(kept: str, font: str, size: float, width: float) -> list[str]:
    """Return what no-break spaces keep together, parted at them where it must be."""
    if text_width(kept, font, size) <= width:
        return [kept]
    lines: list[str] = []
    for word in _AFTER_KEPT.split(kept):
        longer = f"{lines[-1]}{word}" if lines else word
        if lines and text_width(longer.rstrip(), font, size) <= width:
            lines[-1] = longer
        else:
            lines.extend(_break_word(word, font, size, width))
    return [line.rstrip() for line in lines]


def _break_word(word: str, font: str, size: float, width: float) -> list[str]:
    pieces = [""]
    for sign in word:
        if pieces[-1] and text_width(pieces[-1] + sign, font, size) > width:
            pieces.append("")
        pieces[-1] += sign
    return pieces


def font_scales(most: float, least: float) -> tuple[float, ...]:
    """Return the scales to try, from the largest down."""
    return tuple(most + (least - most) * step / (_STEPS - 1) for step in range(_STEPS))


def paragraphs_height(paragraphs: Sequence[Paragraph]) -> float:
    """Return the height of paragraphs together."""
    return sum(paragraph.height for paragraph in paragraphs)


def fit_paragraphs(
    paragraphs: tuple[Paragraph, ...], width: float, budget: float
) -> tuple[Paragraph, ...]:
    """Return paragraphs cut to as many lines each as fit a height.

    When one line each is too much, the last ones go.
    """
    for lines in range(max(len(p.lines) for p in paragraphs) - 1, 0, -1):
        shorter = tuple(p.cut(lines, width) for p in paragraphs)
        if paragraphs_height(shorter) <= budget:
            return shorter
    first = tuple(p.cut(1, width) for p in paragraphs)
    while len(first) > 1 and paragraphs_height(first) > budget:
        first = first[:-1]
    return first


def join_phrases(phrases: Iterable[str]) -> str:
    """Return phrases joined on a line that breaks only between them."""
    return " · ".join(phrase.replace(" ", NO_BREAK) for phrase in phrases)


def draw_paragraphs(
    canvas: Canvas, paragraphs: Sequence[Paragraph], x: float, top: float
) -> float:
    """Draw paragraphs downwards from `top` in the colour set; return where they end."""
    for paragraph in paragraphs:
        top -= paragraph.space_before
        canvas.setFont(paragraph.font, paragraph.size)
        for line in paragraph.lines:
            # A line's box has its capitals in the middle.
            around = (LEADING - CAP_HEIGHT) / 2
            canvas.drawString(x, top - (CAP_HEIGHT + around) * paragraph.size, line)
            top -= paragraph.size * LEADING
    return top
