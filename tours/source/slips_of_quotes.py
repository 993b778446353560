"""Slips of quotes: unclosed, closed too early, or with a backslash inside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tours.catalogue import habits
from tours.catalogue import syntax as rules
from tours.source.halt import COMMENT, Complaint, Explanation
from tours.source.shown import as_quoted, shown

if TYPE_CHECKING:
    from tours.source.halt import Halt

KEY_BEFORE = re.compile(r" *(?:- +)*([\w-]+) *:\s")


def unclosed_quote(stop: Halt) -> Complaint | None:
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
    finding = rules.UNCLOSED_QUOTE.at(place, quote=text[column : column + 1])
    mended = stop.with_line(line, text[:column] + as_quoted(body) + rest)
    # Counted from where the quote stands: the parser ran past any slip below it.
    return Complaint(line, column, (Explanation(finding, mended),))


def text_after_quote(stop: Halt) -> Complaint | None:
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
    finding = rules.TEXT_AFTER_QUOTE.at(
        stop.at(stop.line, stop.quoted.end_column - 1),
        quote=quote,
        remedy=shown(as_quoted(inner)),
    )
    mended = text[:column] + as_quoted(inner) + rest
    return stop.complaint(finding, stop.with_line(stop.line, mended))


def _sign_too_many(stop: Halt, end: int) -> Complaint:
    """Tell of ``duration: "45 min",``: a comma that would part items of a list."""
    text = stop.text
    column = end + len(text[end:]) - len(text[end:].lstrip())
    before = KEY_BEFORE.match(text)
    key = before[1] if before else "…"
    mended = text[:end] + text[column + 1 :]
    finding = habits.LAST_COMMA.at(
        stop.at(stop.line, column),
        sign=text[column],
        key=shown(key),
        remedy=shown(mended.strip()),
    )
    return stop.complaint(finding, stop.with_line(stop.line, mended))


def backslash(stop: Halt) -> Complaint | None:
    """Recognise a backslash in a text in double quotes, as in a Windows path."""
    if "double-quoted" not in stop.context:
        return None
    column = stop.text.rfind("\\", 0, stop.column + 1)
    if column < 0:
        return None
    mended = stop.text[:column] + "\\" + stop.text[column:]
    finding = rules.BACKSLASH.at(stop.at(stop.line, column, 2))
    return stop.complaint(finding, stop.with_line(stop.line, mended))


def _in_quotes(value: str) -> tuple[str, str]:
    """Split what begins with a quote into the text meant and what follows it.

    In braces the text meant ends before the next ``, en:`` or the closing brace.
    """
    comment = COMMENT.search(value)
    end = comment.start() if comment else len(value.rstrip())
    sibling = re.search(r"\s*,\s*[\w-]+:\s|\s*\}\s*$", value[:end])
    end = sibling.start() if sibling else end
    return value[:end], value[end:]
