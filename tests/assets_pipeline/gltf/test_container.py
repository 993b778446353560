"""A GLB file is two chunks that say how long they are."""

import pickle
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets_pipeline.errors.exceptions import (
    AssetError,
    DamagedFileError,
    LimitExceededError,
)
from assets_pipeline.gltf.container import join_glb, split_glb


@given(st.binary(max_size=50), st.binary(min_size=1, max_size=50))
def test_what_is_joined_is_split_again(text: bytes, binary: bytes) -> None:
    """Save for the padding that the format asks for: spaces, zeros."""
    back_text, back_binary = split_glb(join_glb(text, binary))

    assert back_text == text + b" " * (-len(text) % 4)
    assert back_binary == binary + bytes(-len(binary) % 4)


def test_a_file_without_binary_chunk() -> None:
    assert split_glb(join_glb(b"{}", b"")) == (b"{}  ", None)


def test_unknown_chunks_are_passed_over() -> None:
    """Section 4.4.3.1: clients must ignore chunks they do not know."""
    glb = join_glb(b"{}  ", b"1234") + struct.pack("<I4s4s", 4, b"NEW\0", b"5678")
    glb = glb[:8] + struct.pack("<I", len(glb)) + glb[12:]

    assert split_glb(glb) == (b"{}  ", b"1234")


@given(st.binary(max_size=60))
def test_noise_is_refused(noise: bytes) -> None:
    with pytest.raises(AssetError):
        split_glb(noise)


def test_errors_say_file_place_reason_and_remedy() -> None:
    error = DamagedFileError("it ends early", "chunks[0]", "Copy it again")

    assert str(error.in_file("a.glb")) == (
        "a.glb: chunks[0]: it ends early. Copy it again"
    )


def test_errors_come_back_from_other_processes() -> None:
    error = LimitExceededError("too large", "nodes", "Reduce it", file="a.glb")

    back = pickle.loads(pickle.dumps(error))  # noqa: S301  # our own bytes

    assert type(back) is LimitExceededError
    assert str(back) == str(error)
