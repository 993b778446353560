"""The two false spaces of indentation: tabs, and no-break spaces from word processors."""

from __future__ import annotations

import re

NO_BREAK_SPACES = ("\u00a0", "\u2007", "\u202f", "\u2002", "\u2003", "\u2009", "\u3000")
HIDDEN = re.compile("[\u00ad\u200b\u200e\u200f\u2060]")
"""Signs without a width: at home in some texts, never in a key or a file's name."""
_CLASS = "".join(NO_BREAK_SPACES)
_INDENT = re.compile(rf"[ \t{_CLASS}]*")


def indent_of(line: str) -> str:
    """Return what a line begins with before its first visible sign."""
    match = _INDENT.match(line)
    return match[0] if match else ""


def tab_column(line: str) -> int | None:
    """Return the index of the first tab of the indentation, or None."""
    return _index(indent_of(line), "\t")


def no_break_span(line: str) -> tuple[int, int] | None:
    """Return the (start, end) of the no-break spaces of the indentation, or None."""
    indent = indent_of(line)
    places = [i for i, sign in enumerate(indent) if sign in NO_BREAK_SPACES]
    return (places[0], places[-1] + 1) if places else None


def with_plain_indent(line: str, tab_width: int = 2) -> str:
    """Return the line indented by ordinary spaces only."""
    indent = indent_of(line)
    plain = "".join(" " * tab_width if sign == "\t" else " " for sign in indent)
    return plain + line[len(indent) :]


def without_no_break_indent(line: str) -> str:
    """Return the line with ordinary spaces for no-break ones; its tabs are another slip."""
    indent = indent_of(line)
    return re.sub(f"[{_CLASS}]", " ", indent) + line[len(indent) :]


def _index(text: str, sign: str) -> int | None:
    place = text.find(sign)
    return None if place < 0 else place
