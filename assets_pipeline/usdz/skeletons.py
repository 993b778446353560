"""Write skins and morph targets as UsdSkel skeletons and blend shapes.

Every node between a figure's joints becomes a joint itself, so that each turns and
grows exactly as it does in glTF. Meshes are bound one by one, the animation to the
skeleton: Quick Look follows no binding that is inherited.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.gltf.rest_pose import local_primitives, posed_primitives
from assets_pipeline.usdz.animated_xforms import define_static_xform
from assets_pipeline.usdz.meshes import join_by_material
from assets_pipeline.usdz.sampled_animation import rest_value

if TYPE_CHECKING:
    from collections.abc import Callable

    from assets_pipeline.arrays import Float64Array, Int32Array, Matrix
    from assets_pipeline.gltf.document import Document, Node, Path, Primitive, Skin
    from assets_pipeline.usdz.animated_xforms import AnimatedScene
    from assets_pipeline.usdz.materials import Untyped
    from assets_pipeline.usdz.meshes import StageWriter
    from assets_pipeline.usdz.sampled_animation import NodeTree, SampledAnimation


_INFLUENCES: Final = 4
"""Joints that a vertex follows: Quick Look takes no more."""
_LEAST_DETERMINANT: Final = 1e-18
_TINY: Final = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class SkinnedGroup:
    """Meshes that share one skeleton."""

    nodes: list[Node]
    """That hold the meshes."""
    joints: list[Node]
    """With all nodes between them, parents first."""
    place: Matrix
    """(4, 4), of what stands still above them."""
    binds: dict[int, Matrix]
    """(4, 4) by the ``id`` of a joint: from its frame to the mesh's, as it was bound."""
    chosen: list[int]
    """Which of the joints the mesh's own numbers mean."""


def find_skinned_groups(tree: NodeTree, motion: SampledAnimation) -> list[SkinnedGroup]:
    """Return the skinned groups that an animation bends; others stay at rest."""
    groups: dict[int, list[Node]] = {}
    for node, _ in tree.placed:
        if node.mesh is None or not local_primitives(node):
            continue
        if node.skin is not None:
            groups.setdefault(id(node.skin), []).append(node)
        elif motion.morphs(node):
            groups.setdefault(id(node), []).append(node)
    figures = (_figure(nodes, tree, motion) for nodes in groups.values())
    return [figure for figure in figures if figure is not None]


def _figure(
    nodes: list[Node], tree: NodeTree, motion: SampledAnimation
) -> SkinnedGroup | None:
    skin = nodes[0].skin
    moving = [nodes[0]] if skin is None else skin.joints
    if any(id(joint) not in tree.worlds for joint in moving):
        return None
    is_bent = any(id(joint) in motion.moved for joint in moving)
    if not is_bent and not any(motion.morphs(node) for node in nodes):
        return None
    if skin is not None and not all(_is_held(node) for node in nodes):
        return None
    binds = _binds(moving, skin)
    still = _still_above(moving, tree, motion)
    place = tree.worlds[id(still[-1])] if still else np.eye(4)
    if binds is None or abs(np.linalg.det(place)) < _LEAST_DETERMINANT:
        return None
    left = {id(node) for node in still}
    needed = {id(n) for joint in moving for n in tree.path(joint)} - left
    joints = [node for node, _ in tree.placed if id(node) in needed]
    numbers = {id(joint): index for index, joint in enumerate(joints)}
    return SkinnedGroup(nodes, joints, place, binds, [numbers[id(j)] for j in moving])


def _is_held(node: Node) -> bool:
    return all(
        {"JOINTS_0", "WEIGHTS_0"} <= {*p.attributes} for p, _ in local_primitives(node)
    )


def _binds(joints: list[Node], skin: Skin | None) -> dict[int, Matrix] | None:
    """Return each joint's bind matrix; None where one can't be told."""
    if skin is None or skin.inverse_bind_matrices is None:
        return {id(joint): np.eye(4) for joint in joints}
    columns = skin.inverse_bind_matrices.values.astype(np.float64)
    inverses = columns.reshape(-1, 4, 4).transpose(0, 2, 1)
    if (np.abs(np.linalg.det(inverses)) < _LEAST_DETERMINANT).any():
        return None
    binds = np.asarray(np.linalg.inv(inverses), np.float64)
    return {id(joint): bind for joint, bind in zip(joints, binds, strict=True)}


def _still_above(
    joints: list[Node], tree: NodeTree, motion: SampledAnimation
) -> list[Node]:
    """Return the nodes above all joints that stand still, the topmost first."""
    paths = [tree.path(joint)[:-1] for joint in joints]
    found: list[Node] = []
    for together in zip(*paths, strict=False):
        if any(node is not together[0] for node in together):
            break
        if id(together[0]) in motion.moved or together[0] in joints:
            break
        found.append(together[0])
    return found


# -- Written down ----------------------------------------------------------------------


