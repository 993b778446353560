"""What guide mode's messages may say, and that nothing else passes."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.guide.messages import (
    MOST_BYTES,
    Close,
    Follow,
    Guide,
    MessageError,
    Open,
    Shown,
    Take,
    follower_message,
    is_room_code,
    parse_first,
    parse_later,
)
from tours.codes import add_check_sign

KEY = "k" * 22
NEXT = "n" * 22
SHOWN = {
    "tour": "de-la-forge",
    "stop": "marteau",
    "languages": ["fr", "en"],
    "turn": {"azimuth_deg": 35, "elevation_deg": 6.5, "zoom": 0.8},
    "point": [0.25, 1.5, -2],
    "look_up": False,
}
NAMES = st.from_regex(r"[a-z0-9]{1,10}(-[a-z0-9]{1,10}){0,2}", fullmatch=True)
TURNS = st.tuples(st.floats(-1e5, 1e5), st.floats(-90, 90), st.floats(0.01, 100))
POINTS = st.one_of(
    st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=2),
    st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3),
)
SHOWINGS = st.builds(
    Shown,
    NAMES,
    NAMES,
    st.lists(st.sampled_from(["fr", "en", "pt-BR"]), min_size=1).map(
        lambda tags: tuple(tags[:12])
    ),
    st.none() | TURNS.map(lambda turn: tuple(round(n, 4) for n in turn)),
    st.none() | POINTS.map(lambda point: tuple(round(n, 4) for n in point)),
    st.booleans(),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["type", *SHOWN]), inner, max_size=7)
    ),
    max_leaves=20,
)


def _first(**fields: object) -> str:
    return json.dumps(fields)


def _show(**changes: object) -> str:
    return json.dumps({"type": "show", "shown": SHOWN | changes})


def test_each_first_message_is_read() -> None:
    assert parse_first(_first(type="open")) == Open()
    assert parse_first(_first(type="follow", room="K7QN")) == Follow("K7QN")
    assert parse_first(_first(type="guide", room="K7QN", key=KEY)) == Guide("K7QN", KEY)
    taking = parse_first(_first(type="take", room="K7QN", key=KEY, next=NEXT))
    assert taking == Take("K7QN", KEY, NEXT)


def test_what_is_shown_is_read() -> None:
    shown = parse_later(_show())

    assert isinstance(shown, Shown)
    assert shown.turn == (35, 6.5, 0.8)
    assert shown.point == (0.25, 1.5, -2)
    assert parse_later('{"type": "close"}') == Close()


@given(SHOWINGS)
def test_what_is_sent_on_is_what_was_read(shown: Shown) -> None:
    """And its text fits in a message."""
    message = json.dumps({"type": "show", "shown": shown.to_wire()})

    assert parse_later(message) == shown
    assert len(follower_message(shown, is_guided=True)) < MOST_BYTES


@pytest.mark.parametrize(
    "text",
    [
        "",
        "open",
        "null",
        "[]",
        '"open"',
        "{}",
        "[" * 1000,
        '{"type": "open", "type": "open"}',
        '{"type": "open", "name": "Anne"}',
        '{"type": "follow"}',
        '{"type": "follow", "room": 7}',
        '{"type": "follow", "room": "k7qn"}',
        '{"type": "follow", "room": "K7QN "}',
        '{"type": "guide", "room": "K7QN", "key": "short"}',
        f'{{"type": "guide", "room": "{add_check_sign("K7Q")}", "key": "{KEY}"}}',
        '{"type": "show", "shown": null}',
        '{"type": ["open"]}',
    ],
)
def test_other_first_messages_are_refused(text: str) -> None:
    with pytest.raises(MessageError):
        parse_first(text)


@pytest.mark.parametrize(
    "changes",
    [
        {"tour": "../x"},
        {"tour": "x" * 65},
        {"tour": "forge\n"},
        {"stop": "https:"},
        {"stop": None},
        {"languages": []},
        {"languages": ["fr"] * 13},
        {"languages": ["../fr"]},
        {"languages": "fr"},
        {"turn": {"azimuth_deg": 1, "elevation_deg": 91, "zoom": 1}},
        {"turn": {"azimuth_deg": 1, "elevation_deg": 1, "zoom": 0}},
        {"turn": {"azimuth_deg": True, "elevation_deg": 1, "zoom": 1}},
        {"turn": {"azimuth_deg": 1, "elevation_deg": 1}},
        {"turn": {"azimuth_deg": math.nan, "elevation_deg": 1, "zoom": 1}},
        {"turn": {"azimuth_deg": math.inf, "elevation_deg": 1, "zoom": 1}},
        {"turn": {"azimuth_deg": 10**400, "elevation_deg": 1, "zoom": 1}},
        {"turn": [1, 2, 3]},
        {"point": [1]},
        {"point": [1, 2, 3, 4]},
        {"point": [1, "2"]},
        {"point": [1, 2e6]},
        {"look_up": 1},
        {"look_up": None},
        {"words": "a text of one's own"},
    ],
)
def test_other_showings_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(MessageError):
        parse_later(_show(**changes))


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_a_showing_says_all(name: str) -> None:
    """The latest alone matters: nothing in it may lean on what came before."""
    partial = {key: value for key, value in SHOWN.items() if key != name}

    with pytest.raises(MessageError):
        parse_later(json.dumps({"type": "show", "shown": partial}))


@given(st.one_of(st.text(max_size=200), JSON.map(json.dumps)))
def test_any_text_is_read_or_refused(text: str) -> None:
    for parse in (parse_first, parse_later):
        try:
            parse(text)
        except MessageError:
            continue


@given(st.data())
def test_one_slip_in_a_message_is_never_another_error(data: st.DataObject) -> None:
    """Valid messages with a sign changed, dropped or added."""
    text = data.draw(
        st.sampled_from([_show(), _first(type="guide", room="K7QN", key=KEY)])
    )
    place = data.draw(st.integers(0, len(text)))
    put = data.draw(st.text(max_size=3))
    cut = data.draw(st.integers(0, 3))
    changed = text[:place] + put + text[place + cut :]
    for parse in (parse_first, parse_later):
        try:
            parse(changed)
        except MessageError:
            continue


def test_a_room_is_never_a_printed_code() -> None:
    printed = add_check_sign("K7Q")

    assert not is_room_code(printed)
    assert is_room_code(printed[:3] + ("2" if printed[3] != "2" else "3"))
    assert not is_room_code("K7O1")
    assert not is_room_code("K7Q")
