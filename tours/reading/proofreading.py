"""Proofread texts: placeholders, markup, wrong language, missing sources, repetitions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tours.catalogue import foreign_syntax as foreign_syntax_rules
from tours.catalogue import texts as texts_rules
from tours.language_detection import MIN_WORDS, detect_other_language
from tours.source.nodes import Mapping, Scalar
from tours.source.text import excerpt, quote_text
from tours.suggestions import fold_accents

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tours.diagnostics import Location, Rule
    from tours.reading.context import Context, Value
    from tours.reading.fields import Fields
    from tours.source.nodes import Node

MAX_EASY_WORDS = 18
"""In a sentence. European guidelines ask for short ones; most keep to fifteen."""
_NAMED = frozenset({"credits", "sources"})
"""Keys that name people and books, in whatever language these have."""
_AWAITED = re.compile(
    r"\b(?:TODO|FIXME|TBD|XXX+)\b|\blorem ipsum\b|\[?\b(?:texte )?à (?:compléter|rédiger|traduire)\b\]?"
    r"|\bto be (?:written|translated|completed)\b|^\W*(?:\?{2,}|x{3,}|\.{3}|…)\W*$|^(?:null|~|undefined|n/a)$",
    re.IGNORECASE,
)
_WORD_AWAITED = re.compile(r"(?:todo|fixme|tbd|x{3,})", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|b|br|center|div|em|font|h[1-6]|hr|i|iframe|img|li|ol|p|script|span|strong"
    r"|style|sub|sup|table|td|tr|u|ul|video)\b[^<>]{0,300}>|&(?:nbsp|amp|eacute|egrave|agrave);",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(r"\{\{.{0,200}?\}\}|\{%.{0,200}?%\}|\[%.{0,200}?%\]")
_PICTURE = re.compile(r"!\[[^\]\n]{0,200}\]\([^)\n]{0,300}\)")
_LINK = re.compile(
    r"(?<![!\\])\[[^\]\n]{1,200}\]\((?!https://|mailto:)([^)\s]{1,300})\)",
    re.IGNORECASE,
)
_CURLY_QUOTED = re.compile(r"[“”„]([^“”„]+)[“”]")
_STARS = re.compile(r"(?<![\\*])\*\*(?!\*)")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n\s*\n|\n\s*[-*] ")
_FACT = re.compile(
    r"\b(?:1[0-9]{3}|20[0-9]{2})\b"
    r"|\b\d[\d  .,]*\s?(?:%|km|m²|m³|m|cm|mm|kg|t|tonnes?|tons?|mètres?|met(?:re|er)s?|kilomètres?"
    r"|ans|years|habitants|inhabitants|ouvriers|ouvrières|workers|mineurs|miners|chevaux)(?!\w)"
)


def check_text(context: Context, value: Value, tag: str, scalar: Scalar) -> None:
    """Report the first thing that is wrong with what one text says."""
    text = scalar.text
    quoted = _CURLY_QUOTED.fullmatch(text.strip()) if scalar.lines else None
    if quoted:
        context.report(
            texts_rules.CURLY_QUOTES_AROUND,
            scalar.location,
            fix=quote_text(quoted[1].strip()) if scalar.first else None,
            quote=text.strip()[0],
            example=f"{tag}: {excerpt(quote_text(quoted[1].strip()))}",
            kept=f'{tag}: "{excerpt(text.strip())}"',
        )
        return
    if scalar.comment:
        context.report(
            foreign_syntax_rules.CUT_BY_HASH,
            scalar.location,
            cut=excerpt(scalar.comment),
        )
    awaited = _awaited(text)
    tag_found = _TAG.search(text)
    foreign = _foreign(text)
    if awaited:
        place = scalar.place(awaited.start(), awaited.end())
        context.report(texts_rules.PLACEHOLDER, place, seen=excerpt(awaited[0]))
    elif tag_found:
        place = scalar.place(tag_found.start(), tag_found.end())
        context.report(texts_rules.HTML_IN_TEXT, place, seen=excerpt(tag_found[0]))
    elif foreign:
        rule, found, group = foreign
        place = scalar.place(*found.span(group))
        context.report(rule, place, seen=excerpt(found[group]))
    elif open_stars := _open_stars(text):
        context.report(texts_rules.STARS_LEFT_OPEN, scalar.place(*open_stars.span()))
    elif value.key.name in _NAMED:
        return
    elif other := detect_other_language(text, tag):
        context.report(
            texts_rules.OTHER_LANGUAGE,
            scalar.location,
            tag=tag,
            other_fr=other.fr,
            other_en=other.en,
        )
    elif value.key.name == "easy":
        _check_easy(context, scalar)


def check_untranslated_text(
    context: Context, value: Value, by_tag: dict[str, Scalar]
) -> None:
    """Report a text that is the same in two languages, and long enough to be a mistake."""
    seen: dict[str, str] = {}
    if value.key.name in _NAMED:
        return
    for tag, scalar in by_tag.items():
        words = _words(scalar.text)
        first = seen.setdefault(" ".join(words), tag)
        if first == tag or len(words) < MIN_WORDS:
            continue
        if detect_other_language(scalar.text, first) or detect_other_language(
            scalar.text, tag
        ):
            continue  # reported already, as what it is
        context.report(
            texts_rules.SAME_IN_TWO_LANGUAGES,
            scalar.location,
            key=value.key.name,
            first=first,
            tag=tag,
        )


def check_stop_texts(fields: Fields) -> None:
    """Report texts of a stop that repeat one another, and of facts without a source."""
    title, text = _by_tag(fields, "title"), _by_tag(fields, "text")
    easy = _by_tag(fields, "easy")
    for tag, scalar in easy.items():
        if tag in text and _words(scalar.text) == _words(text[tag].text):
            fields.context.report(texts_rules.EASY_IS_THE_TEXT, scalar.location)
    shows = fields.value("shows")
    if shows and isinstance(shows.node, Mapping):
        entry = shows.node.entry("alt")
        alt = _in_languages(fields.context, entry.value) if entry else {}
        for tag, scalar in alt.items():
            if tag in title and _words(scalar.text) == _words(title[tag].text):
                fields.context.report(texts_rules.ALT_REPEATS_TITLE, scalar.location)
    check_sources(fields)


def check_sources(fields: Fields) -> None:
    """Report a date or a figure in a text that names no source."""
    if fields.has("sources") or fields.has("withdrawn"):
        return
    for scalar in _by_tag(fields, "text").values():
        fact = _FACT.search(scalar.text)
        if fact:
            place = scalar.place(fact.start(), fact.end())
            seen = fact[0].strip()
            fields.context.report(texts_rules.FACT_WITHOUT_SOURCE, place, seen=seen)
            return


def check_repeated_stops(context: Context, stops: Iterable[Fields]) -> None:
    """Report two stops of a tour that have one title, or one text."""
    titles: dict[str, Location] = {}
    texts: dict[str, Location] = {}
    for fields in stops:
        if _is_twin(context, fields, "title", titles):
            continue
        _is_twin(context, fields, "text", texts)


def _is_twin(
    context: Context, fields: Fields, key: str, seen: dict[str, Location]
) -> bool:
    for scalar in _by_tag(fields, key).values():
        words = " ".join(_words(scalar.text))
        first = seen.setdefault(words, scalar.location)
        if first is scalar.location or not words:
            return False
        if key == "text" and len(words.split()) < MIN_WORDS:
            return False
        rule = texts_rules.SAME_TITLE if key == "title" else texts_rules.SAME_TEXT
        context.report(
            rule, scalar.location, seen=excerpt(scalar.text), first=first.line
        )
        return True
    return False


def _check_easy(context: Context, scalar: Scalar) -> None:
    for sentence in _SENTENCE_END.split(scalar.text):
        count = len(_words(sentence))
        if count > MAX_EASY_WORDS:
            start = scalar.text.find(sentence)
            first_line = sentence.strip().partition("\n")[0]
            context.report(
                texts_rules.EASY_IS_HARD,
                scalar.place(start, start + len(first_line)),
                count=count,
                seen=excerpt(sentence),
                most=MAX_EASY_WORDS,
            )
            return


def _foreign(text: str) -> tuple[Rule, re.Match[str], int] | None:
    """Return what no page will show: a template's signs, a picture, a link to a file."""
    for sign, pattern, rule in (
        ("{", _TEMPLATE, foreign_syntax_rules.TEMPLATE),
        ("[%", _TEMPLATE, foreign_syntax_rules.TEMPLATE),
        ("![", _PICTURE, foreign_syntax_rules.PICTURE_IN_TEXT),
        ("](", _LINK, foreign_syntax_rules.LINK_LOST),
    ):
        found = pattern.search(text) if sign in text else None
        if found:
            return rule, found, found.lastindex or 0
    return None


