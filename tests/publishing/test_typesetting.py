"""Lines that fit, in the fonts of labels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.typesetting import (
    BOLD,
    REGULAR,
    Paragraph,
    load_fonts,
    missing_glyphs,
    printable_text,
    text_width,
    wrap_text,
)

words = st.text("abcdefghijklmnopqrstuvwxyzéœÀ’", min_size=1, max_size=30)
texts = st.lists(words, min_size=1, max_size=20).map(" ".join)


@pytest.fixture(autouse=True, scope="module")
def _fonts() -> None:
    load_fonts()


@given(texts, st.sampled_from([REGULAR, BOLD]), st.floats(20, 300))
def test_no_line_is_wider(text: str, font: str, width: float) -> None:
    for line in wrap_text(text, font, 10, width):
        assert text_width(line, font, 10) <= width + 1e-6


@given(texts, st.floats(20, 300))
def test_no_sign_is_lost(text: str, width: float) -> None:
    lines = wrap_text(text, REGULAR, 10, width)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_lines_are_even() -> None:
    """No last line of one short word where two equal ones do."""
    first, second = wrap_text("Les ateliers de la forge du Creusot", BOLD, 10, 140)

    assert 0.6 < text_width(second, BOLD, 10) / text_width(first, BOLD, 10) <= 1.1


def test_does_not_break_at_a_french_space() -> None:
    text = printable_text("Attention au très grand marteau : il tombe", "fr")

    for width in range(60, 200, 5):
        assert not [s for s in wrap_text(text, REGULAR, 10, width) if s.startswith(":")]


def test_shortens_with_an_ellipsis() -> None:
    lines = wrap_text("Les ateliers de la forge du Creusot", REGULAR, 10, 60)

    cut = Paragraph(lines, REGULAR, 10).cut(2, 60)

    assert len(cut.lines) == 2
    assert cut.lines[-1].endswith("…")
    assert text_width(cut.lines[-1], REGULAR, 10) <= 60


def test_what_fits_is_not_shortened() -> None:
    paragraph = Paragraph(("Le four",), REGULAR, 10)

    assert paragraph.cut(1, 60) == paragraph


@pytest.mark.parametrize(
    "text",
    ["Écomusée « L’œuvre » : 21 m !", "Štěpán Żółć ąę İstanbul Ðþ", "¿Qué? Größe; Ærø"],
)
def test_european_languages_are_drawn(text: str) -> None:
    assert missing_glyphs(printable_text(text, "fr")) == ""


def test_names_each_sign_that_is_not_drawn_once() -> None:
    assert missing_glyphs("Піч піч") == "Пічп"


def test_is_one_line_of_text() -> None:
    assert printable_text("  Le\n  four ", "fr") == "Le four"
