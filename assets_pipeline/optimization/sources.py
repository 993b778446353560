"""Write a model that has no file to one that the readers know by its name."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class ExportedModel:
    """A model of another library, as a GLB."""

    content: bytes
    warnings: tuple[str, ...] = ()
    """What it holds that the GLB does not."""
    metres_per_unit: float = 1.0
