"""Read the animations of a glTF file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.gltf.accessors import Accessor, create_accessor
from assets_pipeline.gltf.document import (
    Animation,
    AnimationChannel,
    AnimationSampler,
    Interpolation,
    Node,
    Path,
)
from assets_pipeline.readers.json_fields import Fields, get_item

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assets_pipeline.readers.gltf.accessors import AccessorReader

_PATHS: Final[Mapping[str, Path | None]] = {
    "translation": "translation",
    "rotation": "rotation",
    "scale": "scale",
    "weights": "weights",
    "pointer": None,  # KHR_animation_pointer: names by number, which change here
}
_INTERPOLATIONS: Final[Mapping[str, Interpolation]] = {
    "LINEAR": "LINEAR",
    "STEP": "STEP",
    "CUBICSPLINE": "CUBICSPLINE",
}
_WIDTHS: Final[Mapping[Path, int]] = {"translation": 3, "rotation": 4, "scale": 3}
_CUBIC_VALUES = 3


class AnimationReader:
    """Reads the animations of one glTF file."""

    def __init__(self, root: Fields, arrays: AccessorReader, nodes: list[Node]) -> None:
        self._root = root
        self._arrays = arrays
        self._nodes = nodes
        self._made: dict[tuple[int, str], Accessor] = {}

    def all(self) -> list[Animation]:
        """Return the animations that move something."""
        found = [self._animation(f) for f in self._root.children("animations")]
        return [animation for animation in found if animation.channels]

    def _animation(self, fields: Fields) -> Animation:
        sampler_fields = fields.children("samplers")
        samplers: dict[int, AnimationSampler] = {}
        channels: list[AnimationChannel] = []
        taken: set[tuple[int, Path]] = set()
        for item in fields.children("channels"):
            target = item.child("target")
            path, node = target.choice("path", None, _PATHS), target.index("node")
            if path is None or node is None:
                continue  # to be ignored (glTF 2.0, section 3.11)
            moved = get_item(self._nodes, node, target.place)
            index = item.integer("sampler")
            if index not in samplers:
                of = get_item(sampler_fields, index, item.place)
                samplers[index] = self._sampler(of)
            _check_fit(samplers[index], path, moved, item)
            if (node, path) in taken:
                raise item.inconsistent(name="target", reason="is moved twice")
            taken.add((node, path))
            channels.append(AnimationChannel(moved, path, samplers[index]))
        name = fields.optional_string("name")
        return Animation(channels, name, fields.values.get("extras"))

    def _sampler(self, fields: Fields) -> AnimationSampler:
        times = self._floats(fields.integer("input"), f"{fields.place}.input")
        is_growing = (np.diff(times.values[:, 0]) > 0).all()
        if times.kind != "SCALAR" or not is_growing or times.values[0, 0] < 0:
            raise fields.inconsistent(
                name="input", reason="is not a growing list of seconds"
            )
        return AnimationSampler(
            times,
            self._floats(fields.integer("output"), f"{fields.place}.output"),
            _interpolation(fields),
        )

    def _floats(self, index: int, place: str) -> Accessor:
        """Return an accessor as float32; the same object each time."""
        key = (index, "floats")
        if key not in self._made:
            stored = self._arrays.read_accessor(index, place)
            values = np.nan_to_num(stored.values, nan=0.0, posinf=0.0, neginf=0.0)
            self._made[key] = create_accessor(values, kind=stored.kind)
        return self._made[key]


def _interpolation(fields: Fields) -> Interpolation:
    """Return what lies between keys; a number, as Babylon's exporters wrote, says none."""
    if not isinstance(fields.values.get("interpolation", ""), str):
        return "LINEAR"
    return fields.choice("interpolation", "LINEAR", _INTERPOLATIONS)


def _check_fit(sampler: AnimationSampler, path: Path, node: Node, item: Fields) -> None:
    """Refuse output values that are not as many and as wide as the path needs."""
    values_a_key = _CUBIC_VALUES if sampler.interpolation == "CUBICSPLINE" else 1
    width = _WIDTHS.get(path, 1)
    if path == "weights":
        mesh = node.mesh
        primitives = mesh.primitives if mesh is not None else []
        values_a_key *= max((len(p.targets) for p in primitives), default=0)
    has_width = sampler.output.array.shape[1] == width
    if not has_width or sampler.output.count != sampler.input.count * values_a_key:
        raise item.inconsistent(name="sampler", reason="does not have one value a key")
