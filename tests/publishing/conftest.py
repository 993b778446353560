"""Releases in little, shared by the tests of publishing."""

from __future__ import annotations

import importlib.util
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from publishing.release import repository

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    from publishing.disk import Disk
    from publishing.release.repository import WriteResult

    Publish = Callable[..., WriteResult]

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
def tmp_path() -> Iterator[Path]:
    """Return a folder in memory where there is such a thing.

    Thousands of small publications sync every file: a minute on a disk, and the system keeps
    what a killed program has written in either case.
    """
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own within it
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as made:
        yield Path(made).resolve()


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
        keep: int = repository.KEPT_RELEASES,
        museum: str = "forge",
    ) -> WriteResult:
        draft = MADE.draft(build_dir, text, codes, museum)
        with repository.open_repository(build_dir, disk, keep=keep) as shelf:
            return shelf.write(draft)

    return publish


MUSEUM = """\
museum: forge
name: { fr: La forge, en: The forge }
languages: [fr, en]
address: https://forge.example
color: "#9c2f1f"
license: CC-BY-SA-4.0
"""
TOUR = """\
tour: visite
languages: [fr, en]
title: { fr: Une visite, en: A visit }
stops:
  - stop: marteau
    title: { fr: Le marteau-pilon, en: The steam hammer }
    text: { fr: Une grosse machine., en: A big machine. }
  - stop: four
    title: { fr: Le four, en: The furnace }
    text: { fr: Il y fait chaud., en: It is hot. }
"""


@pytest.fixture
def museum(tmp_path: Path) -> Path:
    """Return the folder of a museum with two stops and nothing to make of models."""
    folder = tmp_path / "museum"
    (folder / "tours").mkdir(parents=True)
    (folder / "museum.yaml").write_text(MUSEUM, encoding="utf-8")
    (folder / "tours" / "visite.yaml").write_text(TOUR, encoding="utf-8")
    return folder


@pytest.fixture
def client(tmp_path: Path) -> Path:
    """Return a built client in little."""
    folder = tmp_path / "client"
    folder.mkdir()
    (folder / "boot-1.js").write_text("export {}")
    listing = {"entry": "boot-1.js", "files": {"boot-1.js": {"imports": []}}}
    (folder / "client.json").write_text(json.dumps(listing))
    return folder
