"""What of a document would be lost with its vertices, or was never in it: to be baked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assets_pipeline.baking.ambient_occlusion import has_occlusion
from assets_pipeline.baking.ray_casting import DenseSurface, read_surface
from assets_pipeline.baking.scan_detection import OPAQUE, detect_scan
from assets_pipeline.gltf.document import TRIANGLES

if TYPE_CHECKING:
    from assets_pipeline.baking.scan_detection import Scan
    from assets_pipeline.findings.occlusion import Refusal
    from assets_pipeline.gltf.document import Document

_GREY: Final = 0.03
"""By how much the channels of a grey may differ, in linear light."""


@dataclass(frozen=True)
class Detail:
    """What levels of detail are baked from, taken before anything became light."""

    scan: Scan | None = None
    """Whose colours or relief go into pictures; None for most."""
    shape: DenseSurface | None = None
    """Whose hollows are to be darkened; None to leave them."""
    refusal: Refusal | None = None
    """Set where a curator asked for that in vain."""

    @property
    def added(self) -> str:
        """What levels may show in pictures that the document has not; else nothing."""
        if self.shape is not None:
            return "hollows"
        if self.scan is None or self.scan.colors is not None:
            return ""
        return "relief" if self.scan.paint is None else "paint"


def find_detail(document: Document, *, occlusion: bool | None = None) -> Detail:
    """Return what of a clean document is to be baked.

    Parameters
    ----------
    document
        Clean, with what repeats drawn from one mesh.
    occlusion
        Whether hollows are to be darkened; None: where nothing has a colour, and enough
        of it lies where little light comes.
    """
    scan = detect_scan(document)
    wanted = is_colorless(document) if occlusion is None else occlusion
    if not wanted:
        return Detail(scan)
    refusal = _refusal(document)
    if refusal is None:
        shape = read_surface(document)
        if has_occlusion(shape):
            return Detail(scan, shape)
        refusal = "open"
    return Detail(scan, refusal=refusal if occlusion else None)


def is_colorless(document: Document) -> bool:
    """Whether all a document shows is one grey: a mould of a thing, not its colours."""
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
