"""Any source file to a document in metres, +Y up."""

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
from assets_pipeline.readers.format_sniffing import START_BYTES, misnamed
from assets_pipeline.readers.gltf.reader import read_gltf
from assets_pipeline.readers.obj import read_obj
from assets_pipeline.readers.off import read_off
from assets_pipeline.readers.ply.reader import read_ply
from assets_pipeline.readers.stl import read_stl
from assets_pipeline.readers.threemf.reader import read_3mf
from assets_pipeline.readers.zip_archive import Archive, only_model, others_than
from tours.file_formats import find_unsupported_format

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import PurePosixPath

    from assets_pipeline.gltf.document import Document
    from assets_pipeline.resolver import Resolver

EXTENSIONS = (".glb", ".gltf", ".obj", ".dae", ".3mf", ".ply", ".stl", ".off", ".zip")
_IN_ARCHIVES = EXTENSIONS[:-1]


def read_source(
    path: PurePosixPath, options: OrientOptions, resolver: Resolver
) -> Document:
    """Return the document of a model as the curator describes it.

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
            raise EmptyModelError.because(causes.ONLY_POINTS, "scene")
    except AssetError as error:
        raise error.in_file(str(path)) from error.__cause__
    orient(document, options)
    return document


def _read(path: PurePosixPath, resolver: Resolver) -> Document:
    suffix = path.suffix.lower()
    if suffix not in EXTENSIONS:
        raise _unread(suffix)
    content = resolver.read(path)
    try:
        return _parsed(path, content, resolver)
    except (DamagedFileError, EmptyModelError, UnsupportedFormatError) as error:
        found = misnamed(path, content[:START_BYTES], len(content))
        if found is None:
            raise
        raise found from error


def _unread(ending: str) -> UnsupportedFormatError:
    foreign = find_unsupported_format(ending)
    if foreign is not None:
        return UnsupportedFormatError.because(
            causes.ENDING_UNREAD, "name", **foreign.values()
        )
    told = causes.ENDING_UNKNOWN if ending else causes.NO_ENDING
    return UnsupportedFormatError.because(told, "name", ending=ending)


def _parsed(path: PurePosixPath, content: bytes, resolver: Resolver) -> Document:
    suffix = path.suffix.lower()
    if suffix == ".zip":
        archive = Archive(content, path, resolver)
        # Sketchfab packs what it was given, most often a zip, beside its pictures.
        is_inner = isinstance(resolver, Archive)
        kinds = _IN_ARCHIVES if is_inner else EXTENSIONS
        names = archive.names()
        shown = only_model(names, kinds)
        others = others_than(shown, names, _IN_ARCHIVES)
        resolver.left_out += map(str, others)
        return _read(shown, archive)
    if suffix in _ALONE:
        return _ALONE[suffix](content)
    return _WITH_OTHERS[suffix](content, path, resolver)


_ALONE: Final[dict[str, Callable[[bytes], Document]]] = {
    ".stl": read_stl,
    ".off": read_off,
}
_WITH_OTHERS: Final[dict[str, Callable[[bytes, PurePosixPath, Resolver], Document]]] = {
    ".glb": read_gltf,
    ".gltf": read_gltf,
    ".obj": read_obj,
    ".dae": read_dae,
    ".3mf": read_3mf,
    ".ply": read_ply,
}
"""Formats that name other files, or hold them."""
