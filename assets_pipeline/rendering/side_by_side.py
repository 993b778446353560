"""A model as its museum keeps it and as phones get it: photographed alike, and compared."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from assets_pipeline.building import cache
from assets_pipeline.errors import (
    AssetError,
    EmptyModelError,
    UnsupportedFormatError,
)
from assets_pipeline.gltf import measure
from assets_pipeline.gltf.copying import copied
from assets_pipeline.gltf.writer import to_glb
from assets_pipeline.models import clean
from assets_pipeline.readers.source import read_source
from assets_pipeline.rendering import flip, poster, shots
from assets_pipeline.rendering.studio import PosterOptions
from assets_pipeline.rendering.visual_error import Judge
from assets_pipeline.resolver import Resolver
from assets_pipeline.transforms.metadata import MetadataOptions, metadata
from assets_pipeline.transforms.normals import normals
from assets_pipeline.transforms.orient import OrientOptions
from assets_pipeline.transforms.prune import prune
from assets_pipeline.transforms.unpack_textures import unpack_textures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assets_pipeline.building.store import Store
    from assets_pipeline.building.tasks import Task
    from assets_pipeline.gltf.document import Document
    from assets_pipeline.rendering.poster import ByteArray
    from tours.bundle import Extents, Lod

_OPTIONS = PosterOptions(width_px=640, height_px=480, frames=4)
_QUALITY = 82
_VERSION = 1
"""Raised when the same files give other pictures or numbers."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One level of detail beside the museum's own file."""

    picture: bytes
    """Photograph (WebP)."""
    difference: bytes
    """FLIP between the photographs (WebP): `flip.COLORS` from 0 to `flip.MAP_GREATEST`."""
    visual_error: float | None
    """As `Lod.visual_error`, measured here if the build did not; None if it can't be."""


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A museum's own file, photographed (WebP), and each level made of it."""

    source: bytes
    levels: tuple[Compared, ...]


def side_by_side(
    task: Task, lods: Sequence[Lod], store: Store, kept: Path
) -> SideBySide | None:
    """Return photographs of a model, before and after, and how much they differ.

    Parameters
    ----------
    task
        Of the model.
    lods
        Made of it.
    store
        Holds them.
    kept
        Folder where all is kept for the next time; made if need be.

    Returns
    -------
    None where this machine can't draw, or the file can't be read: that is told elsewhere.
    """
    asked = [task.path, task.metres_per_unit, task.up, _VERSION, repr(_OPTIONS)]
    asked += [[lod.file.sha256, lod.visual_error] for lod in lods]
    digest = hashlib.sha256(json.dumps(asked).encode()).hexdigest()
    place = kept / digest[:24]
    found = _found(task, place, len(lods))
    if found is not None:
        return found
    resolver = Resolver(Path(task.folder))
    try:
        options = OrientOptions(task.metres_per_unit, task.up)
        document = read_source(PurePosixPath(task.path), options, resolver)
        files = [store.path(lod.file).read_bytes() for lod in lods]
        made = _made(document, [lod.visual_error for lod in lods], files)
    except (AssetError, OSError):
        return None
    _keep(made, place, resolver.reads)
    return made


def _made(
    document: Document, known: list[float | None], files: list[bytes]
) -> SideBySide:
    extents = measure.extents(document)
    before = poster.render_poster(_own(document), extents, _OPTIONS)
    errors = _errors(document, extents, known, files)
    seen = flip.seen(before)
    levels: dict[bytes, Compared] = {}
    for glb, error in zip(files, errors, strict=True):
        if glb in levels:
            continue  # of a light model, all levels are one file
        after = poster.render_poster(glb, extents, _OPTIONS)
        differs = flip.difference(seen, flip.seen(after))
        levels[glb] = Compared(_webp(after), _webp(_colored(differs)), error)
    return SideBySide(_webp(before), tuple(levels[glb] for glb in files))


def _own(document: Document) -> bytes:
    """Return the museum's file as the renderer reads it, mended in nothing."""
    own = copied(document)
    unpack_textures(own)
    prune(own)
    normals(own)
    metadata(own, MetadataOptions())
    return to_glb(own)


def _errors(
    document: Document, extents: Extents, known: list[float | None], files: list[bytes]
) -> list[float | None]:
    """Return the visual error of each file; the document is cleaned for it."""
    if None not in known:
        return known
    clean(document)
    try:
        with Judge(to_glb(document), extents) as judge:
            return [
                round(judge.error(glb, shots.CHECK), 5) if error is None else error
                for error, glb in zip(known, files, strict=True)
            ]
    except (UnsupportedFormatError, EmptyModelError):
        return known  # photographs tell more than nothing


def _colored(differs: flip.FloatArray) -> ByteArray:
    """Return differences in colours: (h, w) gives (h, w, 3) sRGB."""
    stops = np.array([list(bytes.fromhex(code[1:])) for code in flip.COLORS])
    places = np.linspace(0, flip.MAP_GREATEST, len(stops))
    channels = [np.interp(differs, places, stops[:, i]) for i in range(3)]
    return np.stack(channels, axis=-1).round().astype(np.uint8)


def _webp(pixels: ByteArray) -> bytes:
    content = io.BytesIO()
    Image.fromarray(pixels).save(content, "WEBP", quality=_QUALITY)
    return content.getvalue()


def _found(task: Task, place: Path, count: int) -> SideBySide | None:
    """Return what was kept, if it is of the files as they are now."""
    try:
        record = json.loads(place.with_suffix(".json").read_bytes())
        if record["reads"] != cache.digests(task, list(record["reads"])):
            return None
        pictures = [path.read_bytes() for path in _pictures(place, count)]
        errors = [None if error is None else float(error) for error in record["errors"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    levels = zip(pictures[1::2], pictures[2::2], errors, strict=True)
    return SideBySide(pictures[0], tuple(Compared(*level) for level in levels))


def _keep(made: SideBySide, place: Path, reads: cache.Reads) -> None:
    """Write pictures first, then the record without which they don't count."""
    place.parent.mkdir(parents=True, exist_ok=True)
    pictures = [made.source]
    for level in made.levels:
        pictures += [level.picture, level.difference]
    paths = _pictures(place, len(made.levels))
    for path, content in zip(paths, pictures, strict=True):
        path.write_bytes(content)
    errors = [level.visual_error for level in made.levels]
    record = json.dumps({"reads": reads, "errors": errors})
    place.with_suffix(".json").write_text(record, encoding="utf-8")


def _pictures(place: Path, count: int) -> list[Path]:
    """Return where pictures are: the source's, then two for each level."""
    return [place.with_suffix(f".{number}.webp") for number in range(1 + 2 * count)]
