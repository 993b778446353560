"""Read localized texts and lists of languages."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tours.catalogue import keys as keys_rules
from tours.catalogue import texts as texts_rules
from tours.catalogue import yaml_syntax as yaml_syntax_rules
from tours.languages import LANGUAGES, suggest_language
from tours.model import LocalizedText
from tours.reading import proofreading
from tours.reading.context import TextUse, quoting_advice, report_only_comment
from tours.source.nodes import Mapping, Scalar, Sequence
from tours.source.text import excerpt
from tours.suggestions import suggest_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from tours.diagnostics import Location
    from tours.reading.context import Context, Value
    from tours.source.nodes import Entry, Line

_TAG = re.compile(r"([a-z]{2,3})(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?")


MAX_LANGUAGES = 60
"""Looked at under one text."""
_GLUED = re.compile(r"([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*):(?=[^\s/:])")
_LIKE = 0.5
"""One letter of two."""
MAX_ISOLATED_USES = 2
"""More uses of a language in a file are no mistakes of the hand but a matter of the whole."""


def languages(context: Context, value: Value) -> tuple[str, ...] | None:
    """Return language tags in the order announced, or None once problems are reported."""
    if isinstance(value.node, Scalar) and (tags := _tags(value.node.text)):
        example = f"[{', '.join(tags)}]"
        context.report(
            keys_rules.EXPECTED_LIST,
            value.location,
            key=value.key.name,
            example=f"{value.key.name}: {example}",
        )
        return tags if len(tags) > 1 else None
    items = value.items(context)
    if not items:
        return None
    found: list[str] = []
    for item in items:
        if isinstance(item, Scalar) and len(tags := _tags(item.text)) > 1:
            together = ", ".join(tags)
            context.report(
                texts_rules.NOT_A_LANGUAGE,
                item.location,
                fix=together,
                value=excerpt(item.text),
                near=together,
            )
            found.extend(tag for tag in tags if tag not in found)
            continue
        if not isinstance(item, Scalar) or not _is_tag(item.text):
            text = item.text if isinstance(item, Scalar) else "…"
            meant = suggest_language(text)
            context.report(
                texts_rules.NOT_A_LANGUAGE,
                item.location,
                fix=meant,
                value=excerpt(text),
                near=meant or "fr",
            )
            if meant is None:
                return None  # texts in it would each be reported again
            if meant not in found:
                found.append(meant)
                context.guessed_languages.append(meant)
        elif item.text in found:
            context.report(
                texts_rules.REPEATED_LANGUAGE, item.location, value=item.text
            )
        else:
            found.append(item.text)
    return tuple(found) or None


def texts(context: Context, value: Value) -> LocalizedText | None:
    """Return a text in the languages it is written in.

    Written ``fr: …`` and ``en: …`` under the key; a bare text is in the first language
    announced. Languages too many or missing are reported by `report_languages`, once the
    whole file is known.
    """
    node = value.node
    if isinstance(node, Scalar) and node.text.strip():
        if _is_glued(context, node.lines):
            return None
        first = (context.languages or ("fr",))[0]
        context.text_uses.append(TextUse(context, value, (first,), ()))
        proofreading.check_text(context, value, first, node)
        return LocalizedText(((first, node.text.strip()),), value.location)
    if isinstance(node, Sequence):
        key = value.key
        context.report(
            keys_rules.EXPECTED_TEXT,
            value.location,
            key=key.name,
            example=key.example,
            **quoting_advice(key),
        )
        return None
    group = value.group(context)
    if group is None:
        return None
    if not group.entries:
        context.report(keys_rules.EMPTY_VALUE, value.location, key=value.key.name)
        return None
    return _localized(context, value, group)


def wording(context: Context, value: Value) -> LocalizedText | None:
    """Return a text that is the same in all languages, or written in each.

    Names and addresses need no translation: a bare text serves everywhere, and no
    translation of it is missed.
    """
    node = value.node
    if isinstance(node, Mapping) and any(
        _names_language(context, e) for e in node.entries
    ):
        return texts(context, value)
    scalar = value.scalar(context)
    if scalar is None or _is_glued(context, scalar.lines):
        return None
    first = (context.languages or ("fr",))[0]
    return LocalizedText(((first, scalar.text.strip()),), value.location)


def sources(context: Context, value: Value) -> tuple[LocalizedText, ...]:
    """Return the items of a list, each a source."""
    items = value.items(context) or ()
    found = (replace(value, node=item, location=item.location) for item in items)
    wordings = (wording(context, item) for item in found)
    return tuple(source for source in wordings if source)


def report_languages(context: Context, announced: Location | None) -> None:
    """Report languages that texts have too many, or lack.

    One mistake is reported once: a language used or missing throughout the file is a matter of
    ``languages``, not of each text.

    Parameters
    ----------
    context
        Whose text_uses are all those of the file.
    announced
        Of the key ``languages``; None where the file has none.
    """
    unknown = _report_unknown(context)
    absent = () if unknown else _report_absent(context, announced)
    for text_use in context.text_uses:
        _report_missing(text_use, absent)


def report_undeclared_language(
    context: Context, entry: Entry, tried: Collection[str]
) -> None:
    """Report a key that is none of the languages announced, of which some are used."""
    context.report(
        texts_rules.UNKNOWN_LANGUAGE,
        entry.location,
        fix=_surely(entry.key, context.languages, tried),
        key=excerpt(entry.key),
        known=", ".join(context.languages),
        near=_meant(entry.key, context.languages, tried),
    )


def _localized(context: Context, value: Value, group: Mapping) -> LocalizedText | None:
    written: dict[str, Scalar] = {}
    unknown: list[Entry] = []
    tried = []
    for entry in group.entries[:MAX_LANGUAGES]:
        if context.languages and entry.key not in context.languages:
            unknown.append(entry)
            continue
        tried.append(entry.key)
        if isinstance(entry.value, Scalar) and entry.value.text.strip():
            written[entry.key] = entry.value
            _is_glued(context, entry.value.lines[1:])
            proofreading.check_text(context, value, entry.key, entry.value)
        else:
            _report_not_text(context, value, entry)
    context.text_uses.append(TextUse(context, value, tuple(tried), tuple(unknown)))
    proofreading.check_untranslated_text(context, value, written)
    pairs = tuple((tag, scalar.text.strip()) for tag, scalar in written.items())
    return LocalizedText(pairs, value.location) if pairs else None


def _is_glued(context: Context, lines: Iterable[Line]) -> bool:
    """Report each line ``fr:La vue``; return whether there is one."""
    is_reported = False
    for line in lines:
        match = _GLUED.match(line.text)
        if match and match[1] in (context.languages or LANGUAGES):
            is_reported = True
            context.report(
                yaml_syntax_rules.NO_SPACE_AFTER_COLON,
                replace(line.location, length=len(match[1]) + 1),
                fix=f"{match[1]}: ",
                key=match[1],
                remedy=excerpt(f"{match[1]}: {line.text[match.end() :]}"),
            )
    return is_reported


def _report_not_text(context: Context, value: Value, entry: Entry) -> None:
    name = f"{value.key.name} / {excerpt(entry.key)}"
    if isinstance(entry.value, Scalar) and entry.value.comment.strip("# "):
        report_only_comment(context, entry.location, name, entry.value.comment)
    elif isinstance(entry.value, Scalar):
        context.report(keys_rules.EMPTY_VALUE, entry.location, key=name)
    elif isinstance(entry.value, (Mapping, Sequence)):
        example = f'{excerpt(entry.key)}: "…"'
        context.report(
            keys_rules.EXPECTED_TEXT,
            entry.location,
            key=name,
            example=example,
            **quoting_advice(value.key),
        )


def _report_unknown(context: Context) -> bool:
    """Report languages not announced; return whether there are any."""
    by_tag: dict[str, list[tuple[TextUse, Entry]]] = {}
    for text_use in context.text_uses:
        for entry in text_use.unknown:
            by_tag.setdefault(entry.key, []).append((text_use, entry))
    for tag, uses in by_tag.items():
        known = ", ".join(context.languages)
        if len(uses) > MAX_ISOLATED_USES and _is_tag(tag):
            place = uses[0][1].location
            context.report(
                texts_rules.UNANNOUNCED_LANGUAGE,
                place,
                key=tag,
                count=len(uses),
                known=known,
            )
            continue
        for text_use, entry in uses:
            report_undeclared_language(context, entry, text_use.tried)
    return bool(by_tag)


def _surely(
    tag: str, languages_: tuple[str, ...], tried: Collection[str]
) -> str | None:
    """Return the language that is left, if the wrong tag is like it."""
    free = [other for other in languages_ if other not in tried]
    if len(free) != 1:
        return None
    return suggest_language(tag, free) or suggest_name(tag, free, _LIKE)


def _meant(tag: str, languages_: tuple[str, ...], tried: Collection[str]) -> str:
    """Return the announced language that a wrong tag most likely stands for."""
    free = [other for other in languages_ if other not in tried] or list(languages_)
    return suggest_language(tag, free) or suggest_name(tag, free, 0.0) or free[0]


def _report_absent(context: Context, announced: Location | None) -> tuple[str, ...]:
    """Report languages announced that no text is written in, and return them."""
    written = {tag for text_use in context.text_uses for tag in text_use.tried}
    known = (*written, *context.guessed_languages)
    absent = tuple(tag for tag in context.languages if tag not in known)
    if announced is None or len(context.text_uses) <= MAX_ISOLATED_USES or not written:
        return ()
    for tag in absent:
        context.report(texts_rules.ABSENT_LANGUAGE, announced, value=tag)
    return absent


def _report_missing(text_use: TextUse, absent: tuple[str, ...]) -> None:
    context, tried = text_use.context, text_use.tried
    reported = (*absent, *context.stray_languages, *context.guessed_languages)
    missing = [tag for tag in context.languages if tag not in (*tried, *reported)]
    if text_use.unknown or not tried or not missing:
        return
    context.report(
        texts_rules.MISSING_TRANSLATION,
        text_use.value.location,
        key=text_use.value.key.name,
        missing=", ".join(missing),
        shown=next(tag for tag in context.languages if tag in tried),
        example=f"{missing[0]}: …",
    )


def _names_language(context: Context, entry: Entry) -> bool:
    """Return whether a key is a language, and no word before a colon."""
    return entry.key in context.languages or _TAG.fullmatch(entry.key) is not None


def _tags(text: str) -> tuple[str, ...]:
    """Return the languages that a text names, or nothing where a word is none."""
    words = re.split(r"[\s,;/+&()]+(?:et |and )?", text.strip(" ()"))
    meant = [
        word if _is_tag(word) else suggest_language(word) for word in words if word
    ]
    found = tuple(dict.fromkeys(tag for tag in meant if tag))
    return found if None not in meant else ()


def _is_tag(text: str) -> bool:
    match = _TAG.fullmatch(text)
    return match is not None and match[1] in LANGUAGES
