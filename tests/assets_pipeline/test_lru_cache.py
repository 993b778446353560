"""A few things are held, and the longest unused goes first."""

from __future__ import annotations

from assets_pipeline.lru_cache import LruCache


def test_what_is_held_is_not_made_again() -> None:
    recent: LruCache[list[int]] = LruCache(2)

    first = recent.get_or_make("key", lambda: [1])

    assert recent.get_or_make("key", lambda: [2]) is first


def test_the_longest_unused_goes_first() -> None:
    recent: LruCache[int] = LruCache(2)
    recent.put("a", 1)
    recent.put("b", 2)
    recent.get("a")

    recent.put("c", 3)

    assert [recent.get(key) for key in "abc"] == [1, None, 3]
