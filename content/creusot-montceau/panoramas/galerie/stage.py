"""Sets the gallery up in Blender and photographs it all around."""

from __future__ import annotations

from typing import TYPE_CHECKING

import bpy
from kit import cycles, metal_and_wood
from kit.glb import Material
from kit.maps import Maps

from galerie import air_and_light, haulage, rock, timber
from galerie import figures as f

if TYPE_CHECKING:
    import numpy as np

EXPOSURE = 2.6
_STEP_M = 0.016
_RUST = (0.24, 0.165, 0.12)
_FLAME = (1.0, 0.58, 0.24)


def seen_all_around(width_px: int, samples: int) -> np.ndarray:
    """Return the panorama, (width / 2, width, 3), linear light."""
    cycles.empty_scene(cycles.Exposure(width_px, width_px // 2, samples, 3))
    _world()
    coarse = 4096 / width_px
    step = _STEP_M * min(2.5, coarse**0.5)
    skin = _rock_material()
    for name, walls in (
        ("main gallery", rock.main_gallery(step)),
        ("side heading", rock.side_heading(step)),
        ("coal face", rock.coal_face(step)),
    ):
        cycles.add_mesh(
            name,
            walls.positions,
            walls.triangles,
            skin,
            marks={"coal": walls.coal, "dust": walls.dust},
        )
    made = cycles.add_parts(
        (
            timber.frames(),
            timber.lagging(),
            timber.tools(),
            haulage.track(),
            haulage.tub(),
            haulage.lumps(),
            air_and_light.pipes(),
            air_and_light.lamps(),
        ),
        _materials(),
    )
    _light(made["lit glass"])
    cycles.camera((0, f.EYE, 0), (0, f.EYE, -1), None)
    return cycles.photograph()


def _materials() -> list[Material]:
    iron = metal_and_wood.weathered_paint(1024, (0.20, 0.195, 0.19), _RUST)
    wood = metal_and_wood.wood(1024)
    return [
        Material("log", _turned(wood, 1.12), 2.0),
        Material("board", wood, 2.0),
        Material("iron", iron, 1.5),
        Material("rail", metal_and_wood.steel(1024), 1.7),
        Material(
            "zinc",
            metal_and_wood.weathered_paint(1024, (0.36, 0.36, 0.355), _RUST),
            1.5,
        ),
        Material("coal lumps", _coal(256), 0.4),
        Material("brass", _brass(128), 1.0),
        Material("lit glass", metal_and_wood.wood(64), 1.0),
    ]


def _turned(maps: Maps, brighter: float) -> Maps:
    """Return maps with their grain upright."""
    return Maps(
        maps.color.swapaxes(0, 1) * brighter,
        maps.height_m.T * 1.6,
        maps.occlusion.T,
        maps.roughness.T,
        maps.metallic.T,
    )


def _coal(size: int) -> Maps:
    from kit.maps import cloud, flat, smooth  # noqa: PLC0415  used here alone

    plain = flat(size, (0.115, 0.113, 0.115), 0.36)
    fine = cloud(201, size, 0.9)
    return Maps(
        plain.color + 0.02 * fine[..., None],
        0.0004 * fine,
        plain.occlusion,
        0.34 + 0.22 * smooth(fine, -0.5, 1.5),
        plain.metallic,
    )


def _brass(size: int) -> Maps:
    from kit.maps import cloud, flat  # noqa: PLC0415  used here alone

    plain = flat(size, (0.62, 0.47, 0.26), 0.33)
    return Maps(
        plain.color,
        0.0001 * cloud(202, size, 1.0),
        plain.occlusion,
        plain.roughness,
        plain.occlusion,
    )


def _world() -> None:
    world = bpy.data.worlds.new("night")
    bpy.context.scene.world = world
    world.use_nodes = True
    world.node_tree.nodes["Background"].inputs["Strength"].default_value = 0.0


def _rock_material() -> object:
    """Return shale, coal and dust, mixed by the marks on the walls."""
    made = bpy.data.materials.new("rock")
    made.use_nodes = True
    tree = made.node_tree
    shader = tree.nodes["Principled BSDF"]
    where = tree.nodes.new("ShaderNodeTexCoord")
    rough = _noise(tree, where, 9.0, 8)
    fine = _noise(tree, where, 60.0, 6)
    coal, dust = _mark(tree, "coal"), _mark(tree, "dust")
    stone = _ramp(
        tree,
        rough,
        (
            (0.25, (0.060, 0.056, 0.052)),
            (0.5, (0.135, 0.122, 0.108)),
            (0.75, (0.215, 0.190, 0.160)),
        ),
    )
    black = _ramp(
        tree, fine, ((0.3, (0.006, 0.006, 0.007)), (0.7, (0.020, 0.020, 0.022)))
    )
    ground = _ramp(
        tree, fine, ((0.3, (0.022, 0.021, 0.020)), (0.7, (0.085, 0.078, 0.070)))
    )
    color = _mixed(tree, _mixed(tree, stone, black, coal), ground, dust)
    tree.links.new(color, shader.inputs["Base Color"])
    shine = tree.nodes.new("ShaderNodeMapRange")
    shine.inputs["To Min"].default_value, shine.inputs["To Max"].default_value = (
        0.82,
        0.30,
    )
    tree.links.new(coal, shine.inputs["Value"])
    tree.links.new(shine.outputs["Result"], shader.inputs["Roughness"])
    bump = tree.nodes.new("ShaderNodeBump")
    bump.inputs["Strength"].default_value = 0.55
    bump.inputs["Distance"].default_value = 0.02
    tree.links.new(fine, bump.inputs["Height"])
    tree.links.new(bump.outputs["Normal"], shader.inputs["Normal"])
    return made


def _noise(tree: object, where: object, scale: float, detail: float) -> object:
    node = tree.nodes.new("ShaderNodeTexNoise")
    node.inputs["Scale"].default_value = scale
    node.inputs["Detail"].default_value = detail
    tree.links.new(where.outputs["Object"], node.inputs["Vector"])
    return node.outputs[0]


def _mark(tree: object, name: str) -> object:
    node = tree.nodes.new("ShaderNodeAttribute")
    node.attribute_name = name
    return node.outputs["Fac"]


def _ramp(tree: object, value: object, stops: tuple) -> object:
    node = tree.nodes.new("ShaderNodeValToRGB")
    elements = node.color_ramp.elements
    while len(elements) < len(stops):
        elements.new(0.5)
    for element, (place, color) in zip(elements, stops, strict=True):
        element.position, element.color = place, (*color, 1)
    tree.links.new(value, node.inputs["Fac"])
    return node.outputs["Color"]


def _mixed(tree: object, first: object, second: object, part: object) -> object:
    node = tree.nodes.new("ShaderNodeMixRGB")
    tree.links.new(part, node.inputs["Fac"])
    tree.links.new(first, node.inputs["Color1"])
    tree.links.new(second, node.inputs["Color2"])
    return node.outputs["Color"]


def _light(glass: object) -> None:
    """Light the lamps, and the bulbs of the visit, kept out of sight."""
    shader = glass.node_tree.nodes["Principled BSDF"]
    for name in ("Base Color", "Normal", "Roughness", "Metallic"):
        for link in list(shader.inputs[name].links):
            glass.node_tree.links.remove(link)
    shader.inputs["Base Color"].default_value = (0, 0, 0, 1)
    shader.inputs["Emission Color"].default_value = (*_FLAME, 1)
    shader.inputs["Emission Strength"].default_value = 60.0
    for thing in bpy.data.objects:
        if thing.name == "lamps: lit glass":
            thing.visible_shadow = thing.visible_diffuse = False
    for (x, y, z), watts in f.LAMPS:
        cycles.point_light((x, y + 0.01, z), watts, _FLAME, 0.02)
    for at, watts in f.FILLS:
        cycles.point_light(at, watts, (1.0, 0.80, 0.58), 0.22)
