"""Compose nodes from YAML parser events, and reject aliases, tags and deep nesting."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import yaml

from tours.catalogue import encoding as encoding_rules
from tours.catalogue import foreign_syntax as foreign_syntax_rules
from tours.catalogue import yaml_syntax as yaml_syntax_rules
from tours.diagnostics import Edit, Location
from tours.source.encoding import find_forbidden_character
from tours.source.nodes import (
    Entry,
    InvalidNode,
    Line,
    Mapping,
    Node,
    Scalar,
    Sequence,
    event_marks,
    find_alias_or_tag,
    lacks_colon,
)
from tours.source.text import INVISIBLE, NO_BREAK_SPACES, excerpt, indent_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tours.diagnostics import Diagnostic

MAX_DEPTH = 16
"""The language of tours needs 8."""
MAX_VALUES = 40_000
"""Keys count too. Five hundred stops in two languages have fewer."""
MAX_FINDINGS = 50
"""In one file: beyond, it is another kind of file, and a list would help nobody."""


FOREIGN_COMMENT = re.compile(r"( *)(//|/\*|<!--|;+|--(?=\s)(?!\s+[\w-]+:))(.*)$")
"""A line that is a note in another language: of programs, of pages, of settings."""
_COMMENT = re.compile(r"\s(#.*)")
CURLY_QUOTES = ("“", "”", "„")
_DASH = "- "
LIST_OF_ITEM = {"stop": "stops"}
"""Keys that begin the items of a list, which hold them once."""
_MARKED = ("'", '"', "|", ">")
_GLUED_DASH = re.compile(r"-+\w")
_HASH_IN_TEXT = re.compile(r" (#(?:\w| \d).*)$")
_COLONLESS = re.compile(r"[a-z][a-z_-]{1,11}\s*[:=](?!//)\s*\S")
_COLONLESS_ITEM = re.compile(r"([{,]\s*)([a-z][a-z_-]{1,11})\s*[:=](?!//)\s*(?=\S)")
_LONG = 4
"""A word as long is no code of a language."""


class UnreadableFileError(Exception):
    """The file can't be composed any further; the findings say why."""


class FalseKeyError(yaml.YAMLError):
    """A key begins with a sign that should indent it or make it a list item."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line


class SecondDocumentError(yaml.YAMLError):
    """A line ``---`` stands in the middle of a file."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line


