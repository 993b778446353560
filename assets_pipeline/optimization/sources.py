"""Write a model that has no file to one that the readers know by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets_pipeline.readers.format_sniffing import START_BYTES, sniff_extension

if TYPE_CHECKING:
    from pathlib import Path


def write_source(content: bytes, folder: Path) -> Path:
    """Write a model's bytes to a folder, and return the path.

    Its extension is the one that fits the first bytes; without one, the reader refuses
    the file with its reason.
    """
    extension = sniff_extension(content[:START_BYTES], len(content)) or ""
    path = folder / f"model{extension}"
    path.write_bytes(content)
    return path
