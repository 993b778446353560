"""Make a model's USDZ as one more LOD: from recorded settings, or by search.

Triangles and the size and quality of textures are what there is to choose: USD keeps
numbers whole. The search is the ladder's own; what it looks at is the package, read
back.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from assets_pipeline.errors.exceptions import EmptyModelError, UnsupportedFormatError
from assets_pipeline.gltf.clone import clone_document
from assets_pipeline.lod.budgets import USDZ, Profile
from assets_pipeline.lod.levels import make_level, search_settings
from assets_pipeline.lod.measurements import MeasurementCache
from assets_pipeline.lod.search import Search
from assets_pipeline.lod.settings import EncodedLod, LodEncoder
from assets_pipeline.readers.usdz import read_usdz
from assets_pipeline.rendering import views
from assets_pipeline.transforms.compress_textures import (
    CompressTexturesOptions,
    TextureSetting,
)
from assets_pipeline.transforms.flip_normal_maps import flip_normal_maps
from assets_pipeline.transforms.reorder import reorder
from assets_pipeline.transforms.simplify import SimplifyOptions, simplify
from assets_pipeline.usdz.textures import EncodedTexture, PictureKey, TextureFiles
from assets_pipeline.usdz.writer import Packer

if TYPE_CHECKING:
    from assets_pipeline.gltf.document import Document
    from assets_pipeline.lod.levels import Level, LodDecision, LodSource
    from assets_pipeline.lod.settings import LodSettings
    from assets_pipeline.rendering.visual_error import VisualErrorMeter

_REACH: Final = 1.15
"""Of the least error that a package can have, what the search may take."""


def make_usdz_level(
    start: LodSource,
    decided: LodDecision | None,
    meter: VisualErrorMeter | None,
) -> Level | None:
    """Return the USDZ as an LOD; None where nothing is recorded and no search is made.

    Parameters
    ----------
    start
        Gives what a level is made of.
    decided
        Carried out as it is, without a look.
    meter
        Knows the source, and guides a search where nothing is decided.
    """
    if decided is None and meter is None:
        return None
    rebakes = decided is None or decided.is_rebaked
    encoder = _Packing(start(USDZ, rebakes=rebakes), USDZ)
    if decided is None and meter is not None:
        encoder, is_rebaked = _truer(encoder, start, meter)
        decided = search_settings(encoder, meter, MeasurementCache())
        decided = replace(decided, is_rebaked=is_rebaked)
    if decided is None or decided.visual_error is None:
        return None  # it can't be looked at: made by rule
    level = make_level(USDZ, decided, encoder)
    return level if level.fitted.is_within_bytes else None


def _truer(
    encoder: _Packing, start: LodSource, meter: VisualErrorMeter
) -> tuple[_Packing, bool]:
    """Return the start that comes nearer to the source, and whether it is repainted."""
    encoder.profile = _within_reach(encoder, meter)
    kept = start(USDZ, rebakes=False)
    if kept is encoder.document:
        return encoder, False
    other = _Packing(kept, USDZ)
    other.profile = _within_reach(other, meter)
    is_truer = other.profile.most_error < encoder.profile.most_error
    return (other, False) if is_truer else (encoder, True)


def _within_reach(encoder: LodEncoder, meter: VisualErrorMeter) -> Profile:
    """Return the profile with an error that can be had.

    What USD can't say (sheen, a tint that runs over a face) is lost at any weight.
    """
    plan = Search.finest_of(encoder)
    try:
        least = meter.error(encoder.encode(plan).content, views.CHECK_RIG)
    except (UnsupportedFormatError, EmptyModelError):
        return encoder.profile
    return replace(USDZ, most_error=max(USDZ.most_error, _REACH * least))


class _Packing(LodEncoder):
    """Carries plans out as packages, and does nothing twice."""

    def __init__(self, document: Document, profile: Profile) -> None:
        super().__init__(document, profile)
        self._upright = clone_document(document)
        flip_normal_maps(self._upright)
        self._packers: dict[int, Packer] = {}
        self._pictures: dict[PictureKey, EncodedTexture] = {}

    @property
    def attributes(self) -> set[str]:
        """None: no bits are spared, and no tangents sent."""
        return set()

    @property
    def has_repeats(self) -> bool:
        """Not as lists of places: all is written out."""
        return False

    def encode(self, plan: LodSettings, method: int = 0) -> EncodedLod:
        """Return what a plan gives: a package in a file's place, and what it shows."""
        del method  # WebP's
        settings = CompressTexturesOptions(
            _jpeg(plan.color), _jpeg(plan.normal), _jpeg(plan.packed)
        )
        textures = TextureFiles(settings, self._pictures)
        package = self._packer(min(plan.triangles, self.triangles)).package(textures)
        return EncodedLod(read_usdz(package), package, is_packed=True)

    def _packer(self, target: int) -> Packer:
        if target not in self._packers:
            reduced = clone_document(self._upright)
            simplify(reduced, SimplifyOptions(target_triangles=target))
            reorder(reduced)  # and leave out vertices that nothing is drawn with
            self._packers[target] = Packer(reduced)
        return self._packers[target]


def _jpeg(setting: TextureSetting) -> TextureSetting:
    """Return a setting for JPEG in place of one for WebP: 45 for 22, 83 for 78.

    Where WebP blurs, JPEG shows its blocks.
    """
    return TextureSetting(setting.edge_px, round(30 + 0.68 * setting.quality))
