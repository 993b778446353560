"""Pictures come out upright, in sRGB, bare of notes, in formats that browsers read."""

from __future__ import annotations

import contextlib
import io
import shutil
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from assets_pipeline.errors.exceptions import (
    AssetError,
    DamagedFileError,
    LimitExceededError,
    MissingProgramError,
    UnsupportedFormatError,
)
from assets_pipeline.images.photographs import decode_photograph, is_heic
from assets_pipeline.media.pictures import make_picture
from assets_pipeline.resolver import Resolver
from assets_pipeline.tasks.store import Store
from assets_pipeline.tasks.task import Task
from tours.bundle import Picture

if TYPE_CHECKING:
    from types import ModuleType

BAD_INPUT = Path(__file__).parents[3].parent / "shared/data/bad_input"
LONGEST_S = 10


@pytest.fixture
def made(tmp_path: Path) -> Maker:
    return Maker(tmp_path)


class Maker:
    """Makes pictures in a museum of its own."""

    def __init__(self, folder: Path) -> None:
        self.museum = folder / "museum"
        self.museum.mkdir()
        self.store = Store(folder / "store")

    def variants(self, content: bytes) -> dict[tuple[str, int], Image.Image]:
        """Return a picture's variants by media type and width, opened."""
        (self.museum / "p").write_bytes(content)
        task = Task("picture", str(self.museum), "p")
        product = make_picture(task, Resolver(self.museum), self.store).product
        assert isinstance(product, Picture)
        return {
            (v.file.media_type, v.width_px): Image.open(
                io.BytesIO(self.store.path(v.file).read_bytes())
            )
            for v in product.variants
        }


def test_a_turned_photograph_stands_upright(made: Maker, media: ModuleType) -> None:
    """Exif 6: the camera was held on its side, the sky is on the file's right."""
    content = media.saved(media.halves(), "JPEG", quality=95, exif=media.notes(6))

    picture = made.variants(content)["image/jpeg", 32]

    assert picture.size == (32, 64)
    top, bottom = (np.asarray(picture.getpixel((16, y)), int) for y in (5, 58))
    assert np.abs(top - media.LEFT).max() < 12
    assert np.abs(bottom - media.RIGHT).max() < 12


def test_nothing_but_pixels_is_left(made: Maker, media: ModuleType) -> None:
    content = media.saved(media.halves(), "JPEG", exif=media.notes(), comment=b"secret")

    for (kind, _), picture in made.variants(content).items():
        assert not picture.getexif(), kind
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(picture.info), kind
    for path in made.store.folder.iterdir():
        assert path.is_dir() or b"secret" not in path.read_bytes()


def test_colours_are_carried_over_from_their_profile(
    made: Maker, media: ModuleType
) -> None:
    """In the file's own profile red and green are swapped: what is sent is green."""
    red = Image.new("RGB", (16, 16), (255, 0, 0))
    content = media.saved(red, "PNG", icc_profile=media.swapped_profile())

    picture = made.variants(content)["image/jpeg", 16]

    assert np.abs(np.asarray(picture.getpixel((8, 8)), int) - (0, 255, 0)).max() < 12


def test_widths_are_those_of_pages_and_nothing_is_enlarged(
    made: Maker, media: ModuleType
) -> None:
    small = made.variants(media.saved(media.halves(300, 150), "PNG"))
    large = made.variants(media.saved(media.halves(2000, 1000), "PNG"))

    kinds = ("image/avif", "image/webp", "image/jpeg")
    assert list(small) == [(kind, 300) for kind in kinds]
    assert list(large) == [(kind, w) for kind in kinds for w in (480, 960, 1600)]


def test_the_same_picture_gives_the_same_bytes(made: Maker, media: ModuleType) -> None:
    content = media.saved(media.halves(600, 300), "PNG")
    made.variants(content)
    before = {path.name for path in made.store.folder.iterdir()}

    made.variants(content)

    assert {path.name for path in made.store.folder.iterdir()} == before


@pytest.mark.parametrize(
    ("mode", "given", "shown"),
    [
        ("L", 90, (90, 90, 90)),
        ("LA", (0, 0), (255, 255, 255)),
        ("RGBA", (0, 0, 0, 128), (127, 127, 127)),
        ("P", 0, (0, 0, 0)),
        ("1", 1, (255, 255, 255)),
        ("I;16", 0x8000, (128, 128, 128)),
    ],
)
def test_every_kind_of_png_is_shown_as_it_looks(
    media: ModuleType, mode: str, given: object, shown: tuple[int, ...]
) -> None:
    """Sixteen bits are scaled, not cut; what is clear lies on white."""
    picture = Image.new(mode, (8, 8), given)  # type: ignore[arg-type]  # by mode

    pixels = decode_photograph(media.saved(picture, "PNG"), "p")

    assert pixels.mode == "RGB"
    assert pixels.getpixel((4, 4)) == shown


@pytest.mark.parametrize("mode", ["RGB", "CMYK", "F", "I;16", "L"])
def test_every_kind_of_tiff_is_read(media: ModuleType, mode: str) -> None:
    content = media.saved(Image.new(mode, (8, 8)), "TIFF")

    assert decode_photograph(content, "p").size == (8, 8)


