"""A zip is read as a folder of its own, and nothing gets out of it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

from assets_pipeline.errors.exceptions import (
    AssetError,
    DamagedFileError,
    LimitExceededError,
    RefusedPathError,
    UnsupportedFormatError,
)
from assets_pipeline.gltf import measure
from assets_pipeline.gltf.orient import OrientOptions
from assets_pipeline.readers.dispatch import read_document
from assets_pipeline.resolver import Resolver

if TYPE_CHECKING:
    from assets_pipeline.gltf.document import Document

BAD_INPUT = Path(__file__).parents[3].parent / "shared/data/bad_input/own"


def packed(members: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()


def read(folder: Path, content: bytes) -> tuple[Document, Resolver]:
    (folder / "model.zip").write_bytes(content)
    resolver = Resolver(folder)
    path = PurePosixPath("model.zip")
    return read_document(path, OrientOptions(), resolver), resolver


def of(models: Path, *names: str) -> dict[str, bytes]:
    return {f"box/{name}": (models / name).read_bytes() for name in names}


def test_an_obj_finds_its_colours_in_the_zip(models: Path, tmp_path: Path) -> None:
    names = (p.name for p in models.iterdir() if p.suffix in (".mtl", ".png"))
    members = of(models, "box.obj", *names)

    document, _ = read(tmp_path, packed(members))

    assert measure.count_triangles(document) == 12
    assert len(document.images()) == 1


@pytest.mark.parametrize("name", [b"\0", b"."])
def test_a_member_without_a_name_is_passed_over(
    models: Path, tmp_path: Path, name: bytes
) -> None:
    content = packed({"?": b"", **of(models, "box.obj")}).replace(b"?", name)

    document, _ = read(tmp_path, content)

    assert measure.count_triangles(document) == 12


def test_gltf_is_taken_before_what_keeps_less(models: Path, tmp_path: Path) -> None:
    """Sites that give models away pack one in several formats."""
    members = of(models, "box.ply") | of(models, "tetrahedron.stl")

    document, _ = read(tmp_path, packed(members))

    assert measure.count_triangles(document) == 12


def test_two_models_of_a_kind_are_refused(models: Path, tmp_path: Path) -> None:
    members = of(models, "box.ply") | {"other.ply": b"ply"}

    with pytest.raises(UnsupportedFormatError, match=r"box/box\.ply, other\.ply"):
        read(tmp_path, packed(members))


def test_a_zip_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFormatError, match="holds no model"):
        read(tmp_path, packed({"notes.txt": b"measured in May"}))


@pytest.mark.parametrize("name", ["../box.ply", "/etc/box.ply", "C:/box.ply"])
def test_a_name_that_leaves_the_zip_is_refused(
    models: Path, tmp_path: Path, name: str
) -> None:
    with pytest.raises(RefusedPathError):
        read(tmp_path, packed({name: (models / "box.ply").read_bytes()}))


def test_a_model_reads_nothing_outside_its_zip(models: Path, tmp_path: Path) -> None:
    names = [p.name for p in models.iterdir() if p.suffix in (".mtl", ".png")]
    for name in names:
        (tmp_path / name).write_bytes((models / name).read_bytes())

    document, _ = read(tmp_path, packed(of(models, "box.obj")))

    assert document.images() == []


def test_what_the_zip_lacks_is_remembered(models: Path, tmp_path: Path) -> None:
    _, resolver = read(tmp_path, packed(of(models, "box.obj")))

    lost = [name for name, digest in resolver.reads.items() if digest is None]
    assert lost
    assert all(name.startswith("model.zip/box/") for name in lost)


def test_pictures_packed_apart_are_found_by_their_names(
    models: Path, tmp_path: Path
) -> None:
    """Sketchfab packs ``source/box.obj`` and ``textures/``."""
    names = [p.name for p in models.iterdir() if p.suffix == ".png"]
    apart = {f"textures/{n}": (models / n).read_bytes() for n in names}
    members = of(models, "box.obj", "box.mtl") | apart

    document, resolver = read(tmp_path, packed(members))

    assert len(document.images()) == 1
    assert None not in resolver.reads.values()


def test_a_zip_in_a_zip_finds_the_pictures_around_it(
    models: Path, tmp_path: Path
) -> None:
    """Sketchfab packs what it was given, beside ``textures/``."""
    names = [p.name for p in models.iterdir() if p.suffix == ".png"]
    apart = {f"textures/{n}": (models / n).read_bytes() for n in names}
    inner = packed(of(models, "box.obj", "box.mtl"))

    document, resolver = read(tmp_path, packed({"source/box.zip": inner, **apart}))

    assert len(document.images()) == 1
    assert None not in resolver.reads.values()


def test_what_a_zip_in_a_zip_lacks_is_remembered(models: Path, tmp_path: Path) -> None:
    inner = packed(of(models, "box.obj"))

    _, resolver = read(tmp_path, packed({"source/box.zip": inner}))

    lost = [name for name, digest in resolver.reads.items() if digest is None]
    assert lost == ["model.zip/source/box.zip/box/box.mtl"]


def test_a_zip_in_a_zip_in_a_zip_is_refused(models: Path, tmp_path: Path) -> None:
    """One that holds itself would never end."""
    content = packed(of(models, "box.ply"))
    for _ in range(2):
        content = packed({"again.zip": content})

    with pytest.raises(UnsupportedFormatError, match="holds no model"):
        read(tmp_path, content)


def test_names_that_macos_packed_are_read_as_utf_8(tmp_path: Path) -> None:
    """Its zips do not say so."""
    obj = "mtllib cl\u00e9.mtl\nusemtl x\nv 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n"
    members = {"a.obj": obj.encode(), "cl\u00e9.mtl": b"newmtl x\nKd 1 0 0\n"}
    name = "cl\u00e9.mtl".encode()
    marked = packed(members)
    flags = [i - 22 for i in range(len(marked)) if marked.startswith(name, i)]

    # Bit 11 of the general purpose flags says UTF-8 (APPNOTE.TXT, 4.4.4).
    unmarked = bytearray(marked)
    local, central = flags[-2] + 22 - 30 + 6, flags[-1] + 22 - 46 + 8
    for at in (local + 1, central + 1):
        assert unmarked[at] == 0x08
        unmarked[at] = 0
    document, _ = read(tmp_path, bytes(unmarked))

    assert document.materials()[0].base_color_factor == (1, 0, 0, 1)


def test_a_zip_that_unfolds_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LimitExceededError):
        read(tmp_path, packed({"zeros.stl": bytes(64 << 20)}))


def test_a_zip_cut_short_is_refused(models: Path, tmp_path: Path) -> None:
    with pytest.raises(DamagedFileError):
        read(tmp_path, packed(of(models, "box.ply"))[:-40])


def test_others_hostile_zips_are_refused() -> None:
    if not BAD_INPUT.is_dir():
        pytest.skip(f"hostile files of others are kept outside, in {BAD_INPUT}")
    for path in BAD_INPUT.glob("*.zip"):
        with pytest.raises(AssetError):
            read_document(
                PurePosixPath(path.name), OrientOptions(), Resolver(BAD_INPUT)
            )
