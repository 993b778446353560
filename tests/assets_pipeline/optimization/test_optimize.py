"""Models of other libraries in, files and models of other libraries out."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pygltflib
import pytest
import trimesh

import assets_pipeline
from assets_pipeline.errors.exceptions import DamagedFileError
from assets_pipeline.gltf import measure
from assets_pipeline.optimization.pygltflib_adapter import export_model
from assets_pipeline.optimization.result import ConversionWarning, Optimized
from assets_pipeline.rendering.decompress import decode_document
from tests.data import make


@pytest.fixture(scope="module")
def box() -> bytes:
    """Return a textured box of 1 x 2 x 0.5 m."""
    return make.textured_box()


@pytest.fixture(scope="module")
def made(box: bytes) -> Optimized:
    """Optimize the box once."""
    return assets_pipeline.optimize(box, max_error=0.1)


def test_bytes_give_what_their_file_gives(tmp_path: Path) -> None:
    content = make.stl_mm_z_up()
    (tmp_path / "box.stl").write_bytes(content)

    of_bytes = assets_pipeline.optimize(content, metres_per_unit=0.001, up="z")
    of_file = assets_pipeline.optimize(
        str(tmp_path / "box.stl"), metres_per_unit=0.001, up="z"
    )

    assert of_bytes.glb == of_file.glb
    assert of_bytes.source.size_bytes == len(content)
    shown = measure.compute_extents(decode_document(of_bytes.glb))
    assert shown.size_m == pytest.approx((1.0, 2.0, 0.5), rel=1e-3)


def test_the_error_is_kept(made: Optimized) -> None:
    assert made.visual_error is not None
    assert made.visual_error <= 0.1


def test_a_file_that_became_larger_says_so(made: Optimized, box: bytes) -> None:
    """So few triangles weigh less than the names of what compresses them."""
    sizes = f"the result has {len(made.glb)} bytes, the source {len(box)}"

    assert made.is_larger
    assert made.warnings == (sizes,)


def test_bytes_that_are_no_model_are_refused() -> None:
    with pytest.raises(DamagedFileError):
        assets_pipeline.optimize(b"glTF\x02\0\0\0")


def test_other_types_are_refused() -> None:
    with pytest.raises(TypeError, match="and not int"):
        assets_pipeline.optimize(3)  # type: ignore[arg-type]


def test_a_mesh_of_trimesh_keeps_its_size_and_unit_and_stays_as_it_is() -> None:
    mesh = trimesh.creation.box((1000.0, 2000.0, 500.0))
    mesh.units = "millimeters"
    before = mesh.vertices.copy()

    made = assets_pipeline.optimize(mesh)

    assert np.array_equal(mesh.vertices, before)
    assert made.to_trimesh().extents == pytest.approx((1.0, 2.0, 0.5), rel=1e-3)


def test_colours_of_faces_are_kept_apart() -> None:
    mesh = trimesh.creation.box()
    mesh.visual.face_colors = [[255, 0, 0, 255]] * 6 + [[0, 0, 255, 255]] * 6

    made = assets_pipeline.optimize(mesh, max_error=0.01)

    (primitive,) = decode_document(made.glb).primitives()
    colors = primitive.attributes["COLOR_0"].array[:, :3].round()
    assert {tuple(map(int, color)) for color in colors} == {(1, 0, 0), (0, 0, 1)}


def test_what_trimesh_does_not_triangulate_is_told() -> None:
    scene = trimesh.Scene(trimesh.creation.box())
    scene.add_geometry(trimesh.PointCloud([[0, 0, 0], [1, 1, 1]]), geom_name="points")

    made = assets_pipeline.optimize(scene)

    assert "points: a PointCloud is left out" in made.warnings
    assert made.source.triangles == 12


def test_a_scene_of_trimesh_has_the_texture(made: Optimized) -> None:
    with pytest.warns(ConversionWarning, match="extensions of materials"):
        scene = made.to_trimesh()

    (mesh,) = scene.geometry.values()
    assert mesh.visual.material.baseColorTexture.size == (64, 64)


def test_what_trimesh_can_not_hold_is_told() -> None:
    made = assets_pipeline.optimize(make.bar(30.0), max_error=0.3)

    with pytest.warns(ConversionWarning, match="skins"):
        made.to_trimesh()


def test_a_gltf2_is_optimized_and_stays_as_it_is(box: bytes) -> None:
    gltf = pygltflib.GLTF2.load_from_bytes(box)
    gltf.materials[0].name = "brick"
    before = gltf.to_json()

    made = assets_pipeline.optimize(gltf, max_error=0.3)

    assert gltf.to_json() == before
    assert made.source.triangles == 12
    assert made.source.textures == 3


def test_a_gltf2_with_files_is_read_with_them(tmp_path: Path) -> None:
    for name, content in make.gltf_with_files().items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    (path,) = tmp_path.glob("*.gltf")

    exported = export_model(pygltflib.GLTF2().load(str(path)))

    document = decode_document(exported.content)
    assert exported.warnings == ()
    assert measure.count_triangles(document) == 12
    assert [image.content[1:4] for image in document.images()] == [b"PNG"]


def test_a_missing_image_of_a_gltf2_is_told() -> None:
    gltf = pygltflib.GLTF2.load_from_bytes(make.textured_box())
    gltf.images[0] = pygltflib.Image(uri="absent.png")

    assert export_model(gltf).warnings == ("absent.png: this image is missing",)


def test_a_gltf2_is_compressed_unless_asked_otherwise(made: Optimized) -> None:
    assert "EXT_meshopt_compression" in made.to_gltf2().extensionsUsed
    assert (
        "EXT_meshopt_compression" not in made.to_gltf2(decompressed=True).extensionsUsed
    )


def test_nothing_heavy_is_imported_before_it_is_asked_for() -> None:
    """The command's help would wait for it."""
    code = (
        "import sys, assets_pipeline; assert 'numpy' not in sys.modules; "
        "assets_pipeline.optimize; assert 'numpy' in sys.modules; "
        "assert not {'trimesh', 'pygltflib'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_other_names_are_not_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'optimise'"):
        assets_pipeline.optimise  # noqa: B018  # type: ignore[attr-defined]
