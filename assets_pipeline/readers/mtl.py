"""Read Wavefront MTL files: the materials of an OBJ."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.errors import causes
from assets_pipeline.errors.exceptions import DamagedFileError, MissingFileError
from assets_pipeline.gltf.materials import (
    Image,
    Material,
    Texture,
    TextureInfo,
    TextureTransform,
    matte_material,
)
from assets_pipeline.images.color import srgb_to_linear
from assets_pipeline.images.decoding import open_image
from assets_pipeline.readers.references import decode_text, read_picture, read_reference

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from assets_pipeline.resolver import Resolver

# Options before a texture's name, with how many numbers follow each at least.
_OPTIONS: Final = {
    "-blendu": 1,
    "-blendv": 1,
    "-bm": 1,
    "-boost": 1,
    "-cc": 1,
    "-clamp": 1,
    "-imfchan": 1,
    "-mm": 2,
    "-o": 1,
    "-s": 1,
    "-t": 1,
    "-texres": 1,
    "-type": 1,
}
_FARTHEST: Final = 1e9
_VECTOR_OPTIONS: Final = ("-o", "-s", "-t")


def read_mtl(
    name: str, obj_path: PurePosixPath, resolver: Resolver
) -> dict[str, Material]:
    """Return the materials of an MTL file by name.

    ``Kd``, ``map_Kd``, ``Ke``, ``map_Ke``, ``norm``, ``d`` and ``Ns`` are read, and
    ``Pr`` and ``Pm`` where a program writes them. Colours are taken for sRGB.

    An MTL or a texture that does not exist is common and leaves a shape to show: it
    is skipped, and `Resolver.reads` says so.

    Parameters
    ----------
    name
        As the OBJ file writes it.
    obj_path
        Of that file, within the museum's folder.
    resolver
        Reads the file and its textures.
    """
    try:
        path, content = read_reference(obj_path, name, resolver, is_uri=False)
    except MissingFileError:
        return {}
    text = decode_text(content)
    reader = _Reader(path, resolver)
    for number, line in enumerate(text.splitlines(), start=1):
        keyword, rest = [*line.split(None, 1), "", ""][:2]
        try:
            reader.take(keyword, rest.strip())
        except ValueError as error:
            place = f"{path.name} line {number}"
            values = {"name": path.name, "line": number, "text": line[:40]}
            raise DamagedFileError.from_cause(
                causes.MTL_LINE, place, **values
            ) from error
    reader.cut_out()
    return reader.materials


class _Reader:
    """Materials of one file, line by line."""

    def __init__(self, path: PurePosixPath, resolver: Resolver) -> None:
        self._path = path
        self._resolver = resolver
        self._textures: dict[str, Texture] = {}
        self._now = matte_material()
        self._opacities: list[tuple[Material, Texture]] = []
        self.materials: dict[str, Material] = {}

    def take(self, keyword: str, rest: str) -> None:
        """Follow one line."""
        if keyword == "newmtl":
            self._now = self.materials[rest] = matte_material()
            self._now.name = rest
        elif keyword in ("Kd", "Ke", "d", "Tr", "Ns", "Pr", "Pm"):
            self._take_numbers(keyword, [float(word) for word in rest.split()[:3]])
        elif rest and keyword in ("map_Kd", "map_Ke", "norm", "map_d"):
            self._take_texture(keyword, rest)

    def _take_numbers(self, keyword: str, numbers: list[float]) -> None:
        now, first = self._now, _clip(numbers[0] if numbers else 0.0)
        if keyword == "Kd":
            red, green, blue = _to_linear(numbers)
            now.base_color_factor = (red, green, blue, now.base_color_factor[3])
        elif keyword == "Ke":
            now.emissive_factor = _to_linear(numbers)
        elif keyword in ("d", "Tr"):
            # Programs disagree on what 0 means; nobody makes a model to be unseen.
            alpha = (first if keyword == "d" else 1 - first) or 1.0
            now.base_color_factor = (*now.base_color_factor[:3], alpha)
            now.alpha_mode = "BLEND" if alpha < 1 else now.alpha_mode
        elif keyword == "Ns":
            # Blinn-Phong's exponent, with the usual match of highlights' widths.
            shine = max(0.0, numbers[0] if numbers else 0.0)
            now.roughness_factor = _clip((2 / (shine + 2)) ** 0.25)
        elif keyword == "Pr":
            now.roughness_factor = first
        elif keyword == "Pm":
            now.metallic_factor = first

    def _take_texture(self, keyword: str, rest: str) -> None:
        name, options = _split_options(rest)
        try:
            texture = self._texture(name)
        except MissingFileError:
            return
        info, now = TextureInfo(texture, transform=_transform(options)), self._now
        if keyword == "map_Kd":
            now.base_color_texture = info
            if max(now.base_color_factor[:3]) <= 0:
                # Black times a picture is black: exporters mean the picture alone.
                now.base_color_factor = (1.0, 1.0, 1.0, now.base_color_factor[3])
        elif keyword == "map_Ke":
            now.emissive_texture = info
            now.emissive_factor = (1.0, 1.0, 1.0)
        elif keyword == "norm":
            now.normal_texture = info
        else:
            self._opacities.append((now, texture))

    def cut_out(self) -> None:
        """Give materials the opacity that `map_d` names, as a part of their colours."""
        for material, opacity in self._opacities:
            use = material.base_color_texture
            if use is None:
                continue
            material.alpha_mode, material.alpha_cutoff = "MASK", 0.5
            if use.texture is not opacity:
                image = _merge_opacity(use.texture.image, opacity.image)
                use.texture = Texture(image, use.texture.sampler)

    def _texture(self, name: str) -> Texture:
        if name not in self._textures:
            image = read_picture(self._path, name, self._resolver, is_uri=False)
            self._textures[name] = Texture(image)
        return self._textures[name]


def _merge_opacity(colors: Image, opacity: Image) -> Image:
    """Return a picture whose opacity is another's own, or else how bright that is."""
    from PIL import Image as Pillow  # noqa: PLC0415  # 90 ms

    shown, clear = (open_image(i.content, i.name or "map_d") for i in (colors, opacity))
    band = (
        clear.convert("RGBA").getchannel("A")
        if clear.has_transparency_data
        else clear.convert("L")
    )
    picture = shown.convert("RGBA")
    picture.putalpha(band.resize(picture.size, Pillow.Resampling.BILINEAR))
    content = io.BytesIO()
    picture.save(content, "PNG", compress_level=1)
    return Image(content.getvalue(), "image/png", colors.name)


