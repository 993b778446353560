"""Read our own USDZ packages back with OpenUSD, as a document.

For what judges packages: OpenUSD itself evaluates transforms, skeletons and blend
shapes, so that what is looked at is what was written, not what was meant.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from assets_pipeline.errors.exceptions import UnsupportedFormatError
from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.document import Document, Mesh, Node, Primitive, Scene
from assets_pipeline.gltf.geometry import normalize
from assets_pipeline.gltf.materials import (
    Image,
    Material,
    Sampler,
    Texture,
    TextureInfo,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assets_pipeline.arrays import Float64Array, IntpArray
    from assets_pipeline.gltf.materials import AlphaMode, Payload


Untyped = Any  # usd-core is C++ and ships no types

_WRAPS: Final = {"clamp": 33071, "mirror": 33648, "repeat": 10497}
_TYPES: Final = {".jpg": "image/jpeg", ".png": "image/png"}
_TRIANGLE_CORNERS: Final = 3


def read_usdz(package: bytes, code: float | None = None) -> Document:
    """Return the triangles, materials and textures of a package at a time.

    Parameters
    ----------
    package
        As `to_usdz` writes them.
    code
        A time code of the stage; None where nothing plays.

    Raises
    ------
    UnsupportedFormatError
        If OpenUSD can't open it.
    """
    from pxr import Tf, Usd, UsdGeom  # noqa: PLC0415  # 300 ms

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.usdz"
        path.write_bytes(package)
        try:
            stage = Usd.Stage.Open(str(path))
        except Tf.ErrorException as error:
            reason = "OpenUSD can't open this package"
            raise UnsupportedFormatError(reason, "usdz", "Build it again") from error
        time = Usd.TimeCode.Default() if code is None else Usd.TimeCode(code)
        surfaces = _Surfaces(stage, package)
        bent = dict(_deform_skinned_meshes(stage, time))
        nodes = [
            _node(prim, time, bent, surfaces)
            for prim in stage.Traverse()
            if prim.IsA(UsdGeom.Mesh)
        ]
        del stage
    scene = Scene(nodes)
    return Document([scene], scene)


def _node(
    prim: Untyped, time: Untyped, bent: dict[str, Skinned], surfaces: _Surfaces
) -> Node:
    """Return a mesh as it stands in the scene."""
    from pxr import UsdGeom, UsdShade  # noqa: PLC0415  # 300 ms

    mesh = UsdGeom.Mesh(prim)
    world = _matrix(UsdGeom.Xformable(prim).ComputeLocalToWorldTransform(time))
    points = np.array(mesh.GetPointsAttr().Get(time), np.float64)
    normals = np.array(mesh.GetNormalsAttr().Get(time), np.float64)
    if str(prim.GetPath()) in bent:
        points, normals = bent[str(prim.GetPath())]
    points = points @ world[:3, :3].T + world[:3, 3]
    normals = normalize(normals @ np.linalg.pinv(world[:3, :3]))
    indices = np.array(mesh.GetFaceVertexIndicesAttr().Get(), np.uint32)
    triangles = indices.reshape(-1, _TRIANGLE_CORNERS)
    if np.linalg.det(world[:3, :3]) < 0:
        triangles = triangles[:, ::-1]
    values = UsdGeom.PrimvarsAPI(prim)
    attributes = {
        "POSITION": create_accessor(points.astype(np.float32)),
        "NORMAL": create_accessor(normals.astype(np.float32)),
    }
    for name, own in (("TEXCOORD_0", "st"), ("TEXCOORD_1", "st1")):
        if values.HasPrimvar(own):
            uv = values.GetPrimvar(own).Get()
            u, v = np.array(uv, np.float32).T
            attributes[name] = create_accessor(np.stack([u, 1 - v], axis=1))
    colors = mesh.GetDisplayColorAttr().Get()
    if colors is not None:
        opacity = np.array(mesh.GetDisplayOpacityAttr().Get(), np.float32)
        tints = np.concatenate([np.array(colors, np.float32), opacity[:, None]], axis=1)
        attributes["COLOR_0"] = create_accessor(tints)
    is_double = bool(mesh.GetDoubleSidedAttr().Get())
    primitives = []
    for part, rows in _parts(prim, len(triangles)):
        shade, _ = UsdShade.MaterialBindingAPI(part).ComputeBoundMaterial()
        flat = create_accessor(np.ascontiguousarray(triangles[rows]).ravel())
        material = surfaces.material(shade, is_double=is_double)
        primitives.append(Primitive(dict(attributes), flat, material))
    return Node(mesh=Mesh(primitives))


def _parts(prim: Untyped, count: int) -> list[tuple[Untyped, IntpArray]]:
    """Return what materials are bound to, and which triangles each is for."""
    from pxr import UsdShade  # noqa: PLC0415  # 300 ms

    subsets = UsdShade.MaterialBindingAPI(prim).GetMaterialBindSubsets()
    if not subsets:
        return [(prim, np.arange(count))]
    return [
        (subset.GetPrim(), np.array(subset.GetIndicesAttr().Get(), np.intp))
        for subset in subsets
    ]


Skinned = tuple["Float64Array", "Float64Array"]
"""Points and normals."""


def _deform_skinned_meshes(
    stage: Untyped, time: Untyped
) -> Iterator[tuple[str, Skinned]]:
    """Give the meshes that skeletons bend, by path."""
    from pxr import Usd, UsdSkel  # noqa: PLC0415  # 300 ms

    cache, within = UsdSkel.Cache(), Usd.PrimDefaultPredicate
    for prim in stage.Traverse():
        if not prim.IsA(UsdSkel.Root):
            continue
        root = UsdSkel.Root(prim)
        cache.Populate(root, within)
        for binding in cache.ComputeSkelBindings(root, within):
            skeleton = cache.GetSkelQuery(binding.GetSkeleton())
            for target in binding.GetSkinningTargets():
                yield (
                    str(target.GetPrim().GetPath()),
                    _skin_points(skeleton, target, time),
                )


def _skin_points(skeleton: Untyped, target: Untyped, time: Untyped) -> Skinned:
    from pxr import UsdGeom, Vt  # noqa: PLC0415  # 300 ms

    mesh = UsdGeom.Mesh(target.GetPrim())
    points = Vt.Vec3fArray(mesh.GetPointsAttr().Get(time))
    normals = np.array(mesh.GetNormalsAttr().Get(time), np.float64)
    if target.HasBlendShapes():
        normals = _apply_blend_shapes(skeleton, target, time, points) + normals
    moves = skeleton.ComputeSkinningTransforms(time)
    target.ComputeSkinnedPoints(moves, points, time)
    matrices = np.stack([_matrix(move) for move in moves])
    joints, weights = (
        np.array(values).reshape(len(points), -1)
        for values in target.ComputeVaryingJointInfluences(len(points), time)
    )
    blended = np.einsum("ni,nijk->njk", weights, matrices[joints, :3, :3])
    turned = np.einsum("nji,nj->ni", np.linalg.pinv(blended), normals)
    return np.array(points, np.float64), normalize(turned)


def _apply_blend_shapes(
    skeleton: Untyped, target: Untyped, time: Untyped, points: Untyped
) -> Float64Array:
    """Move points by their blend shapes; return what is added to normals."""
    from pxr import UsdSkel  # noqa: PLC0415  # 300 ms

    found = skeleton.GetAnimQuery().ComputeBlendShapeWeights(time)
    weights = target.GetBlendShapeMapper().Remap(found)
    shapes = UsdSkel.BlendShapeQuery(UsdSkel.BindingAPI(target.GetPrim()))
    shares, numbers, kinds = shapes.ComputeSubShapeWeights(weights)
    offsets = shapes.ComputeSubShapePointOffsets()
    indices = shapes.ComputeBlendShapePointIndices()
    shapes.ComputeDeformedPoints(shares, numbers, kinds, indices, offsets, points)
    added = np.zeros((len(points), 3))
    for share, number in zip(shares, numbers, strict=True):
        turns = shapes.GetBlendShape(number).GetNormalOffsetsAttr().Get()
        added[np.array(indices[number])] += share * np.array(turns, np.float64)
    return added


def _matrix(matrix: Untyped) -> Float64Array:
    """Return (4, 4) for column vectors."""
    return np.array(matrix, np.float64).T


# -- Materials -------------------------------------------------------------------------


class _Surfaces:
    """The package's materials as glTF has them."""

    def __init__(self, stage: Untyped, package: bytes) -> None:
        self._stage = stage
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            self._images = {
                name: Image(archive.read(name), _TYPES[Path(name).suffix], name)
                for name in archive.namelist()
                if Path(name).suffix in _TYPES
            }
        self._made: dict[tuple[str, bool], Material] = {}

    def material(self, shade: Untyped, *, is_double: bool) -> Material:
        key = (str(shade.GetPath()), is_double)
        if key not in self._made:
            self._made[key] = self._read(shade, is_double=is_double)
        return self._made[key]

    def _read(self, shade: Untyped, *, is_double: bool) -> Material:
        surface, _, _ = shade.ComputeSurfaceSource()
        color, factor = self._read_input(surface, "diffuseColor", (1.0, 1.0, 1.0, 1.0))
        glow, emitted = self._read_input(surface, "emissiveColor", (0.0, 0.0, 0.0, 0.0))
        rough, roughness = self._read_input(surface, "roughness", (0.5,) * 4)
        _, metallic = self._read_input(surface, "metallic", (0.0,) * 4)
        hidden, strength = self._read_input(surface, "occlusion", (1.0,) * 4)
        normal, _ = self._read_input(surface, "normal", (1.0,) * 4)
        opacity, alpha = self._read_input(surface, "opacity", (1.0,) * 4)
        brightest = max(1.0, *emitted[:3])
        extensions = self._extensions(surface)
        if brightest > 1:
            extensions["KHR_materials_emissive_strength"] = {
                "emissiveStrength": brightest
            }
        if hidden is not None:
            hidden.strength = strength[0]
        threshold = _constant(surface, "opacityThreshold", 0.0)
        mode: AlphaMode = "MASK" if threshold > 0 else "OPAQUE"
        if threshold <= 0 and surface.GetInput("opacity"):
            mode = "BLEND"
        red, green, blue = factor[:3]
        return Material(
            base_color_factor=(red, green, blue, alpha[3]),
            base_color_texture=color or opacity,
            metallic_factor=metallic[2],
            roughness_factor=roughness[1],
            metallic_roughness_texture=rough,
            normal_texture=normal,
            occlusion_texture=hidden,
            emissive_texture=glow,
            emissive_factor=(
                emitted[0] / brightest,
                emitted[1] / brightest,
                emitted[2] / brightest,
            ),
            alpha_mode=mode,
            alpha_cutoff=threshold if threshold > 0 else 0.5,
            double_sided=is_double,
            extensions=extensions,
        )

    def _extensions(self, surface: Untyped) -> dict[str, Payload]:
        """Return the glTF extensions that a surface's inputs came from."""
        found: dict[str, Payload] = {}
        if surface.GetInput("ior"):
            found["KHR_materials_ior"] = {"ior": _constant(surface, "ior", 1.5)}
        if surface.GetInput("clearcoat"):
            coat: dict[str, Payload] = {}
            for name, channel in (("clearcoat", 0), ("clearcoatRoughness", 1)):
                texture, factors = self._read_input(surface, name, (0.0,) * 4)
                coat[f"{name}Factor"] = factors[channel]
                if texture is not None:
                    coat[f"{name}Texture"] = texture
            found["KHR_materials_clearcoat"] = coat
        return found

    def _read_input(
        self, surface: Untyped, name: str, default: tuple[float, ...]
    ) -> tuple[TextureInfo | None, tuple[float, ...]]:
        """Return the texture of an input, if any, and four factors."""
        from pxr import UsdShade  # noqa: PLC0415  # 300 ms

        given = surface.GetInput(name)
        if not given:
            return None, default
        sources, _ = given.GetConnectedSources()
        if not sources:
            value = given.Get()
            numbers = (value,) * 4 if isinstance(value, float) else (*value, 1.0)
            return None, tuple(float(number) for number in numbers)
        shader = UsdShade.Shader(sources[0].source.GetPrim())
        if not shader.GetInput("file"):  # the mesh's own colours
            return None, (1.0, 1.0, 1.0, 1.0)
        scale = shader.GetInput("scale")
        factors = (1.0,) * 4 if not scale else tuple(float(v) for v in scale.Get())
        return self._texture(shader), factors

    def _texture(self, shader: Untyped) -> TextureInfo:
        from pxr import UsdShade  # noqa: PLC0415  # 300 ms

        reader = shader.GetInput("st").GetConnectedSources()[0][0].source
        varname = UsdShade.Shader(reader.GetPrim()).GetInput("varname").Get()
        wraps = (_WRAPS[shader.GetInput(axis).Get()] for axis in ("wrapS", "wrapT"))
        image = self._images[shader.GetInput("file").Get().path.removeprefix("./")]
        uv_set = int(varname.removeprefix("st") or 0)
        return TextureInfo(Texture(image, Sampler(*wraps)), uv_set)


def _constant(surface: Untyped, name: str, default: float) -> float:
    given = surface.GetInput(name)
    return float(given.Get()) if given else default
