"""A sound is what its first bytes say, whatever its name is."""

import pytest

from assets_pipeline.recordings import kind_of


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"\0\0\0\x20ftypM4A ....", "audio/mp4"),
        (b"\0\0\0\x20ftypisom....", "audio/mp4"),
        (b"ID3\x04\0", "audio/mpeg"),
        (b"\xff\xfb\x90\x00", "audio/mpeg"),
        (b"OggS\0\x02", "audio/ogg"),
        (b"fLaC\0\0", "audio/flac"),
        (b"RIFF....WAVEfmt ", "audio/wav"),
        (b"WEBVTT", "text/vtt"),
        (b"\xef\xbb\xbfWEBVTT - title\n", "text/vtt"),
    ],
)
def test_known_kinds(content: bytes, media_type: str) -> None:
    kind = kind_of(content)

    assert kind is not None
    assert kind[1] == media_type


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        b"\0\0\0\x20ftypavif....",
        b"\0\0\0\x20ftypheic....",
        b"RIFF....WEBPVP8 ",
        b"\xff\xd8\xff\xe0",
        b"WEBVTTX",
        b"WEBVTT\n\xff\xfe",
        b"\x1aE\xdf\xa3",
    ],
)
def test_what_phones_do_not_play(content: bytes) -> None:
    """Pictures in MP4's box, JPEG's likeness to MPEG, text that is not UTF-8."""
    assert kind_of(content) is None
