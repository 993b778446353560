"""Say in the file itself what it shows and whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assets_pipeline.gltf.writer import GENERATOR

if TYPE_CHECKING:
    from assets_pipeline.gltf.document import Document
    from assets_pipeline.gltf.materials import Payload


@dataclass(frozen=True, slots=True)
class MetadataOptions:
    """What to write into ``asset``; None keeps what the source says."""

    title: str | None = None
    author: str | None = None
    license: str | None = None
    """SPDX."""
    copyright: str | None = None


def metadata(document: Document, options: MetadataOptions) -> None:
    """Write who made what, under which licence, and name this program as the generator."""
    document.generator = GENERATOR
    document.copyright = options.copyright or document.copyright
    facts = {
        "title": options.title,
        "author": options.author,
        "license": options.license,
    }
    told: dict[str, Payload] = {n: v for n, v in facts.items() if v is not None}
    extras = document.extras if isinstance(document.extras, dict) else {}
    document.extras = {**extras, **told}
