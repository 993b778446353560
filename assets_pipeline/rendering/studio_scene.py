"""The studio scene of posters: camera, key light, ground (model of size 1 on y = 0).

A three-quarter view, one soft key light, three soft boxes, a shadow on a seamless
ground. Soft shadows and clean edges come from the mean of several frames, each with
the key light and the camera moved a little. Shadows are soft, so in large pictures the
ground is taken at half the size.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assets_pipeline.errors.exceptions import RE_EXPORT, EmptyModelError
from assets_pipeline.rendering.renderer import (
    Untyped,
    load_room_light,
    remove_animations,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assets_pipeline.arrays import BoolArray, Float32Array
    from tours.bundle import Extents


@dataclass(frozen=True, slots=True)
class PosterOptions:
    """Size, azimuth, margin and frames of a poster."""

    width_px: int = 1600
    height_px: int = 1200
    azimuth_deg: float = 28.0
    """Of the camera, from the model's front (+Z) towards its left (+X)."""
    margin: float = 0.08
    """Left free on each side, of the picture's width or height."""
    frames: int = 10
    """Averaged."""


_FIELD_OF_VIEW_DEG = 24.0  # a short telephoto: upright things stay upright
_GROUND_RADIUS = 3.2
_SHADOW_FADES = (1.4, 2.6)
_GROUND_GREY = (0.3, 0.3, 0.3)  # dark enough to stay where tones are not compressed
_MIDDLE_GREY = 0.24  # what a meter aims at, linear
_GAINS = (0.85, 2.0)
_PROBE_EDGE_PX = 192
_EMPTY_GROUND_PART = 16
_GROUND_WIDTH_PX = 600  # below, occlusion in screen space draws blots
_EMPTY_GROUND_FRAMES = 4  # without shadows it hardly differs from one to the next
_KEY_SPREAD_DEG = 14.0
_KEY_TOWARDS = (0.36, -0.85, -0.70)
_KEY_LUX = 58_000.0
_AMBIENT_LUX = 27_000.0


@dataclass(frozen=True, slots=True)
class Framing:
    """Camera position, in studio lengths, and exposure."""

    centre: tuple[float, float, float]
    """Looked at."""
    distance: float
    gain: float
    """Of all lights."""


@dataclass(frozen=True, slots=True)
class Layers:
    """Mean of all frames, linear light, premultiplied."""

    model: Float32Array
    """(h, w, 4): the model alone."""
    with_ground: Float32Array
    """(h / n, w / n, 3): the model on the ground, with its shadow."""
    ground: Float32Array
    """(h / n, w / n, 3): the ground alone."""
    nearness: Float32Array
    """(h, w, 1): how much of its shadow the ground keeps here, from 0 to 1."""


