"""Sources as curators write them: an address to follow, where there is one."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SOURCE = re.compile(
    r"(?P<shown>(?:https://)?(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/\S*)?)(?P<note>\s.*)?",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Source:
    """A source: what is shown, where it leads, and what the curator adds."""

    shown: str
    url: str | None
    note: str


def source(written: str) -> Source:
    """Return a source with its address, when it begins with one we may link to."""
    match = _SOURCE.fullmatch(written.strip())
    if match is None:
        return Source(written, None, "")
    shown = match["shown"]
    url = shown if shown.lower().startswith("https://") else f"https://{shown}"
    return Source(shown.removeprefix("https://"), url, (match["note"] or "").strip())
