"""The picture below a plan: made with the other files, and given to whoever draws it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assets_pipeline.build.planning import plan_tasks
from publishing.release.draft import plan_surroundings
from tours.bundle import BundleIndex, MediaFile, Picture, PictureVariant
from tours.checks import read_museum

if TYPE_CHECKING:
    from tours.model import Museum

WHOLE = Path(__file__).parents[2] / "tours" / "data" / "_museum"
PICTURE = "plans/usine.jpg"
PLAN = f"""\
plan:
  picture: {PICTURE}
  top_left: 46.7890, 4.4300
  bottom_right: 46.7850, 4.4360
"""


@pytest.fixture
def museum(tmp_path: Path) -> Museum:
    """Return a museum whose tour has an old plan."""
    folder = tmp_path / "musee"
    shutil.copytree(WHOLE, folder)
    (folder / "plans").mkdir()
    (folder / PICTURE).write_bytes(b"a picture")
    tour = folder / "tours" / "visite.yaml"
    text = tour.read_text(encoding="utf-8")
    tour.write_text(text.replace("stops:\n", f"{PLAN}stops:\n", 1), encoding="utf-8")
    reading = read_museum(folder)
    assert reading.diagnostics == ()
    assert reading.museum is not None
    return reading.museum


def test_it_is_made_as_other_pictures_are(museum: Museum) -> None:
    asked = [(asked.task.kind, asked.task.path) for asked in plan_tasks(museum)]

    assert ("picture", PICTURE) in asked


def test_plans_are_given_what_it_was_made_into(museum: Museum) -> None:
    file = MediaFile("0" * 64, 9, ".webp", "image/webp")
    made = Picture((PictureVariant(file, 800, 600),))

    (around,) = plan_surroundings(museum, BundleIndex({}, {PICTURE: made}, {})).values()

    assert around.picture is not None
    assert [v.url for v in around.picture.variants] == [file.url]


def test_a_plan_does_without_it_until_it_is_made(museum: Museum) -> None:
    (around,) = plan_surroundings(museum, BundleIndex({}, {}, {})).values()

    assert around.picture is not None
    assert around.picture.variants == ()
