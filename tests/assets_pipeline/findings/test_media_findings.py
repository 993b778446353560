"""Each folder of data_media/ is one fault of a curator's file beside the words we answer.

Record anew, after reading what changed, with ``ECOMUSEE_RECORD=1 pytest
tests/assets_pipeline/findings/test_media_findings.py``.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assets_pipeline.build.build import BuildResult, build_assets
from assets_pipeline.findings import media
from assets_pipeline.tasks.store import Store
from tours.checks import read_museum
from tours.diagnostics import Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tours.diagnostics import Diagnostic

    Told = Callable[[Path, Iterable[Diagnostic]], None]

DATA = Path(__file__).parents[1] / "data_media"
CASES = sorted(path for path in DATA.iterdir() if not path.name.startswith("_"))
BY_TEST = {"A092"}
"""Said of a machine and not of a file: see `test_without_ffmpeg_a_sound_is_told`."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Return a store that all cases share: the same files are made once."""
    return Store(tmp_path_factory.mktemp("store"))


@pytest.fixture
def built(
    media_folder: Path, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., BuildResult]:
    """Return a function that builds a museum of one case."""
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not on this machine")
    monkeypatch.chdir(tmp_path)
    museum = Path("musee")

    def build(case: Path, store: Store = store) -> BuildResult:
        shutil.copytree(DATA / "_museum", museum)
        shutil.copytree(media_folder, museum / "media")
        shutil.copytree(case, museum, dirs_exist_ok=True)
        reading = read_museum(museum)
        assert reading.museum is not None
        assert not reading.has_errors, [d.code for d in reading.diagnostics]
        return build_assets(reading.museum, store)

    return build


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_answer(
    case: Path, built: Callable[..., BuildResult], told_as_recorded: Told
) -> None:
    """A curator gets the answer recorded beside the fault, and no other finding."""
    found = built(case)

    told_as_recorded(case, found.diagnostics)
    assert {finding.code for finding in found.diagnostics} == {case.name[:4]}


def test_every_rule_has_a_folder() -> None:
    """A rule without a recorded answer could change its words unseen."""
    rules = {r.code for r in vars(media).values() if isinstance(r, Rule)}
    rules |= {"A050", "A061", "A092"}

    assert rules - BY_TEST <= {case.name[:4] for case in CASES}


def test_without_ffmpeg_a_sound_is_told(
    built: Callable[..., BuildResult], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a museum that has sounds needs it."""
    monkeypatch.setenv("PATH", "")

    found = built(DATA / "A034-silent-sound", Store(tmp_path / "store"))

    codes = {finding.code for finding in found.diagnostics}
    remedies = {finding.en.remedy for finding in found.diagnostics}
    assert codes == {"A092"}
    assert all("apt install ffmpeg" in remedy for remedy in remedies)


def test_a_second_build_makes_nothing(
    built: Callable[..., BuildResult], store: Store, tmp_path: Path
) -> None:
    """Pictures, films and words are found again; their findings are told again."""
    first = built(DATA / "A051-film-without-captions")
    museum = read_museum(Path("musee")).museum
    assert museum is not None

    second = build_assets(museum, store)

    assert second.transforms == 0
    assert second.reused == first.transforms + first.reused == 1
    assert second.index == first.index
    assert second.diagnostics == first.diagnostics
