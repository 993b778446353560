"""Museum folders to read: the small whole one, and copies of it with one mistake."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.finding_guard import no_empty_place  # noqa: F401 - a fixture

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).parent / "data"
WHOLE = DATA / "_museum"


@pytest.fixture
def museum(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the whole museum, by a short relative path as curators give."""
    folder = tmp_path / "musee"
    shutil.copytree(WHOLE, folder)
    monkeypatch.chdir(tmp_path)
    return Path("musee")


@pytest.fixture
def with_case(museum: Path) -> Callable[[Path], Path]:
    """Return a function that lays a golden folder over the whole museum."""

    def lay(case: Path) -> Path:
        for source in sorted(case.rglob("*")):
            target = museum / source.relative_to(case)
            if source.name.startswith("expected.") or source.is_dir():
                continue
            if source.suffix == ".absent":
                target.with_suffix("").unlink()
                continue
            target.parent.mkdir(exist_ok=True, parents=True)
            shutil.copyfile(source, target)
        return museum

    return lay
