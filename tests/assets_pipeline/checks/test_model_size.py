"""A model of another size than its curator wrote is told, with a cause where one helps."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

from assets_pipeline.checks.model_size import check_model_size, length
from tours.bundle import Extents
from tours.diagnostics import Location
from tours.model import (
    FileReference,
    Length,
    LocalizedText,
    ModelScene,
    ModelSource,
)

if TYPE_CHECKING:
    from tours.model import Axis

PLACE = Location(Path("tours/a.yaml"), 8)


def scene(
    height_m: float | None, metres_per_unit: float = 1.0, up: Axis = "y"
) -> ModelScene:
    file = FileReference(PurePosixPath("a.glb"), PLACE)
    source = ModelSource(file, metres_per_unit, up)
    height = None if height_m is None else Length(height_m, PLACE)
    alt = LocalizedText((("fr", "Un objet."),), PLACE)
    return ModelScene(source, height, 1.0, alt, None, None, None, PLACE)


def box(width_m: float, height_m: float, depth_m: float) -> Extents:
    half_m = width_m / 2
    return Extents((-half_m, 0.0, 0.0), (half_m, height_m, depth_m))


def test_a_unit_that_is_written_already_explains_nothing() -> None:
    """After `units: cm` was added, 18 cm stand against 18.5: no edit would help."""
    made = scene(0.18, metres_per_unit=0.01)

    (finding,) = check_model_size(made, box(0.4, 0.185, 0.3))

    assert finding.code == "A001"
    assert "18,5 cm" in finding.fr.what
    assert "18.5 cm" in finding.en.what


@pytest.mark.parametrize(
    ("made", "extents"),
    [
        (scene(0.185), box(40.0, 18.5, 30.0)),
        (scene(0.185, metres_per_unit=0.01), box(0.4, 1.6, 0.185)),
    ],
    ids=["unit", "axis"],
)
def test_what_explains_a_difference_says_what_to_write(
    made: ModelScene, extents: Extents
) -> None:
    (finding,) = check_model_size(made, extents)

    assert finding.code == "A002"
    assert "18,5 cm" in finding.fr.why
    assert "18.5 cm" in finding.en.why


@pytest.mark.parametrize(
    ("metres", "written"),
    [
        (21.0, "21 m"),
        (1.4, "1.4 m"),
        (2118.94, "2119 m"),
        (0.42, "42 cm"),
        (0.0125, "1.25 cm"),
        (0.0021, "2.1 mm"),
        (0.0, "0 mm"),
    ],
)
def test_lengths_are_written_as_curators_write_them(
    metres: float, written: str
) -> None:
    assert length(metres) == written