def define_skinned_group(
    stage_writer: StageWriter, path: str, figure: SkinnedGroup, moves: AnimatedScene
) -> None:
    """Define a group's root at a path: skeleton, animation and meshes."""
    from pxr import UsdSkel  # noqa: PLC0415  # 300 ms

    stage, tree, motion = stage_writer.stage, moves.tree, moves.motion
    define_static_xform(stage, path, figure.place, kind="SkelRoot")
    names = _joint_names(figure, tree)
    _define_skeleton(stage, path, figure, tree, names)
    tokens = _define_animation(stage, path, figure, motion, names)
    for index, node in enumerate(figure.nodes):
        parts = local_primitives(node, is_morphed=not motion.morphs(node))
        for number, (primitive, posed) in enumerate(parts):
            (shape,) = join_by_material([posed], moves.tints)
            mesh = stage_writer.write_mesh(f"{path}/mesh_{index}_{number}", shape)
            if np.linalg.det(figure.place[:3, :3]) < 0:
                # Quick Look may hide the faces that a mirror turns inside out.
                mesh.CreateDoubleSidedAttr(True)  # noqa: FBT003  # USD's own order
            bound = UsdSkel.BindingAPI.Apply(mesh.GetPrim())
            bound.CreateSkeletonRel().SetTargets([f"{path}/skeleton"])
            _bind(bound, primitive, figure)
            if motion.morphs(node):
                _define_targets(bound, primitive, tokens[id(node)])


def rest_bounds(document: Document, figure: SkinnedGroup) -> Float64Array:
    """Return the (2, 3) bounds at rest, in the group's frame."""
    own = {id(node) for node in figure.nodes}
    others = frozenset(id(n) for n in document.shown_nodes() if id(n) not in own)
    world = np.concatenate([p.positions for p in posed_primitives(document, others)])
    inverse = np.linalg.inv(figure.place)
    points = world @ inverse[:3, :3].T + inverse[:3, 3]
    return np.stack([points.min(axis=0), points.max(axis=0)])


def _joint_names(figure: SkinnedGroup, tree: NodeTree) -> list[str]:
    """Return each joint's path among the joints."""
    names: dict[int, str] = {}
    for index, joint in enumerate(figure.joints):
        above = tree.parents.get(id(joint))
        parent = names.get(id(above)) if above is not None else None
        own = f"joint_{index}"
        names[id(joint)] = own if parent is None else f"{parent}/{own}"
    return list(names.values())


def _define_skeleton(
    stage: Untyped, path: str, figure: SkinnedGroup, tree: NodeTree, names: list[str]
) -> None:
    from pxr import UsdSkel, Vt  # noqa: PLC0415  # 300 ms

    inverse = np.linalg.inv(figure.place)
    binds = [
        figure.binds.get(id(joint), inverse @ tree.worlds[id(joint)])
        for joint in figure.joints
    ]
    rests = [joint.local_matrix for joint in figure.joints]
    skeleton = UsdSkel.Skeleton.Define(stage, f"{path}/skeleton")
    skeleton.CreateJointsAttr(names)
    skeleton.CreateBindTransformsAttr(Vt.Matrix4dArray.FromNumpy(_rows(binds)))
    skeleton.CreateRestTransformsAttr(Vt.Matrix4dArray.FromNumpy(_rows(rests)))
    bound = UsdSkel.BindingAPI.Apply(skeleton.GetPrim())
    bound.CreateAnimationSourceRel().SetTargets([f"{path}/animation"])


def _rows(matrices: list[Matrix]) -> Float64Array:
    """Return (n, 4, 4) for USD, which multiplies from the left."""
    return np.ascontiguousarray(np.stack(matrices).transpose(0, 2, 1))


def _define_animation(
    stage: Untyped,
    path: str,
    figure: SkinnedGroup,
    motion: SampledAnimation,
    names: list[str],
) -> dict[int, list[str]]:
    """Define how joints and morph weights move; return each node's names of targets."""
    from pxr import UsdSkel, Vt  # noqa: PLC0415  # 300 ms

    played = UsdSkel.Animation.Define(stage, f"{path}/animation")
    played.CreateJointsAttr(names)
    parts: tuple[tuple[Path, Untyped, Callable[[Float64Array], Untyped]], ...] = (
        ("translation", played.CreateTranslationsAttr(), _vectors),
        ("rotation", played.CreateRotationsAttr(), _turns),
        ("scale", played.CreateScalesAttr(), _factors),
    )
    for name, attribute, packed in parts:
        attribute.Set(packed(np.stack([rest_value(j, name) for j in figure.joints])))
        frames = motion.frames([(joint, name) for joint in figure.joints])
        if len(frames):
            values = [motion.values(j, name)[frames] for j in figure.joints]
            for frame, row in zip(frames, np.stack(values, axis=1), strict=True):
                attribute.Set(packed(row), float(frame))
    morphing = [node for node in figure.nodes if motion.morphs(node)]
    tokens = {
        id(node): [f"shape_{i}_{k}" for k in range(len(rest_value(node, "weights")))]
        for i, node in enumerate(morphing)
    }
    if morphing:
        played.CreateBlendShapesAttr([t for held in tokens.values() for t in held])
        weights = played.CreateBlendShapeWeightsAttr()
        still = np.concatenate([rest_value(node, "weights") for node in morphing])
        weights.Set(Vt.FloatArray.FromNumpy(still.astype(np.float32)))
        tracks = [motion.values(node, "weights") for node in morphing]
        moving = np.concatenate(tracks, axis=1).astype(np.float32)
        for frame in motion.frames([(node, "weights") for node in morphing]):
            weights.Set(Vt.FloatArray.FromNumpy(moving[frame]), float(frame))
    return tokens