class Composer:
    """Builds nodes from parser events, and collects findings."""

    def __init__(self, path: Path, lines: tuple[str, ...]) -> None:
        self.root: Node | None = None
        self.findings: list[Diagnostic] = []
        self.last: yaml.Event | None = None
        """The event before a complaint of the parser: it tells what was being read."""
        self.brackets: list[tuple[int, int]] = []
        """Line and column, from 0, of each bracket not closed yet, outermost first."""
        self.path = path
        self._lines = lines
        self._values = 0

    def compose(self, events: Iterable[yaml.Event]) -> None:
        """Read one document into `root`, which stays None for an empty file."""
        stream = self._remembered(events)
        try:
            for event in stream:
                if isinstance(event, yaml.DocumentStartEvent):
                    self._document(event, stream)
        except UnreadableFileError:
            self.root = None
            return
        if self.root is None and not self.findings:
            self.findings.append(encoding_rules.EMPTY_FILE.at(Location(self.path)))

    def _remembered(self, events: Iterable[yaml.Event]) -> Iterator[yaml.Event]:
        for event in events:
            self.last = event
            yield event

    def _document(self, start: yaml.Event, stream: Iterator[yaml.Event]) -> None:
        if self.root is not None:
            raise SecondDocumentError(event_marks(start)[0].line)
        event = next(stream)
        root = self._node(event, stream, 0)
        empty = isinstance(root, Scalar) and not root.text
        self.root = None if empty else root

    def _node(
        self, event: yaml.Event, stream: Iterator[yaml.Event], depth: int
    ) -> Node:
        self._values += 1
        if len(self.findings) >= MAX_FINDINGS:
            raise UnreadableFileError
        if self._values > MAX_VALUES:
            place = self._at(event, 1)
            self.findings.append(
                yaml_syntax_rules.TOO_MANY_VALUES.at(place, most=MAX_VALUES)
            )
            raise UnreadableFileError
        if depth > MAX_DEPTH:
            self.findings.append(
                yaml_syntax_rules.TOO_DEEP.at(self._at(event, 1), most=MAX_DEPTH)
            )
            raise UnreadableFileError
        sign = find_alias_or_tag(event)
        if getattr(event, "flow_style", False):
            start = event_marks(event)[0]
            self.brackets.append((start.line, start.column))
        if isinstance(event, yaml.MappingStartEvent):
            node: Node = self._mapping(event, stream, depth)
        elif isinstance(event, yaml.SequenceStartEvent):
            node = self._sequence(event, stream, depth)
        else:
            node = self._scalar(event)
        if getattr(event, "flow_style", False):
            self.brackets.pop()
        if sign:
            place = self._at(event, 1)
            self.findings.append(yaml_syntax_rules.RESERVED_SIGN.at(place, sign=sign))
            return InvalidNode(place)
        return node

    def _sequence(
        self, start: yaml.Event, stream: Iterator[yaml.Event], depth: int
    ) -> Sequence:
        items = []
        for event in stream:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._node(event, stream, depth + 1))
        return Sequence(self._at(start, 1), tuple(items))

    def _mapping(
        self, start: yaml.MappingStartEvent, stream: Iterator[yaml.Event], depth: int
    ) -> Mapping | InvalidNode:
        entries: dict[str, Entry] = {}
        repeated: list[Scalar] = []
        known = len(self.findings)
        is_colonless = False
        for event in stream:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._without_hidden(self._node(event, stream, depth + 1))
            value_start = next(stream)
            value = self._node(value_start, stream, depth + 1)
            self._report_no_bar(key, event, value_start)
            if start.flow_style and lacks_colon(event, value_start):
                is_colonless |= not self._is_cut_text(key, entries)
            elif isinstance(key, Scalar):
                if not _is_added(entries, key, value):
                    repeated.append(key)
            elif not isinstance(key, InvalidNode):
                self.findings.append(self._no_word(key.location))
        if is_colonless:
            self.findings.append(self._no_colon(start))
            return InvalidNode(self._at(start, 1))
        if not entries and len(self.findings) > known:
            return InvalidNode(
                self._at(start, 1)
            )  # ``{{ … }}``: there is nothing to read
        for key in repeated[:1]:  # a missing "- stop:" line repeats all keys of a stop
            first = entries[key.text].location.line
            self.findings.append(self._repeated(key, first))
        return Mapping(self._at(start, 1), tuple(entries.values()))

    def _is_cut_text(self, key: Node, entries: dict[str, Entry]) -> bool:
        """Report a text that a comma cuts; return False where it never had a key."""
        text = _text(key)
        if not entries or _COLONLESS.match(text):
            return False
        finding = yaml_syntax_rules.COMMA_IN_TEXT.at(key.location, text=excerpt(text))
        cut = _join(entries, text)
        self.findings.append(self._in_quotes(finding, cut, key.location))
        return True

    def _no_colon(self, start: yaml.Event) -> Diagnostic:
        """Return the finding of ``{ fr:La visite, en = The tour }``."""
        place = self._at(start, 1)
        text = self._lines[place.line - 1][place.column - 1 :]
        braces = re.match(r"\{[^{}]*\}", text)
        group = braces[0] if braces else text.rstrip()
        spaced = _COLONLESS_ITEM.sub(r"\1\2: ", group)
        words = re.findall(r"[^\s{},]+", group)
        if spaced == group and words and all(len(w) < _LONG for w in words):
            spaced = f"[{', '.join(words)}]"
        elif spaced == group:
            spaced = "{ fr: …, en: … }"
        whole = replace(place, length=len(group))
        finding = foreign_syntax_rules.NO_COLON_IN_BRACES.at(
            whole, text=excerpt(group.strip("{} ")), remedy=excerpt(spaced)
        )
        is_sure = braces and "…" not in spaced
        return finding.with_edits(Edit(whole, spaced)) if is_sure else finding

    def _no_word(self, place: Location) -> Diagnostic:
        """Return the finding of a key that is a group: ``{{ title }}``, most likely."""
        line = self._lines[place.line - 1]
        braces = re.match(r"\{\{.*?\}\}", line[max(0, place.column - 2) :])
        if braces is None:
            return yaml_syntax_rules.KEY_IS_NOT_A_WORD.at(place)
        whole = replace(place, column=place.column - 1, length=len(braces[0]))
        return foreign_syntax_rules.TEMPLATE.at(whole, seen=excerpt(braces[0]))

    def _repeated(self, key: Scalar, first: int) -> Diagnostic:
        """Return what is wrong with a key written twice: a dash, or one of the two."""
        place = key.location
        home = LIST_OF_ITEM.get(key.text)
        if home is None:
            return yaml_syntax_rules.REPEATED_KEY.at(
                place, key=excerpt(key.text), first=first
            )
        finding = yaml_syntax_rules.NO_DASH.at(place, key=key.text, home=home)
        before = self._lines[place.line - 1][: place.column - 1]
        if len(before) < len(_DASH) or before.strip():
            return finding
        gap = replace(place, column=place.column - len(_DASH), length=len(_DASH))
        return finding.with_edits(Edit(gap, _DASH))

    def _report_no_bar(self, key: Node, named: yaml.Event, text: yaml.Event) -> None:
        """Report paragraphs below their key that run together for want of a bar."""
        (start, end), after = event_marks(text), event_marks(named)[1]
        lacks_colon = isinstance(text, yaml.ScalarEvent) and text.style not in _MARKED
        if not lacks_colon or not isinstance(key, Scalar) or start.line == after.line:
            return
        lines = self._lines[start.line : end.line + 1]
        if all(map(str.strip, lines)) or self.brackets:
            return
        finding = yaml_syntax_rules.NO_BAR.at(
            replace(key.location, length=len(key.text) + 1),
            key=excerpt(key.text),
            remedy=excerpt(f"{key.text}: |"),
        )
        if all(
            indent_of(line) >= indent_of(lines[0]) for line in lines if line.strip()
        ):
            place = replace(key.location, column=after.column + 2, length=0)
            finding = finding.with_edits(Edit(place, " |"))
        self.findings.append(finding)

    def _in_quotes(
        self, finding: Diagnostic, cut: Location | None, rest: Location
    ) -> Diagnostic:
        """Return a finding about a text that a comma cuts, fixed by quotes."""
        if cut is None or cut.line != rest.line:
            return finding
        end = rest.column - 1 + rest.length
        text = self._lines[cut.line - 1][cut.column - 1 : end]
        if any(quote in text for quote in "\"'"):
            return finding
        whole = replace(cut, length=len(text))
        return finding.with_edits(Edit(whole, json.dumps(text, ensure_ascii=False)))

    def _without_hidden(self, key: Node) -> Node:
        """Return a key without signs that nobody sees, once they are reported."""
        if isinstance(key, Scalar) and key.text.endswith(NO_BREAK_SPACES):
            # As French has it before a colon: « durée : ».
            key = replace(key, text=key.text.rstrip("".join(NO_BREAK_SPACES)))
        hidden = INVISIBLE.search(key.text) if isinstance(key, Scalar) else None
        if hidden is None or not isinstance(key, Scalar):
            return key
        code = f"U+{ord(hidden[0]):04X}"
        place = key.place(hidden.start(), hidden.end())
        found = encoding_rules.STRANGE_SIGN.at(place, sign=code)
        self.findings.append(found.with_edits(Edit(place, "")) if key.first else found)
        return Scalar(key.location, INVISIBLE.sub("", key.text))

    def _scalar(self, event: yaml.Event) -> Node:
        text = event.value if isinstance(event, yaml.ScalarEvent) else ""
        place = self._at(event, None)
        strange = find_forbidden_character(text)
        if strange:  # written as an escape, "\0": raw ones are reported while decoding
            code = f"U+{ord(strange[0]):04X}"
            self.findings.append(encoding_rules.STRANGE_SIGN.at(place, sign=code))
            return InvalidNode(place)
        if text:
            cut = self._cut_by_hash(event)
            first, lines = self._first(event, place, text), self._bare_lines(event)
            return Scalar(place, text, cut, first, lines)
        comment = _COMMENT.search(self._lines[place.line - 1], place.column - 1)
        return Scalar(place, text, comment[1] if comment else "")

    def _cut_by_hash(self, event: yaml.Event) -> str:
        """Return what of ``La salle #3`` is a comment, though it is hardly meant as one."""
        end = event_marks(event)[1]
        if getattr(event, "style", None):
            return ""
        cut = _HASH_IN_TEXT.match(self._lines[end.line], end.column)
        return cut[1] if cut else ""

    def _bare_lines(self, event: yaml.Event) -> tuple[Line, ...]:
        """Return the lines of a text with a colon that nothing marks as a text."""
        if not isinstance(event, yaml.ScalarEvent) or event.style in _MARKED:
            return ()
        if ":" not in event.value and event.value[:1] not in CURLY_QUOTES:
            return ()
        start, end = event_marks(event)
        lines = []
        for number in range(start.line, end.line + 1):
            said = self._lines[number][: end.column if number == end.line else None]
            column = start.column if number == start.line else len(indent_of(said))
            if text := said[column:].rstrip():
                place = Location(self.path, number + 1, column + 1, len(text))
                lines.append(Line(place, text))
        return tuple(lines)

    def _first(self, event: yaml.Event, place: Location, text: str) -> Location | None:
        """Return where a text begins whose lines are the file's, or None."""
        style = getattr(event, "style", None)
        if style == "|":
            below = self._lines[place.line :]
            said = next((line for line in below if line.strip()), "")
            indent = len(said) - len(said.lstrip(" "))
            return Location(place.path, place.line + 1, indent + 1)
        start, end = event_marks(event)
        signs = self._lines[place.line - 1][start.column : end.column]
        if start.line == end.line and text in (signs, signs[1:-1]):
            return replace(place, column=place.column + signs.find(text))
        return None

    def _at(self, event: yaml.Event, length: int | None) -> Location:
        """Return an event's place; without a length, to its end on its first line."""
        start, end = event_marks(event)
        if length is None and start.line == end.line:
            length = end.column - start.column
        elif length is None:
            line = self._lines[start.line]
            length = len(line.rstrip()) - start.column
        return Location(self.path, start.line + 1, start.column + 1, max(1, length))


