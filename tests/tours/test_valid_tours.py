"""Nothing is told of tours that are right, however they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tours.valid_tours import VALID
from tours.autofix import fix_museum
from tours.checks import read_museum
from tours.formatting import format_source

if TYPE_CHECKING:
    from pathlib import Path

LEAST = 50
MUSEUM = """\
museum: petit
name: Petit musée
languages: [fr, en]
address: https://petit.example
license: CC-BY-SA-4.0
"""


@pytest.fixture
def museum(tmp_path: Path) -> Path:
    """Return a museum's folder without a tour."""
    (tmp_path / "tours").mkdir()
    (tmp_path / "museum.yaml").write_text(MUSEUM, encoding="utf-8")
    return tmp_path


def test_there_are_enough() -> None:
    assert len(VALID) >= LEAST


@pytest.mark.parametrize("name", VALID)
def test_nothing_is_told(museum: Path, name: str) -> None:
    """But for translations, which most of them do without."""
    path = museum / "tours" / "promenade.yaml"
    path.write_bytes(VALID[name].encode())

    reading = read_museum(museum)

    told = [finding for finding in reading.diagnostics if finding.code != "T051"]
    assert told == []
    assert reading.museum is not None
    assert len(reading.museum.tours[0].stops) == 1


@pytest.mark.parametrize("name", VALID)
def test_nothing_is_mended(museum: Path, name: str) -> None:
    path = museum / "tours" / "promenade.yaml"
    path.write_bytes(VALID[name].encode())

    assert fix_museum(museum).files == ()


@pytest.mark.parametrize("name", VALID)
def test_layout_changes_once_at_most(museum: Path, name: str) -> None:
    path = museum / "tours" / "promenade.yaml"

    once = format_source(path, VALID[name].encode())

    assert once is not None
    assert format_source(path, once) == once
