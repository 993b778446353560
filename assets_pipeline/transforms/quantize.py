"""Store attributes in fewer bits (KHR_mesh_quantization)."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from assets_pipeline.gltf.accessors import Accessor, create_accessor
from assets_pipeline.gltf.document import Document, Mesh, Node, Skin, local_matrices
from assets_pipeline.gltf.geometry import bounds
from assets_pipeline.gltf.materials import has_thickness

if TYPE_CHECKING:
    from assets_pipeline.arrays import AnyArray, Float32Array, Matrix
    from assets_pipeline.gltf.document import AnimationChannel, Primitive

_U16, _I16, _U8 = 65535, 32767, 255
_BYTE_BITS = 8
# Below this, half a step of 8 linear bits is more than one step of 8 sRGB bits.
_DARK = 0.07
_DARK_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class QuantizeOptions:
    """Bits of each kind of attribute; directions are left to `compress_meshopt`."""

    position_step_m: float = 0.002
    """At most, between neighbouring positions: nothing is off by over a millimetre."""
    least_position_bits: int = 13
    """Of positions that such a step would give fewer."""
    most_position_bits: int = 14
    """For such a step: of what is larger than 32 m one sees less than that."""
    uv_bits: int = 12
    dark_color_bits: int = 10
    """Of colours too dark for 8 bits of linear light; 8 gives them no more."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The quantization of positions: ``offset + step * integer``."""

    offset: tuple[float, float, float]
    step: float
    is_signed: bool = False
    """Whether 0 is its middle, not its start."""

    @property
    def matrix(self) -> Matrix:
        """(4, 4) float64, from integers to the mesh's own frame."""
        matrix = np.diag([self.step, self.step, self.step, 1.0])
        matrix[:3, 3] = self.offset
        return matrix


_UNTOUCHED = Grid((0.0, 0.0, 0.0), 1.0)

Done = dict[tuple[str, Accessor, Grid], Accessor]


def quantize(document: Document, options: QuantizeOptions | None = None) -> None:
    """Quantize positions, texture coordinates, colours, joints and weights.

    Each mesh gets one grid, so that its primitives keep meeting. A still node takes
    the grid into its own scale and translation; one that moves, or has children,
    gets a child that holds it; a skin takes it into its inverse bind matrices. What has
    a thickness keeps its positions: thickness is told in the mesh's own unit.
    """
    chosen = options or QuantizeOptions()
    grids: dict[int, Grid] = {}
    done: Done = {}
    for mesh in document.meshes():
        grids[id(mesh)] = _grid(mesh, chosen)
        if any(has_thickness(primitive.material) for primitive in mesh.primitives):
            grids[id(mesh)] = _UNTOUCHED
        for primitive in mesh.primitives:
            _quantize_primitive(primitive, grids[id(mesh)], chosen, done)
    _move_grids_into_nodes(document, grids)


def position_bits(mesh: Mesh, options: QuantizeOptions) -> int:
    """Return the bits that the positions of a mesh fill; they may need one more."""
    least, greatest = _bounds(mesh)
    return _count_steps(float((greatest - least).max()), options).bit_length() - 1


def _count_steps(size: float, options: QuantizeOptions) -> int:
    """Return how many numbers stand for the positions along a mesh's longest side."""
    wanted = math.ceil(min(size / options.position_step_m, _U16)) + 1
    most = 1 << options.most_position_bits
    return max(1 << options.least_position_bits, min(most, wanted))


def _bounds(mesh: Mesh) -> tuple[Float32Array, Float32Array]:
    corners = np.concatenate([bounds(p.positions) for p in mesh.primitives])
    return corners.min(axis=0), corners.max(axis=0)


