"""French spacing: what changes, what never does."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.text.typography import typeset

UNHURRIED = settings(deadline=None)
"""The machine may be busy with something else; time is no part of these laws."""

N, W = "\u202f", "\u00a0"
CATALOGUES = sorted((Path(__file__).parents[3] / "client/src/i18n").glob("*.json"))


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Attention!", f"Attention{N}!"),
        ("Attention !", f"Attention{N}!"),
        ("Quoi ?!", f"Quoi{N}?!"),
        ("Arrêté en 1930 ; dressé", f"Arrêté en 1930{N}; dressé"),
        ("Voici : cent tonnes", f"Voici{W}: cent tonnes"),
        ("Voici: cent tonnes", f"Voici{W}: cent tonnes"),
        ("dit « bonjour » ici", f"dit «{W}bonjour{W}» ici"),
        ("dit «bonjour» ici", f"dit «{W}bonjour{W}» ici"),
        ("jusqu'en l'an d'Ouest", "jusqu’en l’an d’Ouest"),
        ("1 300 t et 12 000 h", f"1{N}300{W}t et 12{N}000{W}h"),
        ("haut de 21 m, large de 10,5 m", f"haut de 21{W}m, large de 10,5{W}m"),
        ("n° 5", f"n°{W}5"),
        ("25 %", f"25{W}%"),
        ("la 241 P 17 et la 241 P", f"la 241{W}P{W}17 et la 241{W}P"),
    ],
)
def test_french_is_spaced(typed: str, printed: str) -> None:
    assert typeset(typed, "fr") == printed
    assert typeset(typed, "fr-CA") == printed


@pytest.mark.parametrize(
    "typed",
    [
        "à 12:30",
        "au 1:200",
        "(?)",
        "https://exemple.fr/a?b=c;d=e!f",
        "le-creusot.fr/qu'est-ce?page=2",
        "mailto:bonjour@exemple.fr?subject=l'accueil",
        "5'3",
        "21 mois",
        "de 1890 à 1910",
        "",
    ],
)
def test_what_is_not_a_sentence_stays_as_typed(typed: str) -> None:
    assert typeset(typed, "fr") == typed


def test_other_languages_stay_as_typed() -> None:
    assert typeset("Really? It's « so »!", "de") == "Really? It's « so »!"


@pytest.mark.parametrize("language", ["en", "it"])
def test_an_apostrophe_between_letters_is_all_that_others_change(language: str) -> None:
    assert typeset("L'arte? It's « 5'3 »!", language) == "L’arte? It’s « 5'3 »!"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_what_phones_say_of_themselves_is_spaced_too(path: Path) -> None:
    """They are shown as they are written: nothing sets them on the way."""
    for sentence in json.loads(path.read_text(encoding="utf-8")).values():
        filled = sentence["fr"].replace("{percent}", "25")
        assert typeset(filled, "fr") == filled


SIGNS = st.sampled_from(
    [*"aé1 0'«»:;!?.,()/h\u00a0\u202f\n°n%m&#", "https://", "a.fr/"]
)


@UNHURRIED
@given(st.lists(SIGNS, max_size=24).map("".join))
def test_setting_twice_is_setting_once(typed: str) -> None:
    """Texts pass through more than one hand; spaces must not pile up."""
    once = typeset(typed, "fr")

    assert typeset(once, "fr") == once


@UNHURRIED
@given(st.lists(SIGNS, max_size=24).map("".join))
def test_only_spaces_and_apostrophes_change(typed: str) -> None:
    def bare(text: str) -> str:
        spaceless = "".join(sign for sign in text if sign not in f" {N}{W}")
        return spaceless.replace("’", "'")

    assert bare(typeset(typed, "fr")) == bare(typed)