def _split_options(rest: str) -> tuple[str, dict[str, list[float]]]:
    """Return a texture's name, which may hold spaces, and the options before it."""
    words = rest.split()
    options: dict[str, list[float]] = {}
    while words and words[0] in _OPTIONS:
        option = words.pop(0)
        told, words = words[: _OPTIONS[option]], words[_OPTIONS[option] :]
        while option in _VECTOR_OPTIONS and words and _is_number(words[0]):
            told.append(words.pop(0))
        options[option] = [float(word) for word in told if _is_number(word)]
    name = rest[rest.index(words[0]) :] if words else rest
    return name, options


def _transform(options: dict[str, list[float]]) -> TextureTransform | None:
    """Return how a picture is moved and repeated; v grows upwards there."""
    across, up = [*options.get("-s", []), 1.0, 1.0][:2]
    right, above = [*options.get("-o", []), 0.0, 0.0][:2]
    is_plain = (across, up, right, above) == (1, 1, 0, 0)
    if is_plain or not all(abs(v) < _FARTHEST for v in (across, up, right, above)):
        return None
    return TextureTransform((right, 1 - up - above), 0.0, (across, up))


def _is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True


def _to_linear(numbers: list[float]) -> tuple[float, float, float]:
    if not numbers:
        return 0.0, 0.0, 0.0
    three = (numbers * 3)[:3] if len(numbers) < 3 else numbers  # noqa: PLR2004  # r g b, or one grey
    red, green, blue = srgb_to_linear(
        np.nan_to_num(np.array(three, np.float32)).clip(0, 1)
    )
    return float(red), float(green), float(blue)


def _clip(value: float) -> float:
    return min(1.0, max(0.0, value)) if value == value else 0.0  # noqa: PLR0124  # not a number
