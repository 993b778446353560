"""What each level of detail starts from: the document itself, or a scan baked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assets_pipeline.baking.bake import BakeOptions, baked
from assets_pipeline.baking.scans import is_worth_baking

if TYPE_CHECKING:
    from assets_pipeline.baking.scans import Scan
    from assets_pipeline.document import Document

_FINER: Final = 2  # than a level's textures: each of its texels is the mean of four
_MOST_EDGE_PX: Final = 2048


class Starts:
    """Documents to make levels of, each baked once.

    Parameters
    ----------
    document
        Clean.
    scan
        As `scan_of` found it there before anything was simplified; None for most.
    """

    def __init__(self, document: Document, scan: Scan | None) -> None:
        self._document = document
        self._scan = scan
        self._made: dict[BakeOptions, Document] = {}

    def document(self, most_triangles: int, edge_px: int) -> Document:
        """Return what a level of so many triangles and texels is made of; not to change.

        Raises
        ------
        MissingToolError
            If a scan is to be baked, and xatlas or embree is not installed.
        """
        scan = self._scan
        if scan is None or not is_worth_baking(scan, most_triangles):
            return self._document
        options = BakeOptions(most_triangles, min(_MOST_EDGE_PX, _FINER * edge_px))
        if options not in self._made:
            self._made[options] = baked(scan, options) or self._document
        return self._made[options]
