"""A small cache that drops what was not used for longest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Value = TypeVar("Value")


class LruCache(Generic[Value]):
    """Holds at most `max_items` values by key; the least recently used goes first.

    Parameters
    ----------
    max_items
        How many are held.
    """

    def __init__(self, max_items: int) -> None:
        self._max_items = max_items
        self._values: dict[object, Value] = {}

    def get(self, key: object) -> Value | None:
        """Return the value of a key, None where it is not held."""
        if key in self._values:
            self._values[key] = self._values.pop(key)
        return self._values.get(key)

    def put(self, key: object, value: Value) -> None:
        """Hold a value, and drop the least recently used one if there are too many."""
        self._values[key] = value
        if len(self._values) > self._max_items:
            del self._values[next(iter(self._values))]

    def get_or_make(self, key: object, make: Callable[[], Value]) -> Value:
        """Return the value of a key, made by `make` if it is not held."""
        held = self.get(key)
        if held is None:
            held = make()
            self.put(key, held)
        return held
