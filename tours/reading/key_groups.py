"""Normalise groups of keys (misplaced languages, nested stops), and score them against tables."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from tours.catalogue import foreign_syntax as foreign_syntax_rules
from tours.catalogue import keys as keys_rules
from tours.catalogue import texts as texts_rules
from tours.diagnostics import Edit
from tours.languages import LANGUAGES
from tours.source.nodes import Entry, InvalidNode, Mapping, Scalar, Sequence
from tours.source.text import excerpt
from tours.suggestions import slugify

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from tours.reading.context import Context
    from tours.source.nodes import Node
    from tours.vocabulary import Key, Table

_JOINED = re.compile(r"(.+?)[_.\- ]?([A-Za-z]{2})")
_TEXTS = ("texts", "wording")
_TAG = re.compile(r"[a-z]{2,3}(-\w+)*")
_OUT_OF_PLACE = 3
"""A list where a text should be weighs more than a key that is missing."""


def normalise_group(context: Context, group: Mapping, table: Table) -> Mapping:
    """Return a group with its stray languages under their text; each mistake is reported once.

    ``title:`` with ``fr:`` and ``en:`` below it but not shifted, and ``title_fr:``,
    are how other programs have it.
    """
    texts = {key.name for key in table.keys if key.shape in _TEXTS}
    entries = _with_joined(context, list(group.entries), texts)
    entries = _with_unshifted(context, entries, texts)
    entries = _with_groups(context, entries, table)
    return replace(group, entries=tuple(entries))


def _with_groups(context: Context, entries: list[Entry], table: Table) -> list[Entry]:
    """Put under an empty group the keys that follow it and belong there alone."""
    kept: list[Entry] = []
    while entries:
        entry = entries.pop(0)
        inside = _only_inside(entry, table)
        run = _leading(entries, inside)
        if run:
            entries = entries[len(run) :]
            first = run[0]
            finding = keys_rules.MISPLACED_KEY.at(
                first.location,
                key=excerpt(first.key),
                home=entry.key,
                subject_fr=context.subject_fr,
                subject_en=context.subject_en,
            )
            edits = [Edit(e.location, f"  {e.key}") for e in run if _is_on_a_line(e)]
            is_whole = len(edits) == len(run)
            context.findings.append(finding.with_edits(*edits) if is_whole else finding)
            entry = replace(entry, value=Mapping(first.location, tuple(run)))
        kept.append(entry)
    return kept


def _leading(entries: Iterable[Entry], names: Collection[str]) -> list[Entry]:
    """Return the first entries, as long as their keys are among some names."""
    return list(takewhile(lambda entry: entry.key in names, entries))


def _only_inside(entry: Entry, table: Table) -> set[str]:
    """Return the keys of an empty group that its neighbours can't be meant to have."""
    if entry.key not in table.names or not _is_empty(entry):
        return set()
    key = table.key(entry.key)
    inside = key.inside if key.shape == "group" else ()
    return {name for own in inside for name in own.names} - set(table.names)


def normalise_stops(context: Context, node: Node) -> Node:
    """Return stops with their name inside; those nested under their name are reported.

    ``- marteau:`` or ``- stop:`` with all keys shifted below, and ``stops:`` with a name
    for each, are lists as other programs have them.
    """
    if isinstance(node, Mapping) and _are_groups(node):
        _report_nested(context, node.entries[0])
        named = (_named(entry, entry.value) for entry in node.entries)
        return Sequence(node.location, tuple(named))
    if not isinstance(node, Sequence):
        return node
    items: list[Node] = []
    for item in node.items:
        if isinstance(item, Mapping) and len(item.entries) == 1 and _are_groups(item):
            entry = item.entries[0]
            _report_nested(context, entry)
            items.append(_named(entry, entry.value))
        else:
            items.append(item)
    return Sequence(node.location, tuple(items))


def _are_groups(node: Mapping) -> bool:
    return bool(node.entries) and all(
        isinstance(entry.value, Mapping)
        and any(own.key in ("title", "text") for own in entry.value.entries)
        for entry in node.entries
    )


def _report_nested(context: Context, entry: Entry) -> None:
    name = "marteau" if entry.key == "stop" else entry.key
    context.report(
        foreign_syntax_rules.NESTED,
        entry.location,
        key=excerpt(entry.key),
        home="stop",
        example=f"- stop: {excerpt(name)}",
    )


def _named(entry: Entry, group: Node) -> Node:
    """Return a stop with the name that it stands under, or that it gives otherwise."""
    entries = group.entries if isinstance(group, Mapping) else ()
    others = [own for own in entries if own.key not in ("id", "name", "slug", "stop")]
    given = [own for own in entries if own not in others]
    name: Node = Scalar(entry.location, slugify(entry.key, "nom-court"))
    first = given[0].value if entry.key == "stop" and given else name
    whole = (Entry("stop", entry.location, first), *others)
    return Mapping(entry.location, whole)


