"""Every file of the demonstration's release, judged whole by tools that are not ours.

The manifests say what each file is and how large; Khronos' validator, OpenUSD's, Pillow,
ffmpeg, Chromium and a strict reading of the WebVTT standard say whether that is so.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from pxr import Usd, UsdValidation

from tours.release import FILE_NAME, from_json

if TYPE_CHECKING:
    from collections.abc import Iterator

Visiting = Any  # conftest's functions: importlib mode gives their types no name
Stated = dict[str, Any]  # what a manifest says of one file

VALIDATOR = Path(__file__).parents[1] / "tools" / "validate_gltf.mjs"
PACKAGES = Path(__file__).parents[2] / "client" / "node_modules"
FORMATS = {"image/avif": "AVIF", "image/webp": "WEBP", "image/jpeg": "JPEG"}
CODECS = {"av01": "av1", "avc1": "h264", "mp4a": "aac"}
"""RFC 6381's names of codecs, and ffprobe's."""
NEEDS_FFMPEG = pytest.mark.skipif(
    shutil.which("ffprobe") is None, reason="ffmpeg is missing: apt-get install ffmpeg"
)
TIME = r"(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}"
TIMINGS = re.compile(rf"({TIME}) --> ({TIME})")
TAG = re.compile(r"<[^>]*>|<")
KNOWN_TAG = re.compile(r"</?(?:b|i|u)>|<v(?: [^<>&]+)?>|</v>|<lang [\w-]+>|</lang>")
REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|lrm|rlm|nbsp|quot|apos|#\d+);)")
CUES = """(url) => new Promise((resolve) => {
    const film = document.createElement("video");
    const track = document.createElement("track");
    track.addEventListener("load", () => resolve(track.track.cues.length));
    track.addEventListener("error", () => resolve("refused"));
    track.src = url;
    film.append(track);
    document.body.append(film);
    track.track.mode = "hidden";
})"""


@pytest.fixture(scope="module")
def folder(demonstration: Visiting) -> Path:
    """Return the folder of the release that is served."""
    current = (demonstration.build_dir / "current").read_text("utf-8").strip()
    path: Path = demonstration.build_dir / "releases" / current
    return path


@pytest.fixture(scope="module")
def files(folder: Path) -> dict[str, Path]:
    """Return where the release keeps each address."""
    release = from_json((folder / FILE_NAME).read_bytes())
    return {entry.url: folder / entry.identity.file for entry in release.entries}


@pytest.fixture(scope="module")
def stated(folder: Path) -> dict[str, Stated]:
    """Return what the manifests say of each media file, by its address."""
    paths = sorted((folder / "manifests").glob("*.json"))
    return {
        item["url"]: item
        for path in paths
        for item in _items(json.loads(path.read_bytes()))
        if str(item.get("url", "")).startswith("/media/")
    }


def _items(value: object) -> Iterator[Stated]:
    """Give every object of a JSON document."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _items(item)


def _of(stated: dict[str, Stated], *extensions: str) -> list[str]:
    found = [url for url in stated if url.endswith(extensions)]
    assert found, f"the demonstration has no {extensions}"
    return found


def test_files_are_those_that_the_manifests_promise(
    files: dict[str, Path], stated: dict[str, Stated]
) -> None:
    """Named by their content, and of the size that a visitor is told before a download."""
    for url, said in stated.items():
        content = files[url].read_bytes()
        assert len(content) == said["bytes"], url
        assert hashlib.sha256(content).hexdigest() == Path(url).stem


def test_khronos_validator_finds_no_error_in_any_model(
    files: dict[str, Path], stated: dict[str, Stated]
) -> None:
    if not (PACKAGES / "gltf-validator").exists():
        pytest.skip("the client's packages are missing: run scripts/build-client")
    models = [files[url] for url in _of(stated, ".glb")]

    said = subprocess.run(
        ["node", VALIDATOR, *models], capture_output=True, text=True, check=True
    )

    reports = json.loads(said.stdout)
    assert len(reports) == len(models)
    assert {path: report["errors"] for path, report in reports.items()} == {
        str(path): [] for path in models
    }


def test_openusd_validators_find_nothing_in_any_package(
    files: dict[str, Path], stated: dict[str, Stated]
) -> None:
    registry = UsdValidation.ValidationRegistry()
    validators = [
        registry.GetOrLoadValidatorByName(metadata.name)
        for metadata in registry.GetAllValidatorMetadata()
        if not metadata.isSuite
    ]
    context = UsdValidation.ValidationContext(validators)

    for url in _of(stated, ".usdz"):
        found = context.Validate(Usd.Stage.Open(str(files[url])))
        assert [(error.GetName(), error.GetMessage()) for error in found] == [], url


def test_every_picture_decodes_whole_at_its_stated_size(
    files: dict[str, Path], stated: dict[str, Stated]
) -> None:
    for url in _of(stated, ".avif", ".webp", ".jpg"):
        said = stated[url]
        with Image.open(files[url]) as picture:
            picture.load()
            assert picture.format == FORMATS[said["type"]], url
            assert picture.size == (said["width_px"], said["height_px"]), url
            assert "gps" not in str(picture.getexif().get_ifd(0x8825)).lower()


