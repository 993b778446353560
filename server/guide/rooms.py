"""Rooms of guide mode: who guides, who follows, what is shown, and when a room ends.

In memory alone, and without a clock of its own: whoever owns the rooms says what time it
is. Members are told that something changed, and then ask for the latest: nothing queues.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
from typing import TYPE_CHECKING

from server.guide.messages import (
    CloseCode,
    follower_message,
    guide_message,
    is_room_code,
)
from tours.codes import ALPHABET, CODE_SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from server.guide.messages import Shown
    from server.settings import GuideSettings

_KEY_BYTES = 16


class RoomError(Exception):
    """A room that can't be opened, found or joined."""

    def __init__(self, code: CloseCode) -> None:
        super().__init__(code.name)
        self.code = code


class Member:
    """One socket's place in a room."""

    __slots__ = ("changed", "close_code", "is_guide", "room")

    def __init__(self, room: Room, *, is_guide: bool) -> None:
        self.room = room
        self.is_guide = is_guide
        self.changed = asyncio.Event()
        self.close_code: CloseCode | None = None

    def text(self) -> str:
        """Return the latest that this member should know."""
        return self.room.guide_text if self.is_guide else self.room.follower_text

    def end(self, code: CloseCode) -> None:
        """Have the socket closed, for the first reason given."""
        self.close_code = self.close_code or code
        self.changed.set()


class Room:
    """A guide and those who follow."""

    __slots__ = (
        "_follower_text",
        "_guide_text",
        "active_at",
        "followers",
        "guide",
        "guide_left_at",
        "is_guided",
        "key",
        "opened_at",
        "opener",
        "shown",
        "signs",
    )

    def __init__(self, signs: str, key: str, opener: bytes, now: float) -> None:
        self.signs = signs
        self.key = key
        self.opener = opener
        self.opened_at = self.active_at = now
        self.followers: set[Member] = set()
        self.guide: Member | None = None
        self.guide_left_at = now
        self.is_guided = True
        self.shown: Shown | None = None
        self._guide_text: str | None = None
        self._follower_text: str | None = None

    @property
    def guide_text(self) -> str:
        """What the guide should know, written once for each change."""
        if self._guide_text is None:
            self._guide_text = guide_message(len(self.followers), self.shown)
        return self._guide_text

    @property
    def follower_text(self) -> str:
        """What each follower should know, written once for each change."""
        if self._follower_text is None:
            self._follower_text = follower_message(self.shown, is_guided=self.is_guided)
        return self._follower_text

    def show(self, shown: Shown, now: float) -> None:
        """Show something to all; what was shown before and has not left yet never does."""
        self.shown, self.active_at = shown, now
        self._guide_text = self._follower_text = None
        for follower in self.followers:
            follower.changed.set()

    def seat_guide(self, now: float) -> Member:
        """Return the guide's place; whoever had it leaves it."""
        if self.guide is not None:
            self.guide.end(CloseCode.REPLACED)
        self.guide = Member(self, is_guide=True)
        self.active_at = now
        self._set_guided(is_guided=True)
        return self.guide

    def add_follower(self, now: float) -> Member:
        """Return a follower's place."""
        follower = Member(self, is_guide=False)
        self.followers.add(follower)
        self.active_at = now
        self._tell_count()
        return follower

    def remove(self, member: Member, now: float) -> None:
        """Forget a socket that is gone."""
        if member is self.guide:
            self.guide, self.guide_left_at = None, now
        elif member in self.followers:
            self.followers.remove(member)
            self.active_at = now
            self._tell_count()

    def note_absence(self, now: float, grace_s: float) -> None:
        """Tell the followers of a guide who does not come back at once."""
        if self.guide is None and now - self.guide_left_at >= grace_s:
            self._set_guided(is_guided=False)

    def end(self, code: CloseCode) -> None:
        """Close every socket."""
        for member in self._members():
            member.end(code)

    def _members(self) -> Iterator[Member]:
        yield from self.followers
        if self.guide is not None:
            yield self.guide

    def _set_guided(self, *, is_guided: bool) -> None:
        if self.is_guided != is_guided:
            self.is_guided = is_guided
            self._follower_text = None
            for follower in self.followers:
                follower.changed.set()

    def _tell_count(self) -> None:
        self._guide_text = None
        if self.guide is not None:
            self.guide.changed.set()


