"""Texts in several languages, and the languages themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tours.catalogue import keys as rules
from tours.languages import LANGUAGES, language_meant
from tours.model import LocalizedText
from tours.near import near
from tours.source.nodes import Mapping, Scalar, Sequence
from tours.source.shown import shown

if TYPE_CHECKING:
    from tours.reading.fields import Context, Value

_TAG = re.compile(r"([a-z]{2,3})(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?")


def languages(context: Context, value: Value) -> tuple[str, ...] | None:
    """Return language tags in the order announced, or None once problems are told."""
    items = value.items(context)
    if not items:
        return None
    found: list[str] = []
    for item in items:
        if not isinstance(item, Scalar) or not _is_tag(item.text):
            text = item.text if isinstance(item, Scalar) else "…"
            context.tell(
                rules.NOT_A_LANGUAGE,
                item.location,
                value=shown(text),
                near=language_meant(text) or "fr",
            )
        elif item.text in found:
            context.tell(rules.REPEATED_LANGUAGE, item.location, value=item.text)
        else:
            found.append(item.text)
    return tuple(found) or None


def texts(context: Context, value: Value) -> LocalizedText | None:
    """Return a text in the languages it is written in.

    Written ``fr: …`` and ``en: …`` under the key; a bare text is in the first language
    announced.
    """
    node = value.node
    if isinstance(node, Scalar) and node.text.strip():
        pairs = [((context.languages or ("fr",))[0], node.text.strip())]
        return _translated(context, value, pairs, mistaken=0)
    if isinstance(node, Sequence):
        context.tell(
            rules.EXPECTED_TEXT,
            value.location,
            key=value.key.name,
            example=value.key.example,
        )
        return None
    group = value.group(context)
    if group is None:
        return None
    if not group.entries:
        context.tell(rules.EMPTY_VALUE, value.location, key=value.key.name)
        return None
    return _localized(context, value, group)


def _localized(context: Context, value: Value, group: Mapping) -> LocalizedText | None:
    pairs: list[tuple[str, str]] = []
    mistaken = 0
    for entry in group.entries:
        if context.languages and entry.key not in context.languages:
            _tell_unknown(context, entry.key, value, group)
            mistaken += 1
        elif isinstance(entry.value, Scalar) and entry.value.text.strip():
            pairs.append((entry.key, entry.value.text.strip()))
        else:
            mistaken += 1
            _tell_not_text(context, value, entry.key, group)
    return _translated(context, value, pairs, mistaken)


def _tell_unknown(context: Context, key: str, value: Value, group: Mapping) -> None:
    entry = group.entry(key)
    free = [tag for tag in context.languages if group.entry(tag) is None]
    known = free or list(context.languages)
    context.tell(
        rules.UNKNOWN_LANGUAGE,
        entry.location if entry else value.location,
        key=shown(key),
        known=", ".join(context.languages),
        near=language_meant(key, known) or near(key, known, 0.0) or known[0],
    )


def _tell_not_text(context: Context, value: Value, key: str, group: Mapping) -> None:
    entry = group.entry(key)
    if entry is None:
        return
    name = f"{value.key.name} / {shown(key)}"
    if isinstance(entry.value, Scalar):
        context.tell(rules.EMPTY_VALUE, entry.location, key=name)
    elif isinstance(entry.value, (Mapping, Sequence)):
        example = f'{shown(key)}: "…"'
        context.tell(rules.EXPECTED_TEXT, entry.location, key=name, example=example)


def _translated(
    context: Context, value: Value, pairs: list[tuple[str, str]], mistaken: int
) -> LocalizedText | None:
    """Return the text, warning of languages that nothing was written for."""
    written = [language for language, _ in pairs]
    missing = [tag for tag in context.languages if tag not in written]
    if pairs and missing and not mistaken:
        best = next((tag for tag in context.languages if tag in written), written[0])
        context.tell(
            rules.MISSING_TRANSLATION,
            value.location,
            key=value.key.name,
            missing=", ".join(missing),
            shown=best,
            example=f"{missing[0]}: …",
        )
    return LocalizedText(tuple(pairs), value.location) if pairs else None


def _is_tag(text: str) -> bool:
    match = _TAG.fullmatch(text)
    return match is not None and match[1] in LANGUAGES
