"""Say in the file itself what it shows and whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assets_pipeline.writer import GENERATOR

if TYPE_CHECKING:
    from assets_pipeline.document import Document


@dataclass(frozen=True, slots=True)
class MetadataOptions:
    """What to write into ``asset``; None keeps what the source says."""

    title: str | None = None
    copyright: str | None = None


def metadata(document: Document, options: MetadataOptions) -> None:
    """Write title and copyright, and name this program as the generator."""
    document.generator = GENERATOR
    document.copyright = options.copyright or document.copyright
    if options.title is not None:
        extras = document.extras if isinstance(document.extras, dict) else {}
        document.extras = {**extras, "title": options.title}