def _is_added(entries: dict[str, Entry], key: Scalar, value: Node) -> bool:
    """Add an entry, unless its key is there; return whether it was not."""
    place = key.location
    if any(
        (
            key.text.startswith(NO_BREAK_SPACES),
            _GLUED_DASH.match(key.text),
            FOREIGN_COMMENT.match(key.text),
        )
    ):
        raise FalseKeyError(place.line - 1)
    first = entries.get(key.text)
    if first is None:
        entries[key.text] = Entry(key.text, place, value)
    elif isinstance(first.value, Scalar) and not first.value.text:
        # Of "title:" written twice, what follows the second is what was meant.
        entries[key.text] = Entry(key.text, first.location, value)
    return first is None


def _join(entries: dict[str, Entry], rest: str) -> Location | None:
    """Join to the last entry's text what a comma has cut from it.

    Returns
    -------
    Where that text stands.
    """
    for name in reversed(entries):
        entry = entries[name]
        if isinstance(entry.value, Scalar) and entry.value.text:
            text = f"{entry.value.text}, {rest}"
            whole = Scalar(entry.value.location, text)
            entries[name] = Entry(entry.key, entry.location, whole)
            return whole.location
        return None
    return None


def _text(node: Node) -> str:
    return node.text if isinstance(node, Scalar) else "…"
