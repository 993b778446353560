"""Write rigid animation as USD Xforms with time samples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assets_pipeline.gltf.rest_pose import local_primitives
from assets_pipeline.usdz.meshes import join_by_material

if TYPE_CHECKING:
    from collections.abc import Callable

    from assets_pipeline.arrays import Matrix
    from assets_pipeline.gltf.document import Node, Path
    from assets_pipeline.usdz.materials import Untyped
    from assets_pipeline.usdz.meshes import StageWriter
    from assets_pipeline.usdz.sampled_animation import NodeTree, SampledAnimation
    from assets_pipeline.usdz.vertex_colors import TintSplitter


def find_rigid_nodes(tree: NodeTree, motion: SampledAnimation) -> list[Node]:
    """Return the nodes with a mesh that move rigidly."""
    return [
        node
        for node, _ in tree.placed
        if id(node) in motion.moved
        and node.mesh is not None
        and node.skin is None
        and not motion.morphs(node)
    ]


@dataclass(frozen=True, slots=True)
class AnimatedScene:
    """The node tree, its sampled animation, and tints of vertex colours."""

    tree: NodeTree
    motion: SampledAnimation
    tints: TintSplitter


def define_animated_xforms(
    stage_writer: StageWriter, moves: AnimatedScene, carried: list[Node]
) -> None:
    """Define rigid nodes' meshes below animated Xforms."""
    tree, motion = moves.tree, moves.motion
    shown = {id(node) for node in carried}
    needed = {
        id(above)
        for node in carried
        for above in tree.path(node)
        if id(above) in motion.moved
    }
    paths: dict[int, str] = {}
    for index, (node, _) in enumerate(tree.placed):
        if id(node) not in needed:
            continue
        above = tree.parents.get(id(node))
        path = paths.get(id(above)) if above is not None else None
        if path is None:
            path = stage_writer.root
            if above is not None:
                path = f"{path}/place_{index}"
                define_static_xform(stage_writer.stage, path, tree.worlds[id(above)])
        paths[id(node)] = path = f"{path}/node_{index}"
        _define_mover(stage_writer.stage, path, node, motion)
        if id(node) in shown:
            _draw(stage_writer, path, node, moves)


def define_static_xform(
    stage: Untyped, path: str, matrix: Matrix, *, kind: str = "Xform"
) -> None:
    """Define a static prim of a kind at a (4, 4) matrix."""
    from pxr import Gf, UsdGeom  # noqa: PLC0415  # 300 ms

    prim = stage.DefinePrim(path, kind)
    if not np.array_equal(matrix, np.eye(4)):
        place = UsdGeom.Xformable(prim).AddTransformOp()
        place.Set(Gf.Matrix4d(matrix.T.tolist()))


def _draw(
    stage_writer: StageWriter, path: str, node: Node, moves: AnimatedScene
) -> None:
    world = moves.tree.worlds[id(node)]
    primitives = [primitive for _, primitive in local_primitives(node)]
    for index, shape in enumerate(join_by_material(primitives, moves.tints)):
        mesh = stage_writer.write_mesh(f"{path}/mesh_{index}", shape)
        if np.linalg.det(world[:3, :3]) < 0:
            # Quick Look may hide the faces that a mirror turns inside out.
            mesh.CreateDoubleSidedAttr(True)  # noqa: FBT003  # USD's own order


def _define_mover(
    stage: Untyped, path: str, node: Node, motion: SampledAnimation
) -> None:
    from pxr import Gf, UsdGeom  # noqa: PLC0415  # 300 ms

    form = UsdGeom.Xform.Define(stage, path)

    def turn(values: list[float]) -> Untyped:
        x, y, z, w = values
        return Gf.Quatf(w, x, y, z)

    def three(values: list[float]) -> Untyped:
        return Gf.Vec3d(*values)

    def factors(values: list[float]) -> Untyped:
        return Gf.Vec3f(*values)

    double = UsdGeom.XformOp.PrecisionDouble
    parts: tuple[tuple[Path, Untyped, Callable[[list[float]], Untyped]], ...] = (
        ("translation", form.AddTranslateOp(double), three),
        ("rotation", form.AddOrientOp(), turn),
        ("scale", form.AddScaleOp(), factors),
    )
    for name, operation, made in parts:
        operation.Set(made(list(getattr(node, name))))
        values = motion.values(node, name)
        for frame in motion.frames([(node, name)]):
            operation.Set(made(values[frame].tolist()), float(frame))
