"""The context of reading: where findings go, and a value with its key."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeGuard

from tours.catalogue import encoding as encoding_rules
from tours.catalogue import foreign_syntax as foreign_syntax_rules
from tours.catalogue import keys as keys_rules
from tours.catalogue import texts as texts_rules
from tours.catalogue import yaml_syntax as yaml_syntax_rules
from tours.diagnostics import Edit
from tours.source.nodes import InvalidNode, Mapping, Node, Scalar, Sequence
from tours.source.text import INVISIBLE, excerpt, quote_if_needed

if TYPE_CHECKING:
    from collections.abc import Mapping as Mapping_
    from pathlib import Path

    from tours.diagnostics import Diagnostic, Location, Rule
    from tours.museum_folder import MuseumFolder
    from tours.source.nodes import Entry
    from tours.vocabulary import Key

_CURLY_QUOTED = re.compile(r"\s*(?:([“”„«])([^“”„«»]+)[“”»]|([‘’])([^‘’]+)[‘’])\s*")
MAX_ITEMS = 500
"""A list of more is no list of stops, of sources or of languages."""


@dataclass(frozen=True, slots=True)
class LicenseTerms:
    """A tour's licence, and whether it credits anybody."""

    license: str = ""
    is_credited: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What readers of values share: findings, folder, languages and subject."""

    findings: list[Diagnostic]
    folder: MuseumFolder
    languages: tuple[str, ...] = ()
    """Announced; empty when they could not be read, and then not checked."""
    subject_fr: str = ""
    """Who is being read, for messages: ``l’arrêt « marteau »``."""
    subject_en: str = ""
    text_uses: list[TextUse] = field(default_factory=list)
    """The texts of the file, for findings reported once a file."""
    stray_languages: list[str] = field(default_factory=list)
    """Languages that stand under no text."""
    guessed_languages: list[str] = field(default_factory=list)
    """Languages announced by a name or a wrong code: not reported to be missing too."""
    sites: tuple[str, ...] | None = None
    """Short names of the sites; None when they could not be read, and then not checked."""
    terms: LicenseTerms = field(default_factory=LicenseTerms)
    """Of the tour."""
    misplaced: frozenset[str] = frozenset()
    """Keys reported to stand too far out: the groups below are not reported to lack them too."""
    unsaved: Mapping_[Path, bytes] = field(default_factory=dict)
    """What files would hold, were a fix saved."""
    recovered_lines: frozenset[int] = frozenset()
    """Lines of the file whose mistake was reported already: what else they show is its doing."""

    def for_file(self) -> Context:
        """Return the context of another file, of which nothing was read yet."""
        return replace(self, text_uses=[], stray_languages=[])

    def report(
        self,
        rule: Rule,
        location: Location,
        *,
        fix: str | None = None,
        **values: object,
    ) -> None:
        """Keep a finding; the subject's names are always among its values.

        Parameters
        ----------
        rule
            What is wrong.
        location
            Where.
        fix
            What to write there instead, where that is beyond doubt.
        values
            The finding's own.
        """
        if location.line in self.recovered_lines:
            return
        subject = {"subject_fr": self.subject_fr, "subject_en": self.subject_en}
        finding = rule.at(location, **subject, **values)
        if fix is not None:
            finding = finding.with_edits(Edit(location, fix))
        self.findings.append(finding)

    def with_subject(self, fr: str, en: str) -> Context:
        """Return the context of a narrower subject."""
        return replace(self, subject_fr=fr, subject_en=en)


@dataclass(frozen=True, slots=True)
class Value:
    """A node with its key, whose example messages show."""

    node: Node
    key: Key
    location: Location
    """Of the key, or of the item in a list."""

    def scalar(self, context: Context) -> Scalar | None:
        """Return the text written here, or None once the problem is reported."""
        if isinstance(self.node, Scalar) and self.node.text.strip():
            return (
                self.node
                if self.key.is_prose
                else strip_stray_signs(context, self, self.node)
            )
        if isinstance(self.node, Scalar):
            report_empty(context, self)
        elif not isinstance(self.node, InvalidNode):
            context.report(
                keys_rules.EXPECTED_TEXT,
                self.location,
                key=self.key.name,
                example=self.key.example,
                **quoting_advice(self.key),
            )
        return None

    def items(self, context: Context) -> tuple[Node, ...] | None:
        """Return the items of the list written here, or None once the problem is reported."""
        if isinstance(self.node, Sequence):
            items = self.node.items
            if not items:
                report_empty(context, self)
            if len(items) > MAX_ITEMS:
                most, place = MAX_ITEMS, items[MAX_ITEMS].location
                context.report(
                    keys_rules.TOO_MANY_ITEMS, place, key=self.key.name, most=most
                )
            return items[:MAX_ITEMS]
        self._report_shape(context, keys_rules.EXPECTED_LIST)
        return None

    def group(self, context: Context) -> Mapping | None:
        """Return the group written here, or None once the problem is reported."""
        if isinstance(self.node, Mapping):
            return self.node
        self._report_shape(context, keys_rules.EXPECTED_GROUP)
        return None

    def _report_shape(self, context: Context, rule: Rule) -> None:
        if isinstance(self.node, Scalar) and not self.node.text.strip():
            report_empty(context, self)
        elif rule is keys_rules.EXPECTED_LIST and _is_glued(self.node):
            _report_glued_dash(context, self.node)
        elif rule is keys_rules.EXPECTED_LIST and (first := _only_item(self)):
            key = excerpt(first.key)
            context.report(
                yaml_syntax_rules.NO_DASH, first.location, key=key, home=self.key.name
            )
        elif not isinstance(self.node, InvalidNode):
            context.report(
                rule, self.location, key=self.key.name, example=self.key.example
            )


@dataclass(frozen=True, slots=True)
class TextUse:
    """The languages that one text of a file is written in."""

    context: Context
    value: Value
    tried: tuple[str, ...]
    """Announced, and written even if what follows is no text."""
    unknown: tuple[Entry, ...]
    """Entries in languages that are not announced."""


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


def _report_glued_dash(context: Context, scalar: Scalar) -> None:
    remedy = f"- {scalar.text[1:]}"
    context.report(
        yaml_syntax_rules.NO_SPACE_AFTER_DASH,
        scalar.location,
        fix=remedy if scalar.first else None,
        key=excerpt(scalar.text),
        remedy=excerpt(remedy),
    )


def quoting_advice(key: Key) -> dict[str, str]:
    """Return, for a key that holds prose, how a colon in it is written."""
    if not key.is_prose:
        return {"quoting_fr": "", "quoting_en": ""}
    return {
        "quoting_fr": " — un texte qui contient un deux-points va entre guillemets droits",
        "quoting_en": " — a text with a colon in it goes in straight quotes",
    }


def report_empty(context: Context, value: Value) -> None:
    """Report a value that is not there, or that a ``#`` has taken away."""
    comment = value.node.comment if isinstance(value.node, Scalar) else ""
    color = re.match(r"#[0-9a-fA-F]{3,8}\b", comment)
    name = excerpt(value.key.name)
    if color:
        remedy = f'{name}: "{color[0]}"'
        context.report(
            yaml_syntax_rules.VALUE_IN_COMMENT, value.location, key=name, remedy=remedy
        )
    elif comment.strip("# "):
        report_only_comment(context, value.location, name, comment)
    else:
        context.report(keys_rules.EMPTY_VALUE, value.location, key=name)


