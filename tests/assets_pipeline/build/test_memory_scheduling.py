"""Dense models are not made together where the machine's memory bears one alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assets_pipeline.build.resource_limits import (
    estimate_memory_bytes,
    select_startable,
)
from assets_pipeline.tasks.task import Task

if TYPE_CHECKING:
    from pathlib import Path

GB = 1_000_000_000
LARGE, OTHER, SMALL = (Task("model", "museum", name) for name in ("a", "b", "c"))
NEEDED = {LARGE: 4 * GB, OTHER: 4 * GB, SMALL: GB}
PLY = b"ply\nformat ascii 1.0\nelement vertex 3\nelement face 2000000\nend_header\n"


def test_two_dense_models_wait_for_each_other() -> None:
    assert select_startable([LARGE, OTHER, SMALL], [], NEEDED, 8 * GB) == [LARGE, SMALL]


def test_what_waited_begins_once_there_is_room() -> None:
    assert select_startable([OTHER], [SMALL], NEEDED, 8 * GB) == [OTHER]


def test_one_that_is_too_dense_for_the_machine_begins_alone() -> None:
    assert select_startable([LARGE, SMALL], [], NEEDED, 2 * GB) == [LARGE]


def test_it_does_not_begin_beside_another() -> None:
    assert select_startable([LARGE], [SMALL], NEEDED, 2 * GB) == []


def test_all_begin_where_nobody_knows_the_memory() -> None:
    assert select_startable([LARGE, OTHER], [SMALL], NEEDED, None) == [LARGE, OTHER]


def test_a_binary_stl_counts_its_triangles(tmp_path: Path) -> None:
    count = 1000
    head = bytes(80) + count.to_bytes(4, "little")
    (tmp_path / "a.stl").write_bytes(head + bytes(50 * count))

    extra = estimate_memory_bytes(Task("model", str(tmp_path), "a.stl")) - nothing(
        tmp_path
    )

    assert extra == 1700 * count


def test_a_ply_announces_its_triangles(tmp_path: Path) -> None:
    (tmp_path / "a.ply").write_bytes(PLY)

    extra = estimate_memory_bytes(Task("model", str(tmp_path), "a.ply")) - nothing(
        tmp_path
    )

    assert extra == 1700 * 2_000_000


@pytest.mark.parametrize("name", ["a.stl", "a.obj", "a.glb", "a.zip"])
def test_any_other_is_judged_by_its_size(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(bytes(100_000))

    assert estimate_memory_bytes(Task("model", str(tmp_path), name)) > nothing(tmp_path)


def nothing(folder: Path) -> int:
    """Return what a model takes that is not there."""
    return estimate_memory_bytes(Task("model", str(folder), "absent.glb"))
