"""What each level of detail starts from: the document itself, or what is baked for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from assets_pipeline.baking.bake_scan import bake_scan
from assets_pipeline.baking.occlusion_texture import (
    OcclusionTextureOptions,
    bake_occlusion_texture,
)
from assets_pipeline.baking.rebake_textures import rebake_textures
from assets_pipeline.baking.scan_detection import is_worth_baking, is_worth_rebaking
from assets_pipeline.baking.unwrap import BakeOptions

if TYPE_CHECKING:
    from assets_pipeline.baking.detail import Detail
    from assets_pipeline.gltf.document import Document

_FINER: Final = 2  # than a level's textures: each of its texels is the mean of four
_MOST_EDGE_PX: Final = 2048
_GAP_PX: Final = 1.5
"""Between charts, of a picture of hollows: each chart is read half a texel past its edge."""


@dataclass(frozen=True, slots=True)
class LodLimits:
    """What a level of detail may have at most."""

    triangles: int
    edge_px: int
    """Of pictures of colours and of relief."""
    packed_edge_px: int
    """Of a picture of hollows."""


class LodSources:
    """Documents to make levels of, each baked once.

    Parameters
    ----------
    document
        Clean.
    detail
        As `detail_of` found it there before anything was simplified.
    """

    def __init__(self, document: Document, detail: Detail) -> None:
        self._document = document
        self._detail = detail
        self._made: dict[tuple[LodLimits, bool], Document] = {}

    def document(self, most: LodLimits, *, repaints: bool | None = None) -> Document:
        """Return what a level of so many triangles and texels is made of; not to change.

        Parameters
        ----------
        most
            What the level may have.
        repaints
            Whether textures are laid out anew, where that is worth it; without, they
            stay as they are, and simplifying has to spare them. None: by rule.

        Raises
        ------
        MissingToolError
            If something is to be baked, and xatlas or embree is not installed.
        """
        scan = self._detail.scan
        is_painted = scan is not None and scan.paint is not None
        if repaints is None:
            repaints = scan is not None and is_worth_rebaking(scan, most.triangles)
        key = most, repaints and is_painted
        if key not in self._made:
            made = self._baked(most, repaints=repaints)
            self._made[key] = made or self._document
        return self._made[key]

    def _baked(self, most: LodLimits, *, repaints: bool) -> Document | None:
        detail = self._detail
        if detail.scan is not None and is_worth_baking(detail.scan, most.triangles):
            plain = BakeOptions(
                most.triangles, min(_MOST_EDGE_PX, _FINER * most.edge_px)
            )
            if detail.scan.paint is not None:
                return rebake_textures(detail.scan, plain) if repaints else None
            made = None
            if detail.shape is not None:
                made = bake_scan(detail.scan, _with_hollows(plain, most))
            return made or bake_scan(detail.scan, plain)
        if detail.shape is None:
            return None
        options = OcclusionTextureOptions(most.triangles, most.packed_edge_px)
        return bake_occlusion_texture(self._document, detail.shape, options)


def _with_hollows(plain: BakeOptions, most: LodLimits) -> BakeOptions:
    """Return options of a bake whose charts stand far enough apart for small pictures."""
    edge_px = most.packed_edge_px
    padding_px = round(_GAP_PX * plain.edge_px / edge_px)
    return replace(plain, padding_px=padding_px, hollows_edge_px=edge_px)