def report_only_comment(context: Context, place: Location, key: str, note: str) -> None:
    """Report a key that only a note follows: perhaps a text that begins with ``#``."""
    context.report(foreign_syntax_rules.ONLY_A_NOTE, place, key=key, note=excerpt(note))


def strip_stray_signs(context: Context, value: Value, scalar: Scalar) -> Scalar:
    """Return a value without the signs that a word processor has added to it."""
    hidden = INVISIBLE.search(scalar.text)
    if hidden:
        place = scalar.place(hidden.start(), hidden.end())
        code = f"U+{ord(hidden[0]):04X}"
        fix = "" if scalar.first else None
        context.report(encoding_rules.STRANGE_SIGN, place, fix=fix, sign=code)
        return replace(scalar, text=INVISIBLE.sub("", scalar.text), first=None)
    if scalar.text[-1:] in (",", ";") and scalar.first:
        return _without_last_comma(context, value, scalar)
    quoted = _CURLY_QUOTED.fullmatch(scalar.text)
    if quoted is None:
        return scalar
    inner = (quoted[2] or quoted[4]).strip()
    context.report(
        texts_rules.CURLY_QUOTES,
        scalar.location,
        fix=quote_if_needed(inner),
        key=value.key.name,
        quote=quoted[1] or quoted[3],
        example=excerpt(quote_if_needed(inner)),
    )
    return replace(scalar, text=inner, first=None)


def _without_last_comma(context: Context, value: Value, scalar: Scalar) -> Scalar:
    """Return a value without the comma that parts items in other kinds of file."""
    text = scalar.text.rstrip(",; ")
    sign = len(scalar.text) - 1
    context.report(
        foreign_syntax_rules.LAST_COMMA,
        scalar.place(sign, sign + 1),
        fix="",
        sign=scalar.text[-1],
        key=value.key.name,
        remedy=excerpt(f"{value.key.name}: {text}"),
    )
    return replace(scalar, text=text, first=None)
