"""Lay labels out on A4 sheets as PDF, and read every QR code back."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pypdfium2  # type: ignore[import-untyped]  # ships no types
import zxingcpp
from reportlab.lib.units import mm  # type: ignore[import-untyped]  # ships no types
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # same

from publishing.errors import LabelError
from publishing.labels.content import Label, label_strings
from publishing.labels.formats import (
    CAMERA_PX,
    CAMERA_VIEW,
    HEIGHT,
    READING_DISTANCE_M,
    WIDTH,
    block_mm,
    module_mm,
    smallest_format,
)
from publishing.labels.landscape import draw_landscape_label
from publishing.labels.portrait import draw_portrait_label
from publishing.qr import QUIET_ZONE_MODULES, matrix
from publishing.typesetting import REGULAR, load_fonts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publishing.labels.formats import LabelFormat
    from publishing.qr import Matrix

PRINT_DPI = 200
_CUT = 5.0
"""Length of the marks to cut along, millimetres."""
_QR_CODES = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def draw_sheets(
    labels: Sequence[Label],
    title: str,
    language: str,
    reading_distance_m: float,
    named: LabelFormat | None = None,
) -> bytes:
    """Return a PDF of labels on A4 sheets; every QR code has been read back.

    The same labels, at least one, always give the same bytes. Where no format is named
    it is the smallest paper that holds their codes.

    Raises
    ------
    LabelError
        If a label can't be drawn, if the named format can't hold a code, or if one
        does not read back: the message names it.
    """
    load_fonts()
    matrices = [matrix(label.payload) for label in labels]
    sizes = {len(modules) for modules in matrices}
    form = named or smallest_format(max(sizes), module_mm(reading_distance_m))
    sides = {size: block_mm(size, reading_distance_m, named) for size in sizes}
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
        if place % (form.columns * form.rows) == 0:
            if place:
                canvas.showPage()
            _draw_cuts(canvas, form)
        canvas.bookmarkPage(label.name)
        canvas.addOutlineEntry(f"{label.code} · {label.titles[0]}", label.name)
        module = sides[len(modules)] / (len(modules) + 2 * QUIET_ZONE_MODULES)
        canvas.saveState()
        _draw_at(canvas, form, place, label, (modules, module))
        canvas.restoreState()
    canvas.save()
    pdf = buffer.getvalue()
    verify_codes(pdf, labels, reading_distance_m)
    return pdf


def verify_codes(
    pdf: bytes, labels: Sequence[Label], reading_distance_m: float
) -> None:
    """Read the QR code of every label from the PDF, at print resolution and at reading distance.

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
    form: LabelFormat,
    place: int,
    label: Label,
    code: tuple[Matrix, float],
) -> None:
    """Draw a label at a place on its sheet, with its QR code and the side of its squares."""
    modules, module = code
    left, foot = form.corner_mm(place % (form.columns * form.rows))
    if form.is_wide:
        canvas.translate(left * mm, foot * mm)
        canvas.scale(mm, mm)
        draw_landscape_label(
            canvas, label, modules, module, (form.width_mm, form.height_mm)
        )
        return
    left += (form.width_mm - WIDTH * form.scale) / 2
    foot += (form.height_mm - HEIGHT * form.scale) / 2
    canvas.translate(left * mm, foot * mm)
    canvas.scale(form.scale * mm, form.scale * mm)
    draw_portrait_label(canvas, label, modules, module / form.scale)


def _draw_cuts(canvas: Canvas, form: LabelFormat) -> None:
    """Draw short marks at the edges of the sheet, between its labels; none on stickers."""
    if not form.is_cut:
        return
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


def draw_labels_pdf(
    labels: Sequence[Label],
    *,
    reading_distance_m: float = READING_DISTANCE_M,
    form: LabelFormat | None = None,
) -> bytes:
    """Return a PDF of labels, titled in their first language.

    Every QR code has been read back from the PDF. The same labels always give the same
    bytes.

    Parameters
    ----------
    labels
        Those of `labels_of`, or some of them.
    reading_distance_m
        How far phones are held, hence how large codes are: see `label_sizes.module_mm`.
    form
        Of the labels; None for the smallest paper that holds their codes.

    Raises
    ------
    LabelError
        If a label can't be drawn, or does not read back: the message names it.
    """
    if not labels:
        message = "no stop has a code, hence no label"
        raise LabelError(message)
    language = labels[0].languages[0]
    title = f"{label_strings(language).sheet} · {labels[0].museum}"
    return draw_sheets(labels, title, language, reading_distance_m, form)
