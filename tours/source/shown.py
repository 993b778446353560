"""A curator's own words, made fit to stand inside a sentence of ours, or in a file."""

import json
import re

MOST_SIGNS = 60
_PLAIN = re.compile(r"[\w./{(][^#:\n]*")


def shown(text: str) -> str:
    """Return a text on one line, shortened in its middle when it is long."""
    line = " ".join(text.split())
    if len(line) <= MOST_SIGNS:
        return line
    half = MOST_SIGNS // 2 - 1
    return f"{line[:half]}…{line[-half:]}"


def written(text: str) -> str:
    """Return a text as a value in a file, in quotes where YAML would mistake its signs."""
    is_plain = (
        _PLAIN.fullmatch(text) and not text.startswith("{") and text.strip() == text
    )
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def as_quoted(text: str) -> str:
    """Return a text as YAML reads it back whatever its signs, as people would quote it."""
    if '"' in text and "'" not in text and text.isprintable():
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False)
