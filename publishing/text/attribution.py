"""Licence names and deeds by SPDX identifier; addresses of sources."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CREATIVE_COMMONS = re.compile(
    r"CC-(BY(?:-NC)?(?:-ND|-SA)?)-(\d\.\d)(?:-([A-Z]{2,3}))?", re.IGNORECASE
)
_LISTED = re.compile(r"[A-Za-z0-9.+-]+")
_SOURCE = re.compile(
    r"(?P<shown>(?:https://)?(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/\S*)?)(?P<note>\s.*)?",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class NamedLicense:
    """Name and deed of a licence."""

    name: str
    deed_url: str | None
    """None for an expression (``A OR B``) and for a museum's own licence."""


def named_license(spdx: str) -> NamedLicense:
    """Return the name and the deed of an SPDX licence expression."""
    if match := _CREATIVE_COMMONS.fullmatch(spdx):
        terms, version, port = (part or "" for part in match.groups())
        path = "/".join(filter(None, (terms.lower(), version, port.lower())))
        name = " ".join(filter(None, ("CC", terms.upper(), version, port.upper())))
        return NamedLicense(name, f"https://creativecommons.org/licenses/{path}/")
    if spdx.upper() == "CC0-1.0":
        url = "https://creativecommons.org/publicdomain/zero/1.0/"
        return NamedLicense("CC0 1.0", url)
    if _LISTED.fullmatch(spdx) and not spdx.startswith("LicenseRef-"):
        return NamedLicense(spdx, f"https://spdx.org/licenses/{spdx}.html")
    return NamedLicense(spdx, None)


@dataclass(frozen=True, slots=True)
class Source:
    """A source: shown text, address and note."""

    shown: str
    url: str | None
    note: str


def parse_source(written: str) -> Source:
    """Return a source with the address it begins with, if any."""
    match = _SOURCE.fullmatch(written.strip())
    if match is None:
        return Source(written, None, "")
    shown = match["shown"]
    url = shown if shown.lower().startswith("https://") else f"https://{shown}"
    return Source(shown.removeprefix("https://"), url, (match["note"] or "").strip())
