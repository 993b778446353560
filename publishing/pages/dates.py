"""Dates in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def day_in_words(iso: str, words: Mapping[str, str]) -> str:
    """Return ``2026-11-01`` as a language writes it: ``1er novembre 2026``.

    Parameters
    ----------
    iso
        A day, ISO 8601.
    words
        The interface's, with ``months``, ``first_day`` and ``date``.
    """
    day = date.fromisoformat(iso)
    return words["date"].format(
        day=words["first_day"] if day.day == 1 else day.day,
        month=words["months"].split()[day.month - 1],
        year=day.year,
    )
