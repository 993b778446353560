"""Texts become what a voice can say, and pieces that fit on screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets_pipeline.media.speech_text import (
    MOST_SHOWN,
    find_voice,
    split_caption,
    split_paragraphs,
)


@pytest.mark.parametrize(
    ("language", "voice"),
    [
        ("fr", "fr-fr"),
        ("fr-CA", "fr-fr"),
        ("en", "en-gb"),
        ("en-US", "en-us"),
        ("pt-BR", "pt-br"),
        ("pt-PT", "pt"),
        ("tlh", None),
    ],
)
def test_a_voice_is_of_the_language_or_of_its_family(
    language: str, voice: str | None
) -> None:
    assert find_voice(language) == voice


def test_markdown_is_not_spoken() -> None:
    text = "## Le marteau\n\nIl est **lourd**, [dit-on](http://x).\n\n- Un.\n- ![alt](i.jpg)Deux."

    assert split_paragraphs(text) == (
        ("Le marteau",),
        ("Il est lourd, dit-on.",),
        ("Un.",),
        ("Deux.",),
    )


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Un. Deux.", ["Un.", "Deux."]),
        ("Il dit : « Non ! » Puis il part.", ["Il dit : « Non ! »", "Puis il part."]),
        ("M. Schneider vint. Il vit.", ["M. Schneider vint.", "Il vit."]),
        ("Il pèse 1.5 t. C'est lourd.", ["Il pèse 1.5 t. C'est lourd."]),
        ("Quoi… vraiment ? Oui.", ["Quoi… vraiment ?", "Oui."]),
        ("In 1877. 1900 came.", ["In 1877.", "1900 came."]),
        ("…", []),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_breathes(text: str, sentences: list[str]) -> None:
    """A letter or an abbreviation before a stop ends none: a pause less, no more."""
    found = [s for paragraph in split_paragraphs(text) for s in paragraph]

    assert found == sentences


def test_a_long_sentence_is_parted_at_its_signs() -> None:
    sentence = "Il pèse cent tonnes, tombe de cinq mètres, et s'entendait, dit-on, à plus de dix kilomètres."

    assert split_caption(sentence) == (
        "Il pèse cent tonnes, tombe de cinq mètres, et s'entendait,",
        "dit-on, à plus de dix kilomètres.",
    )


@given(st.text(st.characters(categories=("L", "P", "Zs")), max_size=600))
def test_nothing_of_a_sentence_is_lost_on_screen(text: str) -> None:
    sentence = " ".join(text.split())

    pieces = split_caption(sentence)

    assert all(0 < len(piece) <= MOST_SHOWN for piece in pieces)
    assert "".join(pieces).replace(" ", "") == sentence.replace(" ", "")
