"""Slips of groups written on one line: their braces, their commas, a line too short for two keys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tours import vocabulary
from tours.catalogue import habits
from tours.languages import LANGUAGES
from tours.source.shown import as_quoted, shown
from tours.source.spaces import indent_of

if TYPE_CHECKING:
    from tours.source.halt import Complaint, Halt

_PARENTHESES = re.compile(r"\(\s*([a-z]{2,3}):\s.*\)\s*$")
_INNER = re.compile(r"([a-z][\w-]*) *:\s+\S")
_NEXT = re.compile(r"\s*[,;/|]?\s*\b([a-z]{2,3}):\s+")
_UNPLAIN = re.compile(r"[,{}\[\]#\"']|: |:$")
_GROUPS = frozenset(
    name
    for table in (
        *vocabulary.SCENES,
        vocabulary.LABEL,
        vocabulary.ACCESS,
        vocabulary.WITHDRAWN,
    )
    for name in table.names
)
_HOMES = frozenset(("shows", "label", "access", "withdrawn"))


def grouped(stop: Halt, match: re.Match[str]) -> Complaint | None:
    """Recognise ``title: fr: La visite`` and ``title: ( fr: …, en: … )``.

    Parameters
    ----------
    stop
        Where the parser stopped.
    match
        The key with its colon, the value, and the comment of that line.
    """
    head, value, comment = match[1], match[2], match[3] or ""
    key = head.strip().lstrip("- ").rstrip(": ")
    start = match.start(2)
    if _PARENTHESES.match(value):
        group = _in_braces(value.strip(" ()"))
        finding = habits.PARENTHESES.at(
            stop.at(stop.line, start, len(value.rstrip())),
            remedy=shown(f"{key}: {group}"),
        )
        mended = stop.with_line(stop.line, head + group + comment)
        return stop.complaint(finding, mended)
    inner = _INNER.match(value)
    if inner is None or not _is_key(inner[1], key):
        return None
    group = _in_braces(value.rstrip(" }"))
    finding = habits.TWO_KEYS_ON_A_LINE.at(
        stop.at(stop.line, start, len(inner[1]) + 1),
        key=shown(key),
        inner=inner[1],
        remedy=shown(f"{key}: {group}"),
    )
    end, below = stop.line + 1, match.end(1) - len(head.lstrip(" -"))
    while end < len(stop.lines) and len(indent_of(stop.lines[end])) > below:
        end += 1
    # The lines below belong to the inner key's group, wherever it is to be written.
    mended = (
        *stop.lines[: stop.line],
        head + group + comment,
        *[""] * (end - stop.line - 1),
        *stop.lines[end:],
    )
    return stop.complaint(finding, mended)


def no_comma(stop: Halt) -> Complaint | None:
    """Recognise ``{ fr: La visite en: The tour }``, where a comma is missing."""
    text, column = stop.text, stop.column
    before = re.search(r"\S(\s*;\s*|\s+)([a-z]{2,3})\s*$", text[:column])
    if before is None or before[2] not in LANGUAGES:
        return None
    mended = f"{text[: before.start(1)]}, {text[before.start(2) :]}"
    finding = habits.NO_COMMA.at(
        stop.at(stop.line, before.start(2), len(before[2]) + 1),
        key=before[2],
        remedy=shown(mended.strip()),
    )
    return stop.complaint(finding, stop.with_line(stop.line, mended))


def _is_key(word: str, home: str) -> bool:
    return word in LANGUAGES or (home in _HOMES and word in _GROUPS)


def _in_braces(text: str) -> str:
    """Return ``fr: a, en: b`` as a group in braces, in quotes where signs ask for them."""
    parts = _NEXT.split(text)
    first = _INNER.match(text)
    if first is None:
        return f"{{ {text} }}"
    head, _, value = text.partition(":")
    parts = [head.strip(), *_NEXT.split(value)]
    pairs = zip(parts[::2], parts[1::2], strict=True)
    said = (f"{name}: {_quoted(value.strip())}" for name, value in pairs)
    return f"{{ {', '.join(said)} }}"


def _quoted(value: str) -> str:
    return as_quoted(value) if _UNPLAIN.search(value) else value
