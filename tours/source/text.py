"""Excerpts, YAML quoting and indentation of source text."""

import json
import re

MAX_EXCERPT_CHARACTERS = 60
_PLAIN = re.compile(r"[\w./{(][^#:\n]*")
NO_BREAK_SPACES = ("\u00a0", "\u2007", "\u202f", "\u2002", "\u2003", "\u2009", "\u3000")
INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060]")
"""Signs without a width: at home in some texts, never in a key or a file's name."""
_CLASS = "".join(NO_BREAK_SPACES)
_INDENT = re.compile(rf"[ \t{_CLASS}]*")


def excerpt(text: str) -> str:
    """Return a text on one line, shortened in its middle when it is long; never empty."""
    line = " ".join(text.split()) or "…"
    if len(line) <= MAX_EXCERPT_CHARACTERS:
        return line
    half = MAX_EXCERPT_CHARACTERS // 2 - 1
    return f"{line[:half]}…{line[-half:]}"


def quote_if_needed(text: str) -> str:
    """Return a text as a value in a file, in quotes where YAML would mistake its signs."""
    is_plain = (
        _PLAIN.fullmatch(text) and not text.startswith("{") and text.strip() == text
    )
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def quote_text(text: str) -> str:
    """Return a text as YAML reads it back whatever its signs, as people would quote it."""
    if '"' in text and "'" not in text and text.isprintable():
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False)


def indent_of(line: str) -> str:
    """Return what a line begins with before its first visible sign."""
    match = _INDENT.match(line)
    return match[0] if match else ""


def find_tab(line: str) -> int | None:
    """Return the index of the first tab of the indentation, or None."""
    return _index(indent_of(line), "\t")


def find_no_break_spaces(line: str) -> tuple[int, int] | None:
    """Return the (start, end) of the no-break spaces of the indentation, or None."""
    indent = indent_of(line)
    places = [i for i, sign in enumerate(indent) if sign in NO_BREAK_SPACES]
    return (places[0], places[-1] + 1) if places else None


def replace_tabs(line: str, tab_width: int = 2) -> str:
    """Return the line indented by ordinary spaces only."""
    indent = indent_of(line)
    plain = "".join(" " * tab_width if sign == "\t" else " " for sign in indent)
    return plain + line[len(indent) :]


def replace_no_break_spaces(line: str) -> str:
    """Return the line with ordinary spaces for no-break ones; its tabs are another mistake."""
    indent = indent_of(line)
    return re.sub(f"[{_CLASS}]", " ", indent) + line[len(indent) :]


def _index(text: str, sign: str) -> int | None:
    place = text.find(sign)
    return None if place < 0 else place
