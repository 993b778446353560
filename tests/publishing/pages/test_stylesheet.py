"""The style sheet: small, named by its content, complete."""

import re
from pathlib import Path

import publishing.pages
from publishing.colors import palettes
from publishing.pages.stylesheet import stylesheet

SOURCE = (Path(publishing.pages.__file__).parent / "style.css").read_text()


def test_its_name_follows_its_content() -> None:
    red, blue = stylesheet("#9c2f1f"), stylesheet("#1f4e9c")

    assert red.url != blue.url
    assert red == stylesheet("#9c2f1f")
    assert re.fullmatch(r"/client/page-[0-9a-f]{10}\.css", red.url)


def test_the_museum_s_colour_is_baked_in() -> None:
    css = stylesheet("#9c2f1f").content.decode()

    for palette in palettes("#9c2f1f"):
        assert f"--accent:{palette.accent};" in css


def test_every_variable_is_defined() -> None:
    css = stylesheet("#9c2f1f").content.decode()

    assert set(re.findall(r"var\((--[\w-]+)\)", css)) <= set(
        re.findall(r"(--[\w-]+):", css)
    )


def test_nothing_is_lost_but_comments_and_space() -> None:
    css = stylesheet("#9c2f1f").content.decode()

    assert "/*" not in css
    assert css.count("{") == css.count("}")
    made_braces = 3 + css.count("@font-face{")
    assert css.count("{") == SOURCE.count("{") + made_braces


def test_sides_are_logical() -> None:
    """Left and right are wrong in half of the languages that a museum may add."""
    physical = r"(?:margin|padding|border)-(?:left|right|top|bottom)|text-align:\s*(?:left|right)"

    assert re.findall(physical, SOURCE) == []


def test_nothing_is_loaded() -> None:
    assert "url(" not in SOURCE
    assert "@import" not in SOURCE
