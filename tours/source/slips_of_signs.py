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


def bracketed_text(halt: Halt) -> Complaint | None:
    """Recognise ``fr: [Plan](plan.pdf)``: a text that begins with a bracket."""
    if halt.bracketed is None:
        return None
    match = KEY_AND_TEXT.match(halt.text)
    if match is None or match[2][:1] not in _PARTNERS:
        return None
    return _reserved(halt, halt.line, match.start(2))


def bracket_too_many(halt: Halt) -> Complaint | None:
    """Recognise ``languages: [fr, en]]``: nothing but closing brackets follows a list."""
    if halt.bracketed is None or halt.bracketed.line != halt.line:
        return None
    end = halt.bracketed.end_column
    extra = re.fullmatch(r"\s*([\]})]+)\s*(?:#.*)?", halt.text[end:])
    if extra is None:
        return None
    column = end + extra.start(1)
    mended = halt.text[:end] + halt.text[end + extra.end(1) :]
    finding = habits.BRACKET_TOO_MANY.at(
        halt.at(halt.line, column, len(extra[1])),
        sign=extra[1],
        remedy=shown(mended.strip()),
    )
    return halt.complaint(finding, halt.with_line(halt.line, mended))


def reserved_sign(halt: Halt) -> Complaint | None:
    """Recognise a text that begins with a sign that YAML keeps for itself."""
    if _AT_OPENING.search(halt.context):
        line, column = halt.opened
    elif _AT_STOP.search(halt.problem):
        line, column = halt.line, halt.column
    elif halt.lines[halt.above(halt.line) or 0].startswith("%"):
        line, column = halt.above(halt.line) or 0, 0
    elif alias := _ALIAS.match(halt.text, 0, halt.column):
        line, column = halt.line, alias.end() - 1
    else:
        return None
    sign = halt.lines[line][column : column + 1]
    return _reserved(halt, line, column) if sign and sign in _RESERVED else None


def unclosed_bracket(halt: Halt) -> Complaint | None:
    """Recognise a ``[`` or ``{`` that is never closed, or not by its own partner."""
    if halt.open_bracket is None:
        return None
    line, column = halt.open_bracket
    text = halt.lines[line]
    sign = text[column]
    partner = _PARTNERS[sign]
    place = halt.at(line, column)
    finding = rules.UNCLOSED_BRACKET.at(place, sign=sign, partner=partner)
    comment = COMMENT.search(text)
    end = comment.start() if comment else len(text)
    gap = " " if text[column + 1 : column + 2] == " " else ""
    closed = text[:end].rstrip(", ]}") + gap + partner
    return halt.complaint(finding, halt.with_line(line, closed))


def _reserved(halt: Halt, line: int, column: int) -> Complaint:
    text = halt.lines[line]
    value = COMMENT.sub("", text[column:]).rstrip()
    finding = rules.RESERVED_SIGN.at(halt.at(line, column), sign=text[column])
    mended = text[:column] + as_quoted(value)
    return halt.complaint(finding, halt.with_line(line, mended))
