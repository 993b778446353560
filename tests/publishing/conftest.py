"""Releases in little, shared by the tests of publishing."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from publishing import releases

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from publishing.files import Disk
    from publishing.releases import Written

    Publish = Callable[..., Written]

HERE = Path(__file__).parent


def _module(name: str) -> ModuleType:
    """Return a module beside this file, which is no package."""
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MADE = _module("made")


@pytest.fixture
def made() -> ModuleType:
    """Return the makers of small releases."""
    return MADE


@pytest.fixture
def build_dir(tmp_path: Path) -> Path:
    """Return a museum's build folder that does not exist yet."""
    return tmp_path / "build" / "forge"


@pytest.fixture
def publish(build_dir: Path) -> Publish:
    """Return a function that publishes the draft of a text and some codes."""

    def publish(
        text: str = "one",
        codes: tuple[str, ...] = ("K7QM",),
        *,
        disk: Disk | None = None,
        keep: int = releases.KEPT_RELEASES,
        museum: str = "forge",
    ) -> Written:
        draft = MADE.draft(build_dir, text, codes, museum)
        with releases.opened(build_dir, disk, keep=keep) as shelf:
            return shelf.write(draft)

    return publish


@pytest.fixture
def run_script(build_dir: Path) -> Callable[..., list[str]]:
    """Return the command line of a program beside this file."""

    def command(name: str, *arguments: object) -> list[str]:
        return [sys.executable, str(HERE / name), *map(str, arguments)]

    del build_dir
    return command
