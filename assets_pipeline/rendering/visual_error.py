"""Measure the visual error of a model's file against its source, from 0 to 1.

FLIP between renderings, averaged over the pixels where either shows the model, then
over the views. See ``docs/decisions/smallest-file-that-looks-alike.md``.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.errors.exceptions import EmptyModelError, UnsupportedFormatError
from assets_pipeline.gltf.container import split_glb
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.progress import advance
from assets_pipeline.rendering import flip
from assets_pipeline.rendering import views as shots
from assets_pipeline.rendering.decompress import decode_document
from assets_pipeline.rendering.occlusion_correction import (
    CorrectionCache,
    correct_occlusion,
)
from assets_pipeline.rendering.views import ViewRenderer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assets_pipeline.arrays import BoolArray, Float64Array
    from assets_pipeline.gltf.document import Document
    from assets_pipeline.rendering.views import RenderedView, Rig
    from tours.bundle import Extents

_MARGIN_PX = 12
"""More than the widest of FLIP's filters reaches."""
_LEAST_PIXELS = 50
"""Of a view that is counted; a sheet seen from its edge tells nothing."""
_USUAL_LOOKS = 25
"""Of a search for one level of detail, or for a USDZ."""

Crop = tuple[slice, slice]
_DIGITS: Final = 5


@dataclass(frozen=True, slots=True)
class _Reference:
    """One view of the source."""

    crop: Crop
    mask: BoolArray
    seen: flip.FilteredImage


class VisualErrorMeter:
    """Measures files against their source; to be closed, or used with ``with``.

    Parameters
    ----------
    source
        A GLB file that the renderer reads, whole and unreduced.
    extents
        Of the source.

    Raises
    ------
    AssetError
        If no renderer starts, or it can't show the source.
    """

    def __init__(self, source: bytes, extents: Extents) -> None:
        self.sees_occlusion = _has_occlusion(source)
        """Whether the source has occlusion maps. Where it has none, a search looks at
        files without those that it was asked to add: no setting would bring them near."""
        self._memory = CorrectionCache()
        self._source = self.prepare(source) if self.sees_occlusion else source
        self._photographer = ViewRenderer(extents)
        self._references: dict[Rig, list[_Reference]] = {}

    def __enter__(self) -> VisualErrorMeter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Free the renderer."""
        self._photographer.close()

    def error(self, glb: bytes, rig: Rig, *, counts_occlusion: bool = False) -> float:
        """Return the visual error of an encoded file.

        Parameters
        ----------
        glb
            Or a USDZ.
        rig
            Views and lights.
        counts_occlusion
            Whether occlusion that the source does not have counts as a difference.
        """
        prepared = self.prepare(glb, counts_occlusion=counts_occlusion)
        errors = self.differences(prepared, rig)
        seen = errors[np.isfinite(errors)]
        return float(seen.mean()) if len(seen) else 0.0

    def errors(
        self, glb: bytes, rig: Rig, views: Sequence[int] | None = None
    ) -> Float64Array:
        """Return the error of an encoded file in each view of a rig, or in some.

        Returns
        -------
        (n,) float64
            Not a number where the model can hardly be seen.
        """
        return self.differences(self.prepare(glb), rig, views)

    def differences(
        self, prepared: bytes, rig: Rig, views: Sequence[int] | None = None
    ) -> Float64Array:
        """Return the error of a prepared file in each view of a rig, or in some."""
        self.render_source(rig)
        chosen = range(len(rig.towards)) if views is None else views
        some = replace(rig, towards=tuple(rig.towards[i] for i in chosen))
        taken = self._photographer.render(prepared, some)
        advance(_USUAL_LOOKS)
        references = [self._references[rig][i] for i in chosen]
        pairs = zip(references, taken, strict=True)
        return np.array([_error(reference, shot) for reference, shot in pairs])

    def render_source(self, rig: Rig) -> None:
        """Render the source in every view of a rig, to compare files with."""
        if rig not in self._references:
            shots = self._photographer.render(self._source, rig)
            self._references[rig] = [_reference(shot) for shot in shots]

    def prepare(self, file: bytes, *, counts_occlusion: bool = False) -> bytes:
        """Return a file decoded and corrected for the renderer.

        No renderer is asked: another thread may do it while pictures are taken.
        """
        document = decode_document(file)
        if self.sees_occlusion or counts_occlusion:
            correct_occlusion(document, self._memory)
        else:
            for material in document.materials():
                material.occlusion_texture = None
        return write_glb(document)


def _has_occlusion(glb: bytes) -> bool:
    """Whether any material of a GLB file names a picture of its hollows."""
    materials = json.loads(split_glb(glb)[0]).get("materials", [])
    return any("occlusionTexture" in material for material in materials)


def _reference(shot: RenderedView) -> _Reference:
    crop = _around(shot.mask)
    return _Reference(crop, shot.mask, flip.filter_image(shot.pixels[crop]))


def _around(mask: BoolArray) -> Crop:
    """Return the part of a picture that holds the model, and room for the filters."""
    spans = []
    for axis in (1, 0):
        places = np.nonzero(mask.any(axis=axis))[0]
        low, high = (places[0], places[-1] + 1) if len(places) else (0, 1)
        spans.append(slice(max(0, int(low) - _MARGIN_PX), int(high) + _MARGIN_PX))
    return spans[0], spans[1]


def _error(reference: _Reference, shot: RenderedView) -> float:
    """Return the mean over the model's pixels; what sticks out counts as wholly wrong."""
    crop = reference.crop
    either = reference.mask | shot.mask
    count = int(either.sum())
    if count < _LEAST_PIXELS:
        return math.nan
    within = either[crop]
    outside = count - int(within.sum())
    differs = flip.error_map(reference.seen, flip.filter_image(shot.pixels[crop]))
    return (float(differs[within].sum()) + outside) / count


