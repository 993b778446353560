"""What text files of no stated encoding say: names with accents, most of all."""

from __future__ import annotations


def text_of(content: bytes) -> str:
    """Return text that is UTF-8 or, where it can't be, what Windows wrote before."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
