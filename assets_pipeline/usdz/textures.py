"""Encode the textures of a USDZ package: JPEG, or PNG with alpha.

Quick Look reads no WebP.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import numpy as np

from assets_pipeline.images.color import resize_in_linear_light
from assets_pipeline.images.decoding import MAX_PALETTE_PIXELS, open_image
from assets_pipeline.transforms.compress_textures import (
    CompressTexturesOptions,
    TextureSetting,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

    from PIL.Image import Image as Pixels

    from assets_pipeline.gltf.materials import Image
    from assets_pipeline.transforms.ktx2_textures import TextureKind

Role = Literal["color", "cutout", "measure", "normal"]
PictureKey: TypeAlias = tuple[bytes, Role, float, TextureSetting]

_KINDS: Final[Mapping[Role, TextureKind]] = {
    "color": "color",
    "cutout": "color",
    "measure": "packed",
    "normal": "normal",
}
_COLORS: Final[tuple[Role, ...]] = ("color", "cutout")
_OPAQUE: Final = 255
_WORTH_A_PASS: Final = 0.85
_SMALL_PX: Final = 512
"""Up to here colours at half the size show, and PNG may be smaller."""


@dataclass(frozen=True, slots=True)
class EncodedTexture:
    """A texture as it is packed."""

    content: bytes
    extension: str
    has_alpha: bool


def default_settings(edge_px: int) -> CompressTexturesOptions:
    """Return the texture settings of a package made by rule, of one longest edge."""
    return CompressTexturesOptions(
        color=TextureSetting(edge_px, 88),
        normal=TextureSetting(edge_px, 93),
        packed=TextureSetting(edge_px, 90),
    )


@dataclass(slots=True)
class TextureFiles:
    """A package's textures, by their paths in it."""

    settings: CompressTexturesOptions
    """Longest edges, and JPEG's qualities."""
    made: MutableMapping[PictureKey, EncodedTexture] = field(default_factory=dict)
    """What was encoded before, for those who try several settings."""
    files: dict[str, bytes] = field(default_factory=dict)
    _names: dict[tuple[int, Role, float], tuple[str, bool]] = field(
        default_factory=dict
    )

    def add(self, image: Image, role: Role, strength: float = 1.0) -> tuple[str, bool]:
        """Add a texture; return its path in the package, and whether it has alpha.

        Parameters
        ----------
        image
            Of any format that we read.
        role
            Keeps alpha for a ``cutout``.
        strength
            Of a normal map, drawn into it: validators want the usual scale and bias.
        """
        key = (id(image), role, strength)
        if key not in self._names:
            setting: TextureSetting = getattr(self.settings, _KINDS[role])
            known = (image.content, role, strength, setting)
            if known not in self.made:
                self.made[known] = _recoded(image, role, strength, setting)
            recoded = self.made[known]
            name = f"textures/{len(self.files)}{recoded.extension}"
            self.files[name] = recoded.content
            self._names[key] = (name, recoded.has_alpha)
        return self._names[key]


def _recoded(
    image: Image, role: Role, strength: float, setting: TextureSetting
) -> EncodedTexture:
    picture = open_image(image.content, image.name or "image")
    is_fitting = (
        max(picture.size) <= setting.edge_px
        and picture.mode == "RGB"
        and picture.format == "JPEG"
        and strength == 1
    )
    has_alpha = role == "cutout" and picture.has_transparency_data
    picture = _eight_bits(picture, "RGBA" if has_alpha else "RGB")
    if has_alpha and picture.getchannel("A").getextrema() == (_OPAQUE, _OPAQUE):
        picture, has_alpha = picture.convert("RGB"), False
    if max(picture.size) > setting.edge_px:
        picture = _within(picture, setting.edge_px, role)
    if strength != 1:
        picture = _steepened(picture, strength)
    # JPEG mixes the colours of neighbours, and those of a palette are to stay apart.
    is_photograph = image.media_type == "image/jpeg"
    is_palette = (
        picture.width * picture.height <= MAX_PALETTE_PIXELS and not is_photograph
    )
    if has_alpha or is_palette:
        return EncodedTexture(_png(picture), ".png", has_alpha)
    content, extension = _jpeg(picture, setting.quality, role), ".jpg"
    if max(picture.size) <= _SMALL_PX:
        whole = _png(picture)
        if len(whole) <= len(content):  # a drawing, a checker
            content, extension = whole, ".png"
    if is_fitting and len(content) > _WORTH_A_PASS * len(image.content):
        # Another pass would lose without saving.
        content, extension = image.content, ".jpg"
    return EncodedTexture(content, extension, has_alpha=False)


def _within(picture: Pixels, edge_px: int, role: Role) -> Pixels:
    """Return a picture that is larger than a limit in the size of that."""
    if role not in _COLORS:
        picture.thumbnail((edge_px, edge_px))
        return picture
    shrink = edge_px / max(picture.size)
    width, height = (max(1, round(edge * shrink)) for edge in picture.size)
    return resize_in_linear_light(picture, (width, height))


def _png(picture: Pixels) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _jpeg(picture: Pixels, quality: int, role: Role) -> bytes:
    from PIL import ImageFile  # noqa: PLC0415  # 90 ms

    width, height = picture.size
    is_color = role in _COLORS
    has_half_colors = is_color and max(width, height) > _SMALL_PX
    subsampling = "4:2:0" if has_half_colors else "4:4:4"
    # Pillow's own room for an optimized picture is a byte a pixel, which noise overflows.
    ImageFile.MAXBLOCK = max(ImageFile.MAXBLOCK, 3 * width * height)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, subsampling=subsampling, optimize=True)
    return out.getvalue()


def _eight_bits(picture: Pixels, mode: str) -> Pixels:
    """Return a picture in 8 bits a channel; 16-bit greys keep their upper half."""
    if picture.mode.startswith("I"):
        picture = picture.point(lambda value: value / 256).convert("L")
    return picture.convert(mode)


def _steepened(picture: Pixels, strength: float) -> Pixels:
    """Return a normal map with its slopes multiplied (glTF 2.0, ``normalTexture.scale``)."""
    from PIL import Image as Pillow  # noqa: PLC0415  # 90 ms

    normals = np.asarray(picture, np.float32) / 255 * 2 - 1
    normals[..., :2] *= strength
    normals /= np.maximum(np.linalg.norm(normals, axis=-1, keepdims=True), 1e-6)
    return Pillow.fromarray(np.round((normals + 1) / 2 * 255).astype(np.uint8))
