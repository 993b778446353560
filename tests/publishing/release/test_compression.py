"""Compressed forms of what servers send."""

from __future__ import annotations

import gzip
import hashlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.release.plan import compressed_forms, is_compressible

DECODERS = {"br": brotli.decompress, "gzip": gzip.decompress}


@given(st.binary(max_size=400).map(lambda part: part * 5))
def test_there_and_back(content: bytes) -> None:
    for name, shorter in compressed_forms(content):
        assert DECODERS[name](shorter) == content
        assert len(shorter) < len(content)


def test_best_first() -> None:
    names = [name for name, _ in compressed_forms(b"La forge chauffe le fer. " * 40)]

    assert names == ["br", "gzip"]


def test_what_does_not_shrink_has_no_other_form() -> None:
    content = b"".join(hashlib.sha256(bytes([i])).digest() for i in range(100))

    assert compressed_forms(content) == ()


def test_nothing_has_no_other_form() -> None:
    assert compressed_forms(b"") == ()


def test_carries_no_date() -> None:
    """The same page gives the same release, whenever it is made."""
    forms = dict(compressed_forms(b"forge " * 100))

    assert forms["gzip"][4:8] == bytes(4)


@pytest.mark.parametrize(
    "media_type",
    [
        "text/html; charset=utf-8", "text/css", "TEXT/VTT", "application/json",
        "application/wasm", "image/svg+xml", "text/javascript; charset=utf-8",
    ],
)  # fmt: skip
def test_shrinks(media_type: str) -> None:
    assert is_compressible(media_type)


@pytest.mark.parametrize(
    "media_type",
    [
        "model/gltf-binary",
        "image/webp",
        "audio/mp4",
        "model/vnd.usdz+zip",
        "font/woff2",
    ],
)
def test_is_packed_already(media_type: str) -> None:
    assert not is_compressible(media_type)
