"""Resize textures to powers of two and encode them as WebP or KTX2."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from assets_pipeline.gltf.materials import Image
from assets_pipeline.gltf.measure import image_size_px
from assets_pipeline.images.color import resize_in_linear_light
from assets_pipeline.images.decoding import MAX_PALETTE_PIXELS, open_image
from assets_pipeline.lru_cache import LruCache
from assets_pipeline.transforms.ktx2_textures import (
    Candidate,
    Ktx2TextureSetting,
    TextureKind,
    TextureMemoryLimit,
    choose_ktx2,
    encode_ktx2_image,
    ktx2_setting,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, MutableMapping

    from PIL.Image import Image as Pixels
    from PIL.Image import Resampling

    from assets_pipeline.gltf.document import Document

_COLOR_SLOTS: Final = frozenset(
    {
        "baseColorTexture",
        "emissiveTexture",
        "sheenColorTexture",
        "specularColorTexture",
        "diffuseTexture",
        "specularGlossinessTexture",
        "diffuseTransmissionColorTexture",
    }
)
# Slots whose alpha channel means something whatever the material's alpha mode is.
_ALPHA_SLOTS: Final = frozenset(
    {"sheenRoughnessTexture", "specularTexture", "specularGlossinessTexture"}
    | {"diffuseTransmissionTexture"}
)
_OPAQUE = 255
_FEW_COLORS: Final = 64
"""Of a palette; a grey map has more, and coding it without loss takes seconds."""
_WORTH_A_PASS = 0.85
_FEW_WHOLE: Final = 4
_HELD_PIXELS: Final = 2048 * 2048
"""Of a decoded image, 12 MB, that is held."""
_CLEAR_METHOD = 5
"""WebP's effort where there is opacity: 6 takes it sixty times longer, for 3 % of bytes."""


@dataclass(frozen=True, slots=True)
class TextureSetting:
    """Size and quality of the textures of one kind."""

    edge_px: int
    """Longest edge; a power of two."""
    quality: int
    """WebP's, 0 to 100."""


@dataclass(frozen=True, slots=True)
class CompressTexturesOptions:
    """Size and quality of textures by kind, and a limit of graphics memory."""

    color: TextureSetting = TextureSetting(1024, 80)
    normal: TextureSetting = TextureSetting(1024, 90)
    """Of normal maps, where loss shows as dents."""
    packed: TextureSetting = TextureSetting(512, 80)
    """Of occlusion, roughness, metal and other measured maps."""
    method: int = 6
    """WebP's effort, 0 to 6."""
    memory: TextureMemoryLimit | None = None
    """Above it, as many as it takes become KTX2; None for no limit."""


@dataclass(frozen=True, slots=True)
class TextureRole:
    """What an image is used for: colour, normals, alpha."""

    is_color: bool
    is_normal: bool
    has_alpha: bool

    @property
    def kind(self) -> TextureKind:
        """The kind of texture whose setting applies."""
        if self.is_normal:
            return "normal"
        return "color" if self.is_color else "packed"


@dataclass(frozen=True, slots=True)
class ResizedImage:
    """An image's pixels, resized to a longest edge."""

    edge_px: int
    """The limit."""
    pixels: Pixels
    is_resized: bool


TextureKey: TypeAlias = tuple[
    bytes, TextureRole, TextureSetting | Ktx2TextureSetting, int
]


@dataclass(frozen=True, slots=True)
class TextureCache:
    """Encoded and decoded images, kept between calls with different options."""

    images: MutableMapping[TextureKey, Image] = field(default_factory=dict)
    sized: dict[tuple[bytes, TextureRole], ResizedImage] = field(default_factory=dict)
    """Pixels of each image, under the limit that was asked for last."""
    whole: LruCache[Pixels] = field(default_factory=lambda: LruCache(_FEW_WHOLE))
    """Decoded images that were used last, to be tried in several sizes."""


