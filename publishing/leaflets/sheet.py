"""The sheet of a leaflet: margins, paragraphs, numbers and pictures on A4.

Millimetres of A4, y growing upwards; texts are set by their upper edge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportlab.lib.colors import HexColor  # type: ignore[import-untyped]  # ships none
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]  # same

from publishing.colors import readable_on, text_on
from publishing.text import markdown
from publishing.text.localization import ui_strings
from publishing.text.typography import NARROW_NO_BREAK, typeset
from publishing.typesetting import (
    BOLD,
    CAP_HEIGHT,
    INK,
    PAPER,
    Paragraph,
    draw_paragraphs,
    load_fonts,
    printable_text,
    wrap_text,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # same

    from tours.manifest import ImageVariant, Manifest, Text

WIDTH, HEIGHT = 210.0, 297.0
MARGIN = 12.0
INNER = WIDTH - 2 * MARGIN
RULE = "#cfc8bd"
_DISC = 3.6
_ENOUGH_PX = 900
_THIN = "\u2009"


def title_text(text: Text) -> str:
    """Return a title as printable text on one line."""
    return printable_text(text.text, text.language)


def plain_paragraphs(text: Text) -> tuple[str, ...]:
    """Return the paragraphs of a Markdown text as printable plain text."""
    known = load_fonts()
    blocks = (
        markdown.to_text(set_paragraph, text.language)
        for set_paragraph in text.text.split("\n\n")
    )
    drawn = (
        typeset(set_paragraph, text.language).replace(NARROW_NO_BREAK, _THIN)
        for set_paragraph in blocks
    )
    return tuple(
        "".join(sign for sign in set_paragraph if ord(sign) in known)
        for set_paragraph in drawn
        if set_paragraph
    )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A leaflet being drawn."""

    canvas: Canvas
    manifest: Manifest
    pictures: Mapping[str, Path]
    """JPEG files, by address."""

    @property
    def color(self) -> str:
        """The museum's own."""
        return self.manifest.museum.color

    @property
    def accent(self) -> str:
        """The museum's colour, or a shade of it that reads on paper."""
        return readable_on(self.color, (PAPER,))

    def words(self, key: str, **values: object) -> str:
        """Return words of the interface as they are drawn."""
        table = ui_strings(self.manifest.language)
        return printable_text(table.words[key].format(**values), table.language)

    def paragraphs(
        self, paragraphs: Sequence[Paragraph], x: float, top: float, color: str = INK
    ) -> float:
        """Draw paragraphs downwards, and return where they end."""
        self.canvas.setFillColor(HexColor(color))
        return draw_paragraphs(self.canvas, paragraphs, x, top)

    def number(self, number: str, x: float, y: float, radius: float = _DISC) -> None:
        """Draw a stop's number on a disc around a point."""
        self.canvas.setFillColor(HexColor(self.accent))
        self.canvas.circle(x, y, radius, stroke=0, fill=1)
        self.canvas.setFillColor(HexColor(text_on(self.accent)))
        size = radius * (1.25 if len(number) < 3 else 0.9)  # noqa: PLR2004 - digits
        self.canvas.setFont(BOLD, size)
        self.canvas.drawCentredString(x, y - size * CAP_HEIGHT / 2, number)

    def file_of(self, variants: Sequence[ImageVariant]) -> Path | None:
        """Return the smallest file of a picture that prints well."""
        here = [v for v in variants if v.url in self.pictures]
        if not here:
            return None
        enough = [v for v in here if v.width_px >= _ENOUGH_PX]
        chosen = min(
            enough or here, key=lambda v: v.width_px if enough else -v.width_px
        )
        return self.pictures[chosen.url]

    def picture(
        self,
        file: Path,
        at: tuple[float, float],
        size: tuple[float, float],
        *,
        is_whole: bool,
    ) -> None:
        """Draw a picture in a frame from its lower left corner.

        It fills the frame, what is too much cut off evenly; one that must stay whole
        stands at the frame's left.
        """
        (x, y), (width, height) = at, size
        image = ImageReader(str(file))
        wide, high = image.getSize()
        ratios = (width / wide, height / high)
        scale = min(ratios) if is_whole else max(ratios)
        drawn_wide, drawn_high = wide * scale, high * scale
        left = x if is_whole else x + (width - drawn_wide) / 2
        foot = y + (height - drawn_high) / 2
        self.canvas.saveState()
        frame = self.canvas.beginPath()
        right, top = min(width, drawn_wide), min(height, drawn_high)
        frame.roundRect(x, y + (height - top) / 2, right, top, 1.2)
        self.canvas.clipPath(frame, stroke=0, fill=0)
        self.canvas.drawImage(image, left, foot, drawn_wide, drawn_high)
        self.canvas.restoreState()


def set_paragraph(
    text: str, font: str, size: float, width: float, space: float = 0.0
) -> Paragraph:
    """Return a text wrapped to a width."""
    return Paragraph(wrap_text(text, font, size, width), font, size, space)
