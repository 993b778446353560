"""Days in words."""

import pytest

from publishing.text.localization import format_date, ui_languages, ui_strings


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
    assert format_date(iso, ui_strings(language).words) == words


@pytest.mark.parametrize("language", sorted(ui_languages()))
def test_every_language_names_twelve_months(language: str) -> None:
    assert len(ui_strings(language).words["months"].split()) == 12