@dataclass(frozen=True, slots=True)
class ModelFile:
    """An encoded file, and its visual error where known."""

    content: bytes
    """GLB, or USDZ."""
    visual_error: float | None = None
    """None when nobody looked."""


def measure_visual_errors(
    own: Document, extents: Extents, files: Sequence[ModelFile]
) -> list[float | None]:
    """Return the visual error of each file, measured where not known.

    It is the whole one: occlusion that was added counts.

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
        with VisualErrorMeter(write_glb(own), extents) as meter:
            return measure_files(meter, files)
    except (UnsupportedFormatError, EmptyModelError):
        return known


def measure_files(
    meter: VisualErrorMeter, files: Sequence[ModelFile]
) -> list[float | None]:
    """Return what `measure_visual_errors` does, with a given meter."""
    seen: dict[bytes, float | None] = {}
    for file in files:
        if file.visual_error is None and file.content not in seen:
            seen[file.content] = _file_error(meter, file.content)
    return [
        seen[file.content] if file.visual_error is None else file.visual_error
        for file in files
    ]


def measure_without_added_occlusion(
    meter: VisualErrorMeter, files: Sequence[ModelFile]
) -> list[float | None]:
    """Return the error of each file, the occlusion that was added left out.

    Returns
    -------
    list of float or None
        None where none was added, or the file can't be shown.
    """
    seen: dict[bytes, float | None] = {}
    for content in (file.content for file in files):
        if content not in seen:
            has_ours = not meter.sees_occlusion and _has_hollows(content)
            seen[content] = (
                _file_error(meter, content, counts_occlusion=False)
                if has_ours
                else None
            )
    return [seen[file.content] for file in files]


def _file_error(
    meter: VisualErrorMeter, content: bytes, *, counts_occlusion: bool = True
) -> float | None:
    try:
        error = meter.error(content, shots.CHECK_RIG, counts_occlusion=counts_occlusion)
    except (UnsupportedFormatError, EmptyModelError):
        return None
    return round(error, _DIGITS)


def _has_hollows(content: bytes) -> bool:
    return any(
        m.occlusion_texture is not None for m in decode_document(content).materials()
    )