class Rooms:
    """All rooms of one server."""

    def __init__(self, settings: GuideSettings) -> None:
        self._settings = settings
        self._rooms: dict[str, Room] = {}

    def __len__(self) -> int:
        return len(self._rooms)

    def __contains__(self, signs: object) -> bool:
        return signs in self._rooms

    def open(self, opener: bytes, now: float) -> Member:
        """Return the guide's place in a new room.

        Raises
        ------
        RoomError
            If there are too many rooms, or too many of this opener's.
        """
        self._expect_place(opener)
        signs = _free_signs(self._rooms)
        return self._add(signs, make_key(), opener, now)

    def resume(self, signs: str, key: str, opener: bytes, now: float) -> Member:
        """Return the guide's place to the guide who has it.

        A room that is unknown is made anew: its guide outlived a restart of the server.

        Raises
        ------
        RoomError
            If the key is another, or there is no place for a room.
        """
        room = self._rooms.get(signs)
        if room is None:
            self._expect_place(opener)
            return self._add(signs, key, opener, now)
        _expect_key(room, key)
        return room.seat_guide(now)

    def take(self, signs: str, key: str, following: str, now: float) -> Member:
        """Return the guide's place to another phone, and change the key.

        Asked twice, it gives the same: the first answer may have been lost.

        Raises
        ------
        RoomError
            If there is no such room, or the key is another.
        """
        room = self._find(signs)
        if not hmac.compare_digest(room.key, following):
            _expect_key(room, key)
        room.key = following
        return room.seat_guide(now)

    def follow(self, signs: str, now: float) -> Member:
        """Return a follower's place.

        Raises
        ------
        RoomError
            If there is no such room, or it is full.
        """
        room = self._find(signs)
        if len(room.followers) >= self._settings.most_followers:
            raise RoomError(CloseCode.ROOM_FULL)
        return room.add_follower(now)

    def close(self, room: Room, code: CloseCode) -> None:
        """End a room."""
        if self._rooms.get(room.signs) is room:
            del self._rooms[room.signs]
        room.end(code)

    def sweep(self, now: float) -> None:
        """End the rooms whose time is over; tell followers of a guide who is lost."""
        for room in tuple(self._rooms.values()):
            if self._is_over(room, now):
                self.close(room, CloseCode.ENDED)
            else:
                room.note_absence(now, self._settings.guide_grace_s)

    def close_all(self, code: CloseCode) -> None:
        """End every room."""
        for room in tuple(self._rooms.values()):
            self.close(room, code)

    def _is_over(self, room: Room, now: float) -> bool:
        settings = self._settings
        if now - room.opened_at >= settings.room_lifetime_s:
            return True
        if now - room.active_at >= settings.room_idle_s:
            return True
        if room.guide is not None:
            return False
        patience_s = settings.lost_guide_s if room.followers else settings.empty_room_s
        return now - room.guide_left_at >= patience_s

    def _find(self, signs: str) -> Room:
        room = self._rooms.get(signs)
        if room is None:
            raise RoomError(CloseCode.NO_ROOM)
        return room

    def _expect_place(self, opener: bytes) -> None:
        settings, rooms = self._settings, self._rooms.values()
        own = sum(room.opener == opener for room in rooms)
        if len(rooms) >= settings.most_rooms or own >= settings.most_rooms_an_address:
            raise RoomError(CloseCode.NO_MORE_ROOMS)

    def _add(self, signs: str, key: str, opener: bytes, now: float) -> Member:
        room = self._rooms[signs] = Room(signs, key, opener, now)
        return room.seat_guide(now)


def make_key() -> str:
    """Return a secret that nobody guesses: 128 bits as 22 signs."""
    return secrets.token_urlsafe(_KEY_BYTES)


def _expect_key(room: Room, key: str) -> None:
    if not hmac.compare_digest(room.key, key):
        raise RoomError(CloseCode.WRONG_KEY)


def _free_signs(taken: Iterable[str]) -> str:
    """Return four signs that name no room yet, and that no label can carry."""
    while True:
        signs = "".join(secrets.choice(ALPHABET) for _ in range(CODE_SIGNS))
        if is_room_code(signs) and signs not in taken:
            return signs
