"""The layers of the tracker's C sources: includes go one way."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest

TRACKER = Path(__file__).parents[2] / "client" / "tracker"

LAYERS = {
    "base": set(),
    "image": {"base"},
    "features": {"base", "image"},
    "geometry": {"base"},
    "matching": {"base", "image", "features", "geometry"},
    "pose": {"base", "geometry"},
    "alignment": {"base", "geometry", "pose"},
    "recognition": {
        *("base", "image", "features", "geometry"),
        *("matching", "pose", "alignment"),
    },
    "tracking": {"base", "geometry", "pose", "alignment", "recognition"},
}
"""Folder -> those that it may include besides itself, from the foundation up."""

SOURCES = sorted(TRACKER.rglob("*.[ch]"))


def _included(source: Path) -> list[str]:
    """Return the tracker's own headers that a source includes, as written."""
    return re.findall(r'^#include "(.+)"$', source.read_text("utf-8"), re.MULTILINE)


def _units() -> dict[str, set[str]]:
    """Return what each unit, a header and its source, includes of other units."""
    units: dict[str, set[str]] = {}
    for source in SOURCES:
        unit = source.relative_to(TRACKER).with_suffix("").as_posix()
        others = {header.removesuffix(".h") for header in _included(source)}
        units.setdefault(unit, set()).update(others - {unit})
    return units


def test_layers_are_listed_from_the_foundation_up() -> None:
    """So that no two of them may include each other."""
    above: set[str] = set()
    for folder, beneath in LAYERS.items():
        assert beneath <= above, folder
        above.add(folder)


def test_every_source_is_in_a_layer() -> None:
    assert {source.relative_to(TRACKER).parts[0] for source in SOURCES} == set(LAYERS)


@pytest.mark.parametrize("folder", LAYERS)
def test_a_folder_includes_only_layers_beneath_it(folder: str) -> None:
    headers = chain.from_iterable(map(_included, (TRACKER / folder).iterdir()))

    assert {header.split("/")[0] for header in headers} <= {folder, *LAYERS[folder]}


def test_no_units_include_each_other_in_a_circle() -> None:
    """A header and its source count as one, so that no circle hides in the sources."""
    left = _units()
    while free := {unit for unit, others in left.items() if not others & set(left)}:
        left = {unit: others for unit, others in left.items() if unit not in free}

    assert left == {}


def test_no_unit_declares_what_another_defines() -> None:
    """An `extern` in a source would be an include that nobody sees."""
    hidden = [
        source.name
        for source in SOURCES
        if source.suffix == ".c"
        and re.search(r"^extern ", source.read_text("utf-8"), re.M)
    ]

    assert hidden == []
