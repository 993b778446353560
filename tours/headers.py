"""What a model's file says of its own licence, read from its header alone."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MOST_HEADER_BYTES = 2_000_000
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


def license_of(path: Path) -> str | None:
    """Return the licence (SPDX) that a glTF file gives itself, or None.

    Model banks write it into ``asset.extras.license`` or ``asset.copyright``.
    """
    try:
        asset = json.loads(_json(path)).get("asset", {})
        said = (asset.get("extras") or {}).get("license") or asset.get("copyright")
    except (OSError, ValueError, AttributeError, RecursionError):
        return None  # damaged: the build says so, and where
    return spdx_of(said) if isinstance(said, str) else None


def spdx_of(said: str) -> str | None:
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
            return file.read(length) if length <= MOST_HEADER_BYTES else b"{}"
        if path.suffix.lower() != ".gltf":
            return b"{}"
        rest = file.read(MOST_HEADER_BYTES)
        return start + rest if len(rest) < MOST_HEADER_BYTES else b"{}"
