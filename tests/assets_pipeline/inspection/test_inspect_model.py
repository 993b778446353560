"""What a model holds, counted before anything is changed."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

from assets_pipeline.errors.exceptions import DamagedFileError, UnsupportedFormatError
from assets_pipeline.gltf.orient import OrientOptions
from assets_pipeline.inspection.inspect_model import Inspection, inspect_model
from assets_pipeline.resolver import Resolver

if TYPE_CHECKING:
    from collections.abc import Callable

    Look = Callable[..., Inspection]


@pytest.fixture
def look(models: Path) -> Look:
    """Return a function that inspects a small model by name."""

    def looks(name: str, metres_per_unit: float = 1.0, up: str = "y") -> Inspection:
        turn = OrientOptions(metres_per_unit, up)  # type: ignore[arg-type]
        return inspect_model(PurePosixPath(name), Resolver(models), turn)

    return looks


def test_a_box_and_its_picture_are_counted(look: Look, models: Path) -> None:
    found = look("textured_box.glb")

    assert found.size_m == pytest.approx((1.0, 2.0, 0.5))
    assert found.size_bytes == (models / "textured_box.glb").stat().st_size
    assert (found.triangles, found.draw_calls) == (12, 1)
    assert found.attributes == ("NORMAL", "POSITION", "TEXCOORD_0")
    slots = {texture.slots: texture for texture in found.textures}
    assert sorted(slots) == [
        ("baseColorTexture",),
        ("clearcoatTexture",),
        ("normalTexture",),
    ]
    colored = slots["baseColorTexture",]
    assert (colored.width_px, colored.height_px) == (64, 64)
    assert colored.gpu_bytes == round(64 * 64 * 4 * 4 / 3)
    assert found.extensions == ("KHR_materials_clearcoat",)
    assert found.texture_gpu_bytes < found.gpu_bytes


def test_extensions_that_are_left_out_are_named(look: Look, models: Path) -> None:
    content = (models / "box.gltf").read_text()
    used = '"extensionsUsed": ["ACME_moss", "KHR_texture_transform"], "asset"'
    (models / "mossy.gltf").write_text(content.replace('"asset"', used, 1))

    found = look("mossy.gltf")

    assert found.left_out == ("ACME_moss",)


def test_units_and_axis_are_those_told(look: Look) -> None:
    found = look("box_mm_z_up.stl", 0.001, "z")

    assert found.size_m == pytest.approx((1.0, 2.0, 0.5), rel=1e-3)


def test_a_survey_is_told_where_its_foot_is(look: Look) -> None:
    found = look("surveyed_box.obj", up="z")

    assert found.lost_foot == pytest.approx((652345.87, 6862013.31, 96.4))
    assert found.away_m == pytest.approx(6_892_951, abs=1)


def test_what_a_build_can_not_place_is_refused(look: Look) -> None:
    with pytest.raises(UnsupportedFormatError, match="rounded to 50 cm"):
        look("rounded_survey.ply", up="z")


def test_corners_of_a_stl_repeat(look: Look) -> None:
    """A box of 12 triangles stores 36 corners, and has 8."""
    found = look("box_mm_z_up.stl")

    assert found.vertices == 36
    assert found.repeated_vertices == 36 - 8


def test_instances_are_drawn_and_stored_once(look: Look) -> None:
    found = look("instanced_boxes.glb")

    assert found.draw_calls == 3
    assert found.meshes == 1
    assert found.triangles == 3 * 12


SQUARE = "v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\nf 1 2 3\nf 1 3 4\n"


def test_triangles_of_no_area_are_counted(tmp_path: Path) -> None:
    (tmp_path / "square.obj").write_text(f"{SQUARE}f 1 1 2\n", encoding="utf-8")

    found = inspect_model(
        PurePosixPath("square.obj"), Resolver(tmp_path), OrientOptions()
    )

    assert (found.empty_triangles, found.double_triangles) == (1, 0)


def test_triangles_drawn_twice_are_counted(tmp_path: Path) -> None:
    """The reader of OBJ gives each triangle vertices of its own."""
    (tmp_path / "square.obj").write_text(f"{SQUARE}f 2 3 1\n", encoding="utf-8")

    found = inspect_model(
        PurePosixPath("square.obj"), Resolver(tmp_path), OrientOptions()
    )

    assert found.double_triangles == 1


def test_triangles_back_to_back_are_no_doubles(tmp_path: Path) -> None:
    (tmp_path / "square.obj").write_text(f"{SQUARE}f 3 2 1\n", encoding="utf-8")

    found = inspect_model(
        PurePosixPath("square.obj"), Resolver(tmp_path), OrientOptions()
    )

    assert found.double_triangles == 0


def test_a_skinned_bar_has_joints_and_motion(look: Look) -> None:
    found = look("bar.glb")

    assert found.joints == 2
    assert [motion.channels for motion in found.animations] == [1]
    assert found.animations[0].duration_s > 0
    assert found.animations[0].is_played


def test_an_animation_of_hours_is_played_nowhere(look: Look) -> None:
    (motion,) = look("frames_as_seconds.glb").animations

    assert not motion.is_played


def test_morph_targets_are_counted(look: Look) -> None:
    assert look("morphed_box.glb").morph_targets == 1


def test_files_that_a_model_names_are_counted(look: Look) -> None:
    assert look("box.gltf").files == 3


def test_what_can_not_be_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "cut.glb").write_bytes(b"glTF\x02\0\0\0")

    with pytest.raises(DamagedFileError):
        inspect_model(PurePosixPath("cut.glb"), Resolver(tmp_path), OrientOptions())
