"""The drawing that stands where a stop has no picture."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from publishing.pages.pictures import HEIGHT, WIDTH, placeholder
from tours.manifest import Text

if TYPE_CHECKING:
    from tours.manifest import StopView

STROKE = re.compile(r"M([\d.]+) ([\d.]+)([hv])([\d.]+)")


@pytest.mark.parametrize(
    ("title", "initial"),
    [("« Été »", "É"), ("241 P 17", "2"), ("القفل", "ا"), ("…", "1"), ("La", "L")],
)
def test_a_tile_begins_as_the_title_does(
    hammer: StopView, title: str, initial: str
) -> None:
    drawn = placeholder(replace(hammer, number=1, title=Text(title, "fr")))

    assert drawn.initial == initial


@pytest.mark.parametrize(
    ("title", "language", "initial"),
    [
        ("Le canal", "fr", "C"),
        ("L’écluse", "fr", "É"),
        ("The lock", "en-GB", "L"),
        ("Le campane", "it", "C"),
        ("Le lavoir", "oc", "L"),
    ],
)
def test_an_article_does_not_stand_for_a_title(
    hammer: StopView, title: str, language: str, initial: str
) -> None:
    drawn = placeholder(replace(hammer, title=Text(title, language)))

    assert drawn.initial == initial


def test_what_is_heard_looks_other_than_what_is_read(hammer: StopView) -> None:
    assert placeholder(hammer).kind == "sound"
    assert placeholder(replace(hammer, audio=None)).kind == "text"


def test_stops_have_tiles_of_their_own(hammer: StopView) -> None:
    other = replace(hammer, id="enclume")

    assert placeholder(hammer).strokes != placeholder(other).strokes
    assert placeholder(hammer) == placeholder(hammer)


@pytest.mark.parametrize("is_heard", [True, False])
def test_a_tile_leaves_a_margin_around_it(hammer: StopView, *, is_heard: bool) -> None:
    stop = hammer if is_heard else replace(hammer, audio=None)

    for name in ("marteau", "canal", "machine", "chateau", "locomotive"):
        strokes = STROKE.findall(placeholder(replace(stop, id=name)).strokes)
        assert len(strokes) >= 5
        for x, y, way, length in strokes:
            right = float(x) + (float(length) if way == "h" else 0)
            bottom = float(y) + (float(length) if way == "v" else 0)
            assert right <= WIDTH * 8 / 9
            assert float(y) > HEIGHT / 8
            assert bottom < HEIGHT * 7 / 8
