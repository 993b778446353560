"""Licences as SPDX identifiers: known ones, suggestions, and those in glTF headers."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from tours.suggestions import fold_accents

if TYPE_CHECKING:
    from pathlib import Path


LICENSES = (
    "CC-BY-SA-4.0", "CC-BY-4.0", "CC0-1.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0",
    "CC-BY-ND-4.0", "CC-BY-NC-ND-4.0", "CC-BY-1.0", "CC-BY-2.0", "CC-BY-2.5", "CC-BY-3.0",
    "CC-BY-SA-1.0", "CC-BY-SA-2.0", "CC-BY-SA-2.5", "CC-BY-SA-3.0", "CC-BY-NC-2.0",
    "CC-BY-NC-3.0", "CC-BY-NC-SA-2.0", "CC-BY-NC-SA-3.0", "CC-BY-ND-3.0",
    "CC-BY-NC-ND-3.0", "CC-PDDC", "etalab-2.0", "ODbL-1.0", "ODC-By-1.0", "PDDL-1.0",
    "OGL-UK-3.0", "LAL-1.3", "LAL-1.2", "GFDL-1.3-or-later", "OFL-1.1", "MIT", "ISC",
    "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MPL-2.0", "GPL-2.0-or-later",
    "GPL-3.0-only", "GPL-3.0-or-later", "LGPL-3.0-or-later", "AGPL-3.0-or-later",
    "CECILL-2.1", "EUPL-1.2", "Unlicense", "0BSD",
)  # fmt: skip
"""Those we know by heart, the most likely first; others are legal, hence only warned of."""
_OWN = re.compile(r"LicenseRef-[A-Za-z0-9.-]{1,80}")


_SHARE_ALIKE = re.compile(r"CC-BY(-NC)?-SA|GFDL|A?GPL|LAL")
MAX_HEADER_BYTES = 2_000_000
"""A GLB's JSON is rarely a tenth of it; a larger one is left to the build."""
_MAGIC = b"glTF"
_START_BYTES = 20
"""Of a GLB: its own header, then the length and the kind of the first chunk (2.0, section 4.4)."""
_CC = re.compile(
    r"\bCC[- ]?(?:(0|zero)|(BY(?:[- ](?:NC|SA|ND))*))(?:[- ]?(?:v\.? ?)?([1-4]\.[05]))?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"creativecommons\.org/(?:licenses/([a-z-]+)/([1-4]\.[05])|publicdomain/(zero)/1\.0)",
    re.IGNORECASE,
)


def requires_attribution(expression: str) -> bool:
    """Return whether a licence must be published with the author's name."""
    return any(
        part.startswith(("CC-BY", "ODC-By", "etalab", "OGL", "LAL"))
        for part in _parts(expression)
    )


def find_incompatible_licenses(expression: str) -> tuple[str, str] | None:
    """Return two share-alike licences that can't hold together, or None.

    Of one family only the latest versions go together, hence families are compared.
    """
    found: dict[str, str] = {}
    for part in re.split(r"\s+AND\s+", expression):
        match = _SHARE_ALIKE.match(part.strip("() "))
        if match and " OR " not in part:
            found.setdefault(match[0], part.strip("() "))
    first, second, *_ = (*found.values(), "", "")
    return (first, second) if second else None


_WITHOUT_RIGHTS = frozenset(
    ("domaine public", "public domain", "libre de droits", "cc0")
)


def suggest_license(typed: str) -> str | None:
    """Return the licence that differs from what was typed by spaces and capitals alone."""
    wanted = re.sub(r"[^a-z0-9.]", "", typed.lower())
    if fold_accents(typed).strip() in _WITHOUT_RIGHTS:
        return "CC0-1.0"
    for known in LICENSES:
        if re.sub(r"[^a-z0-9.]", "", known.lower()) == wanted:
            return known
    return None


def is_known_license(expression: str) -> bool:
    """Return whether every licence of an SPDX expression is known or the museum's own."""
    parts = _parts(expression)
    return all(part in LICENSES or _OWN.fullmatch(part) for part in parts)


def _parts(expression: str) -> list[str]:
    return re.split(r"\s+(?:AND|OR)\s+", expression.strip().strip("()"))


def read_gltf_license(path: Path) -> str | None:
    """Return the licence (SPDX) that a glTF file gives itself, or None.

    Model banks write it into ``asset.extras.license`` or ``asset.copyright``.
    """
    try:
        asset = json.loads(_json(path)).get("asset", {})
        said = (asset.get("extras") or {}).get("license") or asset.get("copyright")
    except (OSError, ValueError, AttributeError, RecursionError):
        return None  # damaged: the build says so, and where
    return parse_creative_commons(said) if isinstance(said, str) else None


def parse_creative_commons(said: str) -> str | None:
    """Return the Creative Commons licence that a sentence names, or None."""
    address = _ADDRESS.search(said)
    if address:
        if address[3]:
            return "CC0-1.0"
        return f"CC-{address[1].upper()}-{address[2]}"
    named = _CC.search(said)
    if named is None:
        return None
    if named[1]:
        return "CC0-1.0"
    return f"CC-{named[2].upper().replace(' ', '-')}-{named[3] or '4.0'}"


def _json(path: Path) -> bytes:
    """Return the JSON of a ``.glb`` or ``.gltf``; nothing of one that is too large."""
    with path.open("rb") as file:
        start = file.read(_START_BYTES)
        if start.startswith(_MAGIC):
            length = int.from_bytes(start[12:16], "little")
            return file.read(length) if length <= MAX_HEADER_BYTES else b"{}"
        if path.suffix.lower() != ".gltf":
            return b"{}"
        rest = file.read(MAX_HEADER_BYTES)
        return start + rest if len(rest) < MAX_HEADER_BYTES else b"{}"
