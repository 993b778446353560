"""What would stop a publication is told before hours of searching, in the same words."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assets_pipeline.build.preflight import preflight_before_search, read_extents
from assets_pipeline.tasks.store import STORE, Store
from assets_pipeline.tasks.task import Task
from publishing.publish import publish
from tours.checks import read_museum
from tours.diagnostics import render
from tours.source import read_source_line

if TYPE_CHECKING:
    from collections.abc import Callable

    Lay = Callable[[str], Path]

HERE = Path(__file__).parents[1]


@pytest.fixture
def lay(
    models: Path, hostile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Lay:
    """Return a function that lays a recorded case out as the museum ``musee``."""
    monkeypatch.chdir(tmp_path)

    def laid(case: str) -> Path:
        folder = Path("musee")
        (folder / "tours").mkdir(parents=True)
        shutil.copyfile(HERE / "museum/museum.yaml", folder / "museum.yaml")
        shutil.copyfile(
            HERE / "data" / case / "visite.yaml", folder / "tours/visite.yaml"
        )
        made = (HERE / "data" / case / "made.txt").read_text(encoding="utf-8")
        name, target = made.strip().rsplit(maxsplit=1)
        source = models / name if (models / name).exists() else hostile / name
        (folder / target).parent.mkdir(parents=True)
        shutil.copyfile(source, folder / target)
        return folder

    return laid


@pytest.mark.parametrize(
    "case", ["A002-file-in-millimetres", "A011-survey-without-decimals"]
)
def test_errors_are_told_before_anything_is_made(lay: Lay, case: str) -> None:
    """No header tells these: each model is read, and that is all."""
    museum = read_museum(lay(case)).museum
    assert museum is not None

    found = preflight_before_search(museum, Store(Path("build")))

    told = "".join(f"{render(f, 'fr', read_source_line(f.location))}\n" for f in found)
    assert told == (HERE / "data" / case / "expected.fr.txt").read_text("utf-8")


def test_a_search_does_not_begin_where_a_height_is_wrong(
    lay: Lay, tmp_path: Path
) -> None:
    folder, build_dir = lay("A002-file-in-millimetres"), tmp_path / "build"

    published = publish(folder, build_dir, searches=True)

    assert "A002" in {finding.code for finding in published.diagnostics}
    assert not list((build_dir / STORE).rglob("*.glb"))


def test_what_is_read_is_where_it_will_be_placed(models: Path) -> None:
    """The height of a survey is known, and it is not told as an origin to be mended."""
    extents = read_extents(Task("model", str(models), "surveyed_box.obj", up="z"))

    assert extents.least[1] == pytest.approx(0, abs=1e-6)
    assert extents.size_m[1] == pytest.approx(1, abs=1e-6)