def _with_unshifted(
    context: Context, entries: list[Entry], texts: set[str]
) -> list[Entry]:
    """Put ``fr:`` and ``en:`` under the empty text that they follow."""
    kept: list[Entry] = []
    while entries:
        entry = entries.pop(0)
        run = _leading(entries, context.languages)
        if entry.key in texts and _is_empty(entry) and run:
            entries = entries[len(run) :]
            first = run[0]
            finding = texts_rules.STRAY_LANGUAGE.at(
                first.location,
                key=first.key,
                subject_fr=context.subject_fr,
                subject_en=context.subject_en,
            )
            edits = [Edit(e.location, f"  {e.key}") for e in run if _is_on_a_line(e)]
            is_whole = len(edits) == len(run)
            context.findings.append(finding.with_edits(*edits) if is_whole else finding)
            entry = replace(entry, value=Mapping(first.location, tuple(run)))
        kept.append(entry)
    return kept


def _with_joined(
    context: Context, entries: list[Entry], texts: set[str]
) -> list[Entry]:
    """Put ``title_fr:`` under ``title:`` as the language that its name ends with."""
    written = {entry.key for entry in entries}
    kept: list[Entry] = []
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        home, tag = _home_and_tag(entry.key, texts - written)
        if home is None:
            kept.append(entry)
            continue
        own = Entry(tag, entry.location, entry.value)
        if home in found:
            found[home].append(own)
            continue
        found[home] = [own]
        kept.append(Entry(home, entry.location, Mapping(entry.location, ())))
        context.report(
            foreign_syntax_rules.LANGUAGE_IN_KEY,
            entry.location,
            key=excerpt(entry.key),
            home=home,
            tag=tag,
        )
    return [_filled(context, entry, found.get(entry.key)) for entry in kept]


def _filled(context: Context, entry: Entry, found: Iterable[Entry] | None) -> Entry:
    """Return a text in the languages found; where some are not, it was reported enough."""
    if found is None:
        return entry
    tags = {own.key for own in found}
    is_whole = tags.issuperset(context.languages)
    group = Mapping(entry.location, tuple(found))
    return replace(entry, value=group if is_whole else InvalidNode(entry.location))


def _home_and_tag(typed: str, texts: set[str]) -> tuple[str | None, str]:
    match = _JOINED.fullmatch(typed)
    if match is None or match[1] not in texts or match[2].lower() not in LANGUAGES:
        return None, ""
    return match[1], match[2].lower()


def _is_empty(entry: Entry) -> bool:
    value = entry.value
    return isinstance(value, Scalar) and not value.text and not value.comment


def _is_on_a_line(entry: Entry) -> bool:
    value = entry.value
    return isinstance(value, Scalar) and value.location.line == entry.location.line


def score_mismatch(node: Node, table: Table) -> int:
    """Return how far a group is from a table: 0 with all its keys and no other."""
    if not isinstance(node, Mapping):
        return _OUT_OF_PLACE * len(table.keys)
    written = {entry.key for entry in node.entries}
    missing = sum(key.required and key.name not in written for key in table.keys)
    return missing + sum(
        _of_value(entry.value, table.key(entry.key)) if entry.key in table.names else 1
        for entry in node.entries
    )


def _of_value(node: Node, key: Key) -> int:
    if isinstance(node, InvalidNode):
        return 0
    if isinstance(node, Scalar) and not node.text:
        return 1
    is_one = key.shape in ("plan", "groups") and isinstance(node, Mapping)
    if key.shape == "group" or is_one:
        return min(score_mismatch(node, table) for table in key.inside)
    if key.shape in ("list", "groups", "languages"):
        return _of_items(node, key)
    if key.shape in ("texts", "reviews") and isinstance(node, Mapping):
        return _of_texts(node)
    return 0 if isinstance(node, Scalar) else _OUT_OF_PLACE


def _of_items(node: Node, key: Key) -> int:
    if not isinstance(node, Sequence):
        return _OUT_OF_PLACE
    if not key.inside:
        return sum(not isinstance(item, Scalar) for item in node.items)
    return sum(
        min(score_mismatch(item, table) for table in key.inside) for item in node.items
    )


def _of_texts(group: Mapping) -> int:
    return sum(
        _TAG.fullmatch(entry.key) is None
        or not isinstance(entry.value, Scalar)
        or not entry.value.text
        for entry in group.entries
    )
