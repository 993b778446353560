"""List a museum's translatable texts, and insert translations into its files."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from tours.model import LocalizedText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tours.diagnostics import Location
    from tours.model import Museum, Stop, Tour


_ONCE = frozenset({"credits", "sources"})
"""What may be written once for all languages, and mostly is."""
_LONGEST_LINE = 100
_INDENT = 2


@dataclass(frozen=True, slots=True)
class Translatable:
    """One text and its path in the museum."""

    path: str
    """Lasting: ``tours/forge/stops/marteau/title``; hotspots are counted from 1."""
    text: LocalizedText
    languages: tuple[str, ...]
    """Those that visitors may ask for there, the one it falls back on first."""

    @property
    def key(self) -> str:
        """What it is, as written: ``title``, ``sources/4``."""
        parts = self.path.split("/")
        return "/".join(parts[-2:]) if parts[-1].isdecimal() else parts[-1]

    def missing(self) -> tuple[str, ...]:
        """Return the languages that it is not written in."""
        return tuple(tag for tag in self.languages if self.text.get(tag) is None)


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of a tour a language has."""

    language: str
    written: int
    total: int

    @property
    def percent(self) -> int:
        """Whole percents; 100 only when nothing is missing."""
        return self.written * 100 // self.total if self.total else 100


def list_texts(museum: Museum) -> Iterator[Translatable]:
    """Yield every text once, in reading order."""
    yield from _once(_all_of(museum))


def _all_of(museum: Museum) -> Iterator[Translatable]:
    own = dataclasses.replace(museum, tours=(), sites=())
    yield from _within(own, "museum", museum.languages)
    for site in museum.sites:
        yield from _within(site, f"sites/{site.id}", museum.languages)
    for tour in museum.tours:
        yield from list_tour_texts(tour)


def list_tour_texts(tour: Tour) -> Iterator[Translatable]:
    """Yield every text of a tour and of its stops."""
    own = dataclasses.replace(tour, stops=())
    for item in _within(own, f"tours/{tour.id}", tour.languages):
        if item.text.location.path == tour.location.path:  # else the museum's own
            yield item
    for stop in tour.stops:
        yield from list_stop_texts(tour, stop)


def list_stop_texts(tour: Tour, stop: Stop) -> Iterator[Translatable]:
    """Yield every text of a stop."""
    own = _within(stop, f"tours/{tour.id}/stops/{stop.id}", tour.languages)
    yield from _once(own)


def measure_completeness(
    texts: Iterator[Translatable], languages: tuple[str, ...]
) -> tuple[Completeness, ...]:
    """Return how much of some texts each language has."""
    all_texts = list(texts)
    return tuple(
        Completeness(
            tag,
            sum(item.text.get(tag) is not None for item in all_texts),
            len(all_texts),
        )
        for tag in languages
    )


def _once(items: Iterator[Translatable]) -> Iterator[Translatable]:
    """Yield each text where it is first met: some stand for others that are missing."""
    seen = set()
    for item in items:
        if item.text.location not in seen:
            seen.add(item.text.location)
            yield item


def _within(
    value: object, path: str, languages: tuple[str, ...]
) -> Iterator[Translatable]:
    if isinstance(value, LocalizedText):
        is_once = len(value.texts) == 1 and not _ONCE.isdisjoint(path.split("/"))
        if not is_once:
            yield Translatable(path, value, languages)
    elif isinstance(value, tuple):
        for number, item in enumerate(value, 1):
            yield from _within(item, f"{path}/{number}", languages)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            name = f"{path}/{field.name}"
            yield from _within(getattr(value, field.name), name, languages)


@dataclass(frozen=True, slots=True)
class Translation:
    """A text in one more language, or in other words."""

    location: Location
    """Of the key that the text stands under."""
    first_language: str
    """What a bare text there is written in."""
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    text: str


def insert_translations(content: str, translations: Iterable[Translation]) -> str:
    """Return what a file holds once translations are written into it.

    Comments, order and layout stay. A translation whose place is not there any more is
    left out: whoever writes reads the file again to see.

    Parameters
    ----------
    content
        Of a file that reads well.
    translations
        All of this file.
    """
    root = yaml.compose(content, Loader=yaml.SafeLoader)
    places: dict[tuple[int, int], list[tuple[int, yaml.Node]]] = {}
    for place, found in _places(root) if root is not None else ():
        places.setdefault(place, []).append(found)
    grouped: dict[tuple[int, int], list[Translation]] = {}
    for one in translations:
        place = one.location.line - 1, one.location.column - 1
        grouped.setdefault(place, []).append(one)
    edits = [
        edit
        for place, group in grouped.items()
        if place in places
        for edit in _edits(content, *_meant(places[place], group[0]), group)
    ]
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        content = content[: edit.start] + edit.text + content[edit.end :]
    return content


