"""Compare a model's source with its LODs, in rendered pictures and visual error."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from assets_pipeline.baking.lod_sources import LodSources, is_colorless
from assets_pipeline.build import cache
from assets_pipeline.checks.visual_error import visual_errors_of as likeness_of
from assets_pipeline.errors.exceptions import (
    AssetError,
    EmptyModelError,
    MissingToolError,
    UnsupportedFormatError,
)
from assets_pipeline.gltf import measure
from assets_pipeline.gltf.clone import clone_document
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.inspection.search_estimate import SearchEstimate, estimate_search
from assets_pipeline.lod.budgets import PHONE
from assets_pipeline.lod.recorded_settings import SEARCH_VERSION
from assets_pipeline.lod.rules import fit_to_budgets
from assets_pipeline.models.clean_model import clean_model, reduce_model
from assets_pipeline.models.make_model import source_of_lod
from assets_pipeline.models.read_model import read_model
from assets_pipeline.rendering import flip, poster
from assets_pipeline.rendering.decompress import decompress
from assets_pipeline.rendering.studio_scene import PosterOptions
from assets_pipeline.rendering.visual_error import (
    ModelFile,
    VisualErrorMeter,
    measure_files,
    measure_without_added_occlusion,
)
from assets_pipeline.resolver import Resolver
from assets_pipeline.transforms.compute_normals import compute_normals
from assets_pipeline.transforms.decompress_ktx2 import decompress_ktx2
from assets_pipeline.transforms.prune import prune
from assets_pipeline.transforms.write_metadata import (
    WriteMetadataOptions,
    write_metadata,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assets_pipeline.arrays import Float32Array, Uint8Array
    from assets_pipeline.gltf.document import Document
    from assets_pipeline.tasks.store import Store
    from assets_pipeline.tasks.task import Task
    from tours.bundle import Bundle

_OPTIONS = PosterOptions(width_px=640, height_px=480, frames=4)
_QUALITY = 82
_PHONE = -2
"""Of the files by rule: a preview, the phone's, the USDZ."""
_VERSION = 4
"""Raised when the same files give other pictures or numbers."""


@dataclass(frozen=True, slots=True)
class FileComparison:
    """Picture and visual error of one file, against the source."""

    picture: bytes
    """Photograph (WebP)."""
    difference: bytes
    """FLIP between the photographs (WebP): `flip.COLORS` from 0 to `flip.MAP_GREATEST`."""
    visual_error: float | None
    """As `Lod.visual_error`, measured here if the build did not; None if it can't be."""
    error_without_occlusion: float | None = None
    """The same without the occlusion that was asked for; None where none was added."""


@dataclass(frozen=True, slots=True)
class OcclusionOffer:
    """The level for phones as `occlusion: yes` would have it."""

    picture: bytes
    """Rendered (WebP), as the others."""
    size_bytes: int


@dataclass(frozen=True, slots=True)
class ModelComparison:
    """A rendered picture of a model's source (WebP), and each file compared with it."""

    source: bytes
    levels: tuple[FileComparison, ...]
    """Of detail, then the USDZ."""
    search_estimate: SearchEstimate | None = None
    """The level for phones as a search would have it; None where none is worth it."""
    occlusion_offer: OcclusionOffer | None = None
    """None where occlusion is written or would change nothing."""


def compare_model(
    task: Task, bundle: Bundle, store: Store, kept: Path
) -> ModelComparison | None:
    """Return rendered pictures of a model's source and files, and their visual errors.

    Parameters
    ----------
    task
        Of the model.
    bundle
        Made of it.
    store
        Holds its files.
    kept
        Folder where all is kept for the next time; made if need be.

    Returns
    -------
    None where this machine can't draw, or the file can't be read: that is told elsewhere.
    """
    known = [*likeness_of(bundle).values()]
    files = [*(lod.file for lod in bundle.lods), bundle.usdz]
    asked = [task.path, task.metres_per_unit, task.up, task.occlusion]
    asked += [_VERSION, repr(_OPTIONS), bundle.is_searched, SEARCH_VERSION]
    asked += [[file.sha256, error] for file, error in zip(files, known, strict=True)]
    digest = hashlib.sha256(json.dumps(asked).encode()).hexdigest()
    place = kept / digest[:24]
    found = _found(task, place, len(files))
    if found is not None:
        return found
    resolver = Resolver(Path(task.folder))
    try:
        document = read_model(task, resolver).document
        contents = (store.path(file).read_bytes() for file in files)
        sent = [ModelFile(*pair) for pair in zip(contents, known, strict=True)]
        made = _made(task, document, sent, is_searched=bundle.is_searched)
    except (AssetError, OSError):
        return None
    _keep(made, place, resolver.reads)
    return made


def _made(
    task: Task, document: Document, sent: list[ModelFile], *, is_searched: bool
) -> ModelComparison:
    contents = [file.content for file in sent]
    darker = _with_occlusion(task, document)
    source, pictures = render_comparison(
        document, [*contents, *([] if darker is None else [darker])]
    )
    offer = darker and OcclusionOffer(pictures[darker][0], len(darker))
    errors, without, searched = _numbers(task, document, sent, is_searched=is_searched)
    levels = (
        FileComparison(*pictures[content], *pair)
        for content, *pair in zip(contents, errors, without, strict=True)
    )
    return ModelComparison(source, tuple(levels), searched, offer or None)


