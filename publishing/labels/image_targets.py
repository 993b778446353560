"""Image targets as PDF sheets to print at their true width.

Each has a sheet of its own: the smallest of A4 to A0 that holds it, or one made for it,
with marks to cut along and a line to measure once it is printed.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pypdfium2  # type: ignore[import-untyped]  # ships no types
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]  # same
from reportlab.lib.units import mm  # type: ignore[import-untyped]  # same
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]  # same
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # same

from assets_pipeline.errors.exceptions import AssetError
from assets_pipeline.images.photographs import read_photograph
from assets_pipeline.resolver import Resolver
from assets_pipeline.tasks.task import Task
from publishing.errors import LabelError
from publishing.labels.content import label_strings
from publishing.text.localization import ui_strings
from publishing.typesetting import (
    BOLD,
    REGULAR,
    load_fonts,
    missing_glyphs,
    printable_text,
    text_width,
)
from tours.model import PictureAnchor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tours.codes import Registry
    from tours.model import Museum, Stop, Tour

SHEETS_MM = ((210, 297), (297, 420), (420, 594), (594, 841), (841, 1189))
"""A4 to A0, upright."""
MARGIN = 14.0
"""Around the picture, millimetres: room for the marks, and for what printers leave out."""
FOOT = 12.0
"""Under the picture, for the words and the line to measure."""
_MARK, _AWAY = 8.0, 3.0
"""Length of a mark, and how far from the picture it stays."""
_RULER = 100.0
_SIZE = 4.2
_TOLERANCE_MM = 0.05


@dataclass(frozen=True, slots=True)
class TargetSheet:
    """An image target to print, and the stops whose scene it holds."""

    path: str
    """From the museum's folder."""
    width_m: float
    titles: tuple[str, ...]
    """Of its stops, each with its code where it has one."""
    language: str

    @property
    def name(self) -> str:
        """Which one it is, for people: ``plan-ecluse.png, 60 cm``."""
        sign = ui_strings(self.language).words["decimal_sign"]
        width_cm = f"{self.width_m * 100:g}".replace(".", sign)
        return f"{PurePosixPath(self.path).name}, {width_cm} cm"


def compose_target_sheets(
    museum: Museum, registry: Registry
) -> tuple[TargetSheet, ...]:
    """Return a museum's image targets, each picture and width once, in tour order."""
    stops: dict[tuple[str, float], list[tuple[Tour, Stop]]] = {}
    for tour, stop in museum.stops():
        for anchor in stop.anchors:
            if isinstance(anchor, PictureAnchor):
                key = (str(anchor.picture.path), anchor.width.metres)
                stops.setdefault(key, []).append((tour, stop))
    return tuple(
        TargetSheet(
            path,
            width_m,
            tuple(_titled(tour, stop, registry) for tour, stop in held),
            held[0][0].languages[0],
        )
        for (path, width_m), held in stops.items()
    )


def draw_target_sheets(
    folder: Path, panels: Sequence[TargetSheet], museum: str
) -> bytes:
    """Return a PDF with one image target a page; its width is read back.

    Parameters
    ----------
    folder
        The museum's folder.
    panels
        At least one.
    museum
        Its name, for who opens the document.

    Raises
    ------
    LabelError
        If a picture can't be read, or is not as wide in the PDF as was asked.
    """
    load_fonts()
    buffer = io.BytesIO()
    canvas = Canvas(
        buffer,
        invariant=1,
        lang=panels[0].language,
        initialFontName=REGULAR,  # pyright: ignore[reportArgumentType]  as in label_sheet
    )
    canvas.setTitle(f"{label_strings(panels[0].language).panels} · {museum}")
    canvas.setAuthor(museum)
    canvas.setCreator("ecomusee")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    for panel in panels:
        _draw(canvas, folder, panel)
        canvas.showPage()
    canvas.save()
    pdf = buffer.getvalue()
    _verify_widths(pdf, panels)
    return pdf