def test_every_other_picture_is_read_whole(
    files: dict[str, Path], stated: dict[str, Stated]
) -> None:
    """The icon, and whatever the pages show that no manifest names."""
    others = [path for url, path in files.items() if url not in stated]
    drawings = [path for path in others if path.suffix == ".svg"]
    pictures = [p for p in others if p.suffix in {".avif", ".webp", ".jpg", ".png"}]

    assert drawings
    for path in drawings:
        assert ET.parse(path).getroot().tag.endswith("svg")  # noqa: S314 - our own
    for path in pictures:
        with Image.open(path) as picture:
            picture.load()


@NEEDS_FFMPEG
def test_every_sound_and_film_is_what_the_manifest_says(
    folder: Path, files: dict[str, Path], stated: dict[str, Stated]
) -> None:
    """Codecs, size and length; and each is decoded to its end without a complaint."""
    lengths = _lengths(folder)
    for url in _of(stated, ".m4a", ".mp4"):
        probed = _probed(files[url])
        codecs = {stream["codec_name"] for stream in probed["streams"]}
        said = stated[url]["type"]
        named = re.findall(r"([a-z0-9]{4})\.", said.partition("codecs=")[2])
        assert codecs == ({CODECS[name] for name in named} or {"aac"}), said
        length_s, size = lengths[url]
        assert float(probed["format"]["duration"]) == pytest.approx(length_s, abs=0.1)
        seen = [(s["width"], s["height"]) for s in probed["streams"] if "width" in s]
        assert seen == ([size] if size else [])
        assert _complaint(files[url]) == ""


def _lengths(folder: Path) -> dict[str, tuple[float, tuple[int, int] | None]]:
    """Return, by address, how long a recording is said to last, and how large it is."""
    found: dict[str, tuple[float, tuple[int, int] | None]] = {}
    for path in (folder / "manifests").glob("*.json"):
        for item in _items(json.loads(path.read_bytes())):
            if item.get("kind") == "video":
                size = (item["width_px"], item["height_px"])
                for file in item["files"]:
                    found[file["url"]] = (item["duration_s"], size)
            if "audio" in item:
                found[item["audio"]["url"]] = (item["audio_duration_s"], None)
    return found


def _probed(path: Path) -> Any:  # noqa: ANN401 - a JSON document
    asked = ["-v", "error", "-show_format", "-show_streams", "-of", "json"]
    said = subprocess.run(["ffprobe", *asked, path], capture_output=True, check=True)
    return json.loads(said.stdout)


def _complaint(path: Path) -> str:
    decoding = ["ffmpeg", "-v", "error", "-i", path, "-f", "null", "-"]
    return subprocess.run(
        decoding, capture_output=True, text=True, check=True
    ).stderr.strip()


def test_every_caption_keeps_to_the_letter_of_webvtt(
    files: dict[str, Path], stated: dict[str, Stated]
) -> None:
    """As authors must write it, which is stricter than what browsers forgive."""
    for url in _of(stated, ".vtt"):
        assert list(_faults(files[url].read_bytes())) == [], url


def _faults(content: bytes) -> Iterator[str]:
    """Give what WebVTT 1 (section 4) forbids and a file has."""
    text = content.decode("utf-8")
    blocks = re.split(r"\n{2,}", text.removeprefix("\ufeff").strip("\n"))
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?(?:\n.*)*", blocks[0]) or "\r" in text:
        yield "it does not begin as WebVTT"
    last_start = ""
    for block in blocks[1:]:
        lines = block.split("\n")
        if lines[0].startswith("NOTE"):
            continue
        if "-->" not in lines[0]:
            lines = lines[1:]
        timings = TIMINGS.fullmatch(lines[0].strip()) if lines else None
        if not timings:
            yield f"no timings: {block}"
            continue
        start, end = (
            time.rjust(12, "0").replace("000:", "00:") for time in timings.groups()
        )
        if end <= start or start < last_start:
            yield f"out of order: {block}"
        last_start = start
        words = "\n".join(lines[1:])
        if not words or "-->" in words or REFERENCE.search(words):
            yield f"no words, an arrow or a bare ampersand: {block}"
        strange = [t for t in TAG.findall(words) if not KNOWN_TAG.fullmatch(t)]
        if strange:
            yield f"{strange}: {block}"


@pytest.mark.parametrize(
    ("slip", "fault"),
    [
        ("WEBVTT\n\n00:01.000 --> 00:00.500\nWords\n", "out of order"),
        ("WEBVTT\n\n0:01 --> 0:02\nWords\n", "no timings"),
        ("WEBVTT\n\n00:00.000 --> 00:01.000\nA & B\n", "bare ampersand"),
        ("WEBVTT\n\n00:00.000 --> 00:01.000\n<font>A</font>\n", "font"),
        ("WEB\n\n00:00.000 --> 00:01.000\nA\n", "begin"),
    ],
)
def test_strict_reading_is_awake(slip: str, fault: str) -> None:
    assert any(fault in found for found in _faults(slip.encode()))


@pytest.mark.asyncio(loop_scope="session")
async def test_the_browser_reads_every_caption(
    visit: Visiting,
    demonstration: Visiting,
    files: dict[str, Path],
    stated: dict[str, Stated],
) -> None:
    """As many cues as the file has timings: none is dropped as damaged."""
    visitor = await visit(demonstration, "/fr/")

    for url in _of(stated, ".vtt"):
        cues = await visitor.page.evaluate(CUES, url)
        assert cues == files[url].read_text("utf-8").count(" --> "), url
