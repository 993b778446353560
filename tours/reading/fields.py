"""Read one group of keys against its table: unknown, misplaced and missing keys."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from tours import vocabulary
from tours.catalogue import keys as keys_rules
from tours.catalogue import museum as museum_rules
from tours.catalogue import texts as texts_rules
from tours.catalogue import yaml_syntax as yaml_syntax_rules
from tours.diagnostics import Edit
from tours.reading.context import (
    Context,
    Value,
)
from tours.reading.key_groups import normalise_group
from tours.source.nodes import InvalidNode, Mapping
from tours.source.text import excerpt
from tours.suggestions import fold_accents, suggest_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from tours.diagnostics import Location, Rule
    from tours.source.nodes import Entry
    from tours.vocabulary import Key, Table

T = TypeVar("T")
CONFIDENT_SIMILARITY = 0.75
"""Likeness from which a word is taken for a known one and fixed."""
MAX_UNKNOWN_KEYS = 20
"""Unknown keys reported in one group: beyond, it is another kind of file."""


class Fields:
    """The values of one group; its unknown and missing keys are reported once."""

    def __init__(
        self, context: Context, group: Mapping, table: Table, place: Location
    ) -> None:
        self.context = context
        self.place = place
        """Of the key or list item that the group stands under."""
        self._table = table
        group = self._group = normalise_group(context, group, table)
        self._claimed: set[str] = set()
        unknown = [
            entry
            for entry in group.entries
            if entry.key not in table.names and not _is_merged(entry)
        ]
        for entry in unknown[:MAX_UNKNOWN_KEYS]:
            self._report_unknown(entry)
        self._report_missing()

    def has(self, name: str) -> bool:
        """Return whether the key was written, in this or in a misspelt form."""
        return self._group.entry(name) is not None or name in self._claimed

    def value(self, name: str) -> Value | None:
        """Return the value under a key, or None where it was not written."""
        entry = self._group.entry(name)
        key = self._table.key(name)
        return None if entry is None else Value(entry.value, key, entry.location)

    def read(self, name: str, reader: Callable[[Context, Value], T | None]) -> T | None:
        """Return what a reader makes of a key; None where absent or already reported."""
        value = self.value(name)
        return None if value is None else reader(self.context, value)

    def _report_unknown(self, entry: Entry) -> None:
        rule, values = self._unknown(entry)
        if rule is keys_rules.CODE_IN_TOUR:
            finding = rule.at(entry.location).with_edits(Edit(entry.location, None))
            self.context.findings.append(finding)
            return
        fix = self._surely(entry.key) if rule is keys_rules.UNKNOWN_KEY else None
        key = excerpt(entry.key)
        self.context.report(rule, entry.location, fix=fix, key=key, **values)

    def _surely(self, typed: str) -> str | None:
        """Return the key meant, if it is French or hardly misspelt."""
        free = [n for n in self._table.names if self._group.entry(n) is None]
        return _from_french(typed, self._table, free) or suggest_name(
            typed, free, CONFIDENT_SIMILARITY
        )

    def _unknown(self, entry: Entry) -> tuple[Rule, dict[str, str]]:
        table, typed = self._table, entry.key
        free = [name for name in table.names if self._group.entry(name) is None]
        if typed in self.context.languages:
            self.context.stray_languages.append(typed)
            return texts_rules.STRAY_LANGUAGE, {}
        if typed == "code" and table in (vocabulary.STOP, vocabulary.WITHDRAWN_STOP):
            return keys_rules.CODE_IN_TOUR, {}
        other = _other_scene(typed, table)
        if other is not None:
            kinds = {"kind_fr": other.fr, "kind_en": other.en}
            return museum_rules.KEY_OF_ANOTHER_SCENE, kinds
        meant = (
            _from_french(typed, table, free)
            or self._group_above(entry)
            or _home_key(typed, table, free)
        )
        if isinstance(meant, str):
            self._claimed.add(meant)
            return keys_rules.UNKNOWN_KEY, {"near": meant}
        if meant is not None:
            self._claimed.add(meant[0])
            outside = self.context.misplaced | {typed}
            self.context = replace(self.context, misplaced=outside)
            return keys_rules.MISPLACED_KEY, {"home": meant[0]}
        return keys_rules.UNKNOWN_KEY_NO_SUGGESTION, {
            "known": ", ".join(free or table.names)
        }

    def _group_above(self, entry: Entry) -> tuple[str] | None:
        """Return (the key written last before,) where its group is the key's place."""
        above = [e for e in self._group.entries if e.location < entry.location]
        known = [e.key for e in above if e.key in self._table.names]
        if not known:
            return None
        groups = self._table.key(known[-1]).inside
        return (known[-1],) if any(entry.key in g.names for g in groups) else None

    def _is_orphaned(self, key: Key) -> bool:
        """Return whether lines under no key were reported, which may be what this one lacks."""
        return key.shape in ("list", "group", "groups") and any(
            finding.code == yaml_syntax_rules.LINES_UNDER_NO_KEY.code
            and finding.location.path == self.place.path
            for finding in self.context.findings
        )

    def _report_missing(self) -> None:
        for key in self._table.keys:
            is_there = self.has(key.name) or key.name in self.context.misplaced
            if key.required and not is_there and not self._is_orphaned(key):
                rule = (
                    keys_rules.MISSING_ALT
                    if key.name == "alt"
                    else keys_rules.MISSING_KEY
                )
                self.context.report(
                    rule,
                    self.place,
                    key=key.name,
                    about_fr=key.fr,
                    about_en=key.en,
                    example=key.example,
                )


def _is_merged(entry: Entry) -> bool:
    """Return whether an entry is ``<<: *shared``, of which the alias is reported."""
    return entry.key == "<<" and isinstance(entry.value, InvalidNode)


def _other_scene(typed: str, table: Table) -> Table | None:
    """Return the kind of scene that a key belongs to, in a group of another kind."""
    if table not in vocabulary.SCENES:
        return None
    return next((kind for kind in vocabulary.SCENES if typed in kind.names), None)


def _from_french(typed: str, table: Table, free: list[str]) -> str | None:
    """Return the key that a French word stands for in this group, or None."""
    word = fold_accents(typed).replace("_", "-").strip()
    for key in table.keys:
        if key.name in free and word in map(fold_accents, key.french):
            return key.name
    return None


def _home_key(typed: str, table: Table, free: list[str]) -> str | tuple[str] | None:
    """Return the key nearly typed, or (the group that the key belongs to,)."""
    homes = (
        *vocabulary.SCENES,
        vocabulary.COMPARE,
        vocabulary.HOTSPOT,
        vocabulary.DETAIL,
        vocabulary.QUESTION,
        vocabulary.LABEL,
        vocabulary.BY_PICTURE,
        vocabulary.ACCESS,
        vocabulary.PLAN,
        vocabulary.WITHDRAWN,
    )
    for home in homes:
        if typed in home.names and home.home != table.home and home.home in table.names:
            return (home.home,)
    return suggest_name(typed.strip(), free)
