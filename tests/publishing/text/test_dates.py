"""Days in words."""

import pytest

from publishing.text.localization import day_in_words, interface, languages_with_tables


@pytest.mark.parametrize(
    ("iso", "language", "words"),
    [
        ("2026-11-01", "fr", "1er novembre 2026"),
        ("2026-08-12", "fr", "12 août 2026"),
        ("2026-11-01", "en", "1 November 2026"),
    ],
)
def test_a_day_is_written_as_its_language_does(
    iso: str, language: str, words: str
) -> None:
    assert day_in_words(iso, interface(language).words) == words


@pytest.mark.parametrize("language", sorted(languages_with_tables()))
def test_every_language_names_twelve_months(language: str) -> None:
    assert len(interface(language).words["months"].split()) == 12
