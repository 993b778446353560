"""A document as USDZ, for Quick Look on iPhone and iPad: metres, +Y up, at rest.

Surfaces that share a material become one mesh in the scene's own frame; skins and
morphs are applied, animations left out.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assets_pipeline.errors import (
    RE_EXPORT,
    EmptyModelError,
    LimitExceededError,
    MissingToolError,
)
from assets_pipeline.materials import Material, matte
from assets_pipeline.posed import PosedPrimitive, posed_primitives
from assets_pipeline.usdz_materials import (
    Lookup,
    TextureFiles,
    Untyped,
    define_material,
    lookups,
    primvar,
)
from assets_pipeline.usdz_package import packed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assets_pipeline.accessors import FloatArray, IndexArray
    from assets_pipeline.document import Document

_FACTS = ("title", "author", "license", "source")
_LAYER = "model.usdc"


@dataclass(frozen=True, slots=True)
class UsdzOptions:
    """How large the package may be."""

    edges_px: tuple[int, ...] = (2048, 1024, 512)
    """Longest edge of its textures, tried in turn until the package is small enough."""
    most_bytes: int = 8_000_000


def to_usdz(document: Document, options: UsdzOptions | None = None) -> bytes:
    """Return a document's shown scene as a USDZ package, the same bytes every time.

    Raises
    ------
    EmptyModelError
        If the scene has no triangle.
    LimitExceededError
        If the package is too large even with its smallest textures.
    MissingToolError
        If OpenUSD is not installed.
    """
    options = options or UsdzOptions()
    meshes = _merged(posed_primitives(document))
    if not meshes:
        reason = "the scene has no triangle"
        raise EmptyModelError(reason, "scene", RE_EXPORT)
    package = b""
    for edge_px in options.edges_px:
        textures = TextureFiles(edge_px)
        layer = _layer(document, meshes, textures)
        package = packed({_LAYER: layer, **textures.files})
        if len(package) <= options.most_bytes:
            return package
    reason = f"the USDZ takes {len(package)} bytes, more than {options.most_bytes}"
    raise LimitExceededError(reason, "scene", "Reduce the model's triangles")


@dataclass(frozen=True, slots=True, eq=False)
class _Mesh:
    """All surfaces of one material, joined."""

    material: Material
    positions: FloatArray
    normals: FloatArray
    triangles: IndexArray
    uvs: tuple[FloatArray, ...]
    """One for each of the material's lookups, v growing upwards as in USD."""
    colors: FloatArray | None
    """(n, 4) linear, the material's factor included; None where a texture colours."""


def _merged(primitives: list[PosedPrimitive]) -> list[_Mesh]:
    """Join primitives by material, in drawing order."""
    groups: dict[tuple[int, bool], list[PosedPrimitive]] = {}
    fallback = matte()
    materials: dict[int, Material] = {}
    for primitive in primitives:
        material = primitive.material or fallback
        materials[id(material)] = material
        is_tinted = primitive.colors is not None and material.base_color_texture is None
        groups.setdefault((id(material), is_tinted), []).append(primitive)
    return [
        _joined(materials[key], group, is_tinted=is_tinted)
        for (key, is_tinted), group in groups.items()
    ]


def _joined(
    material: Material, group: list[PosedPrimitive], *, is_tinted: bool
) -> _Mesh:
    starts = np.cumsum([0, *(len(p.positions) for p in group[:-1])])
    triangles = [p.triangles + s for p, s in zip(group, starts, strict=True)]
    return _Mesh(
        material,
        np.concatenate([p.positions for p in group]),
        np.concatenate([p.normals for p in group]),
        np.concatenate(triangles).astype(np.uint32),
        tuple(
            np.concatenate([_transformed(p, lookup) for p in group])
            for lookup in lookups(material)
        ),
        np.concatenate([_tint(p, material) for p in group]) if is_tinted else None,
    )


def _transformed(primitive: PosedPrimitive, lookup: Lookup) -> FloatArray:
    """Return (n, 2) texture coordinates as looked up, v growing upwards.

    A set that a primitive lacks is looked up at 0, as viewers do.
    """
    index, transform = lookup
    if index >= len(primitive.uv_sets):
        return np.zeros((len(primitive.positions), 2), np.float32)
    uv = primitive.uv_sets[index].astype(np.float64)
    if transform is not None:
        cosine, sine = np.cos(transform.rotation), np.sin(transform.rotation)
        u, v = (uv * transform.scale).T
        turned = np.stack([cosine * u + sine * v, cosine * v - sine * u], axis=1)
        uv = turned + transform.offset
    uv[:, 1] = 1 - uv[:, 1]
    return uv.astype(np.float32)


def _tint(primitive: PosedPrimitive, material: Material) -> FloatArray:
    """Return (n, 4) linear colours times the material's own."""
    colors = np.ones((len(primitive.positions), 4))
    if primitive.colors is not None:
        colors[:, : primitive.colors.shape[1]] = primitive.colors
    return (colors * material.base_color_factor).astype(np.float32)


# -- The layer -------------------------------------------------------------------------


def _layer(
    document: Document, meshes: Iterable[_Mesh], textures: TextureFiles
) -> bytes:
    """Return the package's root layer as USD's binary file."""
    try:
        from pxr import (  # type: ignore[import-untyped]  # noqa: PLC0415  # 300 ms
            Kind,
            Usd,
            UsdGeom,
            UsdShade,
            UsdUtils,
        )
    except ImportError as error:
        reason = f"OpenUSD can't be loaded: {error}"
        raise MissingToolError(
            reason, "usdz", "Install ecomusee with its assets extra"
        ) from error

    hushed = UsdUtils.CoalescingDiagnosticDelegate()  # USD writes to stderr
    stage = Usd.Stage.CreateInMemory()
    UsdGeom.SetStageUpAxis(stage, UsdGeom.Tokens.y)
    UsdGeom.SetStageMetersPerUnit(stage, 1.0)
    root = UsdGeom.Xform.Define(stage, "/Model")
    stage.SetDefaultPrim(root.GetPrim())
    Usd.ModelAPI(root).SetKind(Kind.Tokens.component)
    stage.GetRootLayer().customLayerData = _facts(document)
    UsdGeom.Scope.Define(stage, "/Model/Materials")
    for index, mesh in enumerate(meshes):
        shape = _define_mesh(stage, f"/Model/mesh_{index}", mesh)
        shade = define_material(
            stage,
            f"/Model/Materials/material_{index}",
            mesh.material,
            textures,
            has_colors=mesh.colors is not None,
        )
        UsdShade.MaterialBindingAPI.Apply(shape.GetPrim()).Bind(shade)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / _LAYER
        stage.GetRootLayer().Export(str(path))
        content = path.read_bytes()
    hushed.TakeUncoalescedDiagnostics()
    return content


def _facts(document: Document) -> dict[str, str]:
    """Return what the file says of itself: title, author, licence, copyright."""
    extras = document.extras if isinstance(document.extras, dict) else {}
    facts = {name: extras[name] for name in _FACTS if name in extras}
    written = {name: text for name, text in facts.items() if isinstance(text, str)}
    if document.copyright:
        written["copyright"] = document.copyright
    return written


def _define_mesh(stage: Untyped, path: str, mesh: _Mesh) -> Untyped:
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
    shape.CreateDoubleSidedAttr(mesh.material.double_sided)
    values = UsdGeom.PrimvarsAPI(shape)
    for index, uv in enumerate(mesh.uvs):
        values.CreatePrimvar(
            primvar(index),
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
