"""How far files of a model are from the museum's own, where no search has told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assets_pipeline.errors import EmptyModelError, UnsupportedFormatError
from assets_pipeline.gltf.plain import decoded
from assets_pipeline.gltf.writer import to_glb
from assets_pipeline.rendering import shots
from assets_pipeline.rendering.visual_error import Judge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assets_pipeline.gltf.document import Document
    from tours.bundle import Extents

_DIGITS: Final = 5


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it is sent, and what is known of it."""

    content: bytes
    """GLB, or USDZ."""
    visual_error: float | None = None
    """None when nobody looked."""


def visual_errors(
    own: Document, extents: Extents, files: Sequence[Sent]
) -> list[float | None]:
    """Return the visual error of each file, measured where nobody has.

    Parameters
    ----------
    own
        The museum's model, clean and whole.
    extents
        Of the model.
    files
        Made of it.

    Returns
    -------
    list of float or None
        None where the renderer can't show the model, or the file.

    Raises
    ------
    MissingToolError
        If no software renderer starts here.
    """
    known = [file.visual_error for file in files]
    if None not in known:
        return known
    try:
        with Judge(to_glb(own), extents) as judge:
            return measured(judge, files)
    except (UnsupportedFormatError, EmptyModelError):
        return known


def measured(judge: Judge, files: Sequence[Sent]) -> list[float | None]:
    """Return what `visual_errors` does, by a judge that knows the model."""
    seen: dict[bytes, float | None] = {}
    for file in files:
        if file.visual_error is None and file.content not in seen:
            seen[file.content] = _error(judge, file.content)
    return [
        seen[file.content] if file.visual_error is None else file.visual_error
        for file in files
    ]


def darkened(judge: Judge, files: Sequence[Sent]) -> list[float | None]:
    """Return the error of each file with hollows that we darkened counted as a difference.

    Returns
    -------
    list of float or None
        None where we darkened none, or the file can't be shown.
    """
    seen: dict[bytes, float | None] = {}
    for content in (file.content for file in files):
        if content not in seen:
            has_ours = not judge.sees_occlusion and _has_hollows(content)
            seen[content] = (
                _error(judge, content, counts_hollows=True) if has_ours else None
            )
    return [seen[file.content] for file in files]


def _error(
    judge: Judge, content: bytes, *, counts_hollows: bool = False
) -> float | None:
    try:
        error = judge.error(content, shots.CHECK, counts_hollows=counts_hollows)
    except (UnsupportedFormatError, EmptyModelError):
        return None
    return round(error, _DIGITS)


def _has_hollows(content: bytes) -> bool:
    return any(m.occlusion_texture is not None for m in decoded(content).materials())
