"""A museum small enough to be built in no time, with one model of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest

MUSEUM = """\
museum: petit
name: { fr: Petit musée }
languages: [fr]
address: https://petit.example
color: "#225588"
license: CC-BY-SA-4.0
"""
TOUR = """\
tour: promenade
languages: [fr]
title: { fr: Promenade }
license: CC-BY-SA-4.0
stops:
  - stop: borne
    title: { fr: La borne }
    text: { fr: Une borne de pierre. }
    sources: [archives]
    shows:
      model: models/borne.obj
      height: 2 m
      alt: { fr: Un bloc de pierre haut de deux mètres. }
      poster: auto
"""
CORNERS = [(x, y, z) for x in (-0.5, 0.5) for y in (0, 2) for z in (-0.5, 0.5)]
FACES = ["1 2 4 3", "5 7 8 6", "1 5 6 2", "3 4 8 7", "1 3 7 5", "2 6 8 4"]


def _write(folder: Path) -> None:
    (folder / "tours").mkdir(parents=True)
    (folder / "models").mkdir()
    (folder / "museum.yaml").write_text(MUSEUM, encoding="utf-8")
    (folder / "tours" / "promenade.yaml").write_text(TOUR, encoding="utf-8")
    lines = [f"v {x} {y} {z}" for x, y, z in CORNERS] + [f"f {face}" for face in FACES]
    (folder / "models" / "borne.obj").write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture(scope="session")
def write_museum() -> Callable[[Path], None]:
    """Write a museum into a folder that is made."""
    return _write
