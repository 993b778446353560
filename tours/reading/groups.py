"""A group of keys with its languages where they belong, as its writer meant them."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from tours.catalogue import habits, languages
from tours.diagnostics import Edit
from tours.languages import LANGUAGES
from tours.source.nodes import Entry, Mapping, Refused, Scalar
from tours.source.shown import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tours.reading.fields import Context
    from tours.vocabulary import Table

_JOINED = re.compile(r"(.+?)[_.\- ]?([A-Za-z]{2})")
_TEXTS = ("texts", "wording")


def tidied(context: Context, group: Mapping, table: Table) -> Mapping:
    """Return a group whose stray languages are under their text, each slip told once.

    ``title:`` with ``fr:`` and ``en:`` below it but not shifted, and ``title_fr:``,
    are how other programs have it.
    """
    texts = {key.name for key in table.keys if key.shape in _TEXTS}
    entries = _with_joined(context, list(group.entries), texts)
    entries = _with_unshifted(context, entries, texts)
    return replace(group, entries=tuple(entries))


def _with_unshifted(
    context: Context, entries: list[Entry], texts: set[str]
) -> list[Entry]:
    """Put ``fr:`` and ``en:`` under the empty text that they follow."""
    kept: list[Entry] = []
    while entries:
        entry = entries.pop(0)
        run = list(takewhile(lambda e: e.key in context.languages, entries))
        if entry.key in texts and _is_empty(entry) and run:
            entries = entries[len(run) :]
            first = run[0]
            finding = languages.STRAY_LANGUAGE.at(
                first.location,
                key=first.key,
                subject_fr=context.subject_fr,
                subject_en=context.subject_en,
            )
            edits = [Edit(e.location, f"  {e.key}") for e in run if _is_on_a_line(e)]
            is_whole = len(edits) == len(run)
            context.findings.append(finding.mended_by(*edits) if is_whole else finding)
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
        context.tell(
            habits.LANGUAGE_IN_KEY,
            entry.location,
            key=shown(entry.key),
            home=home,
            tag=tag,
        )
    return [_filled(context, entry, found.get(entry.key)) for entry in kept]


def _filled(context: Context, entry: Entry, found: Sequence[Entry] | None) -> Entry:
    """Return a text in the languages found; where some are not, it was told enough."""
    if found is None:
        return entry
    tags = {own.key for own in found}
    is_whole = tags.issuperset(context.languages)
    group = Mapping(entry.location, tuple(found))
    return replace(entry, value=group if is_whole else Refused(entry.location))


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