def compress_textures(
    document: Document,
    options: CompressTexturesOptions | None = None,
    cache: TextureCache | None = None,
) -> None:
    """Resize every image to powers of two under the limits and encode it.

    As WebP, which phones hold decoded; where that passes a limit of graphics memory, as
    many as it takes as KTX2, which weighs more to fetch and a fourth to an eighth there.

    Parameters
    ----------
    document
        Changed in place; images named inside material extensions too.
    options
        Limits and qualities.
    cache
        Remembers encodings between calls, for those who try several options.
    """
    chosen = options or CompressTexturesOptions()
    memory = TextureCache() if cache is None else cache
    roles = texture_roles(document)
    in_blocks_ids = _choose_ktx2_images(document, roles, chosen)
    small: dict[int, Image] = {}
    for image in document.images():
        role = roles[id(image)]
        setting: TextureSetting | Ktx2TextureSetting = getattr(chosen, role.kind)
        if chosen.memory is not None and id(image) in in_blocks_ids:
            quality = chosen.memory.quality
            setting = ktx2_setting(setting.edge_px, role.kind, quality)
        key = (image.content, role, setting, chosen.method)
        if key not in memory.images:
            memory.images[key] = _encode(image, role, setting, chosen.method, memory)
        # The same picture may have had another name in another model.
        small[id(image)] = replace(memory.images[key], name=image.name)
    for texture in document.textures():
        texture.image = small[id(texture.image)]


def texture_roles(document: Document) -> dict[int, TextureRole]:
    """Return the role of each image, by ``id`` of the image."""
    slots: dict[int, set[str]] = {}
    uses_alpha: set[int] = set()
    for material in document.materials():
        for slot, info in material.texture_infos():
            image = info.texture.image
            slots.setdefault(id(image), set()).add(slot)
            is_cut = material.alpha_mode != "OPAQUE" and slot == "baseColorTexture"
            if is_cut or slot in _ALPHA_SLOTS:
                uses_alpha.add(id(image))
    return {
        key: TextureRole(
            is_color=bool(names & _COLOR_SLOTS),
            is_normal=_has_normal(names) and not names & _COLOR_SLOTS,
            has_alpha=key in uses_alpha,
        )
        for key, names in slots.items()
    }


def _choose_ktx2_images(
    document: Document,
    roles: Mapping[int, TextureRole],
    chosen: CompressTexturesOptions,
) -> set[int]:
    """Return which images become KTX2, by ``id``."""
    if chosen.memory is None:
        return set()
    images = document.images()
    candidates = []
    for image in images:
        role = roles[id(image)]
        setting: TextureSetting = getattr(chosen, role.kind)
        size = scaled_size(*image_size_px(image), setting.edge_px)
        candidates.append(Candidate(*size, role.kind, role.has_alpha))
    places = choose_ktx2(candidates, chosen.memory.most_bytes)
    return {id(images[place]) for place in places}


def scaled_size(width_px: int, height_px: int, edge_px: int) -> tuple[int, int]:
    """Return the nearest powers of two with a longest edge of at most `edge_px`."""
    shrink = min(1.0, edge_px / max(width_px, height_px))

    def near(edge: float) -> int:
        return int(min(edge_px, 2 ** max(0, round(math.log2(max(1.0, edge))))))

    return near(width_px * shrink), near(height_px * shrink)


def _has_normal(names: Iterable[str]) -> bool:
    return any(name.lower().endswith("normaltexture") for name in names)


def _encode(
    image: Image,
    role: TextureRole,
    setting: TextureSetting | Ktx2TextureSetting,
    method: int,
    cache: TextureCache,
) -> Image:
    sized = _decode_resized(image, role, setting.edge_px, cache)
    if isinstance(setting, Ktx2TextureSetting):
        return encode_ktx2_image(sized.pixels, setting, role.kind, image.name)
    content = _encode_webp(sized.pixels, setting.quality, method)
    is_fitting = image.media_type == "image/webp" and not sized.is_resized
    if is_fitting and len(content) > _WORTH_A_PASS * len(image.content):
        return image  # another pass would lose without saving
    return Image(content, "image/webp", image.name)


def _encode_webp(pixels: Pixels, quality: int, method: int) -> bytes:
    """Return WebP, without loss where that costs next to nothing.

    Its loss mixes the colours of neighbours two by two, and those of a palette are to
    stay apart.
    """
    # Colour under transparent texels bleeds into their neighbours: it is kept.
    most = _CLEAR_METHOD if pixels.mode == "RGBA" else method
    settings = {"method": min(method, most), "exact": True}
    is_few = pixels.width * pixels.height <= MAX_PALETTE_PIXELS
    lossy = io.BytesIO()
    if not is_few:
        pixels.save(lossy, "WEBP", quality=quality, **settings)
        if pixels.getcolors(_FEW_COLORS) is None:
            return lossy.getvalue()
    whole = io.BytesIO()
    pixels.save(
        whole, "WEBP", lossless=True, quality=75, method=min(method, 4), exact=True
    )
    is_light = len(whole.getvalue()) <= len(lossy.getvalue())
    return whole.getvalue() if is_few or is_light else lossy.getvalue()


