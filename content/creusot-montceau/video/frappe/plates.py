"""Renders what the film is put together from: the hall, the flare, the moving mass.

Light adds up: a frame is the hall as lit by its furnaces, the part of the picture where
the mass hangs at that height, and as much as wanted of what the flare lights.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import bpy
import numpy as np
from forge import hall, light
from kit import cycles
from kit.solids import Part
from marteau import figures as hammer_figures
from marteau.finishes import STEEL

from frappe import motion
from frappe.sparks import View

if TYPE_CHECKING:
    from types import ModuleType

    from numpy.typing import NDArray

EYE = (5.6, 2.1, 16.2)
TARGET = (0.15, 4.75, 0.0)
FIELD_OF_VIEW_DEG = 66.0
POSITIONS = 41
"""Heights of the mass that are rendered; frames blend the two nearest."""
_MOVING = "moving mass"


@dataclass(frozen=True, slots=True)
class Plates:
    """Linear light."""

    steady: NDArray[np.float32]
    """(h, w, 3): the hall, the mass at rest on the forging."""
    flare: NDArray[np.float32]
    """(h, w, 3): what the flare alone lights."""
    moving: NDArray[np.float32]
    """(positions, h', w', 3): the window where the mass moves, from rest to raised."""
    corner: tuple[int, int]
    """Row and column of that window."""


def view(width_px: int) -> View:
    """Return the film's camera."""
    focal = width_px / 2 / np.tan(np.radians(FIELD_OF_VIEW_DEG / 2))
    size = (width_px, width_px * 9 // 16)
    return View(np.array(EYE), np.array(TARGET), float(focal), size)


def rendered(hammer: ModuleType, width_px: int, samples: int) -> Plates:
    """Return all plates."""
    camera = view(width_px)
    _set_up(hammer, camera, samples)
    steady = _shot(0.0)
    window = _window(camera)
    moving = _moving(window)
    _only_flare()
    return Plates(steady, _shot(0.0), moving, (window[0], window[2]))


def _set_up(hammer: ModuleType, camera: View, samples: int) -> None:
    width, height = camera.size_px
    cycles.empty_scene(cycles.Exposure(width, height, samples, 3))
    bpy.context.scene.render.use_persistent_data = True
    cycles.camera(EYE, TARGET, FIELD_OF_VIEW_DEG)
    rod = Part(f"{_MOVING}, rod")
    rod.turned(
        STEEL,
        (0, hammer_figures.LEGS_TOP - 1.0, 0),
        [(hammer_figures.ROD_DIAMETER / 2, 0), (hammer_figures.ROD_DIAMETER / 2, 6.5)],
        sides=28,
    )
    light.work(hammer, [rod])


def _shot(height: float) -> NDArray[np.float32]:
    """Return a picture with the mass at a height over the forging."""
    (_, y, _), radius = hall.BILLET
    rest = y + radius - 0.03 - hammer_figures.TUP_BOTTOM
    for thing in bpy.data.objects:
        if thing.name.startswith(_MOVING):
            thing.location.z = rest + height
    return cycles.photograph()


def _window(camera: View) -> tuple[int, int, int, int]:
    """Return rows and columns that hold the mass wherever it hangs."""
    low, high = 1.2, hammer_figures.LEGS_TOP
    corners = np.array(
        [[x, y, z] for x in (-1.9, 1.9) for y in (low, high) for z in (-1.5, 1.5)]
    )
    pixels, _ = camera.seen(corners)
    width, height = camera.size_px
    left, top = np.clip(np.floor(pixels.min(0)) - 4, 0, None).astype(int)
    right, bottom = np.ceil(pixels.max(0)).astype(int) + 4
    return int(top), min(int(bottom), height), int(left), min(int(right), width)


def _moving(window: tuple[int, int, int, int]) -> NDArray[np.float32]:
    top, bottom, left, right = window
    render = bpy.context.scene.render
    render.use_border = True
    render.border_min_x = left / render.resolution_x
    render.border_max_x = right / render.resolution_x
    render.border_min_y = 1 - bottom / render.resolution_y
    render.border_max_y = 1 - top / render.resolution_y
    heights = np.linspace(0, motion.STROKE_M, POSITIONS)
    shots = [_shot(float(h))[top:bottom, left:right].copy() for h in heights]
    render.use_border = False
    return np.stack(shots)


def _only_flare() -> None:
    """Put out every other light."""
    for thing in list(bpy.data.objects):
        if thing.type == "LIGHT":
            bpy.data.objects.remove(thing)
    for material in bpy.data.materials:
        shader = material.node_tree.nodes.get("Principled BSDF")
        if shader:
            shader.inputs["Emission Strength"].default_value = 0.0
    background = bpy.context.scene.world.node_tree.nodes["Background"]
    background.inputs["Strength"].default_value = 0.0
    (x, y, z), _ = hall.BILLET
    for dx, dz in ((0.9, 1.1), (-1.1, 0.8)):
        cycles.point_light((x + dx, y + 0.15, z + dz), 2600.0, (1.0, 0.55, 0.22), 0.35)
