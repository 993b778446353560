"""Read a model of any supported format as a document in metres, +Y up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assets_pipeline.errors import causes
from assets_pipeline.errors.exceptions import (
    AssetError,
    DamagedFileError,
    EmptyModelError,
    UnsupportedFormatError,
)
from assets_pipeline.gltf.orient import OrientOptions, orient
from assets_pipeline.readers.dae.reader import read_dae
from assets_pipeline.readers.format_sniffing import START_BYTES, misnamed_error
from assets_pipeline.readers.gltf.reader import read_gltf
from assets_pipeline.readers.obj import read_obj
from assets_pipeline.readers.off import read_off
from assets_pipeline.readers.ply.reader import read_ply
from assets_pipeline.readers.stl import read_stl
from assets_pipeline.readers.threemf.reader import read_3mf
from assets_pipeline.readers.zip_archive import (
    ZipArchive,
    find_only_model,
    other_models,
)
from tours.file_formats import MODELS, find_unsupported_format

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import PurePosixPath

    from assets_pipeline.gltf.document import Document
    from assets_pipeline.resolver import Resolver

MODEL_EXTENSIONS = MODELS.endings
_IN_ARCHIVES = tuple(ending for ending in MODEL_EXTENSIONS if ending != ".zip")


def read_document(
    path: PurePosixPath, options: OrientOptions, resolver: Resolver
) -> Document:
    """Return the document of a model file, oriented as its options say.

    Parameters
    ----------
    path
        Within the museum's folder.
    options
        What the file's numbers mean.
    resolver
        Reads it, and the files it names.

    Raises
    ------
    AssetError
        A subclass that names the cause, with the file's name.
    """
    try:
        document = _read(path, resolver)
        if not any(len(p.triangles) for p in document.primitives()):
            raise EmptyModelError.from_cause(causes.POINTS_OR_LINES_ONLY, "scene")
    except AssetError as error:
        raise error.in_file(str(path)) from error.__cause__
    orient(document, options)
    return document


def _read(path: PurePosixPath, resolver: Resolver) -> Document:
    suffix = path.suffix.lower()
    if suffix not in MODEL_EXTENSIONS:
        raise _unsupported_extension_error(suffix)
    content = resolver.read(path)
    try:
        return _parse(path, content, resolver)
    except (DamagedFileError, EmptyModelError, UnsupportedFormatError) as error:
        found = misnamed_error(path, content[:START_BYTES], len(content))
        if found is None:
            raise
        raise found from error


def _unsupported_extension_error(ending: str) -> UnsupportedFormatError:
    foreign = find_unsupported_format(ending)
    if foreign is not None:
        return UnsupportedFormatError.from_cause(
            causes.UNSUPPORTED_FORMAT, "name", **foreign.values()
        )
    told = causes.UNKNOWN_EXTENSION if ending else causes.NO_EXTENSION
    return UnsupportedFormatError.from_cause(told, "name", ending=ending)


def _parse(path: PurePosixPath, content: bytes, resolver: Resolver) -> Document:
    suffix = path.suffix.lower()
    if suffix == ".zip":
        archive = ZipArchive(content, path, resolver)
        # Sketchfab packs what it was given, most often a zip, beside its pictures.
        is_inner = isinstance(resolver, ZipArchive)
        kinds = _IN_ARCHIVES if is_inner else MODEL_EXTENSIONS
        names = archive.names()
        shown = find_only_model(names, kinds)
        others = other_models(shown, names, _IN_ARCHIVES)
        resolver.ignored_models += map(str, others)
        return _read(shown, archive)
    if suffix in _SELF_CONTAINED_READERS:
        return _SELF_CONTAINED_READERS[suffix](content)
    return _RESOLVING_READERS[suffix](content, path, resolver)


_SELF_CONTAINED_READERS: Final[dict[str, Callable[[bytes], Document]]] = {
    ".stl": read_stl,
    ".off": read_off,
}
_RESOLVING_READERS: Final[
    dict[str, Callable[[bytes, PurePosixPath, Resolver], Document]]
] = {
    ".glb": read_gltf,
    ".gltf": read_gltf,
    ".obj": read_obj,
    ".dae": read_dae,
    ".3mf": read_3mf,
    ".ply": read_ply,
}
"""Formats that name other files, or hold them."""
READ_EXTENSIONS: Final = (*_SELF_CONTAINED_READERS, *_RESOLVING_READERS, ".zip")
"""What has a reader: the same as `MODEL_EXTENSIONS`, which tours may name."""
