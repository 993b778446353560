"""A few things are held, and the longest unused goes first."""

from __future__ import annotations

from assets_pipeline.lru_cache import Recent


def test_what_is_held_is_not_made_again() -> None:
    recent: Recent[list[int]] = Recent(2)

    first = recent.of("key", lambda: [1])

    assert recent.of("key", lambda: [2]) is first


def test_the_longest_unused_goes_first() -> None:
    recent: Recent[int] = Recent(2)
    recent.hold("a", 1)
    recent.hold("b", 2)
    recent.get("a")

    recent.hold("c", 3)

    assert [recent.get(key) for key in "abc"] == [1, None, 3]