class Studio:
    """The renderer's scene while a poster is taken."""

    def __init__(
        self,
        filly: Untyped,
        renderer: Untyped,
        glb: bytes,
        extents: Extents,
        options: PosterOptions,
    ) -> None:
        self.renderer, self.options = renderer, options
        self.scene = scene = renderer.create_scene()
        self.model = scene.load(remove_animations(glb))
        size = max(extents.size_m)
        if not (math.isfinite(size) and size > 0):
            reason = "the model has no size"
            raise _nothing_to_see(reason)
        low, high = np.asarray(extents.least), np.asarray(extents.greatest)
        middle = (low + high) / 2
        self.model.scale = [1 / size] * 3
        self.model.position = [-middle[0] / size, -low[1] / size, -middle[2] / size]
        self.centre = np.array([0.0, (high[1] - low[1]) / size / 2, 0.0])
        self.distance = 1 / math.tan(math.radians(_FIELD_OF_VIEW_DEG / 2))
        self.elevation_deg = _elevation_deg(extents)

        scene.transparent = True
        scene.background = [0.0, 0.0, 0.0, 0.0]
        scene.tone_mapping = "pbr_neutral"
        scene.shadows = scene.ssao = True
        scene.environment = load_room_light(renderer)
        scene.environment_intensity = _AMBIENT_LUX
        scene.environment_visible = False
        self.key = scene.add_directional_light(
            direction=_KEY_TOWARDS, intensity=_KEY_LUX
        )
        self.key.casts_shadows = True
        self.key.shadow_map_size = 2048
        plane = filly.shapes.plane(2 * _GROUND_RADIUS, 2 * _GROUND_RADIUS)
        self.ground = scene.create_mesh(**plane, base_color=(*_GROUND_GREY, 1.0))
        self.ground.rotation_euler_deg = [-90.0, 0.0, 0.0]
        self.camera = scene.camera = renderer.create_camera()

    def frame(self, framing: Framing | None = None) -> Framing:
        """Place the camera, and return its framing.

        Parameters
        ----------
        framing
            Of another photograph, to take the same; else what is seen fills the picture
            up to its margins.
        """
        aspect = self.options.width_px / self.options.height_px
        self.camera.set_perspective(
            fov_y_deg=_FIELD_OF_VIEW_DEG, aspect=aspect, near=0.05, far=60.0
        )
        if framing is None:
            gain = self._fit(aspect)
        else:
            self.centre, self.distance = np.array(framing.centre), framing.distance
            gain = framing.gain
        self.key.intensity = _KEY_LUX * gain
        self.scene.environment_intensity = _AMBIENT_LUX * gain
        x, y, z = (float(value) for value in self.centre)
        return Framing((x, y, z), self.distance, gain)

    def _fit(self, aspect: float) -> float:
        """Centre what is seen and fill the picture with it; return the light's gain."""
        width = max(_PROBE_EDGE_PX, round(_PROBE_EDGE_PX * aspect))
        target = self.renderer.create_render_target(
            width=width, height=round(width / aspect)
        )
        self.ground.visible = False
        for _ in range(4):  # perspective converges in two or three
            self._aim(0.0, 0.0)
            self.renderer.render(self.scene, target)
            seen = target.read()[..., 3] > 0
            self._approach(seen, aspect)
        gain = _metered(self._shot(target))
        target.close()
        return gain

    def _approach(self, seen: BoolArray, aspect: float) -> None:
        """Centre what was seen, and go as near or as far as the margins ask."""
        rows, columns = np.nonzero(seen.any(1))[0], np.nonzero(seen.any(0))[0]
        if not rows.size:
            reason = "nothing of the model can be seen"
            raise _nothing_to_see(reason)
        height, width = seen.shape
        half = math.tan(math.radians(_FIELD_OF_VIEW_DEG / 2)) * self.distance
        left, right = columns[0] / width * 2 - 1, (columns[-1] + 1) / width * 2 - 1
        top, bottom = 1 - rows[0] / height * 2, 1 - (rows[-1] + 1) / height * 2
        across, up, _ = self._axes()
        self.centre = (
            self.centre
            + across * ((left + right) / 2 * half * aspect)
            + up * ((top + bottom) / 2 * half)
        )
        filled = max(right - left, top - bottom) / 2
        self.distance *= filled / (1 - 2 * self.options.margin)

    def _axes(self) -> tuple[Float32Array, Float32Array, Float32Array]:
        """Return the camera's right, up and backward directions."""
        around = math.radians(self.options.azimuth_deg)
        above = math.radians(self.elevation_deg)
        back = np.array(
            [
                math.sin(around) * math.cos(above),
                math.sin(above),
                math.cos(around) * math.cos(above),
            ]
        )
        across = np.array([math.cos(around), 0.0, -math.sin(around)])
        return across, np.cross(back, across), back

    def _aim(self, dx_px: float, dy_px: float) -> None:
        """Point the camera at the centre, off by a part of a pixel."""
        across, up, back = self._axes()
        half = math.tan(math.radians(_FIELD_OF_VIEW_DEG / 2)) * self.distance
        pixel = 2 * half / self.options.height_px
        self.camera.position = list(self.centre + back * self.distance)
        aim = self.centre + (across * dx_px + up * dy_px) * pixel
        self.camera.look_at(list(aim))

    def render_layers(self) -> Layers:
        """Return the mean of all frames."""
        height, width = self.options.height_px, self.options.width_px
        part = 2 if width >= 2 * _GROUND_WIDTH_PX else 1
        whole, less = (
            self.renderer.create_render_target(width=width // n, height=height // n)
            for n in (1, part)
        )
        model = np.zeros((height, width, 4), np.float32)
        both = np.zeros((less.height, less.width, 3), np.float32)
        for u, v in _spread(self.options.frames):
            self._aim(u - 0.5, v - 0.5)
            self.key.direction = _key_direction(u, v)
            self.ground.visible = False
            model += self._shot(whole)
            self.ground.visible = True
            both += self._shot(less)[..., :3]
        share = np.float32(1 / self.options.frames)
        return Layers(
            model * share,
            both * share,
            upsample(self._empty_ground(), *both.shape[:2]),
            self._nearness(height, width),
        )

    def _empty_ground(self) -> Float32Array:
        """Return the mean of frames of the ground alone, a small picture."""
        self.model.visible = self.scene.shadows = self.scene.ssao = False
        target = self.renderer.create_render_target(
            width=max(2, self.options.width_px // _EMPTY_GROUND_PART),
            height=max(2, self.options.height_px // _EMPTY_GROUND_PART),
        )
        ground = np.zeros((target.height, target.width, 3), np.float32)
        for u, v in _spread(_EMPTY_GROUND_FRAMES):
            self.key.direction = _key_direction(u, v)
            ground += self._shot(target)[..., :3]
        return ground * np.float32(1 / _EMPTY_GROUND_FRAMES)

    def _nearness(self, height: int, width: int) -> Float32Array:
        """Return, of each pixel, 1 on the ground near the model, 0 far off or above."""
        across, up, back = self._axes()
        half = math.tan(math.radians(_FIELD_OF_VIEW_DEG / 2))
        x = (np.arange(width) * 2 + 1 - width) / height * half
        y = (height - 1 - np.arange(height) * 2)[:, None] / height * half
        place = self.centre + back * self.distance
        east, sky, south = (across[i] * x + up[i] * y - back[i] for i in range(3))
        reach = np.where(sky < 0, place[1] / np.maximum(-sky, 1e-6), np.inf)
        away = np.hypot(place[0] + east * reach, place[2] + south * reach)
        near, far = _SHADOW_FADES
        nearness: Float32Array = np.clip((far - away) / (far - near), 0, 1)[..., None]
        return nearness.astype(np.float32)

    def _shot(self, target: Untyped) -> Float32Array:
        """Return one frame in linear light."""
        self.renderer.render(self.scene, target)
        pixels = target.read()
        shot: Float32Array = _LINEAR[pixels]
        shot[..., 3] = pixels[..., 3] / np.float32(255)
        return shot


def _metered(shot: Float32Array) -> float:
    """Return more light for dark models and a little less for pale ones, as one would."""
    seen = shot[..., 3] > 0
    brightness = float(shot[seen][:, :3].mean())
    low, high = _GAINS
    gain: float = (_MIDDLE_GREY / max(brightness, 1e-3)) ** 0.5
    return min(max(gain, low), high)


def _spread(n: int) -> Iterator[tuple[float, float]]:
    """Give n points spread evenly over the unit square (R2 sequence, Roberts 2018)."""
    for i in range(n):
        yield (0.5 + i * 0.7548776662466927) % 1, (0.5 + i * 0.5698402909980532) % 1


def upsample(picture: Float32Array, height: int, width: int) -> Float32Array:
    """Return an (h, w, n) image at a larger size, by linear interpolation."""
    for axis, size in enumerate((height, width)):
        many = picture.shape[axis]
        places = np.clip((np.arange(size) + 0.5) * many / size - 0.5, 0, many - 1)
        before = np.minimum(places.astype(int), many - 2)
        part = (places - before).astype(np.float32)
        part = part.reshape((-1, 1, 1) if axis == 0 else (1, -1, 1))
        near, far = (picture.take(before + i, axis) for i in (0, 1))
        picture = near + (far - near) * part
    return picture.astype(np.float32)


def _elevation_deg(extents: Extents) -> float:
    """Return how far above the horizon to stand: upright things low, flat ones high."""
    width, height, depth = extents.size_m
    return 6.0 + 24.0 * (1 - min(1.0, height / max(width, depth, 1e-9)))


def _key_direction(u: float, v: float) -> list[float]:
    """Return where the key light shines, for a point of a disc seen as its source."""
    radius = math.tan(math.radians(_KEY_SPREAD_DEG)) * math.sqrt(u)
    towards = np.asarray(_KEY_TOWARDS) / np.linalg.norm(_KEY_TOWARDS)
    across = np.cross(towards, [0.0, 0.0, 1.0])
    across /= np.linalg.norm(across)
    up = np.cross(across, towards)
    angle = 2 * math.pi * v
    return list(towards + radius * (math.cos(angle) * across + math.sin(angle) * up))


def _to_linear(code: Float32Array) -> Float32Array:
    """Return linear light of sRGB values from 0 to 1 (IEC 61966-2-1)."""
    straight = code / 12.92
    curved = ((code + 0.055) / 1.055) ** 2.4
    light: Float32Array = np.where(code <= 0.04045, straight, curved)  # noqa: PLR2004  the standard's
    return light.astype(np.float32)


_LINEAR = _to_linear(np.linspace(0, 1, 256, dtype=np.float32))
"""Linear light of each 8-bit code."""


def _nothing_to_see(reason: str) -> EmptyModelError:
    return EmptyModelError(reason, "poster", RE_EXPORT)
