"""Render a model from many views, to compare with another of its files.

One rig serves the search for the smallest file, another, with other views and other
lights, the check of what that search found.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from itertools import cycle
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from assets_pipeline.errors.exceptions import (
    RE_EXPORT,
    EmptyModelError,
    UnsupportedFormatError,
)
from assets_pipeline.rendering.renderer import (
    load_renderer,
    load_room_light,
    missing_renderer_error,
    remove_animations,
)

if TYPE_CHECKING:
    from assets_pipeline.arrays import BoolArray, Uint8Array
    from tours.bundle import Extents, Vector

Untyped = Any
"""A value of the renderer's, an extension module that ships no types."""


@dataclass(frozen=True, slots=True)
class Light:
    """A directional light."""

    towards: Vector
    lux: float


@dataclass(frozen=True, slots=True)
class Rig:
    """Views of a model and the lights in them."""

    edge_px: int
    towards: tuple[Vector, ...]
    """Where each view looks."""
    lights: tuple[Light, ...]
    """One for all views, or one for each: Filament draws a single far light."""
    room_lux: float = 0.0
    """Of the room that posters are taken in; 0 for none."""


# The room gives as large a part of the light as on phones (client/src/scene/stage.ts): in
# sunlight alone, what dims the room (occlusion) hardly shows, and a search would spoil it.
SEARCH_RIG: Final = Rig(
    edge_px=448,
    towards=(
        (-0.5, -0.35, -1.0),
        (1.0, -0.25, 0.35),
        (-0.7, -0.1, 0.9),
        (0.35, -1.0, -0.5),
    ),
    lights=(Light((0.6, -0.8, -1.2), 42_000.0),),
    room_lux=14_000.0,
)
CHECK_RIG: Final = Rig(
    edge_px=640,
    towards=(
        (-1.0, -0.3, -1.0),
        (1.0, -0.3, -1.0),
        (1.0, -0.3, 1.0),
        (-1.0, -0.3, 1.0),
        (-0.2, -1.0, -0.1),
        (0.1, 0.9, -0.3),
    ),
    lights=(  # from above one shoulder or the other of who looks
        Light((0.2, -0.8, -1.8), 38_000.0),
        Light((-0.2, -0.8, -1.8), 38_000.0),
        Light((-0.2, -0.8, 1.8), 38_000.0),
        Light((0.2, -0.8, 1.8), 38_000.0),
        Light((-0.9, -1.0, 0.7), 38_000.0),
        Light((0.8, 0.8, -0.9), 38_000.0),
    ),
    room_lux=13_000.0,
)


@dataclass(frozen=True, slots=True)
class RenderedView:
    """Image and coverage mask of one view."""

    pixels: Uint8Array
    """(h, w, 3) sRGB, before grey."""
    mask: BoolArray
    """(h, w): where the model is."""


_FIELD_OF_VIEW_DEG = 30.0
_GREY = 118.0
_OPAQUE = 255.0


class ViewRenderer:
    """Renders any number of files of one model; to be closed.

    Parameters
    ----------
    extents
        Of the source: each file is seen from the same places.

    Raises
    ------
    MissingToolError
        If no software renderer starts here; says what to install.
    """

    def __init__(self, extents: Extents) -> None:
        self._filly = load_renderer()
        try:
            self._renderer: Untyped = self._filly.Renderer()
            self._room: Untyped = load_room_light(self._renderer)
        except self._filly.FillyError as error:
            raise missing_renderer_error(error) from error
        least, greatest = np.asarray(extents.least), np.asarray(extents.greatest)
        self._centre = (least + greatest) / 2
        self._radius = float(np.linalg.norm(greatest - least)) / 2
        self._targets: dict[int, Untyped] = {}

    def close(self) -> None:
        """Free the renderer."""
        self._renderer.close()

    def render(self, glb: bytes, rig: Rig) -> list[RenderedView]:
        """Return an image of each view of a rig.

        Parameters
        ----------
        glb
            A GLB 2.0 file without Draco, Basis or KHR_meshopt_compression.
        rig
            Views and lights.

        Raises
        ------
        UnsupportedFormatError
            If the renderer can't read the file.
        EmptyModelError
            If no view shows anything.
        """
        scene, light = self._scene(rig)
        try:
            with warnings.catch_warnings():
                # The renderer skips optional extensions, as every viewer of ours may.
                warnings.simplefilter("ignore", self._filly.AssetCompatibilityWarning)
                model = scene.load(remove_animations(glb))
        except self._filly.AssetError as error:
            reason = f"the renderer can't read this model: {error}"
            raise UnsupportedFormatError(reason, "visual error", RE_EXPORT) from error
        model.scale = [1 / self._radius] * 3
        model.position = list(-self._centre / self._radius)
        taken = []
        for towards, lit in zip(rig.towards, cycle(rig.lights), strict=False):
            light.direction, light.intensity = list(lit.towards), lit.lux
            taken.append(self._shot(scene, towards, rig))
        scene.close()
        if not any(shot.mask.any() for shot in taken):
            reason = "nothing of the model can be seen"
            raise EmptyModelError(reason, "visual error", RE_EXPORT)
        return taken

    def _scene(self, rig: Rig) -> tuple[Untyped, Untyped]:
        """Return an empty scene, and its light."""
        scene = self._renderer.create_scene()
        scene.transparent = True
        scene.background = [0.0, 0.0, 0.0, 0.0]
        scene.tone_mapping = "pbr_neutral"
        if rig.room_lux > 0:
            scene.environment = self._room
            scene.environment_intensity = rig.room_lux
            scene.environment_visible = False
        lit = rig.lights[0]
        light = scene.add_directional_light(direction=lit.towards, intensity=lit.lux)
        camera = scene.camera = self._renderer.create_camera()
        camera.set_perspective(
            fov_y_deg=_FIELD_OF_VIEW_DEG, aspect=1.0, near=0.5, far=20.0
        )
        return scene, light

    def _shot(self, scene: Untyped, towards: Vector, rig: Rig) -> RenderedView:
        away = -np.asarray(towards) / np.linalg.norm(towards)
        distance = 1.02 / math.sin(math.radians(_FIELD_OF_VIEW_DEG / 2))
        scene.camera.position = list(away * distance)
        scene.camera.look_at([0.0, 0.0, 0.0])
        if rig.edge_px not in self._targets:
            self._targets[rig.edge_px] = self._renderer.create_render_target(
                width=rig.edge_px, height=rig.edge_px
            )
        target = self._targets[rig.edge_px]
        self._renderer.render(scene, target)
        drawn = target.read()
        clear = 1 - drawn[..., 3:].astype(np.float32) / _OPAQUE
        pixels = (drawn[..., :3] + clear * _GREY).clip(0, _OPAQUE).round()
        return RenderedView(pixels.astype(np.uint8), drawn[..., 3] > 0)
