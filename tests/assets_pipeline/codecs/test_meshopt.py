"""What meshoptimizer encodes, it decodes; what is not its own, it refuses."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from assets_pipeline.codecs import meshopt
from assets_pipeline.errors.exceptions import DamagedFileError

if TYPE_CHECKING:
    from types import ModuleType

    from assets_pipeline.arrays import AnyArray, Uint32Array

ROWS = hnp.arrays(
    np.uint8,
    st.tuples(st.integers(1, 300), st.sampled_from([4, 8, 12, 16, 64])),
)
NUMBERS = hnp.arrays(np.uint32, st.integers(1, 100).map(lambda n: 3 * n))


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_vertices_come_back_byte_for_byte(rows: AnyArray) -> None:
    count, stride = rows.shape
    raw = rows.tobytes()

    held = meshopt.encode_buffer(raw, "ATTRIBUTES", count=count, stride_bytes=stride)

    back = meshopt.decode_buffer(
        held, "ATTRIBUTES", "NONE", count=count, stride_bytes=stride
    )
    assert back == raw


@settings(max_examples=60, deadline=None)
@given(NUMBERS)
def test_sequences_come_back_number_for_number(numbers: Uint32Array) -> None:
    """Lines and points keep their order, which triangles need not."""
    numbers = numbers % 100_000
    raw, count = numbers.tobytes(), len(numbers)

    held = meshopt.encode_buffer(raw, "INDICES", count=count, stride_bytes=4)

    assert (
        meshopt.decode_buffer(held, "INDICES", "NONE", count=count, stride_bytes=4)
        == raw
    )


@settings(max_examples=60, deadline=None)
@given(NUMBERS)
def test_triangles_come_back_from_any_corner(numbers: Uint32Array) -> None:
    numbers = numbers % 5_000
    count = len(numbers)

    held = meshopt.encode_buffer(
        numbers.tobytes(), "TRIANGLES", count=count, stride_bytes=4
    )

    raw = meshopt.decode_buffer(held, "TRIANGLES", "NONE", count=count, stride_bytes=4)
    back = np.frombuffer(raw, np.uint32).reshape(-1, 3)
    for given_one, found in zip(numbers.reshape(-1, 3), back, strict=True):
        turns = [tuple(np.roll(given_one, i)) for i in range(3)]
        assert tuple(found) in turns


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["ATTRIBUTES", "TRIANGLES", "INDICES"]))
def test_noise_is_refused_or_decoded_and_never_more(noise: bytes, mode: str) -> None:
    """The decoder runs in a sandbox: it can't read or write beside its memory."""
    try:
        out = meshopt.decode_buffer(noise, mode, "NONE", count=30, stride_bytes=4)  # type: ignore[arg-type]
    except DamagedFileError:
        return

    assert len(out) == 120


def test_reordered_vertices_are_numbered_as_they_are_met() -> None:
    """So that a phone fetches them one after the other."""
    indices = np.array([7, 3, 5, 5, 3, 9], np.uint32)

    ordered, old = meshopt.optimize_order(indices, 12)

    assert sorted(old.tolist()) == [3, 5, 7, 9]
    assert list(dict.fromkeys(ordered.tolist())) == [0, 1, 2, 3]
    kept = {frozenset(old[t].tolist()) for t in ordered.reshape(-1, 3)}
    assert kept == {frozenset((3, 5, 7)), frozenset((3, 5, 9))}


def simplified_ball(ball: dict[str, Any], *, moves: bool) -> meshopt.SimplifiedMesh:
    """Return the ball of radius 1, without a seam, in 100 triangles."""
    points, kinds = np.unique(ball["NORMAL"].round(5), axis=0, return_inverse=True)
    return meshopt.simplify_with_attributes(
        kinds.ravel()[ball["indices"]].astype(np.uint32),
        points,
        attributes=meshopt.WeightedAttributes(points, np.full(3, 0.3, np.float32)),
        locks=np.zeros(len(points), np.uint8),
        target_triangles=100,
        max_error=1.0,
        moves=moves,
    )


