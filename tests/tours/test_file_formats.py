"""What files are by their first bytes: only what is certain is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tours.file_formats import START_BYTES, Family, detect_format

CONTENT = Path(__file__).parents[2] / "content"


@pytest.mark.parametrize(
    ("start", "family"),
    [
        (b"<!DOCTYPE html><html>", "page"),
        (b"\xef\xbb\xbf\n<html>", "page"),
        (b"%PDF-1.7", "document"),
        (b"{\\rtf1", "document"),
        (b'<?xml version="1.0"?><svg>', "document"),
        (b"<svg xmlns='x'>", "document"),
        (b"PK\x03\x04", "archive"),
        (b"Rar!\x1a\x07\0", "archive"),
        (b"version https://git-lfs.github.com/spec/v1", "pointer"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"RIFF\0\0\0\0WEBP", "picture"),
        (b"\0\0\0\x18ftypheic", "picture"),
        (b"\0\0\0\x20ftypavif", "picture"),
        (b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", "picture"),
        (b"RIFF\0\0\0\0WAVE", "media"),
        (b"\0\0\0\x20ftypisom", "media"),
        (b"\0\0\0\x20ftypM4A ", "media"),
        (b"ID3\x04", "media"),
        (b"OggS", "media"),
        (b"\x1a\x45\xdf\xa3", "media"),
    ],
)
def test_first_bytes_tell_the_family(start: bytes, family: Family) -> None:
    found = detect_format(start)

    assert found is not None
    assert found.family == family


@pytest.mark.parametrize(
    "start",
    [
        b"",
        b"a text",
        b"BM 1871, registre",
        b"WEBVTT\n",
        b"glTF\x02",
        b"\xff\xfb\x90",
        b"RIFF",
        b"ply\n",
        b"\0" * 20,
    ],
)
def test_nothing_is_said_where_it_is_not_certain(start: bytes) -> None:
    """An MP3 without a tag begins like many things; a text may be a model."""
    assert detect_format(start) is None


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in sorted(CONTENT.rglob("*"))
        if path.suffix in (".jpg", ".png", ".mp4", ".wav", ".m4a", ".vtt", ".glb")
    ],
    ids=lambda path: path.name,
)
def test_every_file_of_our_museums_is_what_it_says(path: Path) -> None:
    with path.open("rb") as file:
        found = detect_format(file.read(START_BYTES))

    families: dict[str, Family] = {".jpg": "picture", ".png": "picture"}
    families |= {".mp4": "media", ".wav": "media", ".m4a": "media"}
    assert (found.family if found else None) == families.get(path.suffix)
