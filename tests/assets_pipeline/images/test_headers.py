"""What files say of themselves first: the same as once they are decoded, or nothing."""

from __future__ import annotations

import codecs
import io
import json
import struct
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from assets_pipeline.errors.exceptions import AssetError, DamagedFileError
from assets_pipeline.gltf import measure
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.images.headers import read_size_px
from assets_pipeline.readers.headers import read_gltf_extents
from assets_pipeline.transforms.quantize import quantize

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

    from assets_pipeline.gltf.document import Document

    Read = Callable[..., Document]

SAVED: dict[str, dict[str, Any]] = {
    "JPEG": {},
    "progressive JPEG": {"progressive": True},
    "PNG": {},
    "WebP": {},
    "lossless WebP": {"lossless": True},
}
ORIENTATION = 0x0112


def picture(kind: str = "JPEG", mode: str = "RGB", **options: Any) -> bytes:  # noqa: ANN401  # Pillow's own
    """Return a picture of 37 by 23 pixels."""
    out = io.BytesIO()
    form = kind.rpartition(" ")[2]
    Image.new(mode, (37, 23), "red").save(out, form, **SAVED[kind], **options)
    return out.getvalue()


@pytest.mark.parametrize("kind", SAVED)
def test_size_of_a_picture(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "picture"
    path.write_bytes(picture(kind))

    assert read_size_px(path) == (37, 23)


def test_size_of_a_picture_with_transparency(tmp_path: Path) -> None:
    """WebP tells its size in another kind of chunk then."""
    path = tmp_path / "picture"
    path.write_bytes(picture("WebP", "RGBA"))

    assert read_size_px(path) == (37, 23)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_size_of_a_photograph_is_that_of_it_upright(
    orientation: int, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    path = tmp_path / "picture"
    path.write_bytes(picture(exif=exif))

    assert read_size_px(path) == ((37, 23) if orientation < 5 else (23, 37))


def test_size_is_not_told_where_exif_may_turn_the_picture(tmp_path: Path) -> None:
    """In WebP, Exif stands behind the picture."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    path = tmp_path / "picture"
    path.write_bytes(picture("WebP", exif=exif))

    assert read_size_px(path) is None


@pytest.mark.parametrize("kind", SAVED)
def test_size_of_a_picture_cut_short_is_right_or_none(
    kind: str, tmp_path: Path
) -> None:
    path, content = tmp_path / "picture", picture(kind)

    sizes = set()
    for length in range(len(content)):
        path.write_bytes(content[:length])
        sizes.add(read_size_px(path))

    assert sizes == {None, (37, 23)}


@given(st.sampled_from(sorted(SAVED)), st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_header_ends_the_program(
    tmp_path: Path, kind: str, data: st.DataObject
) -> None:
    content = bytearray(picture(kind))
    for _ in range(4):
        at = data.draw(st.integers(0, min(len(content), 200) - 1))
        content[at] = data.draw(st.integers(0, 255))
    path = tmp_path / "picture"
    path.write_bytes(content)

    size = read_size_px(path)

    assert size is None or min(size) > 0


def test_no_size_of_another_kind_of_file(tmp_path: Path) -> None:
    path = tmp_path / "picture"
    path.write_bytes(b"<svg/>")

    assert read_size_px(path) is None
    assert read_size_px(tmp_path / "absent") is None


def near(got: object, wanted: object) -> bool:
    """Return whether two boxes are the same but for rounding."""
    return np.allclose(np.array(got), np.array(wanted), atol=1e-5)


@pytest.mark.parametrize("up", ["x", "y", "z"])
@pytest.mark.parametrize("name", ["textured_box.glb", "ball.glb", "draco_box.glb"])
def test_box_of_a_model(name: str, up: Any, models: Path, read: Read) -> None:  # noqa: ANN401  # an axis
    measured = measure.compute_extents(read(name, 0.001, up))

    told = read_gltf_extents(models / name, 0.001, up)

    assert told is not None
    assert near([told.least, told.greatest], [measured.least, measured.greatest])


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8, b"\r\n"])
def test_box_of_a_model_that_is_json_alone(
    mark: bytes, models: Path, read: Read, tmp_path: Path
) -> None:
    measured = measure.compute_extents(read("box.gltf"))
    path = tmp_path / "box.gltf"
    path.write_bytes(mark + (models / "box.gltf").read_bytes())

    told = read_gltf_extents(path, 1.0, "y")

    assert told is not None
    assert near([told.least, told.greatest], [measured.least, measured.greatest])


def test_box_of_a_quantized_model(models: Path, read: Read, tmp_path: Path) -> None:
    """As many programs compress them: in whole numbers, their node scaled to fit."""
    document = read("textured_box.glb")
    measured = measure.compute_extents(document)
    quantize(document)
    path = tmp_path / "quantized.glb"
    path.write_bytes(write_glb(document))

    told = read_gltf_extents(path, 1.0, "y")

    assert told is not None
    assert np.allclose(told.size_m, measured.size_m, atol=1e-3)


@pytest.mark.parametrize("name", ["bar.glb", "morphed_box.glb", "instanced_boxes.glb"])
def test_box_is_not_told_of_what_stands_elsewhere(name: str, models: Path) -> None:
    """Joints, weights and instances move vertices away from their bounds."""
    assert read_gltf_extents(models / name, 1.0, "y") is None


def turned(make: ModuleType, **node: object) -> bytes:
    """Return a box of 1 by 2 by 0.5 m under a node, under another."""
    content: bytes = make.textured_box()
    (length,) = struct.unpack_from("<I", content, 12)
    root = json.loads(content[20 : 20 + length])
    shown = root["scenes"][0]["nodes"]
    root["nodes"].append({"children": shown, **node})
    root["scenes"][0]["nodes"] = [len(root["nodes"]) - 1]
    packed: bytes = make.packed(root, content[28 + length :])
    return packed


@pytest.mark.parametrize(
    "node",
    [
        {"translation": [3, 4, 5], "scale": [2, 3, -4]},
        {"rotation": [0.5**0.5, 0, 0, 0.5**0.5], "scale": [2, 3, 4]},
        {"matrix": [0, 0, -2, 0, 0, 1, 0, 0, 1, 0, 0, 0, 7, 8, 9, 1]},
    ],
)
def test_box_follows_its_nodes(
    node: dict[str, object], make: ModuleType, tmp_path: Path, read: Read
) -> None:
    path = tmp_path / "turned.glb"
    path.write_bytes(turned(make, **node))
    measured = measure.compute_extents(read(path.name, folder=tmp_path))

    told = read_gltf_extents(path, 1.0, "y")

    assert told is not None
    assert near([told.least, told.greatest], [measured.least, measured.greatest])


def test_box_is_not_told_of_what_leans(make: ModuleType, tmp_path: Path) -> None:
    """The box of a leaning box is larger than what is in it."""
    path = tmp_path / "leaning.glb"
    path.write_bytes(turned(make, rotation=[0, 0, 0.1, (1 - 0.1**2) ** 0.5]))

    assert read_gltf_extents(path, 1.0, "y") is None


def test_model_cut_short(make: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "short.glb"
    path.write_bytes(make.textured_box()[:-4])

    with pytest.raises(DamagedFileError, match="The file says"):
        read_gltf_extents(path, 1.0, "y")


def test_box_of_hostile_files(hostile: Path) -> None:
    """None ends the program, none has a box without a size."""
    for path in sorted(hostile.iterdir()):
        try:
            told = read_gltf_extents(path, 1.0, "y")
        except AssetError:
            continue
        assert told is None or max(told.size_m) > 0


def test_box_of_a_node_within_itself(make: ModuleType, tmp_path: Path) -> None:
    content: bytes = make.packed(
        {"scenes": [{"nodes": [0]}], "nodes": [{"children": [0]}]}
    )
    path = tmp_path / "round.glb"
    path.write_bytes(content)

    assert read_gltf_extents(path, 1.0, "y") is None
