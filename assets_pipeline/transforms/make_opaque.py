"""Make materials opaque that blend or mask without any transparent texel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assets_pipeline.errors.exceptions import AssetError
from assets_pipeline.gltf.materials import find_materials
from assets_pipeline.images.decoding import open_image

if TYPE_CHECKING:
    from assets_pipeline.gltf.document import Document
    from assets_pipeline.gltf.materials import Image, Material

_RGBA: Final = 4
_FULL: Final = 255


@dataclass(frozen=True, slots=True)
class MakeOpaqueOptions:
    """What counts as opaque."""

    least_alpha: float = 250 / 255
    """Of 1; below it one sees through. Less than that is noise of an encoder."""


def make_opaque(document: Document, options: MakeOpaqueOptions | None = None) -> None:
    """Set materials to OPAQUE that blend or mask but are opaque everywhere.

    Whole models are exported so. Viewers draw what blends last, part by part, and
    without depth: a far arm before the near body. It can't be baked, joined or laid
    out anew either.

    Parameters
    ----------
    document
        Changed in place. A picture that can't be decoded counts as clear.
    """
    chosen = options or MakeOpaqueOptions()
    tints = _least_vertex_alphas(document)
    clearest: dict[int, float] = {}
    for material in document.materials():
        if material.alpha_mode == "OPAQUE":
            continue
        alpha = material.base_color_factor[3] * tints.get(id(material), 1.0)
        use = material.base_color_texture
        if use is not None and alpha >= _threshold(material, chosen):
            image = use.texture.image
            if id(image) not in clearest:
                clearest[id(image)] = _least_alpha(image)
            alpha *= clearest[id(image)]
        if alpha >= _threshold(material, chosen):
            material.alpha_mode, material.alpha_cutoff = "OPAQUE", 0.5


def _threshold(material: Material, options: MakeOpaqueOptions) -> float:
    if material.alpha_mode != "MASK":
        return options.least_alpha
    return min(options.least_alpha, material.alpha_cutoff)


def _least_vertex_alphas(document: Document) -> dict[int, float]:
    """Return the least opacity of vertices, by material, where it is less than 1."""
    found: dict[int, float] = {}
    for primitive in document.primitives():
        held = primitive.attributes.get("COLOR_0")
        if held is None or held.values.shape[1] < _RGBA or not held.count:
            continue
        alpha = float(held.values[:, 3].min())
        named = [*find_materials(primitive.extensions), primitive.material]
        for material in named:
            if material is not None:
                found[id(material)] = min(alpha, found.get(id(material), 1.0))
    return found


def _least_alpha(image: Image) -> float:
    """Return the opacity of a picture where it is clearest, from 0 to 1."""
    try:
        picture = open_image(image.content, image.name or "image")
    except AssetError:
        return 0.0
    if not picture.has_transparency_data:
        return 1.0
    least, _ = picture.convert("RGBA").getchannel("A").getextrema()
    return float(least) / _FULL if isinstance(least, int | float) else 0.0
