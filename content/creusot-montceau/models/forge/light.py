"""Lights the hammer in its hall and on its square, and photographs it in Blender."""

from __future__ import annotations

from typing import TYPE_CHECKING

import bpy
from kit import cycles, masonry, metal_and_wood
from kit.glb import Material
from kit.maps import brightened, flat

from forge import figures as f
from forge import hall, square

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

    import numpy as np
    from kit.solids import Part

_HEAT = (1.0, 0.33, 0.07)
_SKY = (0.62, 0.76, 1.0)


def in_its_hall(hammer: ModuleType, width_px: int, samples: int) -> np.ndarray:
    """Return the hammer at work in 1877, (3/4 width, width, 3), linear light."""
    _begin(width_px, samples, bounces=4)
    work(hammer, [])
    return cycles.photograph()


def on_its_square(hammer: ModuleType, width_px: int, samples: int) -> np.ndarray:
    """Return the hammer alone today, (3/4 width, width, 3), linear light."""
    _begin(width_px, samples, bounces=3)
    _day_sky()
    cycles.sun_light((-0.62, -0.80, -0.52), 4.6, (1.0, 0.93, 0.82), 1.2)
    cycles.add_parts(
        (*hammer.parts(), *square.parts()), (*hammer.materials(), *square_materials())
    )
    return cycles.photograph()


def work(hammer: ModuleType, more: Sequence[Part]) -> None:
    """Add the hammer at work, its hall, their lights, and more parts of the hammer."""
    _sky((0.35, 0.42, 0.55), 0.012)
    made = cycles.add_parts(
        (*hammer.parts(), *more, *hall.parts()),
        (*hammer.materials(), *hall_materials()),
    )
    _glow(made["daylight"], _SKY, 0.75)
    _glow(made["red heat"], _HEAT, 26.0)
    (x, y, z), _ = hall.BILLET
    cycles.point_light((x + 0.2, y + 0.9, z + 2.1), 1500.0, _HEAT, 0.5)
    cycles.point_light((x - 2.6, y + 0.6, z + 1.6), 800.0, _HEAT, 0.4)
    for at in ((-14.0, 2.4, -18.4), (-5.0, 2.4, -18.4), (6.3, 2.4, -18.4)):
        cycles.point_light(at, 3200.0, _HEAT, 0.8)
    cycles.area_light((0, 28.6, 2), (0, 0, 1), 3600.0, _SKY, 6.0)
    cycles.area_light((-19.5, 10, 14), (0, 9, 0), 3000.0, _SKY, 9.0)
    cycles.area_light((17.0, 9, 30), (0, 9, 0), 1700.0, (1.0, 0.80, 0.58), 5.0)


