"""Releases in little, for tests and for the programs that tests kill."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from publishing.release.draft import Draft, DraftFile, StoreFile
from tours.release import CodeTarget

if TYPE_CHECKING:
    from pathlib import Path

HTML = "text/html; charset=utf-8"
ADDRESS = "https://forge.example"


def draft(
    build_dir: Path,
    text: str = "one",
    codes: tuple[str, ...] = ("K7QM",),
    museum: str = "forge",
) -> Draft:
    """Return the draft of a small museum; its model is put into the store.

    Each code has its page and its stop's page; the stop's page shows a model and wears
    a style sheet, both made from `text`, hence new with each text.
    """
    model = stored(build_dir, f"model of {text}".encode() * 9)
    style = DraftFile(
        f"/client/page-{hashlib.sha256(text.encode()).hexdigest()[:8]}.css",
        "text/css",
        "immutable",
        f"p::before{{content:'{text}'}}".encode() * 9,
    )
    links = "".join(f'<a href="/fr/t/{code.lower()}/">{code}</a>' for code in codes)
    items = [
        model,
        style,
        page("/", '<a href="/fr/">fr</a>'),
        page("/fr/", links),
    ]
    for code in codes:
        url = f"/fr/t/{code.lower()}/"
        items.append(page(f"/{code}", f'<a href="{url}">{text}</a>'))
        body = f'<a href="{model.url}">{text}</a><a href="/{code}">{code}</a>'
        items.append(page(url, f'<link href="{style.url}">{body}'))
    targets = tuple(
        CodeTarget(code, "t", code.lower(), (("fr", f"/fr/t/{code.lower()}/"),))
        for code in codes
    )
    return Draft(museum, ADDRESS, ("fr",), tuple(items), targets)


def page(url: str, body: str) -> DraftFile:
    """Return a page long enough for compression to pay."""
    filler = "<p>La forge chauffe le fer.</p>" * 9
    content = f"<!doctype html><title>{url}</title>{body}{filler}".encode()
    return DraftFile(url, HTML, "revalidate", content)


def stored(build_dir: Path, content: bytes) -> DraftFile:
    """Return a media file, put into the store of a build folder."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = build_dir / "files" / f"{sha256}.glb"
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_bytes(content)
    kept = StoreFile(path, sha256, len(content))
    return DraftFile(f"/media/{sha256}.glb", "model/gltf-binary", "immutable", kept)
