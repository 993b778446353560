"""The pages' font: whole, small, and of one measure with what stands in for it."""

from __future__ import annotations

import re

import pytest
from fontTools.ttLib import TTFont as WebFont  # type: ignore[import-untyped]
from reportlab.pdfbase.pdfmetrics import stringWidth  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]

from publishing.pages.stylesheet import (
    ASCENT,
    DESCENT,
    FALLBACKS,
    FONTS,
    LATIN,
    LATIN_EXTENDED,
    font_faces,
    font_files,
    font_stack,
)

SENTENCES = (
    "Un marteau de cent tonnes se dresse devant vous. La vapeur soulevait sa masse de "
    "cinq mètres, puis la laissait retomber sur le fer rouge. A hundred-tonne hammer "
    "stands before you. Steam lifted its mass by five metres."
)


def signs(unicode_range: str) -> set[int]:
    found: set[int] = set()
    for part in unicode_range.replace("U+", "").split(","):
        first, _, last = part.partition("-")
        found |= set(range(int(first, 16), int(last or first, 16) + 1))
    return found


def test_a_page_in_french_waits_for_no_more_than_26_kb() -> None:
    """Latin letters without the signs of other alphabets, in two weights."""
    regular, bold = font_files()[:2]

    assert len(regular.content) + len(bold.content) < 26_000


def test_each_file_is_named_by_its_content_and_kept() -> None:
    pages = font_files()

    assert len({page.url for page in pages}) == len(pages) == 4
    assert all(page.content.startswith(b"wOF2") for page in pages)
    assert {page.caching for page in pages} == {"immutable"}
    assert all(re.fullmatch(r"/client/font-[0-9a-f]{10}\.woff2", p.url) for p in pages)


def test_no_sign_is_asked_of_two_files() -> None:
    assert not signs(LATIN) & signs(LATIN_EXTENDED)


def test_text_is_read_before_the_font_comes() -> None:
    css = font_faces()

    assert css.count("font-display:swap") == css.count("url(")
    assert font_stack().startswith('"Atkinson Hyperlegible Next",')
    for fallback in FALLBACKS:
        assert fallback.name in font_stack()
        assert f"font-family:{fallback.name}" in css


@pytest.mark.parametrize(
    ("own", "other", "weight"),
    [("Regular", "Helvetica", 400), ("Bold", "Helvetica-Bold", 700)],
)
def test_arial_is_stretched_to_our_widths(own: str, other: str, weight: int) -> None:
    """Helvetica's widths, which PDF readers know by heart, are Arial's."""
    font = TTFont(own, str(FONTS / f"AtkinsonHyperlegibleNext-{own}.ttf"))
    (fallback,) = (f for f in FALLBACKS if f.weight == weight and f.name == "ec-arial")
    ratio = font.stringWidth(SENTENCES, 1) / stringWidth(SENTENCES, other, 1)

    assert fallback.width_ratio == pytest.approx(ratio, abs=0.015)


def test_heights_are_those_of_the_font() -> None:
    face = TTFont("own", str(FONTS / "AtkinsonHyperlegibleNext-Regular.ttf")).face

    assert (face.ascent, face.descent) == (ASCENT * 1000, -DESCENT * 1000)


@pytest.mark.parametrize("weight", [400, 700])
def test_zeros_are_open(weight: int) -> None:
    """A slashed zero reads as an O with a stroke in a year or a height."""
    path = FONTS / f"atkinson-hyperlegible-next-latin-{weight}-normal.woff2"
    font = WebFont(path)
    glyphs = font["glyf"]

    for digit in ("zero", "zero.tf"):
        _, ends, _ = glyphs[digit].getCoordinates(glyphs)
        assert len(ends) == 2, digit
    assert font["hmtx"]["zero"][0] > font["hmtx"]["one"][0]