def _with_occlusion(task: Task, document: Document) -> bytes | None:
    """Return the level for phones with occlusion; None where that is not offered.

    Offered is what a model of one grey would show of its relief, unless somebody wrote
    that it should or should not.
    """
    if task.occlusion is not None:
        return None
    darker = clone_document(document)
    clean_model(darker)
    if not is_colorless(darker):
        return None
    detail = reduce_model(darker, replace(task, occlusion=True))
    if detail.shape is None:
        return None
    try:
        source = source_of_lod(LodSources(darker, detail), PHONE)
    except MissingToolError:
        return None
    level = fit_to_budgets(source, PHONE)
    has_occlusion = any(m.occlusion_texture for m in level.document.materials())
    return level.content if has_occlusion else None


def render_comparison(
    document: Document, contents: Sequence[bytes]
) -> tuple[bytes, dict[bytes, tuple[bytes, bytes]]]:
    """Return a picture of a source, and of each file a picture and its difference.

    Parameters
    ----------
    document
        As read, mended in nothing; left unchanged.
    contents
        Files made of it: GLB or USDZ.
    """
    extents = measure.compute_extents(document)
    before, framing = poster.render_with_framing(_own(document), extents, _OPTIONS)
    seen = flip.filter_image(before)
    pictures: dict[bytes, tuple[bytes, bytes]] = {}
    for content in contents:
        if content in pictures:
            continue  # of a light model, all levels are one file
        # Were it framed and lit for itself, a rounding would shift the whole picture.
        after, _ = poster.render_with_framing(
            decompress(content), extents, _OPTIONS, framing
        )
        differs = flip.error_map(seen, flip.filter_image(after))
        pictures[content] = _webp(after), _webp(_colored(differs))
    return _webp(before), pictures


def _own(document: Document) -> bytes:
    """Return the museum's file as the renderer reads it, mended in nothing."""
    own = clone_document(document)
    decompress_ktx2(own)
    prune(own)
    compute_normals(own)
    write_metadata(own, WriteMetadataOptions())
    return write_glb(own)


Errors = list[float | None]


def _numbers(
    task: Task, document: Document, sent: list[ModelFile], *, is_searched: bool
) -> tuple[Errors, Errors, SearchEstimate | None]:
    """Return errors, those without added occlusion, and what a search would give.

    The document is cleaned for it.
    """
    clean_model(document)
    try:
        with VisualErrorMeter(
            write_glb(document), measure.compute_extents(document)
        ) as meter:
            errors = measure_files(meter, sent)
            phone = replace(sent[_PHONE], visual_error=errors[_PHONE])
            searched = (
                None if is_searched else estimate_search(task, document, meter, phone)
            )
            return errors, measure_without_added_occlusion(meter, sent), searched
    except (UnsupportedFormatError, EmptyModelError):
        # Photographs tell more than nothing.
        return [file.visual_error for file in sent], [None] * len(sent), None


def _colored(differs: Float32Array) -> Uint8Array:
    """Return differences in colours: (h, w) gives (h, w, 3) sRGB."""
    stops = np.array([list(bytes.fromhex(code[1:])) for code in flip.COLORS])
    places = np.linspace(0, flip.MAP_GREATEST, len(stops))
    channels = [np.interp(differs, places, stops[:, i]) for i in range(3)]
    return np.stack(channels, axis=-1).round().astype(np.uint8)


def _webp(pixels: Uint8Array) -> bytes:
    content = io.BytesIO()
    Image.fromarray(pixels).save(content, "WEBP", quality=_QUALITY)
    return content.getvalue()


def _found(task: Task, place: Path, count: int) -> ModelComparison | None:
    """Return what was kept, if it is of the files as they are now."""
    try:
        record = json.loads(place.with_suffix(".json").read_bytes())
        if record["reads"] != cache.digest_files(task, list(record["reads"])):
            return None
        pictures = [path.read_bytes() for path in _pictures(place, count)]
        errors, without = (
            [None if error is None else float(error) for error in record[name]]
            for name in ("errors", "errors_without_occlusion")
        )
        offer = record["occlusion_bytes"] and OcclusionOffer(
            _offer_picture(place).read_bytes(), int(record["occlusion_bytes"])
        )
        searched = record["promised"] and SearchEstimate(
            int(record["promised"]["size_bytes"]),
            float(record["promised"]["visual_error"]),
        )
        levels = zip(pictures[1::2], pictures[2::2], errors, without, strict=True)
        compared = tuple(FileComparison(*level) for level in levels)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return ModelComparison(pictures[0], compared, searched, offer)


def _keep(made: ModelComparison, place: Path, reads: cache.Reads) -> None:
    """Write pictures first, then the record without which they don't count."""
    place.parent.mkdir(parents=True, exist_ok=True)
    pictures = [made.source]
    for level in made.levels:
        pictures += [level.picture, level.difference]
    paths = _pictures(place, len(made.levels))
    for path, content in zip(paths, pictures, strict=True):
        path.write_bytes(content)
    offer = made.occlusion_offer
    if offer is not None:
        _offer_picture(place).write_bytes(offer.picture)
    record = json.dumps(
        {
            "reads": reads,
            "errors": [level.visual_error for level in made.levels],
            "errors_without_occlusion": [
                level.error_without_occlusion for level in made.levels
            ],
            "occlusion_bytes": offer and offer.size_bytes,
            "promised": made.search_estimate and asdict(made.search_estimate),
        }
    )
    place.with_suffix(".json").write_text(record, encoding="utf-8")


def _offer_picture(place: Path) -> Path:
    return place.with_suffix(".occlusion.webp")


def _pictures(place: Path, count: int) -> list[Path]:
    """Return where pictures are: the source's, then two for each level."""
    return [place.with_suffix(f".{number}.webp") for number in range(1 + 2 * count)]
