"""The last few things that were made, held to be used again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Value = TypeVar("Value")


class Recent(Generic[Value]):
    """Holds a few things by what they follow from; the longest unused goes first.

    Parameters
    ----------
    most
        How many are held.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: dict[object, Value] = {}

    def get(self, key: object) -> Value | None:
        """Return what a key stands for, None where it is not held."""
        if key in self._held:
            self._held[key] = self._held.pop(key)
        return self._held.get(key)

    def hold(self, key: object, value: Value) -> None:
        """Hold one more."""
        self._held[key] = value
        if len(self._held) > self._most:
            del self._held[next(iter(self._held))]

    def of(self, key: object, make: Callable[[], Value]) -> Value:
        """Return what a key stands for, made if it is not held."""
        held = self.get(key)
        if held is None:
            held = make()
            self.hold(key, held)
        return held
