"""Small museums, and the command as a person would run it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

MUSEUM = """\
museum: petit
name: { fr: Petit musée, en: Small museum }
languages: [fr, en]
address: https://petit.example
color: "#225588"
license: CC-BY-SA-4.0
"""
TOUR = """\
tour: promenade
languages: [fr, en]
title: { fr: Promenade, en: A walk }
license: CC-BY-SA-4.0
stops:
  - stop: pont
    title: { fr: Le pont, en: The bridge }
    text: { fr: Un pont., en: A bridge. }
    sources: [archives]
"""


@dataclass(frozen=True)
class Run:
    """How one run of the command ended."""

    exit_code: int
    out: str
    err: str

    @property
    def document(self) -> Any:  # noqa: ANN401 - a JSON document
        """Return the JSON document on standard output."""
        return json.loads(self.out)


def _write_museum(folder: Path) -> Path:
    (folder / "tours").mkdir(parents=True)
    (folder / "museum.yaml").write_text(MUSEUM, encoding="utf-8")
    (folder / "tours" / "promenade.yaml").write_text(TOUR, encoding="utf-8")
    return folder


def _run(folder: Path, arguments: tuple[str, ...], environment: dict[str, str]) -> Run:
    done = subprocess.run(
        [sys.executable, "-m", "ecomusee", *arguments],
        cwd=folder,
        env={**os.environ, "LC_ALL": "fr_FR.UTF-8", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return Run(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def museum(tmp_path: Path) -> Path:
    """Make a museum's folder of one stop that shows nothing: it builds in no time."""
    return _write_museum(tmp_path / "content" / "petit")


@pytest.fixture(scope="session")
def first_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the build folder of the small museum, published once for all tests.

    Most of a first build goes into compressing the client, which later ones find done.
    """
    folder = tmp_path_factory.mktemp("published")
    _write_museum(folder / "content" / "petit")
    assert _run(folder, ("build",), {}).exit_code == 0
    return folder / "build"


@pytest.fixture
def published(museum: Path, first_build: Path, tmp_path: Path) -> Path:
    """Return the museum's folder, of which a first release is published."""
    shutil.copytree(first_build, tmp_path / "build")
    origin = tmp_path / "build" / "petit" / "published-from.txt"
    assert origin.exists()
    origin.write_text(f"{museum.resolve()}\n", encoding="utf-8")
    return museum


@pytest.fixture
def ecomusee(tmp_path: Path) -> Callable[..., Run]:
    """Run the command in a process of its own, in the museum's parent folder."""

    def run(*arguments: str, **environment: str) -> Run:
        return _run(tmp_path, arguments, environment)

    return run
