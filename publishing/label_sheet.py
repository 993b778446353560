"""Sheets of labels as PDF: laid out on A4, and read back before anyone prints them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pypdfium2  # type: ignore[import-untyped]  # ships no types
import zxingcpp
from reportlab.lib.units import mm  # type: ignore[import-untyped]  # ships no types
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # same

from publishing.errors import LabelError
from publishing.label_layout import Label, draw_label
from publishing.label_sizes import CAMERA_PX, CAMERA_VIEW, WIDTH, format_for, module_mm
from publishing.qr import matrix
from publishing.typesetting import REGULAR, load_fonts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publishing.label_sizes import Format
    from publishing.qr import Matrix

PRINT_DPI = 200
_CUT = 5.0
"""Length of the marks to cut along, millimetres."""
_QR_CODES = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def draw_sheets(
    labels: Sequence[Label], title: str, language: str, reading_distance_m: float
) -> bytes:
    """Return a PDF of A4 sheets of labels, every code of which has been read back.

    The same labels, at least one, always give the same bytes.

    Raises
    ------
    LabelError
        If a label can't be drawn, or does not read back: the message names it.
    """
    load_fonts()
    matrices = [matrix(label.payload) for label in labels]
    module = module_mm(reading_distance_m)
    form = format_for(max(len(modules) for modules in matrices), module)
    buffer = io.BytesIO()
    width, height = form.sheet_mm
    canvas = Canvas(
        buffer,
        (width * mm, height * mm),
        invariant=1,
        lang=language,
        initialFontName=REGULAR,  # pyright: ignore[reportArgumentType]  typed as its size; else the PDF names a font that it does not embed
    )
    canvas.setTitle(title)
    canvas.setAuthor(labels[0].museum)
    canvas.setSubject(labels[0].tour)
    canvas.setCreator("ecomusee")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    for place, (label, modules) in enumerate(zip(labels, matrices, strict=True)):
        if place and place % (form.columns * form.rows) == 0:
            canvas.showPage()
        _draw_at(canvas, form, place, label, modules, module)
    canvas.save()
    pdf = buffer.getvalue()
    read_back(pdf, labels, reading_distance_m)
    return pdf


def read_back(pdf: bytes, labels: Sequence[Label], reading_distance_m: float) -> None:
    """Read the code of every label from its PDF, close by and from its distance.

    Raises
    ------
    LabelError
        If a code is not on the sheets, or reads as something else.
    """
    seen_mm = CAMERA_VIEW * reading_distance_m * 1000
    for dpi in (PRINT_DPI, CAMERA_PX / seen_mm * 25.4):
        found = frozenset().union(*_codes_read(pdf, dpi))
        for label in labels:
            if label.payload not in found:
                message = (
                    f"the label of {label.name} does not read back at {dpi:.0f} dpi"
                )
                raise LabelError(message)


def _draw_at(
    canvas: Canvas,
    form: Format,
    place: int,
    label: Label,
    modules: Matrix,
    module: float,
) -> None:
    """Draw a label at its place on a sheet, with marks to cut along."""
    on_sheet = place % (form.columns * form.rows)
    if on_sheet == 0:
        _draw_cuts(canvas, form)
    row, column = divmod(on_sheet, form.columns)
    scale = form.width_mm / WIDTH
    canvas.bookmarkPage(label.name)
    canvas.addOutlineEntry(f"{label.code} · {label.titles[0]}", label.name)
    canvas.saveState()
    canvas.translate(
        column * form.width_mm * mm, (form.rows - 1 - row) * form.height_mm * mm
    )
    canvas.scale(scale * mm, scale * mm)
    draw_label(canvas, label, modules, module / scale)
    canvas.restoreState()


def _draw_cuts(canvas: Canvas, form: Format) -> None:
    """Draw short marks at the edges of the sheet, between its labels."""
    width, height = form.sheet_mm
    canvas.setLineWidth(0.15 * mm)
    canvas.setStrokeGray(0.6)
    for column in range(1, form.columns):
        x = column * form.width_mm
        for y0, y1 in ((0, _CUT), (height - _CUT, height)):
            canvas.line(x * mm, y0 * mm, x * mm, y1 * mm)
    for row in range(1, form.rows):
        y = row * form.height_mm
        for x0, x1 in ((0, _CUT), (width - _CUT, width)):
            canvas.line(x0 * mm, y * mm, x1 * mm, y * mm)


def _codes_read(pdf: bytes, dpi: float) -> Iterator[frozenset[str]]:
    """Give the texts of the QR codes found on each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            bitmap = page.render(scale=dpi / 72, grayscale=True)  # pyright: ignore[reportArgumentType]  any number
            pixels, stride = memoryview(bytes(bitmap.buffer)), bitmap.stride
            rows = (pixels[y * stride :][: bitmap.width] for y in range(bitmap.height))
            image = memoryview(b"".join(rows)).cast("B", (bitmap.height, bitmap.width))
            found = zxingcpp.read_barcodes(image, _QR_CODES)
            yield frozenset(code.text for code in found)
            bitmap.close()
            page.close()
    finally:
        document.close()
