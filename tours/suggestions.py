"""Did-you-mean suggestions, accent folding and slugs."""

from __future__ import annotations

import difflib
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_CHARACTERS = 80
"""Longer than any name; comparing takes the square of it."""


def suggest_name(typed: str, known: Iterable[str], at_least: float = 0.6) -> str | None:
    """Return the nearest of the known names, accents and case aside, or None.

    Parameters
    ----------
    typed
        What was written.
    known
        Names to choose from.
    at_least
        The likeness asked for: 1 is the same, 0 takes the nearest whatever it is.
    """
    plain = {fold_accents(name)[:MAX_CHARACTERS]: name for name in known}
    found = difflib.get_close_matches(
        fold_accents(typed)[:MAX_CHARACTERS], plain, n=1, cutoff=at_least
    )
    return plain[found[0]] if found else None


def fold_accents(text: str) -> str:
    """Return a text in lower case, without accents."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def slugify(text: str, fallback: str) -> str:
    """Return a short name for addresses made from a text: ``Le Pilon`` -> ``le-pilon``."""
    signs = (
        sign if sign.isascii() and sign.isalnum() else "-"
        for sign in fold_accents(text)
    )
    name = "-".join(part for part in "".join(signs).split("-") if part)
    return name[:60].strip("-") or fallback