def _awaited(text: str) -> re.Match[str] | None:
    """Return what stands for a text to come; ``todo`` is Spanish in small letters."""
    found = _AWAITED.search(text)
    if found and _WORD_AWAITED.fullmatch(found[0]):
        is_shouted = found[0].isupper() or found[0] == text.strip()
        return found if is_shouted else None
    return found


def _open_stars(text: str) -> re.Match[str] | None:
    """Return the ``**`` of a paragraph that has no partner."""
    for paragraph in re.finditer(r"(?:(?!\n\s*\n).)+", text, re.DOTALL):
        stars = list(_STARS.finditer(text, *paragraph.span()))
        if len(stars) % 2:
            return stars[-1]
    return None


def _by_tag(fields: Fields, key: str) -> dict[str, Scalar]:
    value = fields.value(key)
    return _in_languages(fields.context, value.node) if value else {}


def _in_languages(context: Context, node: Node) -> dict[str, Scalar]:
    """Return a text's scalars by language."""
    if isinstance(node, Scalar):
        first = (context.languages or ("fr",))[0]
        return {first: node} if node.text.strip() else {}
    if not isinstance(node, Mapping):
        return {}
    return {
        entry.key: entry.value
        for entry in node.entries
        if isinstance(entry.value, Scalar) and entry.value.text.strip()
    }


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold_accents(text))
