"""One group of keys, checked against its table, read key by key."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeGuard, TypeVar

from tours import vocabulary
from tours.catalogue import keys as rules
from tours.catalogue import languages as language_rules
from tours.catalogue import scenes as scene_rules
from tours.catalogue import syntax
from tours.diagnostics import Edit
from tours.near import bare, near
from tours.reading.groups import tidied
from tours.reading.signs import quoting, tell_empty, without_false_signs
from tours.source.nodes import Mapping, Node, Refused, Scalar, Sequence
from tours.source.shown import shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping as Mapping_
    from pathlib import Path

    from tours.diagnostics import Diagnostic, Location, Rule
    from tours.folder import MuseumFolder
    from tours.reading.texts import Sighting
    from tours.source.nodes import Entry
    from tours.vocabulary import Key, Table

T = TypeVar("T")
SURE = 0.75
"""Likeness from which a word is taken for a known one and mended."""
MOST_ITEMS = 500
"""A list of more is no list of stops, of sources or of languages."""
MOST_UNKNOWN = 20
"""Unknown keys told in one group: beyond, it is another kind of file."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Under what licence a tour shows things, and whether it says whose they are."""

    license: str = ""
    is_credited: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What reading a value may need to know, and where it tells what is wrong."""

    findings: list[Diagnostic]
    folder: MuseumFolder
    languages: tuple[str, ...] = ()
    """Announced; empty when they could not be read, and then not checked."""
    subject_fr: str = ""
    """Who is being read, for messages: ``l’arrêt « marteau »``."""
    subject_en: str = ""
    sightings: list[Sighting] = field(default_factory=list)
    """The texts of the file, for what is told once a file."""
    strays: list[str] = field(default_factory=list)
    """Languages that stand under no text."""
    guessed: list[str] = field(default_factory=list)
    """Languages announced by a name or a wrong code: not told to be missing too."""
    sites: tuple[str, ...] | None = None
    """Short names of the sites; None when they could not be read, and then not checked."""
    terms: Terms = field(default_factory=Terms)
    """Of the tour."""
    misplaced: frozenset[str] = frozenset()
    """Keys told to stand too far out: the groups below are not told to lack them too."""
    unsaved: Mapping_[Path, bytes] = field(default_factory=dict)
    """What files would hold, were a mending saved."""
    slipped: frozenset[int] = frozenset()
    """Lines of the file whose slip was told already: what else they show is its doing."""

    def of_file(self) -> Context:
        """Return the context of another file, of which nothing was read yet."""
        return replace(self, sightings=[], strays=[])

    def tell(
        self,
        rule: Rule,
        location: Location,
        *,
        mend: str | None = None,
        **values: object,
    ) -> None:
        """Keep a finding; the subject's names are always among its values.

        Parameters
        ----------
        rule
            What is wrong.
        location
            Where.
        mend
            What to write there instead, where that is beyond doubt.
        values
            The finding's own.
        """
        if location.line in self.slipped:
            return
        subject = {"subject_fr": self.subject_fr, "subject_en": self.subject_en}
        finding = rule.at(location, **subject, **values)
        if mend is not None:
            finding = finding.mended_by(Edit(location, mend))
        self.findings.append(finding)

    def about(self, fr: str, en: str) -> Context:
        """Return the context of a narrower subject."""
        return replace(self, subject_fr=fr, subject_en=en)


@dataclass(frozen=True, slots=True)
class Value:
    """A value with its key, whose words and examples messages use."""

    node: Node
    key: Key
    location: Location
    """Of the key, or of the item in a list."""

    def scalar(self, context: Context) -> Scalar | None:
        """Return the text written here, or None once the problem is told."""
        if isinstance(self.node, Scalar) and self.node.text.strip():
            return (
                self.node
                if self.key.is_prose
                else without_false_signs(context, self, self.node)
            )
        if isinstance(self.node, Scalar):
            tell_empty(context, self)
        elif not isinstance(self.node, Refused):
            context.tell(
                rules.EXPECTED_TEXT,
                self.location,
                key=self.key.name,
                example=self.key.example,
                **quoting(self.key),
            )
        return None

    def items(self, context: Context) -> tuple[Node, ...] | None:
        """Return the items of the list written here, or None once the problem is told."""
        if isinstance(self.node, Sequence):
            items = self.node.items
            if not items:
                tell_empty(context, self)
            if len(items) > MOST_ITEMS:
                most, place = MOST_ITEMS, items[MOST_ITEMS].location
                context.tell(rules.TOO_MANY_ITEMS, place, key=self.key.name, most=most)
            return items[:MOST_ITEMS]
        self._tell_shape(context, rules.EXPECTED_LIST)
        return None

    def group(self, context: Context) -> Mapping | None:
        """Return the group written here, or None once the problem is told."""
        if isinstance(self.node, Mapping):
            return self.node
        self._tell_shape(context, rules.EXPECTED_GROUP)
        return None

    def _tell_shape(self, context: Context, rule: Rule) -> None:
        if isinstance(self.node, Scalar) and not self.node.text.strip():
            tell_empty(context, self)
        elif rule is rules.EXPECTED_LIST and _is_glued(self.node):
            _tell_glued_dash(context, self.node)
        elif rule is rules.EXPECTED_LIST and (first := _only_item(self)):
            key = shown(first.key)
            context.tell(syntax.NO_DASH, first.location, key=key, home=self.key.name)
        elif not isinstance(self.node, Refused):
            context.tell(
                rule, self.location, key=self.key.name, example=self.key.example
            )


class Fields:
    """The values of one group, its unknown and missing keys told once."""

    def __init__(
        self, context: Context, group: Mapping, table: Table, place: Location
    ) -> None:
        self.context = context
        self.place = place
        """Of the key or list item that the group stands under."""
        self._table = table
        group = self._group = tidied(context, group, table)
        self._claimed: set[str] = set()
        unknown = [
            entry
            for entry in group.entries
            if entry.key not in table.names and not _is_merged(entry)
        ]
        for entry in unknown[:MOST_UNKNOWN]:
            self._tell_unknown(entry)
        self._tell_missing()

    def has(self, name: str) -> bool:
        """Return whether the key was written, in this or in a misspelt form."""
        return self._group.entry(name) is not None or name in self._claimed

    def value(self, name: str) -> Value | None:
        """Return the value under a key, or None where it was not written."""
        entry = self._group.entry(name)
        key = self._table.key(name)
        return None if entry is None else Value(entry.value, key, entry.location)

    def read(self, name: str, reader: Callable[[Context, Value], T | None]) -> T | None:
        """Return what a reader makes of a key; None where absent or already told."""
        value = self.value(name)
        return None if value is None else reader(self.context, value)

    def _tell_unknown(self, entry: Entry) -> None:
        rule, values = self._unknown(entry)
        if rule is rules.CODE_IN_TOUR:
            finding = rule.at(entry.location).mended_by(Edit(entry.location, None))
            self.context.findings.append(finding)
            return
        mend = self._surely(entry.key) if rule is rules.UNKNOWN_KEY else None
        key = shown(entry.key)
        self.context.tell(rule, entry.location, mend=mend, key=key, **values)

    def _surely(self, typed: str) -> str | None:
        """Return the key meant, if it is French or hardly misspelt."""
        free = [n for n in self._table.names if self._group.entry(n) is None]
        return _from_french(typed, self._table, free) or near(typed, free, SURE)

    def _unknown(self, entry: Entry) -> tuple[Rule, dict[str, str]]:
        table, typed = self._table, entry.key
        free = [name for name in table.names if self._group.entry(name) is None]
        if typed in self.context.languages:
            self.context.strays.append(typed)
            return language_rules.STRAY_LANGUAGE, {}
        if typed == "code" and table in (vocabulary.STOP, vocabulary.WITHDRAWN_STOP):
            return rules.CODE_IN_TOUR, {}
        other = _other_scene(typed, table)
        if other is not None:
            kinds = {"kind_fr": other.fr, "kind_en": other.en}
            return scene_rules.KEY_OF_ANOTHER_SCENE, kinds
        meant = (
            _from_french(typed, table, free)
            or self._group_above(entry)
            or _home_key(typed, table, free)
        )
        if isinstance(meant, str):
            self._claimed.add(meant)
            return rules.UNKNOWN_KEY, {"near": meant}
        if meant is not None:
            self._claimed.add(meant[0])
            outside = self.context.misplaced | {typed}
            self.context = replace(self.context, misplaced=outside)
            return rules.MISPLACED_KEY, {"home": meant[0]}
        return rules.UNKNOWN_KEY_NO_NEAR, {"known": ", ".join(free or table.names)}

    def _group_above(self, entry: Entry) -> tuple[str] | None:
        """Return (the key written last before,) where its group is the key's place."""
        above = [e for e in self._group.entries if e.location < entry.location]
        known = [e.key for e in above if e.key in self._table.names]
        if not known:
            return None
        groups = self._table.key(known[-1]).inside
        return (known[-1],) if any(entry.key in g.names for g in groups) else None

    def _is_orphaned(self, key: Key) -> bool:
        """Return whether lines under no key were told, which may be what this one lacks."""
        return key.shape in ("list", "group") and any(
            finding.code == syntax.LINES_UNDER_NO_KEY.code
            and finding.location.path == self.place.path
            for finding in self.context.findings
        )

    def _tell_missing(self) -> None:
        for key in self._table.keys:
            is_there = self.has(key.name) or key.name in self.context.misplaced
            if key.required and not is_there and not self._is_orphaned(key):
                rule = rules.MISSING_ALT if key.name == "alt" else rules.MISSING_KEY
                self.context.tell(
                    rule,
                    self.place,
                    key=key.name,
                    about_fr=key.fr,
                    about_en=key.en,
                    example=key.example,
                )