def _decode_resized(
    image: Image, role: TextureRole, edge_px: int, cache: TextureCache
) -> ResizedImage:
    """Return an image's pixels, of 8 bits, under a limit."""
    key = (image.content, role)
    if key not in cache.sized or cache.sized[key].edge_px != edge_px:
        pixels = _decode(image, role, cache)
        size = scaled_size(*pixels.size, edge_px)
        is_resized = size != pixels.size
        if is_resized:
            is_few = pixels.width * pixels.height <= MAX_PALETTE_PIXELS
            pixels = (
                _enlarge_palette(pixels)
                if is_few and max(pixels.size) <= edge_px // 2
                else _resize(pixels, size, role)
            )
        cache.sized[key] = ResizedImage(edge_px, pixels, is_resized=is_resized)
    return cache.sized[key]


def _decode(image: Image, role: TextureRole, cache: TextureCache) -> Pixels:
    """Return an image's pixels, of 8 bits."""
    key = (image.content, role)
    pixels = cache.whole.get(key)
    if pixels is None:
        picture = open_image(image.content, image.name or "image")
        pixels = to_rgb_or_rgba(picture, has_alpha=role.has_alpha)
        if pixels.width * pixels.height <= _HELD_PIXELS:
            cache.whole.put(key, pixels)
    return pixels


def to_rgb_or_rgba(picture: Pixels, *, has_alpha: bool) -> Pixels:
    """Return RGB pixels, or RGBA where alpha is used and not opaque everywhere."""
    from PIL import Image as Pillow  # noqa: PLC0415  # 90 ms

    if picture.mode.startswith(("I", "F")):
        # Pillow would clip 16 bits to 8 instead of scaling them.
        deep = np.asarray(picture).astype(np.int64)
        picture = Pillow.fromarray((deep >> 8).clip(0, _OPAQUE).astype(np.uint8))
    may_be_clear = "A" in picture.getbands() or "transparency" in picture.info
    if has_alpha and may_be_clear:
        clear = picture.convert("RGBA")
        if clear.getchannel("A").getextrema() != (_OPAQUE, _OPAQUE):
            return clear
        return clear.convert("RGB")
    if picture.mode in ("P", "PA", "LA", "La"):
        return picture.convert("RGBA").convert("RGB")
    return picture.convert("RGB")


def resize_by_band(
    pixels: Pixels, size: tuple[int, int], scaling: Resampling
) -> Pixels:
    """Return resized pixels, the colours of transparent ones kept.

    Pillow itself weighs them by opacity and leaves black, which viewers mix into the
    edges of leaves.
    """
    from PIL import Image as Pillow  # noqa: PLC0415  # 90 ms

    if pixels.mode != "RGBA":
        return pixels.resize(size, scaling)
    bands = [band.resize(size, scaling) for band in pixels.split()]
    return Pillow.merge("RGBA", bands)


def _enlarge_palette(pixels: Pixels) -> Pixels:
    """Return a palette in the next powers of two, each colour as it was."""
    from PIL import Image as Pillow  # noqa: PLC0415  # 90 ms

    width, height = (1 << (edge - 1).bit_length() for edge in pixels.size)
    return pixels.resize((width, height), Pillow.Resampling.NEAREST)


def _resize(pixels: Pixels, size: tuple[int, int], role: TextureRole) -> Pixels:
    from PIL import Image as Pillow  # noqa: PLC0415  # 90 ms

    if role.is_color:
        return resize_in_linear_light(pixels, size)
    small = resize_by_band(pixels, size, Pillow.Resampling.LANCZOS)
    if not role.is_normal:
        return small
    # The mean of unit vectors is shorter than 1, which dulls every dent.
    vectors = np.asarray(small, np.float32)[..., :3] / 127.5 - 1
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    vectors = vectors / np.maximum(lengths, 1e-6)
    return Pillow.fromarray(np.round((vectors + 1) * 127.5).astype(np.uint8))
