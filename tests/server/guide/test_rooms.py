"""Who may guide, who follows, what each is told, and when a room ends."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from server.guide.address_limits import AddressLimits
from server.guide.messages import CloseCode, Shown, is_room_code
from server.guide.rooms import Member, RoomError, Rooms, make_key
from server.settings import GuideSettings

SETTINGS = GuideSettings(most_rooms=3, most_rooms_an_address=2, most_followers=2)
HERE, THERE = b"here", b"there"
HAMMER = Shown("forge", "marteau", ("fr", "en"))
PLAN = Shown("forge", "plan", ("fr",))


def _opened(**settings: float) -> tuple[Rooms, Member]:
    rooms = Rooms(dataclasses.replace(SETTINGS, **settings))
    return rooms, rooms.open(HERE, 0)


def _told(member: Member) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(member.text())
    return told


def _refused(call: Any, *arguments: object) -> CloseCode:  # noqa: ANN401, a method
    with pytest.raises(RoomError) as refusal:
        call(*arguments)
    return refusal.value.code


def test_a_room_has_four_signs_and_a_key() -> None:
    _, guide = _opened()

    assert is_room_code(guide.room.signs)
    assert len(guide.room.key) == len(make_key()) == 22


def test_late_joiner_is_told_the_present_state() -> None:
    rooms, guide = _opened()
    guide.room.show(HAMMER, 1)
    guide.room.show(PLAN, 2)

    late = rooms.follow(guide.room.signs, 3)

    assert _told(late)["shown"]["stop"] == "plan"
    assert _told(late)["guided"] is True


def test_latest_state_wins() -> None:
    """A follower who took nothing meanwhile is told the last of three, and no other."""
    rooms, guide = _opened()
    follower = rooms.follow(guide.room.signs, 0)
    for stop in ("a", "b", "c"):
        guide.room.show(dataclasses.replace(HAMMER, stop=stop), 1)

    assert follower.changed.is_set()
    assert _told(follower)["shown"]["stop"] == "c"


def test_guide_is_told_how_many_follow() -> None:
    rooms, guide = _opened()
    one = rooms.follow(guide.room.signs, 0)
    rooms.follow(guide.room.signs, 0)
    assert _told(guide)["followers"] == 2

    guide.changed.clear()
    guide.room.remove(one, 1)

    assert guide.changed.is_set()
    assert _told(guide)["followers"] == 1


def test_full_room_takes_nobody() -> None:
    rooms, guide = _opened()
    rooms.follow(guide.room.signs, 0)
    rooms.follow(guide.room.signs, 0)

    assert _refused(rooms.follow, guide.room.signs, 0) is CloseCode.ROOM_FULL


def test_unknown_room_takes_nobody() -> None:
    rooms, _ = _opened()

    assert _refused(rooms.follow, "XXXX", 0) is CloseCode.NO_ROOM


def test_rooms_and_rooms_of_one_address_are_limited() -> None:
    rooms, _ = _opened()
    rooms.open(HERE, 0)
    assert _refused(rooms.open, HERE, 0) is CloseCode.NO_MORE_ROOMS

    rooms.open(THERE, 0)

    assert _refused(rooms.open, b"elsewhere", 0) is CloseCode.NO_MORE_ROOMS


def test_guide_who_comes_back_has_the_room_as_it_was() -> None:
    rooms, guide = _opened()
    room = guide.room
    room.show(HAMMER, 1)
    room.remove(guide, 2)

    again = rooms.resume(room.signs, room.key, THERE, 3)

    assert again.room is room
    assert _told(again)["shown"]["stop"] == "marteau"


def test_another_key_does_not_guide() -> None:
    rooms, guide = _opened()
    signs = guide.room.signs

    assert _refused(rooms.resume, signs, make_key(), HERE, 1) is CloseCode.WRONG_KEY
    assert _refused(rooms.take, signs, make_key(), make_key(), 1) is CloseCode.WRONG_KEY
    assert guide.close_code is None


def test_another_phone_takes_over_and_ends_the_first() -> None:
    rooms, first = _opened()
    room, old, new = first.room, first.room.key, make_key()
    room.show(HAMMER, 1)

    second = rooms.take(room.signs, old, new, 2)

    assert first.close_code is CloseCode.REPLACED
    assert _told(second)["shown"]["stop"] == "marteau"
    assert _refused(rooms.resume, room.signs, old, HERE, 3) is CloseCode.WRONG_KEY
    room.remove(first, 3)
    assert room.guide is second


def test_takeover_whose_answer_was_lost_may_be_asked_again() -> None:
    rooms, first = _opened()
    old, new = first.room.key, make_key()
    rooms.take(first.room.signs, old, new, 1)

    assert rooms.take(first.room.signs, old, new, 2).room.guide is not None


def test_guide_outlives_a_restart_of_the_server() -> None:
    _, before = _opened()
    signs, key = before.room.signs, before.room.key
    fresh = Rooms(SETTINGS)

    guide = fresh.resume(signs, key, HERE, 0)

    assert fresh.follow(signs, 1).room is guide.room
    assert _refused(fresh.resume, signs, make_key(), HERE, 1) is CloseCode.WRONG_KEY


def test_followers_are_told_of_a_lost_guide_after_a_moment() -> None:
    """A guide who turns a page is gone for a second: nobody need know."""
    rooms, guide = _opened(guide_grace_s=8)
    follower = rooms.follow(guide.room.signs, 0)
    guide.room.show(HAMMER, 0)
    guide.room.remove(guide, 10)
    rooms.sweep(17)
    assert _told(follower)["guided"] is True

    rooms.sweep(18)

    assert _told(follower) == {
        "type": "state",
        "guided": False,
        "shown": HAMMER.to_wire(),
    }


def test_followers_are_told_that_the_guide_is_back() -> None:
    rooms, guide = _opened()
    room, follower = guide.room, rooms.follow(guide.room.signs, 0)
    room.remove(guide, 10)
    rooms.sweep(30)
    follower.changed.clear()

    rooms.resume(room.signs, room.key, HERE, 31)

    assert follower.changed.is_set()
    assert _told(follower)["guided"] is True


@pytest.mark.parametrize(
    ("follows", "ends_at"),
    [(True, 10 + SETTINGS.lost_guide_s), (False, 10 + SETTINGS.empty_room_s)],
)
def test_room_of_a_lost_guide_ends(follows: bool, ends_at: float) -> None:  # noqa: FBT001, a case
    rooms, guide = _opened()
    follower = rooms.follow(guide.room.signs, 0) if follows else None
    guide.room.remove(guide, 10)
    rooms.sweep(ends_at - 1)
    assert guide.room.signs in rooms

    rooms.sweep(ends_at)

    assert len(rooms) == 0
    assert follower is None or follower.close_code is CloseCode.ENDED


def test_room_where_nothing_happens_ends() -> None:
    rooms, guide = _opened()
    guide.room.show(HAMMER, 1000)
    rooms.sweep(1000 + SETTINGS.room_idle_s - 1)
    assert guide.room.signs in rooms

    rooms.sweep(1000 + SETTINGS.room_idle_s)

    assert guide.close_code is CloseCode.ENDED


def test_no_visit_lasts_for_ever() -> None:
    rooms, guide = _opened()
    for hour in range(8):
        guide.room.show(HAMMER, hour * 1800.0)

    rooms.sweep(SETTINGS.room_lifetime_s)

    assert guide.close_code is CloseCode.ENDED


def test_first_reason_to_close_is_the_one_that_is_told() -> None:
    _, guide = _opened()
    guide.end(CloseCode.REPLACED)
    guide.end(CloseCode.ENDED)

    assert guide.close_code is CloseCode.REPLACED


def test_address_that_knocks_in_vain_too_often_waits_for_the_next_minute() -> None:
    limits = AddressLimits(handshakes=100, failures=3)
    for _ in range(3):
        assert limits.admit("192.0.2.1", 0)
        limits.count_failure("192.0.2.1", 0)

    assert not limits.admit("192.0.2.1", 59)
    assert limits.admit("192.0.2.2", 59)
    assert limits.admit("192.0.2.1", 60)


def test_handshakes_of_an_address_are_limited() -> None:
    limits = AddressLimits(handshakes=2, failures=100)

    admitted = [limits.admit("::ffff:192.0.2.1", 0), limits.admit("192.0.2.1", 1)]

    assert admitted == [True, True]
    assert not limits.admit("192.0.2.1", 2)


def test_addresses_of_one_subscriber_count_as_one() -> None:
    limits = AddressLimits(handshakes=1, failures=100)

    assert limits.admit("2001:db8::1", 0)
    assert not limits.admit("2001:db8::2", 0)
    assert limits.admit("2001:db8:0:1::1", 0)


def test_counts_take_little_memory_however_many_addresses_knock() -> None:
    limits = AddressLimits(handshakes=10, failures=10)

    admitted = sum(limits.admit(f"10.{i >> 8}.{i & 255}.1", 0) for i in range(5000))

    assert admitted == 4096 + 10
    assert len(limits._handshakes) == 4097  # noqa: SLF001, what is kept is the point


def test_no_address_is_kept() -> None:
    limits = AddressLimits(handshakes=10, failures=10)
    limits.admit("192.0.2.1", 0)
    limits.count_failure("192.0.2.1", 0)

    assert "192.0.2.1" not in repr(vars(limits))
