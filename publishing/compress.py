"""The compressed forms of a file that a server may send instead of it."""

from __future__ import annotations

import gzip

import brotli  # type: ignore[import-untyped]  # ships no types

_TEXT_LIKE = frozenset(
    {
        "application/geo+json",
        "application/gpx+xml",
        "application/javascript",
        "application/json",
        "application/manifest+json",
        "application/wasm",
        "application/xml",
        "image/svg+xml",
        "model/gltf+json",
    }
)


def is_text_like(media_type: str) -> bool:
    """Return whether files of a type shrink well: text, and WebAssembly too."""
    bare = media_type.partition(";")[0].strip().lower()
    return bare.startswith("text/") or bare in _TEXT_LIKE


def compressed(content: bytes) -> tuple[tuple[str, bytes], ...]:
    """Return pairs of a content coding and the bytes it gives, smallest first.

    A coding that saves nothing is left out. The same content always gives the same
    bytes: gzip's header carries no date.
    """
    forms = (
        ("br", brotli.compress(content, quality=11)),
        ("gzip", gzip.compress(content, 9, mtime=0)),
    )
    smaller = (form for form in forms if len(form[1]) < len(content))
    return tuple(sorted(smaller, key=lambda form: len(form[1])))