def volume(kept: meshopt.SimplifiedMesh) -> float:
    """Return what triangles enclose: the sum of their cones from the origin."""
    corners = kept.positions[kept.triangles].reshape(-1, 3, 3).astype(np.float64)
    return float(abs(np.linalg.det(corners).sum()) / 6)


def test_locked_vertices_stay(make: ModuleType) -> None:
    ball = make.ball(20)
    locks = np.zeros(len(ball["POSITION"]), np.uint8)
    locks[500] = 1

    kept = meshopt.simplify_with_attributes(
        ball["indices"],
        ball["POSITION"],
        attributes=meshopt.WeightedAttributes(
            ball["NORMAL"], np.full(3, 0.3, np.float32)
        ),
        locks=locks,
        target_triangles=100,
        max_error=1.0,
    )

    assert 500 in kept.triangles
    assert kept.positions[500].tolist() == ball["POSITION"][500].tolist()


def test_vertices_that_move_keep_the_shape_better(make: ModuleType) -> None:
    """Of points on a ball, all triangles lie inside it: moved, they keep its volume."""
    ball = make.ball(20)

    volumes = {
        moves: volume(simplified_ball(ball, moves=moves)) for moves in (False, True)
    }

    lost = {moves: 4 / 3 * np.pi - volumes[moves] for moves in volumes}
    assert abs(lost[True]) < lost[False] / 2


def test_threads_share_nothing(make: ModuleType) -> None:
    ball = make.ball(20)

    def run(_: int) -> bytes:
        return meshopt.optimize_order(ball["indices"], len(ball["POSITION"]))[
            0
        ].tobytes()

    with ThreadPoolExecutor(4) as pool:
        results = set(pool.map(run, range(8)))

    assert len(results) == 1


@pytest.mark.parametrize(("bits", "worst_deg"), [(8, 1.2), (12, 0.1)])
def test_octahedral_filter_keeps_directions(bits: int, worst_deg: float) -> None:
    vectors = np.random.default_rng(1).normal(size=(500, 4)).astype(np.float32)
    vectors[:, :3] /= np.linalg.norm(vectors[:, :3], axis=1, keepdims=True)
    vectors[:, 3] = 0
    stride = 4 if bits <= 8 else 8

    packed = meshopt.encode_filter(
        vectors, "OCTAHEDRAL", bits=bits, stride_bytes=stride
    )
    held = meshopt.encode_buffer(packed, "ATTRIBUTES", count=500, stride_bytes=stride)
    raw = meshopt.decode_buffer(
        held, "ATTRIBUTES", "OCTAHEDRAL", count=500, stride_bytes=stride
    )

    dtype = np.int8 if bits <= 8 else np.int16
    back = np.frombuffer(raw, dtype).reshape(500, 4)[:, :3].astype(np.float64)
    back /= np.linalg.norm(back, axis=1, keepdims=True)
    cosines = (back * vectors[:, :3]).sum(axis=1)
    assert np.degrees(np.arccos(cosines.clip(-1, 1))).max() < worst_deg


def test_a_call_after_one_that_failed_gives_what_it_gave_before() -> None:
    """A module that runs again has none of another call's memory."""
    rows = np.arange(64, dtype=np.uint32).tobytes()
    before = meshopt.encode_buffer(rows, "ATTRIBUTES", count=16, stride_bytes=16)

    with pytest.raises(DamagedFileError):
        meshopt.decode_buffer(
            b"\xff" * 40, "ATTRIBUTES", "NONE", count=16, stride_bytes=16
        )

    again = meshopt.encode_buffer(rows, "ATTRIBUTES", count=16, stride_bytes=16)
    back = meshopt.decode_buffer(again, "ATTRIBUTES", "NONE", count=16, stride_bytes=16)
    assert again == before
    assert back == rows
