"""Brings drawn parts into Blender and photographs them with Cycles.

Needs the package ``bpy`` (tried with 5.0). Frames: ours is +Y up, Blender's +Z up, so
that (x, y, z) becomes (x, -z, y); cameras and lights are given in ours.
"""

from __future__ import annotations

import math
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import bpy
import numpy as np

from kit.maps import normal_map

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kit.canvas import Canvas, Surface
    from kit.glb import Material
    from kit.maps import Array

Untyped = Any
"""A value of Blender's, which ships no types."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """How a picture is taken."""

    width_px: int
    height_px: int
    samples: int = 96
    bounces: int = 6


def empty_scene(exposure: Exposure) -> Untyped:
    """Return Blender's scene with nothing in it, set to path tracing on processors."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.render.resolution_x = exposure.width_px
    scene.render.resolution_y = exposure.height_px
    scene.render.resolution_percentage = 100
    scene.view_settings.view_transform = "Raw"
    cycles = scene.cycles
    cycles.device, cycles.seed = "CPU", 0
    cycles.samples = exposure.samples
    cycles.use_adaptive_sampling = False
    cycles.use_denoising, cycles.denoiser = True, "OPENIMAGEDENOISE"
    cycles.max_bounces = exposure.bounces
    cycles.diffuse_bounces = cycles.glossy_bounces = exposure.bounces
    cycles.sample_clamp_indirect = 4.0
    cycles.caustics_reflective = cycles.caustics_refractive = False
    return scene


def placed(point: Sequence[float]) -> tuple[float, float, float]:
    """Return a point of ours in Blender's frame."""
    x, y, z = point
    return float(x), float(-z), float(y)


def add_parts(
    parts: Iterable[Canvas], materials: Sequence[Material]
) -> dict[str, Untyped]:
    """Add parts, one object a surface; return Blender's materials by name."""
    made = {material.name: _material(material) for material in materials}
    for part in parts:
        for name, surface in sorted(part.surfaces.items()):
            add_surface(f"{part.name}: {name}", surface, made[name])
    return made


def add_surface(name: str, surface: Surface, material: Untyped) -> Untyped:
    """Add one object made of a surface's triangles; return it."""
    positions = np.concatenate(surface.positions)
    normals = np.concatenate(surface.normals)
    uvs = np.concatenate(surface.uvs)
    triangles = np.concatenate(surface.triangles)
    return add_mesh(name, positions, triangles, material, normals=normals, uvs=uvs)


def add_mesh(
    name: str,
    positions: Array,
    triangles: np.ndarray,
    material: Untyped,
    *,
    normals: Array | None = None,
    uvs: Array | None = None,
    marks: dict[str, Array] | None = None,
) -> Untyped:
    """Add (n, 3) points and (m, 3) triangles; return the object.

    Parameters
    ----------
    name
        The object's.
    positions, triangles
        Metres, our frame.
    material
        Blender's.
    normals : (n, 3), optional
        Smooth where left out.
    uvs : (n, 2), optional
        v grows downwards, as in glTF.
    marks
        Numbers kept at each point, by name, for the material to read.
    """
    mesh = bpy.data.meshes.new(name)
    points = np.stack([positions[:, 0], -positions[:, 2], positions[:, 1]], 1)
    mesh.vertices.add(len(points))
    mesh.vertices.foreach_set("co", points.astype(np.float32).ravel())
    corners = np.ascontiguousarray(triangles, np.int32).ravel()
    mesh.loops.add(len(corners))
    mesh.loops.foreach_set("vertex_index", corners)
    mesh.polygons.add(len(triangles))
    mesh.polygons.foreach_set(
        "loop_start", np.arange(0, len(corners), 3, dtype=np.int32)
    )
    mesh.polygons.foreach_set("use_smooth", np.ones(len(triangles), bool))
    if uvs is not None:
        layer = mesh.uv_layers.new(name="uv")
        flipped = np.stack([uvs[:, 0], 1 - uvs[:, 1]], 1)[corners]
        layer.data.foreach_set("uv", flipped.astype(np.float32).ravel())
    for mark, values in (marks or {}).items():
        attribute = mesh.attributes.new(mark, "FLOAT", "POINT")
        attribute.data.foreach_set("value", np.asarray(values, np.float32))
    mesh.update(calc_edges=True)
    mesh.validate()
    if normals is not None:
        turned = np.stack([normals[:, 0], -normals[:, 2], normals[:, 1]], 1)
        mesh.normals_split_custom_set_from_vertices(turned.tolist())
    mesh.materials.append(material)
    thing = bpy.data.objects.new(name, mesh)
    bpy.context.scene.collection.objects.link(thing)
    return thing


