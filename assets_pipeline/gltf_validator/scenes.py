"""Validate nodes, skins, animations, cameras, lights and images."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.errors.exceptions import AssetError
from assets_pipeline.gltf_validator.gltf_file import GltfFile, object_of, objects_of
from assets_pipeline.gltf_validator.schema_check import Fault
from assets_pipeline.images.decoding import check_image, sniff_media_type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assets_pipeline.gltf.materials import Payload
    from assets_pipeline.gltf_validator.gltf_file import Object

_FLOAT: Final = 5126
_SLACK: Final = 1e-3
_MATRIX: Final = 16
_MOST_SCENES: Final = 100
_LIGHTS: Final = "KHR_lights_punctual"
_READ_TYPES: Final = ("image/png", "image/jpeg")


def scene_faults(file: GltfFile) -> Iterator[Fault]:
    """Yield the faults of nodes, skins, animations, cameras, lights and images."""
    parents = _parents(file)
    roots = _roots(file, parents)
    for i, node in enumerate(file.objects("nodes")):
        yield from _node(file, node, f"nodes[{i}]")
    yield from _skinned(file, roots)
    for i, skin in enumerate(file.objects("skins")):
        yield from _skin(file, skin, f"skins[{i}]", roots)
    for i, scene in enumerate(file.objects("scenes")):
        for index in _numbers(scene.get("nodes")):
            if index in parents:
                yield Fault(f"scenes[{i}].nodes", f"names {index}, which has a parent")
    for i, animation in enumerate(file.objects("animations")):
        yield from _animation(file, animation, f"animations[{i}]")
    for i, camera in enumerate(file.objects("cameras")):
        if "perspective" in camera and "orthographic" in camera:
            yield Fault(f"cameras[{i}]", "is of two kinds")
    yield from _lights(file)
    for i, image in enumerate(file.objects("images")):
        yield from _image(file, image, f"images[{i}]")


def _parents(file: GltfFile) -> dict[int, int]:
    found: dict[int, int] = {}
    for i, node in enumerate(file.objects("nodes")):
        for child in _numbers(node.get("children")):
            found[child] = i
    return found


def _roots(file: GltfFile, parents: dict[int, int]) -> dict[int, int]:
    """Return the root above each node; in a ring, one of its nodes."""
    found: dict[int, int] = {}
    for node in range(len(file.objects("nodes"))):
        path, at, seen = [], node, set[int]()
        while at in parents and at not in found and at not in seen:
            seen.add(at)
            path.append(at)
            at = parents[at]
        root = found.get(at, at)
        found.update(dict.fromkeys(path, root))
        found.setdefault(node, root)
    return found


def _node(file: GltfFile, node: Object, place: str) -> Iterator[Fault]:
    if "matrix" in node:
        if {"translation", "rotation", "scale"} & node.keys():
            yield Fault(place, "has a matrix and what a matrix is made of")
        if not _is_decomposable(node["matrix"]):
            yield Fault(f"{place}.matrix", "shears, or is none")
    turn = node.get("rotation")
    if (
        _is_numbers(turn, 4)
        and abs(float(np.linalg.norm(np.array(turn, float))) - 1) > _SLACK
    ):
        yield Fault(f"{place}.rotation", "is not of length 1")
    for name in ("skin", "weights"):
        if name in node and "mesh" not in node:
            yield Fault(f"{place}.{name}", "needs a mesh")
    mesh = file.named("meshes", node.get("mesh"))
    if mesh is None:
        return
    primitives = objects_of(mesh.get("primitives"))
    has_joints = [
        any(str(n).startswith("JOINTS_") for n in object_of(p.get("attributes")))
        for p in primitives
    ]
    if "skin" in node and not all(has_joints):
        yield Fault(f"{place}.skin", "moves a mesh that follows no joints")
    weights = node.get("weights")
    targets = {len(objects_of(p.get("targets"))) for p in primitives}
    if isinstance(weights, list) and len(weights) not in targets:
        yield Fault(f"{place}.weights", "has another length than targets")


def _is_decomposable(matrix: Payload) -> bool:
    if not _is_numbers(matrix, _MATRIX):
        return True  # told elsewhere
    columns = np.array(matrix, float).reshape(4, 4).T
    if not np.allclose(columns[3], (0, 0, 0, 1)):
        return False
    axes = columns[:3, :3]
    lengths = np.linalg.norm(axes, axis=0)
    if (lengths == 0).any():
        return False
    turned = axes / lengths
    return bool(np.allclose(turned.T @ turned, np.eye(3), atol=_SLACK))


def _skinned(file: GltfFile, roots: dict[int, int]) -> Iterator[Fault]:
    """Give the faults of skinned nodes whose joints no scene of their own shows."""
    shown = [
        frozenset(_numbers(scene.get("nodes")))
        for scene in file.objects("scenes")[:_MOST_SCENES]
    ]
    hidden: list[tuple[bool, ...]] = []
    for skin in file.objects("skins"):
        tops = {roots.get(joint, joint) for joint in _numbers(skin.get("joints"))}
        hidden.append(tuple(not tops <= scene for scene in shown))
    for i, node in enumerate(file.objects("nodes")):
        if file.named("skins", node.get("skin")) is None:
            continue
        away = hidden[int(node["skin"])]  # type: ignore[arg-type]  # it names one
        if any(roots[i] in scene and away[j] for j, scene in enumerate(shown)):
            yield Fault(f"nodes[{i}].skin", "follows joints that are not shown")


def _skin(
    file: GltfFile, skin: Object, place: str, roots: dict[int, int]
) -> Iterator[Fault]:
    joints = _numbers(skin.get("joints"))
    if len({roots.get(joint, joint) for joint in joints}) > 1:
        yield Fault(f"{place}.joints", "have no common root")
    index = skin.get("inverseBindMatrices")
    accessor = file.named("accessors", index)
    if accessor is None or not isinstance(index, int):
        return
    count = accessor.get("count")
    is_fit = accessor.get("type") == "MAT4" and accessor.get("componentType") == _FLOAT
    if not is_fit or (isinstance(count, int) and count < len(joints)):
        yield Fault(f"{place}.inverseBindMatrices", "is not one matrix a joint")
        return
    held = file.array(index)
    if held is not None and held.kind == "MAT4":
        last = held.values.reshape(-1, 4, 4)[:, :, 3]
        if not (last == (0, 0, 0, 1)).all():
            yield Fault(f"{place}.inverseBindMatrices", "do more than place joints")


def _animation(file: GltfFile, animation: Object, place: str) -> Iterator[Fault]:
    samplers = objects_of(animation.get("samplers"))
    seen: set[tuple[object, object]] = set()
    for i, channel in enumerate(objects_of(animation.get("channels"))):
        target = object_of(channel.get("target"))
        node, path = target.get("node"), target.get("path")
        where = f"{place}.channels[{i}]"
        if _valid_index(samplers, channel.get("sampler")) is None:
            yield Fault(f"{where}.sampler", "names none there is")
        if node is not None and (str(node), path) in seen:
            yield Fault(f"{where}.target", "is moved by two channels")
        seen.add((str(node), path))
        found = file.named("nodes", node)
        if found is not None and "matrix" in found and path != "pointer":
            yield Fault(f"{where}.target", "is placed by a matrix")
        pointer = object_of(
            object_of(target.get("extensions")).get("KHR_animation_pointer")
        )
        text = pointer.get("pointer")
        if isinstance(text, str) and text and not text.startswith("/"):
            yield Fault(f"{where}.target", "points at nothing")
        sampler = _valid_index(samplers, channel.get("sampler"))
        if sampler is not None and isinstance(path, str):
            yield from _output(file, sampler, path, where)
    for i, sampler in enumerate(samplers):
        yield from _input(file, sampler, f"{place}.samplers[{i}]")


def _output(file: GltfFile, sampler: Object, path: str, place: str) -> Iterator[Fault]:
    output = file.named("accessors", sampler.get("output"))
    times = file.named("accessors", sampler.get("input"))
    wanted = {"translation": "VEC3", "rotation": "VEC4", "scale": "VEC3"}.get(path)
    if output is None or wanted is None:
        return
    if output.get("type") != wanted:
        yield Fault(place, f"moves {path} by {output.get('type')}")
        return
    each = 3 if sampler.get("interpolation") == "CUBICSPLINE" else 1
    count, steps = output.get("count"), times.get("count") if times else None
    if isinstance(count, int) and isinstance(steps, int) and count != each * steps:
        yield Fault(place, f"has {count} values for {steps} times")
    index = sampler.get("output")
    held = file.array(index) if isinstance(index, int) else None
    if held is not None and path == "rotation":
        turns = held.values[1::3] if each > 1 else held.values
        lengths = np.linalg.norm(turns, axis=1)
        if (np.abs(lengths - 1) > 0.01).any():  # noqa: PLR2004  # coarser than any quantisation
            yield Fault(place, "turns by what is not of length 1")


def _input(file: GltfFile, sampler: Object, place: str) -> Iterator[Fault]:
    index = sampler.get("input")
    times = file.named("accessors", index)
    if times is None or not isinstance(index, int):
        return
    if times.get("type") != "SCALAR" or times.get("componentType") != _FLOAT:
        yield Fault(f"{place}.input", "is not a list of seconds")
        return
    if not {"min", "max"} <= times.keys():
        yield Fault(f"{place}.input", "lacks its least and greatest values")
    if sampler.get("interpolation") == "CUBICSPLINE" and times.get("count") == 1:
        yield Fault(f"{place}.input", "has one time, and a curve needs two")
    held = file.array(index)
    if held is not None:
        seconds = held.values.ravel()
        if (seconds < 0).any() or (np.diff(seconds) <= 0).any():
            yield Fault(f"{place}.input", "does not grow")


def _lights(file: GltfFile) -> Iterator[Fault]:
    known = objects_of(
        object_of(object_of(_object_at(file, "extensions")).get(_LIGHTS)).get("lights")
    )
    for i, light in enumerate(known):
        place = f"extensions.{_LIGHTS}.lights[{i}]"
        spot = light.get("spot")
        if light.get("type") == "spot" and not isinstance(spot, dict):
            yield Fault(f"{place}.spot", "is missing")
        elif isinstance(spot, dict):
            inner, outer = (
                spot.get("innerConeAngle", 0.0),
                spot.get("outerConeAngle", np.pi / 4),
            )
            if (
                isinstance(inner, int | float)
                and isinstance(outer, int | float)
                and inner >= outer
            ):
                yield Fault(f"{place}.spot", "has an inner cone as wide as the outer")
    for i, node in enumerate(file.objects("nodes")):
        use = object_of(object_of(node.get("extensions")).get(_LIGHTS))
        if use and _valid_index(known, use.get("light")) is None:
            yield Fault(
                f"nodes[{i}].extensions.{_LIGHTS}", "names a light there is not"
            )


def _image(file: GltfFile, image: Object, place: str) -> Iterator[Fault]:
    if ("uri" in image) == ("bufferView" in image):
        yield Fault(place, "has two sources, or none")
        return
    if "bufferView" in image and "mimeType" not in image:
        yield Fault(f"{place}.mimeType", "is missing")
    view = file.named("bufferViews", image.get("bufferView"))
    if view is not None and "byteStride" in view:
        yield Fault(f"{place}.bufferView", "has a stride")
    try:
        content = _picture(file, image)
        if content is not None and sniff_media_type(content) in _READ_TYPES:
            check_image(content, place)
    except AssetError as error:
        yield Fault.from_error(error, place)
        return
    said = image.get("mimeType")
    if content is None:
        return
    found = sniff_media_type(content)
    if found is None and said in _READ_TYPES:
        yield Fault(place, "is no picture")
    elif isinstance(said, str) and found is not None and found != said:
        yield Fault(f"{place}.mimeType", f"is {said[:20]}, and the picture {found}")


def _picture(file: GltfFile, image: Object) -> bytes | None:
    uri, view = image.get("uri"), image.get("bufferView")
    if isinstance(uri, str):
        return file.content(uri)
    if isinstance(view, int) and file.named("bufferViews", view) is not None:
        return file.view(view)
    return None


def _object_at(file: GltfFile, name: str) -> Payload:
    return file.root.values.get(name)


def _valid_index(items: list[Object], index: Payload) -> Object | None:
    is_number = isinstance(index, int) and not isinstance(index, bool)
    if is_number and isinstance(index, int) and 0 <= index < len(items):
        return items[index]
    return None


def _numbers(value: Payload) -> list[int]:
    if not isinstance(value, list):
        return []
    return [v for v in value if isinstance(v, int) and not isinstance(v, bool)]


def _is_numbers(value: Payload, count: int) -> bool:
    is_list = isinstance(value, list) and len(value) == count
    return is_list and all(isinstance(v, int | float) for v in value)  # type: ignore[union-attr]  # a list
