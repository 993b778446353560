"""What a release would change, from the manifests of two."""

from __future__ import annotations

import copy
from typing import Any, get_type_hints

import pytest

from publishing.release.diff import Change, compare_manifests, scene_bytes
from publishing.report.collect import Difference
from publishing.report.messages import describe_change, format_day
from publishing.report.render import diff_excerpts, group_changes
from tours.manifest import StopView, Text

TEXTS = [n for n, hint in get_type_hints(StopView).items() if hint == Text | None]


def text(words: str, language: str = "fr") -> dict[str, str]:
    return {"text": words, "language": language}


def stop(name: str, number: int = 1, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {
        "id": name,
        "number": number,
        "title": text(f"Le {name}"),
        "text": text("Un texte."),
        "anchors": [],
        "sources": ["archives"],
        **fields,
    }


def tour(*stops: dict[str, Any], language: str = "fr", **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    shown = {"id": "forge", "title": text("La forge"), "stops": list(stops), **fields}
    return {"language": language, "tour": shown}


def between(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    return list(compare_manifests({("forge", "fr"): before}, {("forge", "fr"): after}))


def scene(digit: str, size_bytes: int = 1000) -> dict[str, Any]:
    return {
        "kind": "model",
        "alt": text("Un marteau."),
        "license": "CC0-1.0",
        "poster": [
            {"url": f"/media/{digit}.jpg", "type": "image/jpeg", "width_px": 480}
        ],
        "lods": [{"url": f"/media/{digit}.glb", "bytes": size_bytes}],
    }


def test_nothing_changes_between_equal_manifests() -> None:
    one = tour(stop("marteau", scene=scene("a")))

    assert between(one, copy.deepcopy(one)) == []


def test_a_text_is_told_with_what_it_was() -> None:
    (change,) = between(tour(stop("pont")), tour(stop("pont", text=text("Un autre."))))

    assert (change.what, change.field) == ("text", "text")
    assert (change.before, change.after) == ("Un texte.", "Un autre.")


@pytest.mark.parametrize("name", TEXTS)
def test_every_text_of_a_stop_is_compared(name: str) -> None:
    more: dict[str, Any] = {name: text("Un mot.")}

    (change,) = between(tour(stop("pont")), tour(stop("pont", **more)))

    assert (change.what, change.field, change.after) == ("text", name, "Un mot.")


def test_a_text_that_fell_back_is_told_to_be_translated() -> None:
    before = tour(stop("pont"), language="en")
    after = tour(stop("pont", title=text("The bridge", "en")), language="en")

    (change,) = compare_manifests({("forge", "en"): before}, {("forge", "en"): after})

    assert change.what == "translated"


def test_a_question_is_told_once_and_in_each_further_language() -> None:
    """An older release has no list of them at all, which is no change."""
    before = tour(stop("pont"))
    asked = [{"id": "pont-1", "ask": text("Combien ?")}]
    after = tour(stop("pont", questions=asked))
    pairs = (("forge", "fr"), ("forge", "en"))

    told = compare_manifests(dict.fromkeys(pairs, before), dict.fromkeys(pairs, after))

    assert between(before, tour(stop("pont", questions=[]))) == []
    assert [(c.what, c.field, c.language) for c in told] == [
        ("facts", "questions", None),
        ("text", "questions", "en"),
    ]
    assert "Question" in describe_change(told[0], "fr")


def test_stops_that_come_and_go_are_told() -> None:
    found = between(tour(stop("pont")), tour(stop("lavoir")))

    assert [(c.what, c.stop) for c in found] == [
        ("stop_added", "lavoir"),
        ("stop_removed", "pont"),
    ]


def test_a_stop_that_moves_is_told_once() -> None:
    found = between(tour(stop("pont", 1)), tour(stop("pont", 2)))

    assert [(c.what, c.before, c.after) for c in found] == [("stop_moved", "1", "2")]


def test_another_model_is_told_with_its_pictures_and_weight() -> None:
    (change,) = between(
        tour(stop("pont", scene=scene("a"))), tour(stop("pont", scene=scene("b", 4000)))
    )

    assert change.what == "scene"
    assert change.pictures == ("/media/a.jpg", "/media/b.jpg")
    assert change.bytes_more == 3000


@pytest.mark.parametrize(
    ("shown", "size_bytes"),
    [
        ({"lods": [{"bytes": 5}, {"bytes": 90}], "usdz": {"bytes": 400}}, 90),
        ({"levels": [{"bytes": 7}], "hotspots": [{"title": text("Ici")}]}, 7),
        ({"picture": [{"bytes": 30}, {"bytes": 20}]}, 30),
        ({"then": {"picture": [{"bytes": 3}]}, "now": {"picture": [{"bytes": 4}]}}, 7),
        ({"files": [{"bytes": 60}], "sign": {"files": [{"bytes": 50}]}}, 60),
        ({"moments": [{"picture": [{"bytes": 3}]}, {"picture": [{"bytes": 4}]}]}, 7),
    ],
    ids=["model", "panorama", "picture", "comparison", "film", "a kind to come"],
)
def test_a_scene_weighs_the_heaviest_of_each_of_its_lists(
    shown: dict[str, Any], size_bytes: int
) -> None:
    assert scene_bytes({"poster": [{"bytes": 9}], **shown}) == size_bytes


def test_another_description_is_a_text_and_no_other_scene() -> None:
    new = {**scene("a"), "alt": text("Un très grand marteau.")}
    (change,) = between(
        tour(stop("pont", scene=scene("a"))), tour(stop("pont", scene=new))
    )

    assert (change.what, change.field) == ("text", "alt")


def test_a_withdrawn_stop_is_told_as_that_alone() -> None:
    gone = stop("pont", withdrawn={"since": "2026-11-01", "why": text("Travaux.")})

    found = between(tour(stop("pont", scene=scene("a"))), tour(gone))

    assert [c.what for c in found] == ["stop_withdrawn"]


def test_what_is_the_same_in_every_language_is_told_once() -> None:
    old = {("forge", tag): tour(stop("pont"), language=tag) for tag in ("fr", "en")}
    moved = {"latitude_deg": 46.7, "longitude_deg": 4.4}
    new = {
        ("forge", tag): tour(stop("pont", position=moved), language=tag)
        for tag in ("fr", "en")
    }

    assert [c.what for c in compare_manifests(old, new)] == ["position"]


def test_a_new_tour_is_one_change() -> None:
    found = compare_manifests({}, {("forge", "fr"): tour(stop("pont"))})

    assert [(c.what, c.after) for c in found] == [("tour_added", "La forge")]


def test_changes_are_told_in_both_languages() -> None:
    change = Change("text", "forge", "pont", "fr", "title", "Le pont", "Le vieux pont")

    assert describe_change(change, "fr") == "Titre : nouveau texte (fr)"
    assert describe_change(change, "en") == "Title: new text (fr)"


def test_a_fact_is_told_with_what_it_was() -> None:
    (change,) = between(tour(duration_min=45), tour(duration_min=90))

    assert describe_change(change, "fr") == "Durée : 45 min devient 1 h 30"


def test_a_first_code_is_given() -> None:
    (change,) = between(tour(stop("pont")), tour(stop("pont", code="M77D")))

    assert describe_change(change, "fr") == "Reçoit le code M77D"


def test_days_are_told_in_words() -> None:
    assert format_day("2026-11-26T18:54:16Z", "fr") == "26\u00a0novembre\u00a02026"


def test_changes_stand_under_the_title_of_their_stop() -> None:
    found = (
        Change("sound", "forge", "pont"),
        Change("facts", "forge", field="license"),
    )
    titles = {("forge", None): "La forge", ("forge", "pont"): "Le pont"}

    groups = group_changes(Difference(found, None, {}, titles, 0))

    assert [title for title, _ in groups] == ["La forge · Le pont", "La forge"]


def test_excerpts_begin_before_the_first_difference() -> None:
    common = "La vapeur soulevait sa masse à cinq mètres de hauteur puis "

    before, after = diff_excerpts(
        common + "la lâchait.", common + "la laissait retomber."
    )

    assert before.startswith("…")
    assert before.endswith("la lâchait.")
    assert after.endswith("la laissait retomber.")
