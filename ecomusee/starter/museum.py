"""Files of a new museum or tour, by path in the museum's folder."""

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
_UNTRANSLATED = {
    "fr": "à traduire : exemple en français",
    "en": "to translate: sample in English",
}
_TEXT = re.compile(r" *([a-z]{2}): ")
_MODEL = "models/faro.glb"


@dataclass(frozen=True, slots=True)
class MuseumOptions:
    """Name, languages and address of a new museum."""

    id: str
    name: str
    languages: tuple[str, ...]
    address: str


def museum_files(wish: MuseumOptions, language: Language) -> dict[str, bytes]:
    """Return the files of a museum that has one tour, and builds as it is."""
    from ecomusee.starter.editor_settings import editor_files
    from tours.source.text import quote_if_needed

    values = {
        "id": wish.id,
        "name": quote_if_needed(wish.name),
        "languages": ", ".join(wish.languages),
        "address": wish.address,
    }
    museum = _fill_template(f"museum.{language}.yaml", wish.languages, values)
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
    return _fill_template(template, languages, {"id": id_, **named})


def _fill_template(
    template: str, languages: tuple[str, ...], values: dict[str, str]
) -> bytes:
    """Return a text to start with, in the museum's languages alone.

    A language that the sample is not written in gets the sentence of the template's own
    language, marked as one to translate.
    """
    text = (files("ecomusee.starter") / template).read_text(encoding="utf-8")
    sample = template.split(".")[1]
    others = [tag for tag in languages if tag not in KNOWN_LANGUAGES]
    lines: list[str] = []
    last = KNOWN_LANGUAGES[-1]
    source = ""
    for line in text.splitlines(keepends=True):
        own = _TEXT.match(line)
        tag = own[1] if own and own[1] in KNOWN_LANGUAGES else None
        if tag is None or tag in languages:
            lines.append(line)
        source = line if tag == sample else source
        if tag == last:
            lines += (_untranslated(source, sample, other) for other in others)
    return Template("".join(lines)).substitute(values).encode()


def _untranslated(line: str, sample: str, language: str) -> str:
    """Return a line of the sample under another language, with a note unless it is a name."""
    text = line.replace(f"{sample}:", f"{language}:", 1)
    note = "" if "$" in line else f"  # {_UNTRANSLATED[sample]}"
    return f"{text.rstrip()}{note}\n"


def _example() -> Path:
    """Return the invented museum: in the program's own folder, or in a checkout."""
    packaged = Path(str(files("ecomusee.starter"))) / "example"
    return (
        packaged if packaged.is_dir() else Path(__file__).parents[2] / "content/example"
    )
