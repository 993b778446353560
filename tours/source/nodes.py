"""YAML nodes with their locations, and what parser events say."""

from __future__ import annotations

from dataclasses import dataclass

import yaml

from tours.diagnostics import Location


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text, and where it begins."""

    location: Location
    text: str


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, exactly as the curator typed it: ``no`` and ``12:30`` are texts."""

    location: Location
    text: str
    comment: str = ""
    """On its line: of a scalar without text any, which may be a lost value; of another,
    one that looks like the end of its text."""
    first: Location | None = None
    """Where the first sign of the text stands, if its lines are the file's own lines."""
    lines: tuple[Line, ...] = ()
    """Of a text that nothing marks as one, with a colon or curly quotes: as it was written."""

    def place(self, start: int, end: int) -> Location:
        """Return where a piece of the text stands; the whole text where it was folded."""
        if self.first is None:
            return self.location
        line = self.text.count("\n", 0, start)
        column = start - (self.text.rfind("\n", 0, start) + 1)
        length = len(self.text[start:end].partition("\n")[0])
        first = self.first
        return Location(
            first.path, first.line + line, first.column + column, max(1, length)
        )


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
class InvalidNode:
    """A value that was reported already; readers skip it."""

    location: Location


Node = Scalar | Sequence | Mapping | InvalidNode


def to_plain(node: Node) -> object:
    """Return a node's content without locations: texts, lists and pairs."""
    if isinstance(node, Mapping):
        return tuple((entry.key, to_plain(entry.value)) for entry in node.entries)
    if isinstance(node, Sequence):
        return [to_plain(item) for item in node.items]
    return node.text if isinstance(node, Scalar) else None


def event_marks(event: yaml.Event) -> tuple[yaml.Mark, yaml.Mark]:
    """Return where an event begins and ends, which only hand-made events don't know."""
    start, end = event.start_mark, event.end_mark
    if not isinstance(start, yaml.Mark) or not isinstance(end, yaml.Mark):
        nowhere = yaml.Mark("", 0, 0, 0, "", 0)
        return nowhere, nowhere
    return start, end


def find_alias_or_tag(event: yaml.Event) -> str | None:
    """Return the sign of an alias, anchor or tag that an event carries, or None."""
    if isinstance(event, yaml.AliasEvent):
        return "*"
    if getattr(event, "anchor", None):
        return "&"
    return "!" if getattr(event, "tag", None) else None


def lacks_colon(key: yaml.Event, value: yaml.Event) -> bool:
    """Return whether a key of a ``{ … }`` has no colon: ``{ fr: Oui, bien sûr }``."""
    return (
        isinstance(value, yaml.ScalarEvent)
        and not value.value
        and event_marks(value)[1].index == event_marks(key)[1].index
    )
