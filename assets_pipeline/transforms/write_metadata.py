"""Write title, author, licence and generator into the document's ``asset``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assets_pipeline.gltf.writer import GENERATOR

if TYPE_CHECKING:
    from assets_pipeline.gltf.document import Document
    from assets_pipeline.gltf.materials import Payload


@dataclass(frozen=True, slots=True)
class WriteMetadataOptions:
    """Fields of ``asset``; None keeps what the source says.

    An author and a copyright are written after the source's own: who made a model is
    not forgotten for who shows it.
    """

    title: str | None = None
    author: str | None = None
    license: str | None = None
    """SPDX."""
    copyright: str | None = None


def write_metadata(document: Document, options: WriteMetadataOptions) -> None:
    """Write credits, licence and generator into ``asset``."""
    document.generator = GENERATOR
    document.copyright = _join_credits(document.copyright, options.copyright)
    extras = document.extras if isinstance(document.extras, dict) else {}
    facts = {
        "title": options.title,
        "author": _join_credits(extras.get("author"), options.author),
        "license": options.license,
    }
    told: dict[str, Payload] = {n: v for n, v in facts.items() if v is not None}
    document.extras = {**extras, **told}


def _join_credits(source: Payload, ours: str | None) -> str | None:
    """Return what the source says and what we say; once where one says it all."""
    theirs = source.strip() if isinstance(source, str) else ""
    if ours is None or ours in theirs:
        return theirs or ours
    return ours if theirs in ours else f"{theirs}; {ours}"
