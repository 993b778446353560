"""Packs: what is encoded decodes alike everywhere, and a forged one harms nothing."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assets_pipeline.errors.exceptions import DamagedFileError
from assets_pipeline.image_targets.pack_decoder import decode_pack
from assets_pipeline.image_targets.pack_encoder import (
    MAX_PACK_BYTES,
    TemplateError,
    encode_pack,
)
from assets_pipeline.image_targets.tracker import Tracker
from assets_pipeline.image_targets.wavelet import inverse_transform, transform

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

_HEADER_BYTES = 24
_SIZES = [(111, 160), (512, 96), (32, 200), (201, 37), (33, 47)]


@pytest.fixture(scope="module", params=[False, True], ids=["simd", "plain"])
def tracker(request: pytest.FixtureRequest) -> Tracker:
    """Both builds: with SIMD and without."""
    return Tracker(is_plain=request.param)


def _template(
    tracker: Tracker, pack: bytes, shape: tuple[int, int], filler: int = 0
) -> Pixels | None:
    """Return the template that a tracker decodes, None where it refuses the pack.

    `filler` is what stands in memory after the pack.
    """
    room = tracker.call("pack_room", MAX_PACK_BYTES)
    tracker.write(room, (pack + bytes([filler]) * MAX_PACK_BYTES)[:MAX_PACK_BYTES])
    place = tracker.call("pack_template", len(pack))
    if place == 0:
        return None
    content = tracker.read(place, shape[0] * shape[1])
    return np.frombuffer(content, np.uint8).reshape(shape)


def _drawn(shape: tuple[int, int], seed: int = 1) -> Pixels:
    """Return a picture of soft blobs, sharp edges and grain."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[: shape[0], : shape[1]]
    drawn = np.full(shape, 128.0)
    for _ in range(40):
        v, u, radius = random.uniform(0, shape[0]), random.uniform(0, shape[1]), 30
        inside = np.hypot(y - v, x - u) < random.uniform(3, radius)
        drawn[inside] = random.uniform(0, 255)
    drawn += 20 * np.sin(x / 17 + y / 29) + random.normal(0, 3, shape)
    return drawn.clip(0, 255).astype(np.uint8)


def _signed(pack: bytes) -> bytes:
    """Return a pack with its checksum and sizes made right again, as a forger would."""
    body = pack[_HEADER_BYTES:]
    bands = struct.unpack_from("<H", pack, 10)[0]
    sizes = struct.pack("<II", max(len(body) - 2 * bands, 0), zlib.crc32(body))
    return pack[:16] + sizes + body


def _peak_signal_to_noise_db(pixels: Pixels, others: Pixels) -> float:
    return float(10 * np.log10(255**2 / np.mean((pixels.astype(float) - others) ** 2)))


@pytest.mark.parametrize("shape", [*_SIZES, (8, 8), (9, 200), (16, 31)])
def test_wavelet_gives_back_every_pixel(shape: tuple[int, int]) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, shape, np.uint8)

    assert np.array_equal(inverse_transform(transform(pixels)), pixels)


@pytest.mark.parametrize("shape", _SIZES)
def test_every_decoder_gives_the_same_pixels(
    tracker: Tracker, shape: tuple[int, int]
) -> None:
    pack = encode_pack(_drawn(shape), 0.42, 4000)

    template = _template(tracker, pack, shape)

    assert template is not None
    assert np.array_equal(template, decode_pack(pack).pixels)


def test_pack_fills_its_bytes_and_never_exceeds_them() -> None:
    for most_bytes in (3000, 9000, MAX_PACK_BYTES):
        pack = encode_pack(_drawn((512, 320)), 0.42, most_bytes)

        assert 0.95 * most_bytes < len(pack) <= most_bytes


def test_more_bytes_give_a_closer_picture() -> None:
    pixels = _drawn((256, 256))
    small, large = (decode_pack(encode_pack(pixels, 1, most)) for most in (3000, 9000))

    closer_db = _peak_signal_to_noise_db(pixels, large.pixels)
    coarser_db = _peak_signal_to_noise_db(pixels, small.pixels)
    assert (
        closer_db > coarser_db + 4
    )  # 6 for each bit a coefficient, where all of them count


def test_same_picture_gives_the_same_bytes() -> None:
    pixels = _drawn((200, 300))

    assert encode_pack(pixels, 0.3) == encode_pack(pixels.copy(), 0.3)


def test_flat_picture_is_a_small_pack() -> None:
    pack = encode_pack(np.full((512, 512), 200, np.uint8), 1)

    assert len(pack) < 400
    assert np.all(decode_pack(pack).pixels == 200)


def test_width_is_kept_to_the_micrometre() -> None:
    assert decode_pack(encode_pack(_drawn((64, 64)), 0.4203)).width_m == 0.4203


@pytest.mark.parametrize("shape", [(31, 100), (100, 513)])
def test_template_of_other_sizes_is_refused(shape: tuple[int, int]) -> None:
    with pytest.raises(TemplateError):
        encode_pack(np.zeros(shape, np.uint8), 1)


def test_damaged_byte_is_noticed(tracker: Tracker) -> None:
    shape = (64, 80)
    pack = encode_pack(_drawn(shape), 0.42)

    for place in [*range(12), *range(16, len(pack), 37)]:
        damaged = bytearray(pack)
        damaged[place] ^= 0x41

        assert _template(tracker, bytes(damaged), shape) is None


def test_cut_pack_is_refused(tracker: Tracker) -> None:
    shape = (64, 80)
    pack = encode_pack(_drawn(shape), 0.42)

    for length in (0, 1, 23, 24, 40, len(pack) - 1):
        assert _template(tracker, pack[:length], shape) is None


def test_pack_larger_than_any_has_no_room(tracker: Tracker) -> None:
    assert tracker.call("pack_room", 1 << 20) == 0
    assert tracker.call("pack_room", -1) == 0


def test_pack_becomes_a_target(tracker: Tracker) -> None:
    tracker.forget()

    assert tracker.add_pack(encode_pack(_drawn((64, 80)), 0.42)) == 0


def test_pack_of_nonsense_is_refused_with_its_reason(tracker: Tracker) -> None:
    with pytest.raises(DamagedFileError):
        tracker.add_pack(b"ECMT" + bytes(100))


def test_forged_pack_never_reads_what_follows_it(tracker: Tracker) -> None:
    """Random answers and steps with a right checksum are decoded, or refused, alike."""
    shape = (64, 80)
    whole = encode_pack(_drawn(shape), 0.42)
    random = np.random.default_rng(7)
    for _ in range(150):
        forged = bytearray(whole[: random.integers(len(whole)) + 1].ljust(26, b"\xff"))
        for place in random.integers(
            _HEADER_BYTES, len(forged), random.integers(1, 40)
        ):
            forged[place] = random.integers(256)
        pack = _signed(bytes(forged))

        first = _template(tracker, pack, shape, 0xAA)
        second = _template(tracker, pack, shape, 0x55)

        if first is None or second is None:
            assert first is second
        else:
            assert np.array_equal(first, second)


def test_header_of_any_bytes_is_survived(tracker: Tracker) -> None:
    whole = encode_pack(_drawn((64, 80)), 0.42)
    random = np.random.default_rng(8)
    for _ in range(300):
        forged = bytearray(whole)
        for place in random.integers(6, _HEADER_BYTES, 3):
            forged[place] = random.choice([0, 1, 0x7F, 0x80, 0xFF])

        _template(tracker, _signed(bytes(forged)), (1, 1))