def _begin(width_px: int, samples: int, bounces: int) -> None:
    cycles.empty_scene(cycles.Exposure(width_px, width_px * 3 // 4, samples, bounces))
    cycles.camera(f.CAMERA, f.TARGET, f.FIELD_OF_VIEW_DEG)


def hall_materials() -> list[Material]:
    """Return the hall's drawn materials."""
    soot = (0.17, 0.165, 0.16)
    return [
        Material("brick", brightened(masonry.brick(512), 0.72), 1.92),
        Material("iron", metal_and_wood.weathered_paint(512, soot), 1.5),
        Material("planks", brightened(metal_and_wood.planks(512), 0.75), 2.0),
        Material("floor", masonry.ground(512, (0.25, 0.225, 0.205), grass=-1.0), 4.0),
        Material("stone", masonry.stone(256), 1.4),
        Material("daylight", flat(32, (0.80, 0.86, 0.95), 0.5), 1.0),
        Material("red heat", flat(32, (1.0, 0.62, 0.30), 0.7), 1.0),
    ]


def square_materials() -> list[Material]:
    """Return the square's drawn materials."""
    lawn = masonry.ground(1024, (0.40, 0.36, 0.27), grass=1.35)
    return [
        Material("lawn", brightened(lawn, 1.45), 4.0),
        Material(
            "asphalt",
            masonry.ground(512, (0.335, 0.335, 0.345), grass=-1.0),
            4.0,
        ),
        Material("paving", brightened(masonry.ashlar(512, sooty=0.2), 1.15), 3.0),
        Material("stone", brightened(masonry.stone(256, sooty=0.2), 1.2), 1.4),
        Material("white", flat(32, (0.86, 0.86, 0.84), 0.7), 1.0),
        Material("bark", metal_and_wood.wood(256), 2.0),
        Material("leaves", brightened(lawn, 1.55), 4.0),
        Material("flowers", flat(32, (0.72, 0.16, 0.15), 0.6), 1.0),
        Material("render", masonry.render(256, (0.83, 0.77, 0.67)), 3.0),
        Material("tiles", masonry.slate(512, 12, 12, (0.46, 0.30, 0.235)), 2.0),
        Material("glass", flat(32, (0.10, 0.125, 0.15), 0.1), 1.0),
    ]


def _glow(
    material: cycles.Untyped, color: tuple[float, float, float], strength: float
) -> None:
    shader = material.node_tree.nodes["Principled BSDF"]
    shader.inputs["Emission Color"].default_value = (*color, 1)
    shader.inputs["Emission Strength"].default_value = strength


def _sky(color: tuple[float, float, float], strength: float) -> cycles.Untyped:
    world = bpy.data.worlds.new("sky")
    bpy.context.scene.world = world
    world.use_nodes = True
    background = world.node_tree.nodes["Background"]
    background.inputs["Color"].default_value = (*color, 1)
    background.inputs["Strength"].default_value = strength
    return world


def _day_sky() -> None:
    """Hang a summer sky: deeper blue overhead, and clouds of layered noise."""
    tree = _sky((0.3, 0.5, 0.9), 0.85).node_tree
    where = tree.nodes.new("ShaderNodeTexCoord")
    split = tree.nodes.new("ShaderNodeSeparateXYZ")
    tree.links.new(where.outputs["Generated"], split.inputs[0])
    blue = _ramp(
        tree,
        split.outputs["Z"],
        (
            (0.0, (0.62, 0.74, 0.86)),
            (0.25, (0.26, 0.47, 0.80)),
            (1.0, (0.07, 0.20, 0.55)),
        ),
    )
    noise = tree.nodes.new("ShaderNodeTexNoise")
    noise.inputs["Scale"].default_value = 2.6
    noise.inputs["Detail"].default_value = 9.0
    stretch = tree.nodes.new("ShaderNodeMapping")
    stretch.inputs["Scale"].default_value = (1.0, 1.0, 3.2)
    tree.links.new(where.outputs["Generated"], stretch.inputs["Vector"])
    tree.links.new(stretch.outputs["Vector"], noise.inputs["Vector"])
    cover = _ramp(tree, noise.outputs[0], ((0.50, (0, 0, 0)), (0.68, (1, 1, 1))))
    both = tree.nodes.new("ShaderNodeMixRGB")
    both.inputs["Color2"].default_value = (0.95, 0.95, 0.96, 1)
    tree.links.new(cover, both.inputs["Fac"])
    tree.links.new(blue, both.inputs["Color1"])
    tree.links.new(both.outputs["Color"], tree.nodes["Background"].inputs["Color"])


def _ramp(
    tree: cycles.Untyped,
    value: cycles.Untyped,
    stops: tuple[tuple[float, tuple[float, ...]], ...],
) -> cycles.Untyped:
    node = tree.nodes.new("ShaderNodeValToRGB")
    elements = node.color_ramp.elements
    while len(elements) < len(stops):
        elements.new(0.5)
    for element, (place, color) in zip(elements, stops, strict=True):
        element.position, element.color = place, (*color, 1)
    tree.links.new(value, node.inputs["Fac"])
    return node.outputs["Color"]
