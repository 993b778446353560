"""Which folder is meant when none, or a vague one, is named."""

from pathlib import Path

import pytest

from ecomusee.errors import UsageError
from ecomusee.folders import find_museum


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _make(*folders: str) -> None:
    for folder in folders:
        Path(folder).mkdir(parents=True)
        (Path(folder) / "museum.yaml").touch()


def test_the_only_museum_under_content() -> None:
    _make("content/forge")
    assert find_museum(None) == Path("content/forge")


def test_the_museum_one_stands_in() -> None:
    _make(".well", "content/forge")
    Path("museum.yaml").touch()
    assert find_museum(None) == Path()


def test_several_museums_are_offered() -> None:
    _make("content/forge", "content/mine")
    with pytest.raises(
        UsageError, match="--content content/forge, --content content/mine"
    ):
        find_museum(None)


def test_folder_that_holds_one_museum_stands_for_it() -> None:
    _make("musees/forge")
    assert find_museum(Path("musees")) == Path("musees/forge")


def test_museum_file_stands_for_its_folder() -> None:
    _make("musees/forge")
    assert find_museum(Path("musees/forge/museum.yaml")) == Path("musees/forge")


@pytest.mark.parametrize("asked", [None, Path("nowhere")])
def test_absent_folder(asked: Path | None) -> None:
    with pytest.raises(UsageError, match="there is no folder"):
        find_museum(asked)


def test_folder_without_museum() -> None:
    Path("empty").mkdir()
    with pytest.raises(UsageError, match=r"holds no museum\.yaml"):
        find_museum(Path("empty"))
