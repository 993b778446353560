"""Files of the museum's folder are read; nothing else is, however it is named."""

import os
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets_pipeline.errors.exceptions import (
    AssetError,
    MissingFileError,
    RefusedPathError,
)
from assets_pipeline.resolver import Resolver, resolve_reference

MODEL = PurePosixPath("models/box.gltf")


@pytest.fixture
def museum(tmp_path: Path) -> Path:
    """Return a folder with a file in it and a secret beside it."""
    folder = tmp_path / "museum"
    (folder / "models").mkdir(parents=True)
    (folder / "models/a b.bin").write_bytes(b"inside")
    (tmp_path / "secret").write_bytes(b"outside")
    return folder


def test_a_percent_encoded_name_is_decoded(museum: Path) -> None:
    assert Resolver(museum).read_beside(MODEL, "a%20b.bin") == b"inside"


def test_a_plain_name_is_taken_as_it_is(museum: Path) -> None:
    """OBJ files know no percent signs: ``a%20b`` would be another file."""
    assert Resolver(museum).read_beside(MODEL, "a b.bin", is_uri=False) == b"inside"


def test_a_path_may_climb_within_the_folder() -> None:
    assert resolve_reference(MODEL, "../textures/x.png") == PurePosixPath(
        "textures/x.png"
    )


@pytest.mark.parametrize(
    "reference",
    [
        "../../secret",
        "..%2f..%2fsecret",
        "/etc/passwd",
        "file:///etc/passwd",
        "http://127.0.0.1/x",
        "//host/x",
        "C:\\x.png",
        "..\\..\\secret",
        "\\\\host\\x",
        "a%00.bin",
        "%2fetc%2fpasswd",
    ],
)
def test_what_leads_out_is_refused(museum: Path, reference: str) -> None:
    with pytest.raises(RefusedPathError):
        Resolver(museum).read_beside(MODEL, reference)


@given(
    reference=st.text(alphabet="./\\%25aCc:ef2\0 ", max_size=20), is_uri=st.booleans()
)
def test_no_name_reads_outside(*, reference: str, is_uri: bool) -> None:
    """Whatever the name, the answer is a path below the folder or a refusal."""
    try:
        path = resolve_reference(MODEL, reference, is_uri=is_uri)
    except AssetError:
        return

    assert not path.is_absolute()
    assert ".." not in path.parts


def test_a_link_that_leads_out_is_refused(museum: Path) -> None:
    (museum / "models/link").symlink_to(museum.parent / "secret")

    with pytest.raises(RefusedPathError, match="link"):
        Resolver(museum).read_beside(MODEL, "link")


def test_a_link_that_stays_inside_is_followed(museum: Path) -> None:
    (museum / "latest.bin").symlink_to(museum / "models/a b.bin")

    assert Resolver(museum).read(PurePosixPath("latest.bin")) == b"inside"


def test_a_pipe_is_refused_without_waiting(museum: Path) -> None:
    """Reading a pipe that nobody writes to would never end."""
    os.mkfifo(museum / "pipe")

    with pytest.raises(RefusedPathError, match="ordinary"):
        Resolver(museum).read(PurePosixPath("pipe"))


def test_a_folder_is_refused(museum: Path) -> None:
    with pytest.raises(RefusedPathError, match="ordinary"):
        Resolver(museum).read(PurePosixPath("models"))


def test_what_was_looked_for_in_vain_is_remembered(museum: Path) -> None:
    """The cache must notice when it appears."""
    resolver = Resolver(museum)

    with pytest.raises(MissingFileError):
        resolver.read(PurePosixPath("absent.mtl"))

    assert resolver.reads == {"absent.mtl": None}


@pytest.mark.parametrize(
    ("there", "reference"),
    [
        ("models/Wood.JPG", "wood.jpg"),
        ("models/Textures/wood.jpg", "textures\\WOOD.jpg"),
        ("models/cl\u00e9.png", "cle\u0301.png"),
        ("models/wood.jpg", "C\u00f4t\u00e9/wood.jpg"),
    ],
    ids=["case", "a folder's", "accents", "beside"],
)
def test_a_file_written_otherwise_is_found(
    museum: Path, there: str, reference: str
) -> None:
    """As Windows and macOS find it, where the model was made."""
    (museum / there).parent.mkdir(exist_ok=True)
    (museum / there).write_bytes(b"wood")
    resolver = Resolver(museum)

    content = resolver.read_beside(MODEL, reference)

    assert content == b"wood"
    assert None not in resolver.reads.values()


def test_of_two_files_written_alike_none_is_taken(museum: Path) -> None:
    for name in ("Wood.jpg", "WOOD.jpg"):
        (museum / "models" / name).write_bytes(b"wood")

    with pytest.raises(MissingFileError):
        Resolver(museum).read_beside(MODEL, "wood.jpg")


def test_a_file_written_otherwise_that_comes_later_is_noticed(museum: Path) -> None:
    """The list of what lies there counts as read."""
    before, after = Resolver(museum), Resolver(museum)
    with pytest.raises(MissingFileError):
        before.read_beside(MODEL, "wood.jpg")
    (museum / "models/Wood.JPG").write_bytes(b"wood")

    for name in before.reads:
        if name.endswith("*"):
            after.reread(name)

    assert any(after.reads[n] != before.reads[n] for n in after.reads)
