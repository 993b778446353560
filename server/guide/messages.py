"""Parse and write guide mode's messages: JSON of a small, strict schema.

A socket's first message says who speaks; afterwards a guide alone speaks. Whatever
differs from the schema, by one key or one type, is a `MessageError`. The same schema
stands in ``client/src/guide/messages.ts``; `SUBPROTOCOL` names its version.

    {"type": "open"}                                   a new room
    {"type": "guide", "room": …, "key": …}             its guide is back
    {"type": "take", "room": …, "key": …, "next": …}   another phone guides from now on
    {"type": "follow", "room": …}                      a phone of the group
    {"type": "show", "shown": {…}}                     what all look at
    {"type": "close"}                                  the visit is over
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from tours.codes import ALPHABET, CODE_SIGNS, is_valid_code

if TYPE_CHECKING:
    from collections.abc import Mapping

SUBPROTOCOL = "ecomusee-guide.v1"
MOST_BYTES = 1024
"""Of one message; the longest that the schema admits is shorter."""
KEY_LENGTH = 22
_KEY = re.compile(rf"[A-Za-z0-9_-]{{{KEY_LENGTH}}}")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_NAME = 64
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}")
_MOST_LANGUAGES = 12
_FARTHEST = 1e6
_TURN = {"azimuth_deg": 1e5, "elevation_deg": 90.0, "zoom": 100.0}
"""Of each number of a turn, how far from zero it may be."""
_DIGITS = 4
_PANORAMA_NUMBERS, _MODEL_NUMBERS = 2, 3


class MessageError(ValueError):
    """A message that the schema does not admit."""


class CloseCode(IntEnum):
    """Why a socket is closed, for the page to say (RFC 6455, section 7.4.2)."""

    GOING_AWAY = 1001
    MALFORMED = 4400
    WRONG_KEY = 4403
    NO_ROOM = 4404
    IDLE = 4408
    REPLACED = 4409
    ENDED = 4410
    ROOM_FULL = 4413
    TOO_FAST = 4429
    NO_MORE_ROOMS = 4503


@dataclass(frozen=True, slots=True)
class Open:
    """A new room is asked for."""


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide comes back to a room, on another page or after a loss."""

    room: str
    key: str


@dataclass(frozen=True, slots=True)
class Take:
    """Another phone becomes the guide's; `key` no longer opens the room, `next` does."""

    room: str
    key: str
    next: str


@dataclass(frozen=True, slots=True)
class Follow:
    """A phone of the group."""

    room: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What a guide shows: all of it, so that the latest alone matters."""

    tour: str
    stop: str
    languages: tuple[str, ...]
    """Those that the stop has a page in, the guide's own first."""
    turn: tuple[float, float, float] | None = None
    """Azimuth and elevation in degrees, and the distance in wholes."""
    point: tuple[float, ...] | None = None
    """Azimuth and elevation on a panorama; x, y, z in metres on a model."""
    look_up: bool = False

    def to_wire(self) -> dict[str, object]:
        """Return it as the schema writes it."""
        turn = None if self.turn is None else dict(zip(_TURN, self.turn, strict=True))
        point = None if self.point is None else list(self.point)
        return {
            "tour": self.tour,
            "stop": self.stop,
            "languages": list(self.languages),
            "turn": turn,
            "point": point,
            "look_up": self.look_up,
        }


@dataclass(frozen=True, slots=True)
class Close:
    """The visit is over."""


First = Open | Guide | Take | Follow
Later = Shown | Close


def parse_first(text: str) -> First:
    """Return the first message of a socket.

    Raises
    ------
    MessageError
        If it is not one, or has anything besides.
    """
    fields = _object(text)
    kind = fields.get("type")
    if kind == "open":
        _expect_keys(fields, "type")
        return Open()
    if kind == "follow":
        _expect_keys(fields, "type", "room")
        return Follow(_signs(fields["room"]))  # a stop's code, too: it names no room
    if kind == "guide":
        _expect_keys(fields, "type", "room", "key")
        return Guide(_room(fields["room"]), _key(fields["key"]))
    if kind == "take":
        _expect_keys(fields, "type", "room", "key", "next")
        room, key = _room(fields["room"]), _key(fields["key"])
        return Take(room, key, _key(fields["next"]))
    raise MessageError


