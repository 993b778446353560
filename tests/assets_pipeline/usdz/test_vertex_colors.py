"""Vertex colours over a texture: UsdPreviewSurface multiplies by constants alone."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image as Pillow
from pxr import Usd, UsdGeom, UsdShade, UsdValidation

from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.document import Document, Mesh, Node, Primitive, Scene
from assets_pipeline.gltf.materials import Image, Material, Texture, TextureInfo
from assets_pipeline.readers.usdz import read_usdz
from assets_pipeline.usdz.writer import write_usdz

if TYPE_CHECKING:
    from pathlib import Path


def textured(**settings: object) -> Material:
    content = io.BytesIO()
    Pillow.new("RGB", (4, 4), (200, 100, 50)).save(content, "PNG")
    texture = Texture(Image(content.getvalue(), "image/png"))
    return Material(base_color_texture=TextureInfo(texture), **settings)  # type: ignore[arg-type]


def strip(material: Material, *tints: tuple[float, ...]) -> Document:
    """Return a triangle of each tint, side by side, in one primitive."""
    count = len(tints)
    corners = np.float32([[0, 0, 0], [1, 0, 0], [0, 1, 0]])
    positions = [corners + np.float32([2 * i, 0, 0]) for i in range(count)]
    primitive = Primitive(
        {
            "POSITION": create_accessor(np.concatenate(positions)),
            "TEXCOORD_0": create_accessor(np.zeros((3 * count, 2), np.float32)),
            "COLOR_0": create_accessor(np.repeat(np.float32(tints), 3, axis=0)),
        },
        material=material,
    )
    scene = Scene([Node(mesh=Mesh([primitive]))])
    return Document([scene], scene)


def factors(package: bytes) -> list[list[float]]:
    """Return the colour that each part's texture is multiplied by, and its triangles."""
    return [
        [*p.material.base_color_factor[:3], len(p.triangles)]
        for p in read_usdz(package).primitives()
        if p.material is not None
    ]


def test_each_tint_multiplies_the_texture_of_its_triangles() -> None:
    source = strip(textured(), (0.25, 0.25, 0.25), (1, 0.5, 0), (0.25, 0.25, 0.25))

    package = write_usdz(source)

    expected = [[0.25, 0.25, 0.25, 2], [1, 0.5, 0, 1]]
    np.testing.assert_allclose(factors(package), expected, atol=1e-6)


def test_the_material_s_own_colour_is_kept() -> None:
    material = textured(base_color_factor=(0.5, 1.0, 1.0, 1.0))

    package = write_usdz(strip(material, (0.5, 0.5, 0.5)))

    np.testing.assert_allclose(factors(package), [[0.25, 0.5, 0.5, 1]], atol=1e-6)


def test_nearly_equal_tints_become_their_mean() -> None:
    package = write_usdz(strip(textured(), (0.498, 0.5, 0.5), (0.502, 0.5, 0.5)))

    np.testing.assert_allclose(factors(package), [[0.5, 0.5, 0.5, 2]], atol=1e-3)


def test_all_tints_share_vertices_and_pictures(tmp_path: Path) -> None:
    path = tmp_path / "strip.usdz"
    path.write_bytes(write_usdz(strip(textured(), (0.1, 0.1, 0.1), (1, 1, 1))))

    stage = Usd.Stage.Open(str(path))

    (mesh,) = (prim for prim in stage.Traverse() if prim.IsA(UsdGeom.Mesh))
    subsets = UsdShade.MaterialBindingAPI(mesh).GetMaterialBindSubsets()
    assert [len(subset.GetIndicesAttr().Get()) for subset in subsets] == [1, 1]
    files = {
        UsdShade.Shader(prim).GetInput("file").Get().path
        for prim in stage.Traverse()
        if UsdShade.Shader(prim) and UsdShade.Shader(prim).GetInput("file")
    }
    assert len(files) == 1


def test_validators_find_nothing(tmp_path: Path) -> None:
    path = tmp_path / "strip.usdz"
    path.write_bytes(write_usdz(strip(textured(), (0.1, 0.1, 0.1), (1, 1, 1))))
    registry = UsdValidation.ValidationRegistry()
    validators = [
        registry.GetOrLoadValidatorByName(metadata.name)
        for metadata in registry.GetAllValidatorMetadata()
        if not metadata.isSuite
    ]

    stage = Usd.Stage.Open(str(path))

    assert UsdValidation.ValidationContext(validators).Validate(stage) == []


@pytest.mark.parametrize("count", [40, 900])
def test_there_are_never_many_tints(count: int) -> None:
    """Each is a draw of its own."""
    random = np.random.default_rng(0)
    tints = [tuple(row) for row in random.random((count, 3)).tolist()]

    package = write_usdz(strip(textured(), *tints))

    assert len(factors(package)) <= 128


def test_alpha_counts_where_it_is_meant() -> None:
    clear = textured(alpha_mode="BLEND")

    package = write_usdz(strip(clear, (1, 1, 1, 0.25), (1, 1, 1, 1)))

    alphas = [
        p.material.base_color_factor[3]
        for p in read_usdz(package).primitives()
        if p.material is not None
    ]
    np.testing.assert_allclose(alphas, [0.25, 1], atol=1e-6)
