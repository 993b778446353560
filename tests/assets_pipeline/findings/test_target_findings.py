"""Each folder of data_targets/ is one print that is hard to recognise, and what we answer.

Its ``drawn.txt`` names the drawings of tests/data/make_prints.py and what they are called in the museum.
Record anew, after reading what changed, with ``ECOMUSEE_RECORD=1 pytest
tests/assets_pipeline/findings/test_target_findings.py``.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assets_pipeline.build.build import build_assets
from assets_pipeline.build.planning import plan_tasks
from assets_pipeline.findings import image_targets
from assets_pipeline.findings.catalogue import place_note
from assets_pipeline.image_targets.trackability import ConditionResult, Trackability
from assets_pipeline.image_targets.trial_conditions import CONDITIONS
from assets_pipeline.image_targets.verdict import trackability_notes
from assets_pipeline.tasks.store import Store
from tours.checks import read_museum
from tours.diagnostics import Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import ModuleType

    from tours.diagnostics import Diagnostic
    from tours.model import Museum

    Told = Callable[[Path, Iterable[Diagnostic]], None]

pytestmark = pytest.mark.usefixtures("small_posters")
HERE = Path(__file__).parents[1]
MUSEUM = HERE / "data_media" / "_museum" / "museum.yaml"
CASES = sorted((HERE / "data_targets").iterdir())
FORETOLD = {"A071-hard": (10, 8, 4, 7, 3, 9, 8, 7, 5, 7, 8)}
"""Finds of ten in each condition: a score between two bounds moves as the tracker gets
better, so that such a print's is set here. Other cases are tried by the tracker itself."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Return a store that all cases share, so that their model is made once."""
    return Store(tmp_path_factory.mktemp("files"))


@pytest.fixture
def found(
    models: Path,
    prints: ModuleType,
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[Path], tuple[Diagnostic, ...]]:
    """Return a function that builds a case and gives what was found."""
    monkeypatch.chdir(tmp_path)
    folder = Path("musee")

    def lay(case: Path) -> tuple[Diagnostic, ...]:
        shutil.copyfile(MUSEUM, _ready(folder / "museum.yaml"))
        shutil.copyfile(case / "visite.yaml", _ready(folder / "tours/visite.yaml"))
        model = _ready(folder / "models/box.glb")
        shutil.copyfile(models / "textured_box.glb", model)
        for line in (case / "drawn.txt").read_text(encoding="utf-8").splitlines():
            name, target = line.split()
            prints.PRINTS[name]().save(_ready(folder / target))
        reading = read_museum(folder)
        assert reading.museum is not None
        assert not reading.has_errors
        if case.name in FORETOLD:
            return tuple(_foretold(reading.museum, FORETOLD[case.name]))
        return build_assets(reading.museum, store).diagnostics

    return lay


def _foretold(museum: Museum, finds: tuple[int, ...]) -> Iterator[Diagnostic]:
    """Give what is told of a museum's picture to recognise with so many finds of ten."""
    (asked,) = (one for one in plan_tasks(museum) if one.task.kind == "target")
    tried = tuple(
        ConditionResult(condition, 10, found, 0, ())
        for condition, found in zip(CONDITIONS, finds, strict=True)
    )
    score = round(10 * sum(finds) / len(finds))
    told = Trackability(score, tried, 2.0, 50.0, np.full((18, 24), 0.5), 900)
    for note in trackability_notes(asked.task, told):
        yield place_note(note, asked.location)


def _ready(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_answer(
    case: Path, found: Callable[[Path], tuple[Diagnostic, ...]], told_as_recorded: Told
) -> None:
    """A curator gets exactly the answer recorded beside the print, and no other."""
    diagnostics = found(case)

    told_as_recorded(case, diagnostics)
    assert {finding.code for finding in diagnostics} == {case.name[:4]}


def test_every_rule_has_a_folder() -> None:
    """A rule without a recorded answer could change its words unseen."""
    rules = {r.code for r in vars(image_targets).values() if isinstance(r, Rule)}

    assert rules == {case.name[:4] for case in CASES}
