"""Credits and sources: one text for every language, or one in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tours.checks import read_museum
from tours.codes import Registry
from tours.manifest import compile_tour

from .test_manifest import index_of  # noqa: TID252 - tests are no package

if TYPE_CHECKING:
    from pathlib import Path

    from tours.manifest import Manifest

TOUR = "tours/visite.yaml"
SOURCE = "      - le-creusot.fr/le-marteau-pilon\n"


def written(museum: Path, name: str, old: str, new: str) -> Path:
    """Return the museum after a change in one of its files."""
    path = museum / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return museum


def compiled(folder: Path, language: str) -> Manifest:
    """Return the manifest of the only tour of a museum without findings."""
    reading = read_museum(folder)
    assert reading.diagnostics == ()
    museum = reading.museum
    assert museum is not None
    registry = Registry(museum.address)
    return compile_tour(museum, museum.tours[0], language, index_of(museum), registry)


def codes(folder: Path) -> list[str]:
    """Return the codes of what is found in a folder."""
    return [finding.code for finding in read_museum(folder).diagnostics]


@pytest.mark.parametrize(("language", "credited"), [("fr", "Textes"), ("en", "Texts")])
def test_credits_are_given_in_the_visitors_language(
    museum: Path, language: str, credited: str
) -> None:
    credits_ = "license: CC-BY-SA-4.0\ncredits:\n  fr: Textes\n  en: Texts"
    written(museum, "museum.yaml", "license: CC-BY-SA-4.0", credits_)

    tour = compiled(museum, language).tour

    assert tour.credits == credited
    assert tour.stops[0].scene is not None
    assert tour.stops[0].scene.credits == credited


@pytest.mark.parametrize("language", ["fr", "en"])
def test_bare_credits_serve_every_language_and_none_is_missed(
    museum: Path, language: str
) -> None:
    credits_ = "license: CC-BY-SA-4.0\ncredits: Écomusée"
    written(museum, "museum.yaml", "license: CC-BY-SA-4.0", credits_)

    tour = compiled(museum, language).tour

    assert tour.credits == "Écomusée"


@pytest.mark.parametrize(("language", "note"), [("fr", "masse"), ("en", "mass")])
def test_a_source_may_have_a_note_in_each_language(
    museum: Path, language: str, note: str
) -> None:
    both = "      - { fr: le-creusot.fr (masse), en: le-creusot.fr (mass) }\n"
    written(museum, TOUR, SOURCE, f"{both}      - Archives, 4 Fi 12\n")

    sources = compiled(museum, language).tour.stops[0].sources

    assert sources == (f"le-creusot.fr ({note})", "Archives, 4 Fi 12")


def test_a_source_in_one_language_alone_misses_the_other(museum: Path) -> None:
    written(museum, TOUR, SOURCE, "      - { fr: le-creusot.fr (masse) }\n")

    assert codes(museum) == ["T051"]


def test_a_word_before_a_colon_in_a_source_is_no_language(museum: Path) -> None:
    written(museum, TOUR, SOURCE, "      - Mérimée: IA71000170\n")

    assert codes(museum) == ["T035"]
