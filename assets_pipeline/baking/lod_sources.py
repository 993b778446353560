"""Choose the document that each LOD is made of: the model itself, or a bake of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from assets_pipeline.baking.ambient_occlusion import has_occlusion
from assets_pipeline.baking.bake_scan import bake_scan
from assets_pipeline.baking.occlusion_texture import (
    OcclusionTextureOptions,
    bake_occlusion_texture,
)
from assets_pipeline.baking.ray_casting import DenseSurface, read_surface
from assets_pipeline.baking.rebake_textures import rebake_textures
from assets_pipeline.baking.scan_detection import (
    OPAQUE,
    detect_scan,
    is_worth_baking,
    is_worth_rebaking,
)
from assets_pipeline.baking.unwrap import BakeOptions
from assets_pipeline.gltf.document import TRIANGLES

if TYPE_CHECKING:
    from assets_pipeline.baking.scan_detection import Scan
    from assets_pipeline.findings.occlusion import Refusal
    from assets_pipeline.gltf.document import Document

_FINER: Final = 2  # than a level's textures: each of its texels is the mean of four
_MOST_EDGE_PX: Final = 2048
_GAP_PX: Final = 1.5
"""Between charts, of a picture of hollows: each chart is read half a texel past its edge."""
_GREY: Final = 0.03
"""By how much the channels of a grey may differ, in linear light."""


@dataclass(frozen=True, slots=True)
class LodLimits:
    """Most triangles and texels of one LOD."""

    triangles: int
    edge_px: int
    """Of pictures of colours and of relief."""
    packed_edge_px: int
    """Of a picture of hollows."""


class LodSources:
    """Source documents of the LODs, each baked once.

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

    def document(self, most: LodLimits, *, rebakes: bool | None = None) -> Document:
        """Return the source of an LOD of so many triangles and texels; not to change.

        Parameters
        ----------
        most
            What the level may have.
        rebakes
            Whether textures are laid out anew, where that is worth it; without, they
            stay as they are, and simplifying has to spare them. None: by rule.

        Raises
        ------
        MissingToolError
            If something is to be baked, and xatlas or embree is not installed.
        """
        scan = self._detail.scan
        is_painted = scan is not None and scan.textured is not None
        if rebakes is None:
            rebakes = scan is not None and is_worth_rebaking(scan, most.triangles)
        key = most, rebakes and is_painted
        if key not in self._made:
            made = self._baked(most, rebakes=rebakes)
            self._made[key] = made or self._document
        return self._made[key]

    def _baked(self, most: LodLimits, *, rebakes: bool) -> Document | None:
        detail = self._detail
        if detail.scan is not None and is_worth_baking(detail.scan, most.triangles):
            plain = BakeOptions(
                most.triangles, min(_MOST_EDGE_PX, _FINER * most.edge_px)
            )
            if detail.scan.textured is not None:
                return rebake_textures(detail.scan, plain) if rebakes else None
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
    return replace(plain, padding_px=padding_px, occlusion_edge_px=edge_px)


@dataclass(frozen=True)
class Detail:
    """Detail of a model to bake, taken before the model was simplified."""

    scan: Scan | None = None
    """Whose colours or relief go into pictures; None for most."""
    shape: DenseSurface | None = None
    """Whose hollows are to be darkened; None to leave them."""
    refusal: Refusal | None = None
    """Set where a curator asked for that in vain."""

    @property
    def added(self) -> str:
        """Names of the maps that baking adds to the document; "" for none."""
        if self.shape is not None:
            return "hollows"
        if self.scan is None or self.scan.colors is not None:
            return ""
        return "relief" if self.scan.textured is None else "paint"


def find_detail(document: Document, *, occlusion: bool = False) -> Detail:
    """Return the detail of a clean document that is to be baked.

    Parameters
    ----------
    document
        Clean, with what repeats drawn from one mesh.
    occlusion
        Whether hollows are to be darkened, where enough of the surface lies in them.
    """
    scan = detect_scan(document)
    if not occlusion:
        return Detail(scan)
    refusal = _refusal(document)
    if refusal is None:
        shape = read_surface(document)
        if has_occlusion(shape):
            return Detail(scan, shape)
        refusal = "open"
    return Detail(scan, refusal=refusal)


def is_colorless(document: Document) -> bool:
    """Whether everything that a document shows has one grey, as casts have."""
    greys = set()
    for primitive in document.primitives():
        material = primitive.material
        color = (1.0,) * 4 if material is None else material.base_color_factor
        greys.add(color)
        if "COLOR_0" in primitive.attributes or max(color[:3]) - min(color[:3]) > _GREY:
            return False
    has_textures = any(True for m in document.materials() for _ in m.texture_infos())
    return len(greys) == 1 and not has_textures


def _refusal(document: Document) -> Refusal | None:
    """Return why no picture can tell how much light reaches each place, if so."""
    primitives = document.primitives()
    if document.animations or any(p.targets for p in primitives) or document.skins():
        return "moves"
    if any(True for m in document.materials() for _ in m.texture_infos()):
        return "textured"
    if any(_is_clear(m.alpha_mode, m.base_color_factor) for m in document.materials()):
        return "clear"
    drawn = [node.mesh for node in document.shown_nodes() if node.mesh is not None]
    is_instanced = any(node.instances for node in document.nodes())
    is_varied = any(p.extensions for p in primitives)
    if len({id(mesh) for mesh in drawn}) < len(drawn) or is_instanced or is_varied:
        return "repeated"
    if len(document.meshes()) != len(drawn):
        return "repeated"
    is_surface = (
        p.mode == TRIANGLES and p.indices is not None and "NORMAL" in p.attributes
        for p in primitives
    )
    return None if primitives and all(is_surface) else "lines"


def _is_clear(alpha_mode: str, color: tuple[float, float, float, float]) -> bool:
    return alpha_mode != "OPAQUE" and color[3] < OPAQUE
