"""Recognise mistakes of quotes, brackets and reserved characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tours.catalogue import foreign_syntax as foreign_syntax_rules
from tours.catalogue import yaml_syntax as yaml_syntax_rules
from tours.source.mistakes.colons import KEY_AND_TEXT
from tours.source.mistakes.parser_stop import COMMENT, Explanation, ParserFailure
from tours.source.text import excerpt, quote_text

if TYPE_CHECKING:
    from tours.source.mistakes.parser_stop import ParserStop

KEY_BEFORE = re.compile(r" *(?:- +)*([\w-]+) *:\s")
_RESERVED = "@`%&*!|>?-,]}"
_AT_OPENING = re.compile(
    r"scanning an? (?:alias|anchor|tag|block scalar)|parsing a tag"
)
_AT_STOP = re.compile(
    r"tag handle|not allowed here|cannot start any token|node content"
)
_ALIAS = re.compile(r" *(?:- +)*(?:[^\s:]+ *:\s+)?\*(?=\w)")
"""A text that begins with a star, whose first word was read as a shorthand."""
_QUESTION = re.compile(
    r"([{,]\s*[\w-]+\s*:\s+)([^\s\"'{}\[\],][^{}\[\],]*\?)(?=\s*[,}])"
)
"""A text between braces that ends with a question mark."""
_PARTNERS = {"[": "]", "{": "}"}


def recognise_unclosed_quote(stop: ParserStop) -> ParserFailure | None:
    """Recognise a text in quotes that runs on to the end, or into the next quote."""
    # Quotes span lines by mistake: a backslash further down belongs to another text.
    is_far = "escape" in stop.problem and stop.opened[0] < stop.line
    cut = is_far or re.search("end of stream|document separator", stop.problem)
    if "quoted scalar" in stop.context and cut:
        line, column = stop.opened
    elif stop.quoted and stop.quoted.line != stop.quoted.end_line:
        line, column = stop.quoted.line, stop.quoted.column
    else:
        return None
    text = stop.lines[line]
    cut_at, rest = len(text.rstrip()), ""
    if stop.open_bracket is not None and stop.open_bracket[0] == line:
        # What follows, ``, en: … }``, is no part of the text.
        value, rest = _in_quotes(text[column:])
        if text[stop.open_bracket[1]] == "[":
            value = re.split(r"[,\]]", text[column:])[0]
            rest = text[column + len(value) :]
        cut_at = column + len(value)
    body = text[column + 1 : cut_at].rstrip()
    place = stop.at(line, column, len(body) + 1)
    finding = yaml_syntax_rules.UNCLOSED_QUOTE.at(
        place, quote=text[column : column + 1]
    )
    fixed = stop.with_line(line, text[:column] + quote_text(body) + rest)
    # Counted from where the quote stands: the parser ran past any mistake below it.
    return ParserFailure(line, column, (Explanation(finding, fixed),))


def recognise_text_after_quote(stop: ParserStop) -> ParserFailure | None:
    """Recognise an apostrophe or quote inside a text in quotes, which ends it early."""
    if stop.quoted is None:
        return None
    column, text = stop.quoted.column, stop.text
    value, rest = _in_quotes(text[column:])
    quote = text[column]
    if value[stop.quoted.end_column - column :].strip() in (",", ";"):
        return _sign_too_many(stop, stop.quoted.end_column)
    # `"Le Pilon" du Creusot`: the first quote is no more than a part of the text.
    is_inside = value.count(quote) % 2 == 0 and not value.endswith(quote)
    inner = value if is_inside and quote == '"' else value.strip(quote)
    finding = yaml_syntax_rules.TEXT_AFTER_QUOTE.at(
        stop.at(stop.line, stop.quoted.end_column - 1),
        quote=quote,
        remedy=excerpt(quote_text(inner)),
    )
    fixed = text[:column] + quote_text(inner) + rest
    return stop.failure(finding, stop.with_line(stop.line, fixed))


def _sign_too_many(stop: ParserStop, end: int) -> ParserFailure:
    """Report ``duration: "45 min",``: a comma that would part items of a list."""
    text = stop.text
    column = end + len(text[end:]) - len(text[end:].lstrip())
    before = KEY_BEFORE.match(text)
    key = before[1] if before else "…"
    fixed = text[:end] + text[column + 1 :]
    finding = foreign_syntax_rules.LAST_COMMA.at(
        stop.at(stop.line, column),
        sign=text[column],
        key=excerpt(key),
        remedy=excerpt(fixed.strip()),
    )
    return stop.failure(finding, stop.with_line(stop.line, fixed))


def recognise_backslash(stop: ParserStop) -> ParserFailure | None:
    """Recognise a backslash in a text in double quotes, as in a Windows path."""
    if "double-quoted" not in stop.context:
        return None
    column = stop.text.rfind("\\", 0, stop.column + 1)
    if column < 0:
        return None
    fixed = stop.text[:column] + "\\" + stop.text[column:]
    finding = yaml_syntax_rules.BACKSLASH.at(stop.at(stop.line, column, 2))
    return stop.failure(finding, stop.with_line(stop.line, fixed))


def _in_quotes(value: str) -> tuple[str, str]:
    """Split what begins with a quote into the text meant and what follows it.

    In braces the text meant ends before the next ``, en:`` or the closing brace.
    """
    comment = COMMENT.search(value)
    end = comment.start() if comment else len(value.rstrip())
    sibling = re.search(r"\s*,\s*[\w-]+:\s|\s*\}\s*$", value[:end])
    end = sibling.start() if sibling else end
    return value[:end], value[end:]


def recognise_bracketed_text(stop: ParserStop) -> ParserFailure | None:
    """Recognise ``fr: [Plan](plan.pdf)``: a text that begins with a bracket."""
    if stop.bracketed is None:
        return None
    match = KEY_AND_TEXT.match(stop.text)
    if match is None or match[2][:1] not in _PARTNERS:
        return None
    return _reserved(stop, stop.line, match.start(2))


def recognise_extra_bracket(stop: ParserStop) -> ParserFailure | None:
    """Recognise ``languages: [fr, en]]``: nothing but closing brackets follows a list."""
    if stop.bracketed is None or stop.bracketed.line != stop.line:
        return None
    end = stop.bracketed.end_column
    extra = re.fullmatch(r"\s*([\]})]+)\s*(?:#.*)?", stop.text[end:])
    if extra is None:
        return None
    column = end + extra.start(1)
    fixed = stop.text[:end] + stop.text[end + extra.end(1) :]
    finding = foreign_syntax_rules.BRACKET_TOO_MANY.at(
        stop.at(stop.line, column, len(extra[1])),
        sign=extra[1],
        remedy=excerpt(fixed.strip()),
    )
    return stop.failure(finding, stop.with_line(stop.line, fixed))


def recognise_reserved_sign(stop: ParserStop) -> ParserFailure | None:
    """Recognise a text that begins with a sign that YAML keeps for itself."""
    if _AT_OPENING.search(stop.context):
        line, column = stop.opened
    elif _AT_STOP.search(stop.problem):
        line, column = stop.line, stop.column
    elif stop.lines[stop.above(stop.line) or 0].startswith("%"):
        line, column = stop.above(stop.line) or 0, 0
    elif alias := _ALIAS.match(stop.text, 0, stop.column):
        line, column = stop.line, alias.end() - 1
    else:
        return None
    sign = stop.lines[line][column : column + 1]
    return _reserved(stop, line, column) if sign and sign in _RESERVED else None


def recognise_question_mark(stop: ParserStop) -> ParserFailure | None:
    """Recognise a text between braces that ends with a question mark, without quotes."""
    if stop.open_bracket is None or stop.text[stop.column : stop.column + 1] != "?":
        return None
    found = [m for m in _QUESTION.finditer(stop.text) if m.end(2) > stop.column]
    if not found or found[0].start(2) > stop.column:
        return None
    first = found[0]
    finding = foreign_syntax_rules.QUESTION_IN_BRACES.at(
        stop.at(stop.line, first.start(2), len(first[2])),
        remedy=excerpt(f"{first[1].lstrip('{, ')}{quote_text(first[2])}"),
    )
    fixed = _QUESTION.sub(lambda m: m[1] + quote_text(m[2]), stop.text)
    return stop.failure(finding, stop.with_line(stop.line, fixed))


def recognise_unclosed_bracket(stop: ParserStop) -> ParserFailure | None:
    """Recognise a ``[`` or ``{`` that is never closed, or not by its own partner."""
    if stop.open_bracket is None:
        return None
    line, column = stop.open_bracket
    text = stop.lines[line]
    sign = text[column]
    partner = _PARTNERS[sign]
    place = stop.at(line, column)
    finding = yaml_syntax_rules.UNCLOSED_BRACKET.at(place, sign=sign, partner=partner)
    comment = COMMENT.search(text)
    end = comment.start() if comment else len(text)
    gap = " " if text[column + 1 : column + 2] == " " else ""
    closed = text[:end].rstrip(", ]}") + gap + partner
    return stop.failure(finding, stop.with_line(line, closed))


def _reserved(stop: ParserStop, line: int, column: int) -> ParserFailure:
    text = stop.lines[line]
    value = COMMENT.sub("", text[column:]).rstrip()
    finding = yaml_syntax_rules.RESERVED_SIGN.at(
        stop.at(line, column), sign=text[column]
    )
    fixed = text[:column] + quote_text(value)
    return stop.failure(finding, stop.with_line(line, fixed))
