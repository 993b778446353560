"""Each folder of data/ is one thing wrong with a museum's files, and what we answer.

A case lays its tour over ``museum/``; its ``made.txt`` names files of tests/data's
makers and what they are called in the museum. Record anew, after reading what
changed, with ``ECOMUSEE_RECORD=1 pytest tests/assets_pipeline/findings/test_findings.py``.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assets_pipeline.build.build import build_assets
from assets_pipeline.build.run_task import run_task
from assets_pipeline.findings import image_targets, media
from assets_pipeline.findings.catalogue import RULES
from assets_pipeline.lod.recorded_settings import FILE_NAME
from assets_pipeline.tasks.store import Store
from assets_pipeline.tasks.task import Task
from tours.checks import read_museum
from tours.diagnostics import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tours.diagnostics import Diagnostic

    Told = Callable[[Path, Iterable[Diagnostic]], None]

pytestmark = pytest.mark.usefixtures("small_posters")
HERE = Path(__file__).parents[1]
CASES = sorted((HERE / "data").iterdir())
BY_TEST = {"A021", "A025", "A039", "A046", "A090", "A091"}
"""Rules that no small museum meets: too much of it, a search in vain, a lame machine,
shadows that say too much, our own fault."""
OF_MEDIA = {"A050", "A061", "A092"} | {
    rule.code
    for catalogue in (media, image_targets)
    for rule in vars(catalogue).values()
    if isinstance(rule, Rule)
}
"""Those of sounds, films, panoramas and pictures to recognise are proved beside those."""


@pytest.fixture(scope="session")
def shared_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Return one store for all cases, so that a model they share is made once."""
    return Store(tmp_path_factory.mktemp("files"))


@pytest.fixture
def found(
    models: Path,
    hostile: Path,
    shared_store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[Path], tuple[Diagnostic, ...]]:
    """Return a function that builds a case and gives what was found."""
    monkeypatch.chdir(tmp_path)
    folder = Path("musee")

    def lay(case: Path) -> tuple[Diagnostic, ...]:
        shutil.copyfile(HERE / "museum/museum.yaml", _ready(folder / "museum.yaml"))
        shutil.copyfile(case / "visite.yaml", _ready(folder / "tours/visite.yaml"))
        if (case / FILE_NAME).exists():
            shutil.copyfile(case / FILE_NAME, folder / FILE_NAME)
        for line in (case / "made.txt").read_text(encoding="utf-8").splitlines():
            name, target = line.rsplit(maxsplit=1)
            source = models / name if (models / name).exists() else hostile / name
            shutil.copyfile(source, _ready(folder / target))
        reading = read_museum(folder)
        assert reading.museum is not None
        assert not reading.has_errors
        return build_assets(reading.museum, shared_store).diagnostics

    return lay


def _ready(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_answer(
    case: Path, found: Callable[[Path], tuple[Diagnostic, ...]], told_as_recorded: Told
) -> None:
    """A curator gets exactly the answer recorded beside the mistake, and no other."""
    diagnostics = found(case)

    assert [finding.code for finding in diagnostics] == [case.name[:4]]
    told_as_recorded(case, diagnostics)


def test_every_rule_has_a_folder() -> None:
    """A rule without a recorded answer could change its words unseen."""
    told = {case.name[:4] for case in CASES}

    assert {rule.code for rule in RULES} - BY_TEST - OF_MEDIA == told - OF_MEDIA


def test_codes_are_never_used_twice() -> None:
    codes = [rule.code for rule in RULES]

    assert len(codes) == len(set(codes))


def test_only_errors_leave_something_out() -> None:
    """A warning must not make a file vanish; an error must stop publication."""
    warnings = {r.code for r in RULES if r.severity is Severity.WARNING} - OF_MEDIA

    assert warnings == {
        *("A003", "A004", "A016", "A019", "A020", "A021", "A022", "A023"),
        *("A024", "A025", "A026", "A027", "A028", "A029", "A038", "A039", "A046"),
    }


def test_a_fault_of_ours_is_told_as_ours(tmp_path: Path) -> None:
    """A task of no known axis stands for whatever we did not foresee."""
    (tmp_path / "x.stl").write_bytes(
        b"solid x\nvertex 0 0 0\nvertex 1 0 0\nvertex 0 1 0\n"
    )
    task = Task("model", str(tmp_path), "x.stl", 0.5, "w")  # type: ignore[arg-type]

    outcome = run_task(task, str(tmp_path / "files"))

    assert outcome.made is None
    assert outcome.failure is not None
    assert outcome.failure.code == "A091"