def _grid(mesh: Mesh, options: QuantizeOptions) -> Grid:
    least, greatest = _bounds(mesh)
    size = float((greatest - least).max())
    numbers = _count_steps(size, options)
    moves = [
        np.abs(target["POSITION"].values).max()
        for primitive in mesh.primitives
        for target in primitive.targets
        if "POSITION" in target
    ]
    # Morph targets share the grid, and their steps must fit in 16 bits with a sign.
    least_step = float(max(moves, default=0.0)) / _I16
    if size > 0 and np.array_equal(least, -greatest):
        # About its own middle what repeats is placed as in the source, and corners are
        # halved without a remainder: not a pixel differs.
        step = size / min(numbers, 2 * _I16)
        return Grid((0.0, 0.0, 0.0), max(step, least_step), is_signed=True)
    step = size / (numbers - 1) if size > 0 else 1.0
    x, y, z = (float(value) for value in least)
    return Grid((x, y, z), max(step, least_step))


def _quantize_primitive(
    primitive: Primitive,
    grid: Grid,
    options: QuantizeOptions,
    done: Done,
) -> None:
    weights = _quantize_weights(primitive)
    for name, accessor in primitive.attributes.items():
        semantic = name.partition("_")[0]
        if semantic == "WEIGHTS":
            made = weights[name]
        else:
            # One array may serve as positions and as directions.
            key = semantic, accessor, grid
            if key not in done:
                done[key] = _quantize_values(semantic, accessor, grid, options)
            made = done[key]
        primitive.attributes[name] = made
    for target in primitive.targets:
        if "POSITION" in target and grid is not _UNTOUCHED:
            numbers = np.round(target["POSITION"].values / np.float32(grid.step))
            limited = numbers.clip(-_I16, _I16).astype(np.int16)
            target["POSITION"] = create_accessor(limited)


def _quantize_values(
    semantic: str, accessor: Accessor, grid: Grid, options: QuantizeOptions
) -> Accessor:
    if semantic == "POSITION" and grid is _UNTOUCHED:
        return accessor
    if semantic == "POSITION":
        return _quantize_positions(accessor, grid)
    if semantic == "TEXCOORD":
        return _quantize_uv(accessor, options.uv_bits)
    if semantic == "COLOR":
        return _quantize_color(accessor, options.dark_color_bits)
    if semantic == "JOINTS" and accessor.array.max(initial=0) <= _U8:
        return create_accessor(accessor.array.astype(np.uint8), kind=accessor.kind)
    return accessor


def _quantize_positions(accessor: Accessor, grid: Grid) -> Accessor:
    numbers = np.round((accessor.values.astype(np.float64) - grid.offset) / grid.step)
    if grid.is_signed:
        return create_accessor(numbers.clip(-_I16, _I16).astype(np.int16))
    return create_accessor(numbers.clip(0, _U16).astype(np.uint16))


def _quantize_uv(accessor: Accessor, bits: int) -> Accessor:
    """Return coordinates in [0, 1] as 16 bits; those that repeat stay float32."""
    values, slack = accessor.values, 1e-5
    if values.min() < -slack or values.max() > 1 + slack:
        return accessor
    return create_accessor(_color_levels(values, bits), normalized=True)


def _quantize_color(accessor: Accessor, dark_bits: int) -> Accessor:
    """Return colours as 8 bits, or as 16 where 8 linear bits would show as bands."""
    values = accessor.values
    width = 4
    if values.shape[1] == width and (values[:, 3] >= 1).all():
        values = values[:, :3]
    is_dark = np.quantile(values[:, :3], _DARK_SHARE) < _DARK
    if is_dark and dark_bits > _BYTE_BITS:
        return create_accessor(_color_levels(values, dark_bits), normalized=True)
    whole = np.round(values.clip(0, 1) * _U8).astype(np.uint8)
    return create_accessor(whole, normalized=True)


def _color_levels(values: Float32Array, bits: int) -> AnyArray:
    """Return [0, 1] as 16 bits of which only so many are used, both ends exact.

    The lowest bits are 0, for the codec to leave out: where they come of a division, an
    array takes 5 to 15 % more bytes at the same error, and dark colours 30 %.
    """
    step = 1 << (16 - bits)
    level = np.round(values.clip(0, 1).astype(np.float64) * (_U16 / step))
    return (level * step).clip(0, _U16).astype(np.uint16)


