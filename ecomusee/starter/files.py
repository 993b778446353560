"""The files of a new museum or tour: what each holds, by its path in the museum's folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tours.diagnostics import Language

KNOWN_LANGUAGES: tuple[str, ...] = ("fr", "en")
"""Those that the texts to start with are written in."""
_FIRST_TOURS: dict[Language, str] = {"fr": "premiere-visite", "en": "first-tour"}
_TITLES = {"fr": "Première visite", "en": "First tour"}
_TEXT = re.compile(r" *([a-z]{2}): ")
_MODEL = "models/faro.glb"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a new museum is to be."""

    id: str
    name: str
    languages: tuple[str, ...]
    address: str


def museum_files(wish: Wish, language: Language) -> dict[str, bytes]:
    """Return the files of a museum that has one tour, and builds as it is."""
    from ecomusee.starter.editor import editor_files
    from tours.source.text import quote_if_needed

    values = {
        "id": wish.id,
        "name": quote_if_needed(wish.name),
        "languages": ", ".join(wish.languages),
        "address": wish.address,
    }
    museum = _filled(f"museum.{language}.yaml", wish.languages, values)
    first = _FIRST_TOURS[language]
    tour = _tour(f"tour.{language}.yaml", first, _TITLES, wish.languages)
    return {
        "museum.yaml": museum,
        f"tours/{first}.yaml": tour,
        "models/phare.glb": (_example() / _MODEL).read_bytes(),
        **editor_files(language),
    }


def tour_files(
    id_: str, title: str, languages: tuple[str, ...], language: Language
) -> dict[str, bytes]:
    """Return the file of one more tour, of one stop."""
    titles = dict.fromkeys(KNOWN_LANGUAGES, title)
    tour = _tour(f"stop.{language}.yaml", id_, titles, languages)
    return {f"tours/{id_}.yaml": tour}


def _tour(
    template: str, id_: str, titles: dict[str, str], languages: tuple[str, ...]
) -> bytes:
    from tours.source.text import quote_if_needed

    named = {f"title_{tag}": quote_if_needed(title) for tag, title in titles.items()}
    return _filled(template, languages, {"id": id_, **named})


def _filled(template: str, languages: tuple[str, ...], values: dict[str, str]) -> bytes:
    """Return a text to start with, in the museum's languages alone."""
    text = (files("ecomusee.starter") / template).read_text(encoding="utf-8")
    lines = []
    for line in text.splitlines(keepends=True):
        own = _TEXT.match(line)
        if own is None or own[1] in languages or own[1] not in KNOWN_LANGUAGES:
            lines.append(line)
    return Template("".join(lines)).substitute(values).encode()


def _example() -> Path:
    """Return the invented museum: in the program's own folder, or in a checkout."""
    packaged = Path(str(files("ecomusee.starter"))) / "example"
    return (
        packaged if packaged.is_dir() else Path(__file__).parents[2] / "content/example"
    )
