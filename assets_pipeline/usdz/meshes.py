"""Write primitives as USD meshes, joined by material in one frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.gltf.materials import Material, matte_material, transform_uvs
from assets_pipeline.usdz.materials import (
    Lookup,
    Untyped,
    define_material,
    primvar_name,
    texture_lookups,
)
from assets_pipeline.usdz.vertex_colors import colors_or_white

if TYPE_CHECKING:
    from assets_pipeline.arrays import Float32Array, IntpArray, Uint32Array
    from assets_pipeline.gltf.rest_pose import PosedPrimitive
    from assets_pipeline.usdz.textures import TextureFiles
    from assets_pipeline.usdz.vertex_colors import TintSplitter


_MATTE: Final = matte_material()


@dataclass(frozen=True, slots=True, eq=False)
class JoinedMesh:
    """All primitives of one material, joined."""

    parts: tuple[tuple[Material, IntpArray], ...]
    """Materials that differ by their tint alone, and which triangles each is for."""
    positions: Float32Array
    normals: Float32Array
    triangles: Uint32Array
    uvs: tuple[Float32Array, ...]
    """One for each of the material's lookups, v growing upwards as in USD."""
    colors: Float32Array | None
    """(n, 4) linear, the material's factor included; None where a texture colours."""


def join_by_material(
    primitives: list[PosedPrimitive], tints: TintSplitter
) -> list[JoinedMesh]:
    """Join primitives by material, in drawing order; one alone keeps its vertex order."""
    groups: dict[tuple[int, bool], list[PosedPrimitive]] = {}
    materials: dict[int, Material] = {}
    for primitive in primitives:
        material = primitive.material or _MATTE
        materials[id(material)] = material
        is_tinted = primitive.colors is not None and material.base_color_texture is None
        groups.setdefault((id(material), is_tinted), []).append(primitive)
    return [
        _joined(materials[key], group, tints, is_tinted=is_tinted)
        for (key, is_tinted), group in groups.items()
    ]


def _joined(
    material: Material,
    group: list[PosedPrimitive],
    tints: TintSplitter,
    *,
    is_tinted: bool,
) -> JoinedMesh:
    starts = np.cumsum([0, *(len(p.positions) for p in group[:-1])])
    triangles = np.concatenate(
        [p.triangles + s for p, s in zip(group, starts, strict=True)]
    ).astype(np.uint32)
    parts = [(material, np.arange(len(triangles)))]
    if material.base_color_texture is not None and any(
        p.colors is not None for p in group
    ):
        colors = np.concatenate([colors_or_white(p) for p in group])
        parts = tints.parts(material, colors, triangles)
    return JoinedMesh(
        tuple(parts),
        np.concatenate([p.positions for p in group]),
        np.concatenate([p.normals for p in group]),
        triangles,
        tuple(
            np.concatenate([_transformed(p, lookup) for p in group])
            for lookup in texture_lookups(material)
        ),
        np.concatenate([_tint(p, material) for p in group]) if is_tinted else None,
    )


def _transformed(primitive: PosedPrimitive, lookup: Lookup) -> Float32Array:
    """Return (n, 2) texture coordinates as looked up, v growing upwards.

    A set that a primitive lacks is looked up at 0, as viewers do.
    """
    index, transform = lookup
    if index >= len(primitive.uv_sets):
        return np.zeros((len(primitive.positions), 2), np.float32)
    uv = transform_uvs(primitive.uv_sets[index], transform)
    uv[:, 1] = 1 - uv[:, 1]
    return uv.astype(np.float32)


def _tint(primitive: PosedPrimitive, material: Material) -> Float32Array:
    """Return (n, 4) linear colours times the material's own."""
    return (colors_or_white(primitive) * material.base_color_factor).astype(np.float32)


# -- Drawn -----------------------------------------------------------------------------