def _quantize_weights(primitive: Primitive) -> dict[str, Accessor]:
    """Return skin weights as 8 bits whose sum over all sets is exactly 1."""
    names = [n for n in primitive.attributes if n.startswith("WEIGHTS_")]
    if not names:
        return {}
    columns = [primitive.attributes[name].values for name in names]
    values = np.concatenate(columns, axis=1).clip(0).astype(np.float64)
    total = values.sum(axis=1, keepdims=True)
    values[total[:, 0] <= 0, 0] = 1.0
    values /= values.sum(axis=1, keepdims=True)
    whole = np.round(values * _U8).astype(np.int64)
    rows = np.arange(len(whole))
    whole[rows, whole.argmax(axis=1)] += _U8 - whole.sum(axis=1)
    parts = np.split(whole.astype(np.uint8), len(names), axis=1)
    return {
        name: create_accessor(part, normalized=True)
        for name, part in zip(names, parts, strict=True)
    }


def _move_grids_into_nodes(document: Document, grids: dict[int, Grid]) -> None:
    bound = {id(c.node) for a in document.animations for c in a.channels}
    bound |= {id(joint) for skin in document.skins() for joint in skin.joints}
    weighed: dict[int, list[AnimationChannel]] = {}
    for channel in (c for a in document.animations for c in a.channels):
        if channel.path == "weights":
            weighed.setdefault(id(channel.node), []).append(channel)
    skins: dict[tuple[int, int], Skin] = {}
    scaled: list[tuple[Node, Grid]] = []
    for node in document.nodes():
        if node.mesh is None or grids[id(node.mesh)] is _UNTOUCHED:
            continue
        grid = grids[id(node.mesh)]
        if node.skin is not None:
            key = (id(node.skin), id(node.mesh))
            if key not in skins:
                skins[key] = _skin_on_grid(node.skin, grid)
            node.skin = skins[key]
        elif node.children or id(node) in bound:
            below = _hang_mesh_below(node, grid)
            for channel in weighed.get(id(node), ()):
                channel.node = below
        else:
            scaled.append((node, grid))
    _scale_nodes(scaled)


def _skin_on_grid(skin: Skin, grid: Grid) -> Skin:
    if skin.inverse_bind_matrices is None:
        binds = np.tile(np.eye(4), (len(skin.joints), 1, 1))
    else:
        columns = skin.inverse_bind_matrices.values.astype(np.float64)
        binds = columns.reshape(-1, 4, 4).transpose(0, 2, 1)
    moved = (binds @ grid.matrix).transpose(0, 2, 1).reshape(-1, 16)
    matrices = create_accessor(moved.astype(np.float32), kind="MAT4")
    return replace(skin, inverse_bind_matrices=matrices)


def _hang_mesh_below(node: Node, grid: Grid) -> Node:
    """Return the node that shows the mesh of another now."""
    child = Node(mesh=node.mesh, weights=node.weights)
    child.translation, child.scale = grid.offset, (grid.step,) * 3
    node.mesh, node.weights = None, ()
    node.children = [*node.children, child]
    return child


def _scale_nodes(pairs: list[tuple[Node, Grid]]) -> None:
    moved = [(node, grid) for node, grid in pairs if any(grid.offset)]
    corners = np.array([[*grid.offset, 1.0] for _, grid in moved]).reshape(-1, 4, 1)
    places = (local_matrices([node for node, _ in moved]) @ corners)[:, :3, 0]
    for (node, _), (x, y, z) in zip(moved, places.tolist(), strict=True):
        node.translation = (x, y, z)
    for node, grid in pairs:
        a, b, c = node.scale
        node.scale = (a * grid.step, b * grid.step, c * grid.step)