def _vectors(values: Float64Array) -> Untyped:
    from pxr import Vt  # noqa: PLC0415  # 300 ms

    return Vt.Vec3fArray.FromNumpy(values.astype(np.float32))


def _turns(values: Float64Array) -> Untyped:
    from pxr import Gf, Vt  # noqa: PLC0415  # 300 ms

    return Vt.QuatfArray([Gf.Quatf(w, x, y, z) for x, y, z, w in values.tolist()])


def _factors(values: Float64Array) -> Untyped:
    from pxr import Vt  # noqa: PLC0415  # 300 ms

    return Vt.Vec3hArray.FromNumpy(values.astype(np.float16))


# -- Meshes ----------------------------------------------------------------------------


def _bind(bound: Untyped, primitive: Primitive, figure: SkinnedGroup) -> None:
    """Bind a mesh's vertices to joints."""
    from pxr import Gf, Vt  # noqa: PLC0415  # 300 ms

    count = primitive.attributes["POSITION"].count
    if "JOINTS_0" in primitive.attributes and figure.nodes[0].skin is not None:
        joints, weights = _influences(primitive, figure)
    else:
        joints = np.full((count, 1), figure.chosen[0], np.int32)
        weights = np.ones((count, 1))
    width = joints.shape[1]
    indices = bound.CreateJointIndicesPrimvar(False, width)  # noqa: FBT003  # USD's own order
    indices.Set(Vt.IntArray.FromNumpy(np.ascontiguousarray(joints).ravel()))
    shares = bound.CreateJointWeightsPrimvar(False, width)  # noqa: FBT003  # USD's own order
    shares.Set(Vt.FloatArray.FromNumpy(weights.astype(np.float32).ravel()))
    bound.CreateGeomBindTransformAttr(Gf.Matrix4d(1.0))


def _influences(
    primitive: Primitive, figure: SkinnedGroup
) -> tuple[Int32Array, Float64Array]:
    """Return (n, 4) joints and how much each vertex follows them, strongest first."""
    sets = [n for n in sorted(primitive.attributes) if n.startswith("JOINTS_")]
    numbers = np.concatenate([primitive.attributes[n].array for n in sets], axis=1)
    shares = np.concatenate(
        [primitive.attributes[n.replace("JOINTS_", "WEIGHTS_")].values for n in sets],
        axis=1,
    ).astype(np.float64)
    order = np.argsort(-shares, axis=1, kind="stable")[:, :_INFLUENCES]
    strongest = np.take_along_axis(shares, order, axis=1)
    total = strongest.sum(axis=1, keepdims=True)
    strongest[total[:, 0] <= 0, 0] = 1.0  # held by nothing: by the first then
    strongest /= np.maximum(strongest.sum(axis=1, keepdims=True), _TINY)
    chosen = np.array(figure.chosen, np.int32)
    joints = chosen[np.take_along_axis(numbers.astype(np.intp), order, axis=1)]
    return np.where(strongest > 0, joints, 0).astype(np.int32), strongest


def _define_targets(bound: Untyped, primitive: Primitive, tokens: list[str]) -> None:
    """Define a mesh's morph targets, each with the vertices that it moves."""
    from pxr import UsdSkel, Vt  # noqa: PLC0415  # 300 ms

    names: list[str] = []
    paths: list[str] = []
    for token, target in zip(tokens, primitive.targets, strict=False):
        zero = np.zeros_like(primitive.positions)
        moves = target["POSITION"].values if "POSITION" in target else zero
        turns = target["NORMAL"].values if "NORMAL" in target else zero
        held = np.nonzero(np.abs(moves).max(axis=1) + np.abs(turns).max(axis=1))[0]
        if not len(held):
            continue
        path = f"{bound.GetPath()}/{token}"
        shape = UsdSkel.BlendShape.Define(bound.GetPrim().GetStage(), path)
        shape.CreateOffsetsAttr(Vt.Vec3fArray.FromNumpy(moves[held]))
        shape.CreateNormalOffsetsAttr(Vt.Vec3fArray.FromNumpy(turns[held]))
        shape.CreatePointIndicesAttr(Vt.IntArray.FromNumpy(held.astype(np.int32)))
        names.append(token)
        paths.append(path)
    if names:
        bound.CreateBlendShapesAttr(names)
        bound.CreateBlendShapeTargetsRel().SetTargets(paths)
