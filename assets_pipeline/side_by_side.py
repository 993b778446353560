"""A model as its museum keeps it and as phones get it, photographed alike."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from PIL import Image

from assets_pipeline import measure, poster
from assets_pipeline.errors import AssetError
from assets_pipeline.readers.source import read_source
from assets_pipeline.resolver import Resolver
from assets_pipeline.studio import PosterOptions
from assets_pipeline.transforms.metadata import MetadataOptions, metadata
from assets_pipeline.transforms.normals import normals
from assets_pipeline.transforms.orient import OrientOptions
from assets_pipeline.transforms.prune import prune
from assets_pipeline.writer import to_glb

if TYPE_CHECKING:
    from assets_pipeline.tasks import Task

_OPTIONS = PosterOptions(width_px=720, height_px=540, frames=4)
_QUALITY = 85


def side_by_side(task: Task, made: str, kept: str) -> tuple[bytes, bytes] | None:
    """Return two photographs (JPEG): the museum's file, and a level made of it.

    Parameters
    ----------
    task
        Of the model.
    made
        Path of the level's GLB.
    kept
        Folder where photographs are kept for the next time; made if need be.

    Returns
    -------
    None where this machine can't draw, or the file can't be read: that is told elsewhere.
    """
    folder, resolver = Path(kept), Resolver(Path(task.folder))
    try:
        options = OrientOptions(task.metres_per_unit, task.up)
        document = read_source(PurePosixPath(task.path), options, resolver)
        digest = hashlib.sha256(repr((resolver.reads, made, _OPTIONS)).encode())
        paths = [folder / f"{digest.hexdigest()[:24]}.{n}.jpg" for n in (0, 1)]
        if all(path.is_file() for path in paths):
            return paths[0].read_bytes(), paths[1].read_bytes()
        extents = measure.extents(document)
        prune(document)
        normals(document)
        metadata(document, MetadataOptions())
        drawn = [
            _jpeg(poster.render_poster(glb, extents, _OPTIONS))
            for glb in (to_glb(document), Path(made).read_bytes())
        ]
    except (AssetError, OSError):
        return None
    folder.mkdir(parents=True, exist_ok=True)
    for path, content in zip(paths, drawn, strict=True):
        path.write_bytes(content)
    return drawn[0], drawn[1]


def _jpeg(pixels: poster.ByteArray) -> bytes:
    content = io.BytesIO()
    Image.fromarray(pixels).save(content, "JPEG", quality=_QUALITY)
    return content.getvalue()