def _is_merged(entry: Entry) -> bool:
    """Return whether an entry is ``<<: *shared``, of which the alias is told."""
    return entry.key == "<<" and isinstance(entry.value, Refused)


def _other_scene(typed: str, table: Table) -> Table | None:
    """Return the kind of scene that a key belongs to, in a group of another kind."""
    if table not in vocabulary.SCENES:
        return None
    return next((kind for kind in vocabulary.SCENES if typed in kind.names), None)


def _from_french(typed: str, table: Table, free: list[str]) -> str | None:
    """Return the key that a French word stands for in this group, or None."""
    word = bare(typed).replace("_", "-").strip()
    for key in table.keys:
        if key.name in free and word in map(bare, key.french):
            return key.name
    return None


def _home_key(typed: str, table: Table, free: list[str]) -> str | tuple[str] | None:
    """Return the key nearly typed, or (the group that the key belongs to,)."""
    homes = (
        *vocabulary.SCENES,
        vocabulary.COMPARE,
        vocabulary.HOTSPOT,
        vocabulary.LABEL,
        vocabulary.BY_PICTURE,
        vocabulary.ACCESS,
        vocabulary.PLAN,
        vocabulary.WITHDRAWN,
    )
    for home in homes:
        if typed in home.names and home.home != table.home and home.home in table.names:
            return (home.home,)
    return near(typed.strip(), free)


def _only_item(value: Value) -> Entry | None:
    """Return the first key of a list's only item, which lacks its dash, or None."""
    node = value.node
    if not isinstance(node, Mapping) or not node.entries:
        return None
    first = node.entries[0]
    return first if any(first.key in t.names for t in value.key.inside) else None


def _is_glued(node: Node) -> TypeGuard[Scalar]:
    """Return whether a list's first dash was glued to its item: ``-archives``."""
    return isinstance(node, Scalar) and re.match(r"-[^\s-]", node.text) is not None


def _tell_glued_dash(context: Context, scalar: Scalar) -> None:
    remedy = f"- {scalar.text[1:]}"
    context.tell(
        syntax.NO_SPACE_AFTER_DASH,
        scalar.location,
        mend=remedy if scalar.first else None,
        key=shown(scalar.text),
        remedy=shown(remedy),
    )