def sheet_mm(width: float, height: float) -> tuple[float, float]:
    """Return the size of the sheet that holds a picture and its margins, in millimetres."""
    least_wide, least_high = width + 2 * MARGIN, height + 2 * MARGIN + FOOT
    for short, long in SHEETS_MM:
        for wide, high in ((short, long), (long, short)):
            if least_wide <= wide and least_high <= high:
                return wide, high
    return least_wide, least_high


def _titled(tour: Tour, stop: Stop, registry: Registry) -> str:
    language, title = stop.title.best(tour.languages)
    code = registry.code_of(tour.id, stop.id)
    shown = printable_text(title, language)
    return " · ".join(
        text for text in (shown, code) if text and not missing_glyphs(text)
    )


def _draw(canvas: Canvas, folder: Path, panel: TargetSheet) -> None:
    try:
        picture = read_photograph(
            Task("picture", str(folder), panel.path), Resolver(folder)
        )
    except AssetError as error:
        raise LabelError(str(error)) from error
    width = panel.width_m * 1000
    height = width * picture.height / picture.width
    wide, high = sheet_mm(width, height)
    canvas.setPageSize((wide * mm, high * mm))
    canvas.bookmarkPage(panel.name)
    canvas.addOutlineEntry(panel.name, panel.name)
    canvas.scale(mm, mm)
    left, foot = (wide - width) / 2, (high - height + FOOT) / 2
    canvas.drawImage(ImageReader(picture), left, foot, width, height)
    _draw_marks(canvas, (left, foot), (left + width, foot + height))
    _draw_words(canvas, panel, left, foot - _AWAY - _MARK)


def _draw_marks(
    canvas: Canvas, low: tuple[float, float], high: tuple[float, float]
) -> None:
    """Draw two short lines at each corner, where one cuts."""
    canvas.setLineWidth(0.15)
    canvas.setStrokeGray(0)
    for x, outwards in ((low[0], -1), (high[0], 1)):
        for y, upwards in ((low[1], -1), (high[1], 1)):
            start, stop = _AWAY * outwards, (_AWAY + _MARK) * outwards
            canvas.line(x + start, y, x + stop, y)
            start, stop = _AWAY * upwards, (_AWAY + _MARK) * upwards
            canvas.line(x, y + start, x, y + stop)


def _draw_words(canvas: Canvas, panel: TargetSheet, left: float, top: float) -> None:
    """Draw which picture it is, and a line that tells whether it was printed as asked."""
    words = label_strings(panel.language)
    line = top - 1.2
    canvas.setLineWidth(0.3)
    canvas.line(left, line, left + _RULER, line)
    for x in (left, left + _RULER):
        canvas.line(x, line - 1, x, line + 1)
    canvas.setFillGray(0)
    below = line - 1.6 * _SIZE
    canvas.setFont(REGULAR, _SIZE)
    canvas.drawString(left, below, printable_text(words.measure, panel.language))
    canvas.setFont(BOLD, _SIZE)
    text = f"{panel.name} · {', '.join(panel.titles)}"
    room = max(panel.width_m * 1000, _RULER)
    while text_width(text, BOLD, _SIZE) > room and len(text) > 1:
        text = text[:-2] + "…"
    canvas.drawString(left, below - 1.5 * _SIZE, text)


def _verify_widths(pdf: bytes, panels: Sequence[TargetSheet]) -> None:
    """Tell of a picture that the PDF does not hold at its width."""
    for panel, width in zip(panels, _widths_mm(pdf), strict=True):
        if abs(width - panel.width_m * 1000) > _TOLERANCE_MM:
            message = f"{panel.name} is {width:.1f} mm wide in the PDF"
            raise LabelError(message)


def _widths_mm(pdf: bytes) -> Iterator[float]:
    """Give the width of the only picture of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            (picture,) = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])
            left, _, right, _ = picture.get_bounds()
            yield (right - left) / mm
            page.close()
    finally:
        document.close()