class StageWriter:
    """A stage being written; each material is defined once.

    Parameters
    ----------
    stage
        Empty.
    root
        The path of the prim that all is put under.
    textures
        Gathers the package's pictures.
    """

    def __init__(self, stage: Untyped, root: str, textures: TextureFiles) -> None:
        self.stage, self.root = stage, root
        self._textures = textures
        self._shades: dict[tuple[int, bool], Untyped] = {}

    def write_mesh(self, path: str, shape: JoinedMesh) -> Untyped:
        """Return the ``UsdGeom.Mesh`` defined at a path, with its materials."""
        from pxr import UsdGeom, UsdShade, Vt  # noqa: PLC0415  # 300 ms

        mesh = _define_mesh(self.stage, path, shape)
        bound = UsdShade.MaterialBindingAPI.Apply(mesh.GetPrim())
        if len(shape.parts) == 1:
            bound.Bind(self._shade(shape.parts[0][0], shape))
            return mesh
        for index, (material, rows) in enumerate(shape.parts):
            faces = Vt.IntArray.FromNumpy(rows.astype(np.int32))
            subset = bound.CreateMaterialBindSubset(f"tint_{index}", faces)
            part = UsdShade.MaterialBindingAPI.Apply(subset.GetPrim())
            part.Bind(self._shade(material, shape))
        bound.SetMaterialBindSubsetsFamilyType(UsdGeom.Tokens.partition)
        return mesh

    def _shade(self, material: Material, shape: JoinedMesh) -> Untyped:
        key = (id(material), shape.colors is not None)
        if key not in self._shades:
            self._shades[key] = define_material(
                self.stage,
                f"{self.root}/Materials/material_{len(self._shades)}",
                material,
                self._textures,
                has_colors=shape.colors is not None,
            )
        return self._shades[key]


def _define_mesh(stage: Untyped, path: str, mesh: JoinedMesh) -> Untyped:
    from pxr import Sdf, UsdGeom, Vt  # noqa: PLC0415  # 300 ms

    shape = UsdGeom.Mesh.Define(stage, path)
    counts = np.full(len(mesh.triangles), 3, np.int32)
    box = np.stack([mesh.positions.min(axis=0), mesh.positions.max(axis=0)])
    shape.CreatePointsAttr(Vt.Vec3fArray.FromNumpy(mesh.positions))
    shape.CreateNormalsAttr(Vt.Vec3fArray.FromNumpy(mesh.normals))
    shape.SetNormalsInterpolation(UsdGeom.Tokens.vertex)
    shape.CreateFaceVertexCountsAttr(Vt.IntArray.FromNumpy(counts))
    shape.CreateFaceVertexIndicesAttr(
        Vt.IntArray.FromNumpy(mesh.triangles.ravel().astype(np.int32))
    )
    shape.CreateExtentAttr(Vt.Vec3fArray.FromNumpy(box))
    shape.CreateSubdivisionSchemeAttr(UsdGeom.Tokens.none)
    shape.CreateDoubleSidedAttr(mesh.parts[0][0].double_sided)
    values = UsdGeom.PrimvarsAPI(shape)
    for index, uv in enumerate(mesh.uvs):
        values.CreatePrimvar(
            primvar_name(index),
            Sdf.ValueTypeNames.TexCoord2fArray,
            UsdGeom.Tokens.vertex,
        ).Set(Vt.Vec2fArray.FromNumpy(np.ascontiguousarray(uv)))
    if mesh.colors is not None:
        rgb = np.ascontiguousarray(mesh.colors[:, :3])
        alpha = np.ascontiguousarray(mesh.colors[:, 3])
        color = shape.CreateDisplayColorPrimvar(UsdGeom.Tokens.vertex)
        color.Set(Vt.Vec3fArray.FromNumpy(rgb))
        opacity = shape.CreateDisplayOpacityPrimvar(UsdGeom.Tokens.vertex)
        opacity.Set(Vt.FloatArray.FromNumpy(alpha))
    return shape