@pytest.mark.parametrize("kind", ["AVIF", "BMP"])
def test_a_picture_of_avif_or_bmp_is_read(kind: str, media: ModuleType) -> None:
    content = media.saved(Image.new("RGB", (8, 6), "teal"), kind)

    picture = decode_photograph(content, "picture")

    assert picture.size == (8, 6)
    assert max(abs(np.subtract(picture.getpixel((3, 3)), (0, 128, 128)))) <= 2


def test_the_first_page_of_a_tiff_counts(media: ModuleType) -> None:
    pages = [Image.new("RGB", (8, 8), color) for color in ("red", "blue")]
    content = media.saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])

    assert decode_photograph(content, "p").getpixel((0, 0)) == (255, 0, 0)


def test_a_bomb_is_refused_by_its_header(media: ModuleType) -> None:
    with pytest.raises(LimitExceededError, match="150 million"):
        decode_photograph(media.bomb(60_000, 60_000), "p")


def test_what_is_cut_short_is_refused(media: ModuleType) -> None:
    with pytest.raises(DamagedFileError):
        decode_photograph(media.pictures()["cut.jpg"], "p")


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(UnsupportedFormatError):
        decode_photograph(b"GIF89a", "p")


@pytest.fixture
def heic(tmp_path: Path, media: ModuleType) -> bytes:
    """Return a photograph as phones keep it, held on its side, notes and all."""
    encoder = shutil.which("heif-enc")
    if encoder is None or shutil.which("heif-dec") is None:
        pytest.skip("heif-enc and heif-dec are not on this machine")
    turned = media.saved(media.halves(), "JPEG", quality=95, exif=media.notes(6))
    (tmp_path / "p.jpg").write_bytes(turned)
    command = [encoder, "-q", "90", "p.jpg", "-o", "p.heic"]
    if subprocess.run(
        command, cwd=tmp_path, check=False, capture_output=True
    ).returncode:
        pytest.skip("heif-enc lacks an encoder of HEVC")
    return (tmp_path / "p.heic").read_bytes()


def test_a_photograph_of_an_iphone_is_read_upright_and_bare(
    heic: bytes, made: Maker, media: ModuleType
) -> None:
    """HEIF turns the picture itself; turning it again by Exif would lay it down."""
    picture = made.variants(heic)["image/jpeg", 32]

    assert picture.size == (32, 64)
    top = np.asarray(picture.getpixel((16, 5)), int)
    assert np.abs(top - media.LEFT).max() < 16
    assert not picture.getexif()


def test_without_its_program_a_heic_says_what_to_install(
    made: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(MissingProgramError, match="apt install libheif-examples"):
        made.variants(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")


def test_a_damaged_heic_is_refused(made: Maker) -> None:
    if shutil.which("heif-dec") is None:
        pytest.skip("heif-dec is not on this machine")

    with pytest.raises(DamagedFileError):
        made.variants(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(500))


@pytest.mark.parametrize(
    ("brands", "expected"),
    [
        (b"heic\0\0\0\0mif1", True),
        (b"mif1\0\0\0\0heic", True),
        (b"mif1\0\0\0\0avif", False),
        (b"avif\0\0\0\0mif1", False),
        (b"isom\0\0\0\0mp42", False),
    ],
)
def test_a_heic_is_known_by_its_brands(brands: bytes, *, expected: bool) -> None:
    content = (8 + len(brands)).to_bytes(4, "big") + b"ftyp" + brands

    assert is_heic(content) is expected


def test_others_hostile_pictures_never_crash() -> None:
    """PNGs made to break readers, fuzzers' finds and bombs, where they are at hand."""
    if not BAD_INPUT.is_dir():
        pytest.skip(f"hostile files of others are kept outside, in {BAD_INPUT}")
    folders = ("pngsuite", "image-rs", "own")
    paths = sorted(
        p for f in folders for p in (BAD_INPUT / f).rglob("*") if p.is_file()
    )
    assert len(paths) > 300

    for path in paths:
        start = time.monotonic()
        with contextlib.suppress(AssetError):
            decode_photograph(path.read_bytes(), path.name)
        assert time.monotonic() - start < LONGEST_S, path


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP", "AVIF"])
def test_damaged_bytes_never_escape_our_errors(media: ModuleType, kind: str) -> None:
    """A hundred files, each with a few bytes changed."""
    whole = media.saved(media.halves(), kind)
    chance = np.random.default_rng(7)

    for _ in range(100):
        content = bytearray(whole)
        for at in chance.integers(4, len(content), 4):
            content[at] = chance.integers(256)
        with contextlib.suppress(AssetError):
            decode_photograph(bytes(content), "p")


def test_pictures_of_formats_that_open_nowhere_else_end_with_jpeg(
    made: Maker, media: ModuleType
) -> None:
    content = io.BytesIO()
    media.halves().save(content, format="TIFF")

    assert list(made.variants(content.getvalue()))[-1][0] == "image/jpeg"