def _material(material: Material) -> Untyped:
    """Return a Principled material that shows drawn maps."""
    made = bpy.data.materials.new(material.name)
    made.use_nodes = True
    tree = made.node_tree
    shader = tree.nodes["Principled BSDF"]
    maps = material.maps
    pixel_m = material.width_m / len(maps.height_m)
    orm = np.stack([maps.occlusion, maps.roughness, maps.metallic], -1)
    normals = normal_map(maps.height_m, pixel_m) / 255.0
    color = _texture(tree, f"{material.name} colour", maps.color, "sRGB")
    packed = _texture(tree, f"{material.name} surface", orm, "Non-Color")
    relief = _texture(tree, f"{material.name} relief", normals, "Non-Color")
    split = tree.nodes.new("ShaderNodeSeparateColor")
    bent = tree.nodes.new("ShaderNodeNormalMap")
    tree.links.new(color.outputs["Color"], shader.inputs["Base Color"])
    tree.links.new(packed.outputs["Color"], split.inputs["Color"])
    tree.links.new(split.outputs["Green"], shader.inputs["Roughness"])
    tree.links.new(split.outputs["Blue"], shader.inputs["Metallic"])
    tree.links.new(relief.outputs["Color"], bent.inputs["Color"])
    tree.links.new(bent.outputs["Normal"], shader.inputs["Normal"])
    return made


def _texture(tree: Untyped, name: str, values: Array, space: str) -> Untyped:
    size = len(values)
    image = bpy.data.images.new(name, size, size, float_buffer=False)
    image.colorspace_settings.name = space
    pixels = np.ones((size, size, 4), np.float32)
    pixels[..., :3] = np.clip(values[::-1], 0, 1)
    image.pixels.foreach_set(pixels.ravel())
    image.pack()
    node = tree.nodes.new("ShaderNodeTexImage")
    node.image = image
    return node


def plain(
    name: str,
    color: tuple[float, float, float],
    *,
    rough: float = 0.8,
    metal: float = 0.0,
    glow: float = 0.0,
) -> Untyped:
    """Return a material of one linear colour; with `glow`, it gives off light."""
    made = bpy.data.materials.new(name)
    made.use_nodes = True
    shader = made.node_tree.nodes["Principled BSDF"]
    shader.inputs["Base Color"].default_value = (*color, 1)
    shader.inputs["Roughness"].default_value = rough
    shader.inputs["Metallic"].default_value = metal
    if glow:
        shader.inputs["Emission Color"].default_value = (*color, 1)
        shader.inputs["Emission Strength"].default_value = glow
    return made


def point_light(
    at: Sequence[float], watts: float, color: Sequence[float], radius_m: float
) -> Untyped:
    """Add a small round light that is itself unseen."""
    return _light("POINT", at, watts, color, radius_m)


def area_light(
    at: Sequence[float],
    towards: Sequence[float],
    watts: float,
    color: Sequence[float],
    edge_m: float,
) -> Untyped:
    """Add a square light that looks at a point."""
    thing = _light("AREA", at, watts, color, edge_m)
    _look(thing, at, towards)
    return thing


def sun_light(
    towards: Sequence[float], strength: float, color: Sequence[float], angle_deg: float
) -> Untyped:
    """Add the sun, shining in a direction."""
    thing = _light("SUN", (0, 0, 0), strength, color, 0)
    thing.data.angle = math.radians(angle_deg)
    _look(thing, (0, 0, 0), towards)
    return thing


def _light(
    kind: str,
    at: Sequence[float],
    watts: float,
    color: Sequence[float],
    size_m: float,
) -> Untyped:
    lamp = bpy.data.lights.new(kind.lower(), kind)
    lamp.energy, lamp.color = watts, tuple(color)
    if kind == "AREA":
        lamp.size = size_m
    elif kind == "POINT":
        lamp.shadow_soft_size = size_m
    thing = bpy.data.objects.new(kind.lower(), lamp)
    thing.location = placed(at)
    bpy.context.scene.collection.objects.link(thing)
    return thing


def camera(
    at: Sequence[float], towards: Sequence[float], field_of_view_deg: float | None
) -> Untyped:
    """Add the camera; without a field of view (of its width) it sees all around."""
    eye = bpy.data.cameras.new("camera")
    thing = bpy.data.objects.new("camera", eye)
    bpy.context.scene.collection.objects.link(thing)
    bpy.context.scene.camera = thing
    thing.location = placed(at)
    _look(thing, at, towards)
    eye.clip_start, eye.clip_end = 0.05, 500.0
    if field_of_view_deg is None:
        eye.type = "PANO"
        eye.panorama_type = "EQUIRECTANGULAR"
    else:
        eye.angle = math.radians(field_of_view_deg)
    return thing


def _look(thing: Untyped, at: Sequence[float], towards: Sequence[float]) -> None:
    from mathutils import Vector  # noqa: PLC0415  comes with bpy

    way = Vector(placed(towards)) - Vector(placed(at))
    thing.rotation_mode = "QUATERNION"
    thing.rotation_quaternion = way.to_track_quat("-Z", "Y")


def photograph() -> np.ndarray:
    """Return the rendered picture, (h, w, 3) float32, linear light, row 0 on top."""
    scene = bpy.context.scene
    settings = scene.render.image_settings
    settings.file_format, settings.color_depth = "OPEN_EXR", "32"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "picture.exr"
        scene.render.filepath = str(path)
        bpy.ops.render.render(write_still=True)
        image = bpy.data.images.load(str(path))
        image.colorspace_settings.name = "Non-Color"
        width, height = image.size
        pixels = np.zeros(width * height * 4, np.float32)
        image.pixels.foreach_get(pixels)
        bpy.data.images.remove(image)
    return pixels.reshape(height, width, 4)[::-1, :, :3]