def parse_later(text: str) -> Later:
    """Return a later message of a guide.

    Raises
    ------
    MessageError
        If it is not one, or has anything besides.
    """
    fields = _object(text)
    kind = fields.get("type")
    if kind == "close":
        _expect_keys(fields, "type")
        return Close()
    if kind == "show":
        _expect_keys(fields, "type", "shown")
        return _shown(fields["shown"])
    raise MessageError


def opened_message(room: str, key: str) -> str:
    """Return what a guide is told once: the room's signs, and the key to it."""
    return _written({"type": "opened", "room": room, "key": key})


def guide_message(followers: int, shown: Shown | None) -> str:
    """Return what a guide is told: how many follow, and what they were shown last."""
    return _written(
        {"type": "guiding", "followers": followers, "shown": shown and shown.to_wire()}
    )


def follower_message(shown: Shown | None, *, is_guided: bool) -> str:
    """Return what a follower is told: all there is to show, and whether a guide is here."""
    return _written(
        {"type": "state", "guided": is_guided, "shown": shown and shown.to_wire()}
    )


def is_room_code(signs: str) -> bool:
    """Return whether these may name a room: never what a printed label carries."""
    return _are_signs(signs) and not is_valid_code(signs)


def _are_signs(text: str) -> bool:
    return len(text) == CODE_SIGNS and set(text) <= set(ALPHABET)


def _written(message: Mapping[str, object]) -> str:
    return json.dumps(message, separators=(",", ":"))


def _object(text: str) -> dict[str, object]:
    try:
        found = json.loads(
            text, object_pairs_hook=_distinct, parse_constant=_refuse_constant
        )
    except (ValueError, RecursionError) as error:
        raise MessageError from error
    if not isinstance(found, dict):
        raise MessageError
    return found


def _distinct(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise MessageError
    return found


def _refuse_constant(_name: str) -> object:
    """Refuse NaN and infinities, which JSON has not and Python reads."""
    raise MessageError


def _expect_keys(fields: Mapping[str, object], *names: str) -> None:
    if fields.keys() != set(names):
        raise MessageError


def _text(value: object, pattern: re.Pattern[str], longest: int) -> str:
    if (
        not isinstance(value, str)
        or len(value) > longest
        or not pattern.fullmatch(value)
    ):
        raise MessageError
    return value


def _signs(value: object) -> str:
    if not isinstance(value, str) or not _are_signs(value):
        raise MessageError
    return value


def _room(value: object) -> str:
    if not isinstance(value, str) or not is_room_code(value):
        raise MessageError
    return value


def _key(value: object) -> str:
    return _text(value, _KEY, KEY_LENGTH)


def _shown(value: object) -> Shown:
    if not isinstance(value, dict):
        raise MessageError
    _expect_keys(value, "tour", "stop", "languages", "turn", "point", "look_up")
    look_up = value["look_up"]
    if not isinstance(look_up, bool):
        raise MessageError
    return Shown(
        _text(value["tour"], _NAME, _LONGEST_NAME),
        _text(value["stop"], _NAME, _LONGEST_NAME),
        _languages(value["languages"]),
        _turn(value["turn"]),
        _point(value["point"]),
        look_up,
    )


def _languages(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not 0 < len(value) <= _MOST_LANGUAGES:
        raise MessageError
    return tuple(_text(tag, _LANGUAGE, _LONGEST_NAME) for tag in value)


def _turn(value: object) -> tuple[float, float, float] | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise MessageError
    _expect_keys(value, *_TURN)
    azimuth, elevation, zoom = (
        _number(value[name], most) for name, most in _TURN.items()
    )
    if zoom <= 0:
        raise MessageError
    return azimuth, elevation, zoom


def _point(value: object) -> tuple[float, ...] | None:
    if value is None:
        return None
    if not isinstance(value, list) or len(value) not in (
        _PANORAMA_NUMBERS,
        _MODEL_NUMBERS,
    ):
        raise MessageError
    return tuple(_number(number, _FARTHEST) for number in value)


def _number(value: object, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise MessageError
    if not abs(value) <= most:  # nor is NaN
        raise MessageError
    return round(float(value), _DIGITS)
