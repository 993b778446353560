"""Files that models name: found as they are written, or beside the model."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from assets_pipeline.errors import RefusedPathError
from assets_pipeline.resolver import beside

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from assets_pipeline.resolver import Resolver

_NETWORK: Final = re.compile(r"(?!file:)[A-Za-z][A-Za-z0-9+.-]+:", re.ASCII)
"""A scheme of two letters or more: one letter is a drive."""
_PARTS: Final = re.compile(r"[\\/]")


def read_named(
    base: PurePosixPath, reference: str, resolver: Resolver, *, is_uri: bool
) -> tuple[PurePosixPath, bytes]:
    """Return where a file lies that a model names, and its content.

    Programs write where it lay on their own machine. Such a name, and one that leaves
    the museum's folder, is looked for beside the model.

    Parameters
    ----------
    base
        The file that names it.
    reference
        As written there.
    resolver
        Reads it.
    is_uri
        Whether ``%20`` stands for a space.

    Raises
    ------
    MissingFileError
        If it is not there.
    RefusedPathError
        If it is to be fetched from a network.
    """
    try:
        path = beside(base, reference, is_uri=is_uri)
    except RefusedPathError:
        plain = unquote(reference) if is_uri else reference
        reference, is_uri = _PARTS.split(plain)[-1], False
        if _NETWORK.match(plain) or reference in ("", ".", ".."):
            raise
        path = beside(base, reference, is_uri=False)
    return path, resolver.read_beside(base, reference, is_uri=is_uri)
