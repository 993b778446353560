"""Print leaflets: one two-sided A4 PDF for each tour and language.

Two sides of A4 for each tour and language: the plan and the way, then every stop with its
picture, its text and its code.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2  # type: ignore[import-untyped]  # ships no types
import zxingcpp
from reportlab.lib.units import mm  # type: ignore[import-untyped]  # ships no types
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # same

from assets_pipeline.build.build import build_assets
from assets_pipeline.tasks.store import STORE, Store
from publishing import qr
from publishing.disk import Disk
from publishing.errors import LabelError
from publishing.leaflets.back import draw_back
from publishing.leaflets.front import draw_front
from publishing.leaflets.sheet import HEIGHT, WIDTH, Sheet, title_text
from publishing.plan.layout import layout_plan
from publishing.release import draft, repository
from publishing.release.draft import StoreFile
from publishing.typesetting import REGULAR, load_fonts, missing_glyphs
from tours.checks import read_museum

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from concurrent.futures import Executor
    from pathlib import Path

    from tours.diagnostics import Diagnostic
    from tours.manifest import Manifest
    from tours.model import MapData

_DPI = 200
_JPEG = "image/jpeg"


@dataclass(frozen=True, slots=True)
class LeafletsResult:
    """Result of printing leaflets: findings, files written, tours left out."""

    diagnostics: tuple[Diagnostic, ...]
    pdfs: tuple[Path, ...] = ()
    unprintable: tuple[str, ...] = ()
    """``tour.language`` of those whose alphabet the fonts lack."""

    @property
    def has_errors(self) -> bool:
        """Whether findings stopped it."""
        return any(finding.is_error for finding in self.diagnostics)


def print_leaflets(
    folder: Path,
    build_dir: Path,
    *,
    executor: Executor | None = None,
    progress: Callable[[int, int, float, str], None] | None = None,
    disk: Disk | None = None,
) -> LeafletsResult:
    """Write the leaflet of every tour in each of its languages, or nothing.

    Pictures are those that the museum publishes: what was made before is taken again.

    Parameters
    ----------
    folder
        The museum's folder.
    build_dir
        ``build/<museum>``; leaflets go to its ``leaflets/``.
    executor
        Where pictures are made; None for here.
    progress
        Told how many files are made, of how many, which share of the work that is, and
        which file is being made.
    disk
        For tests that stop the program half-way.

    Raises
    ------
    PublishingError
        If another program publishes there.
    LabelError
        If the QR code of a leaflet does not read back.
    """
    disk = disk or Disk()
    reading = read_museum(folder)
    museum = reading.museum
    if museum is None or reading.has_errors:
        return LeafletsResult(reading.diagnostics)
    with repository.open_repository(build_dir, disk):
        store = build_dir / STORE
        built = build_assets(museum, Store(store), executor=executor, progress=progress)
    found = tuple(sorted((*reading.diagnostics, *built.diagnostics)))
    if any(finding.is_error for finding in found):
        return LeafletsResult(found)
    manifests = draft.compile_manifests(museum, built.index, reading.registry)
    pictures = {
        item.url: item.content.path
        for item in draft.media_files(built.index, store)
        if item.media_type == _JPEG and isinstance(item.content, StoreFile)
    }
    surroundings = draft.plan_surroundings(museum, built.index)
    drawn, unprintable = {}, []
    for manifest in manifests:
        name = f"{manifest.tour.id}.{manifest.language}"
        if missing_glyphs(title_text(manifest.tour.title)):
            unprintable.append(name)
            continue
        around = surroundings.get(manifest.tour.id)
        drawn[f"{name}.pdf"] = draw_leaflet(manifest, around, pictures)
    disk.make_folder(build_dir / "leaflets")
    for name, pdf in drawn.items():
        disk.replace(build_dir / "leaflets" / name, pdf)
    written = tuple(build_dir / "leaflets" / name for name in drawn)
    return LeafletsResult(found, written, tuple(unprintable))


def draw_leaflet(
    manifest: Manifest, around: MapData | None, pictures: Mapping[str, Path]
) -> bytes:
    """Return the leaflet of a tour in one language, a PDF of two sides of A4.

    Parameters
    ----------
    manifest
        The tour.
    around
        What its plan is drawn on.
    pictures
        JPEG files by their address; what is not there leaves no gap.

    Raises
    ------
    LabelError
        If its QR code does not read back.
    """
    load_fonts()
    buffer = io.BytesIO()
    canvas = Canvas(
        buffer,
        (WIDTH * mm, HEIGHT * mm),
        invariant=1,
        lang=manifest.language,
        initialFontName=REGULAR,  # pyright: ignore[reportArgumentType]  as in label_sheet
    )
    title = title_text(manifest.tour.title)
    canvas.setTitle(title)
    canvas.setAuthor(title_text(manifest.museum.name))
    canvas.setCreator("ecomusee")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    sheet = Sheet(canvas, manifest, pictures)
    payload = qr.payload(manifest.museum.address, "")
    canvas.scale(mm, mm)
    draw_front(sheet, layout_plan(manifest, around), qr.matrix(payload))
    canvas.showPage()
    canvas.scale(mm, mm)
    draw_back(sheet)
    canvas.showPage()
    canvas.save()
    pdf = buffer.getvalue()
    if not _verify_code(pdf, payload):
        message = f"the code of the leaflet {manifest.tour.id} does not read back"
        raise LabelError(message)
    return pdf


def _verify_code(pdf: bytes, payload: str) -> bool:
    document = pypdfium2.PdfDocument(pdf)
    try:
        bitmap = document[0].render(scale=_DPI / 72, grayscale=True)  # pyright: ignore[reportArgumentType]  any number
        codes = zxingcpp.read_barcodes(bitmap.to_numpy().squeeze())
        return [code.text for code in codes] == [payload]
    finally:
        document.close()
