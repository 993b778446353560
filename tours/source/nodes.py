"""What a YAML file is made of, each part knowing its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tours.diagnostics import Location


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, exactly as the curator typed it: ``no`` and ``12:30`` are texts."""

    location: Location
    text: str
    comment: str = ""
    """Of a scalar without text: the comment on its line, which may be a lost value."""


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    location: Location
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its place, and the value under it."""

    key: str
    location: Location
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """A group of keys, in the order they were written; no key comes twice."""

    location: Location
    entries: tuple[Entry, ...]

    def entry(self, key: str) -> Entry | None:
        """Return the entry under `key`, or None."""
        return next((entry for entry in self.entries if entry.key == key), None)


@dataclass(frozen=True, slots=True)
class Refused:
    """A value that was told about already; readers pass over it in silence."""

    location: Location


Node = Scalar | Sequence | Mapping | Refused