def _places(
    node: yaml.Node,
) -> Iterator[tuple[tuple[int, int], tuple[int, yaml.Node]]]:
    """Yield each key, or item, with the column that its group hangs from."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            mark = key.start_mark
            yield (mark.line, mark.column), (mark.column, value)
            yield from _places(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            mark = item.start_mark
            yield (mark.line, mark.column), (mark.column - _INDENT, item)
            yield from _places(item)


def _meant(
    candidates: list[tuple[int, yaml.Node]], one: Translation
) -> tuple[int, yaml.Node]:
    """Return what a text is, where an item of a list and its first key share a place."""
    for candidate in candidates:
        node = candidate[1]
        if isinstance(node, yaml.MappingNode):
            keys = {key.value for key, _ in node.value}
            if keys & {one.first_language, one.language}:
                return candidate
    return candidates[-1]


def _edits(
    content: str, column: int, value: yaml.Node, group: list[Translation]
) -> Iterator[_Edit]:
    if isinstance(value, yaml.ScalarNode):
        yield _spread(content, column, value, group)
        return
    if not isinstance(value, yaml.MappingNode):
        return
    written = {key.value: node for key, node in value.value}
    added = []
    for one in group:
        node = written.get(one.language)
        if node is None:
            added.append(one)
        else:
            yield _replaced(content, value, node, one)
    if added and value.flow_style:
        pairs = "".join(
            f", {one.language}: {_between_braces(one.text)}" for one in added
        )
        end = _before(content, value.end_mark.index - 1)
        yield _Edit(end, end, pairs)
    elif added:
        indent = value.value[0][0].start_mark.column
        end = _line_end(content, value.value[-1][1])
        yield _Edit(end, end, "".join(_lines(one, indent) for one in added))


def _spread(
    content: str, column: int, value: yaml.ScalarNode, group: list[Translation]
) -> _Edit:
    """Return a bare text under its own language, the others after it."""
    indent = column + _INDENT
    start, end = value.start_mark.index, _line_end(content, value)
    own = content[start:end]
    if value.style in ("|", ">"):
        own = own.replace("\n", "\n" + " " * _INDENT)
    others = [one for one in group if one.language != group[0].first_language]
    lead = f"\n{' ' * indent}{group[0].first_language}: "
    start = _before(content, start)
    return _Edit(start, end, lead + own + "".join(_lines(o, indent) for o in others))


def _replaced(
    content: str, group: yaml.MappingNode, node: yaml.Node, one: Translation
) -> _Edit:
    start = node.start_mark.index
    if group.flow_style:
        return _Edit(start, node.end_mark.index, _between_braces(one.text))
    key_column = group.value[0][0].start_mark.column
    end = _value_end(content, node)
    return _Edit(start, end, _scalar(one.text, key_column))


def _lines(one: Translation, indent: int) -> str:
    return f"\n{' ' * indent}{one.language}: {_scalar(one.text, indent)}"


def _scalar(text: str, indent: int) -> str:
    """Return a text as YAML under a key: on its line, or below it."""
    if "\n" not in text and len(text) <= _LONGEST_LINE:
        return text if _is_plain(text) else _quoted(text)
    below = " " * (indent + _INDENT)
    lines = (f"{below}{line}" if line.strip() else "" for line in text.split("\n"))
    return "|\n" + "\n".join(lines)


def _is_plain(text: str) -> bool:
    """Return whether a text needs no quotes: that it reads back as it is."""
    try:
        root = yaml.compose(f"k: {text}", Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return False
    if not isinstance(root, yaml.MappingNode):
        return False
    value = root.value[0][1]
    is_scalar = isinstance(value, yaml.ScalarNode) and value.style is None
    return is_scalar and value.value == text and "#" not in text and ":" not in text


def _between_braces(text: str) -> str:
    is_bare = "\n" not in text and _is_plain(text) and not set(text) & set(",[]{}")
    return text if is_bare else _quoted(text)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _before(content: str, index: int) -> int:
    """Return where the spaces before a place begin."""
    while index and content[index - 1] == " ":
        index -= 1
    return index


def _value_end(content: str, node: yaml.Node) -> int:
    """Return where a value ends: a text below its key ends where its last line does."""
    end = node.end_mark.index
    is_block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
    return len(content[:end].rstrip()) if is_block else end


def _line_end(content: str, node: yaml.Node) -> int:
    """Return the end of the last line of a value, its comment included."""
    end = _value_end(content, node)
    line_end = content.find("\n", end)
    return len(content) if line_end < 0 else line_end
