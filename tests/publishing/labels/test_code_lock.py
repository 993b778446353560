"""Codes are given once, written whole, and by one program at a time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from publishing.disk import Disk
from publishing.errors import BusyError
from publishing.labels.code_lock import assign_codes, lock_codes
from tours.checks import read_museum

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 24)
LOCK = "codes.lock.yaml"


def test_reads_back(museum: Path) -> None:
    given = assign_codes(museum, read_museum(museum), TODAY)

    reading = read_museum(museum)
    assert reading.registry == given
    assert reading.diagnostics == ()
    assert [(item.stop, item.since) for item in given.codes] == [
        ("marteau", TODAY),
        ("four", TODAY),
    ]


def test_nothing_new_is_not_written(museum: Path) -> None:
    assign_codes(museum, read_museum(museum), TODAY)
    steps: list[str] = []

    assign_codes(
        museum, read_museum(museum), TODAY, Disk(lambda step, _: steps.append(step))
    )

    assert steps == []


def test_leaves_nothing_else_in_the_folder(museum: Path) -> None:
    before = {path.name for path in museum.iterdir()}

    assign_codes(museum, read_museum(museum), TODAY)

    assert {path.name for path in museum.iterdir()} == before | {LOCK}


def test_one_program_at_a_time(museum: Path) -> None:
    reading = read_museum(museum)

    with (
        lock_codes(museum, reading.registry),
        pytest.raises(BusyError, match="gives codes"),
    ):
        assign_codes(museum, reading, TODAY)
    assert not (museum / LOCK).exists()


def test_codes_that_vanished_meanwhile(museum: Path) -> None:
    """Codes read a moment ago are not written again over a deletion nobody saw."""
    assign_codes(museum, read_museum(museum), TODAY)
    reading = read_museum(museum)
    (museum / LOCK).unlink()

    with pytest.raises(BusyError, match="start again"):
        assign_codes(museum, reading, TODAY)


def test_codes_that_were_damaged_meanwhile(museum: Path) -> None:
    reading = read_museum(museum)
    (museum / LOCK).write_text("codes: [")

    with pytest.raises(BusyError, match="start again"):
        assign_codes(museum, reading, TODAY)
    assert (museum / LOCK).read_text() == "codes: ["


def test_a_museum_that_can_not_be_read_gets_no_code(museum: Path) -> None:
    (museum / "museum.yaml").write_text("museum: [")

    registry = assign_codes(museum, read_museum(museum), TODAY)

    assert registry.codes == ()
    assert not (museum / LOCK).exists()
