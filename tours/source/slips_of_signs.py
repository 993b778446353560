"""Slips of signs: a text that begins with one of YAML's own, brackets left open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tours.catalogue import habits
from tours.catalogue import syntax as rules
from tours.source.halt import COMMENT
from tours.source.shown import as_quoted, shown
from tours.source.slips_of_colons import KEY_AND_TEXT

if TYPE_CHECKING:
    from tours.source.halt import Complaint, Halt

_RESERVED = "@`%&*!|>?-,]}"
_AT_OPENING = re.compile(
    r"scanning an? (?:alias|anchor|tag|block scalar)|parsing a tag"
)
_AT_STOP = re.compile(
    r"tag handle|not allowed here|cannot start any token|node content"
)
_ALIAS = re.compile(r" *(?:- +)*(?:[^\s:]+ *:\s+)?\*(?=\w)")
"""A text that begins with a star, whose first word was read as a shorthand."""
_PARTNERS = {"[": "]", "{": "}"}


def bracketed_text(stop: Halt) -> Complaint | None:
    """Recognise ``fr: [Plan](plan.pdf)``: a text that begins with a bracket."""
    if stop.bracketed is None:
        return None
    match = KEY_AND_TEXT.match(stop.text)
    if match is None or match[2][:1] not in _PARTNERS:
        return None
    return _reserved(stop, stop.line, match.start(2))


def bracket_too_many(stop: Halt) -> Complaint | None:
    """Recognise ``languages: [fr, en]]``: nothing but closing brackets follows a list."""
    if stop.bracketed is None or stop.bracketed.line != stop.line:
        return None
    end = stop.bracketed.end_column
    extra = re.fullmatch(r"\s*([\]})]+)\s*(?:#.*)?", stop.text[end:])
    if extra is None:
        return None
    column = end + extra.start(1)
    mended = stop.text[:end] + stop.text[end + extra.end(1) :]
    finding = habits.BRACKET_TOO_MANY.at(
        stop.at(stop.line, column, len(extra[1])),
        sign=extra[1],
        remedy=shown(mended.strip()),
    )
    return stop.complaint(finding, stop.with_line(stop.line, mended))


def reserved_sign(stop: Halt) -> Complaint | None:
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


def unclosed_bracket(stop: Halt) -> Complaint | None:
    """Recognise a ``[`` or ``{`` that is never closed, or not by its own partner."""
    if stop.open_bracket is None:
        return None
    line, column = stop.open_bracket
    text = stop.lines[line]
    sign = text[column]
    partner = _PARTNERS[sign]
    place = stop.at(line, column)
    finding = rules.UNCLOSED_BRACKET.at(place, sign=sign, partner=partner)
    comment = COMMENT.search(text)
    end = comment.start() if comment else len(text)
    gap = " " if text[column + 1 : column + 2] == " " else ""
    closed = text[:end].rstrip(", ]}") + gap + partner
    return stop.complaint(finding, stop.with_line(line, closed))


def _reserved(stop: Halt, line: int, column: int) -> Complaint:
    text = stop.lines[line]
    value = COMMENT.sub("", text[column:]).rstrip()
    finding = rules.RESERVED_SIGN.at(stop.at(line, column), sign=text[column])
    mended = text[:column] + as_quoted(value)
    return stop.complaint(finding, stop.with_line(line, mended))
