"""The one style sheet of the pages, with a museum's colours and the font baked in.

The content security policy forbids styles within pages, hence one file a museum.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import asdict
from importlib import resources

from publishing.client_files import CLIENT_ROOT
from publishing.pages.colours import Palette, palettes
from publishing.pages.fonts import font_faces, font_stack
from publishing.pages.page import Page

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AROUND = re.compile(r"\s*([{};,])\s*")
_SPACE = re.compile(r"\s+")
_HASH_DIGITS = 10


def stylesheet(color: str) -> Page:
    """Return the style sheet of a museum's colour, named by its content."""
    light, dark = palettes(color)
    text = (
        f"{font_faces()}"
        f":root{{color-scheme:light dark;--sans:{font_stack()};{_variables(light)}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{_variables(dark)}}}}}"
        + _compact(_source())
    )
    content = text.encode()
    digest = hashlib.sha256(content).hexdigest()[:_HASH_DIGITS]
    url = f"{CLIENT_ROOT}page-{digest}.css"
    return Page(url, content, "text/css; charset=utf-8", "immutable")


def _source() -> str:
    path = resources.files("publishing.pages") / "style.css"
    return path.read_text(encoding="utf-8")


def _variables(palette: Palette) -> str:
    pairs = ((name.replace("_", "-"), value) for name, value in asdict(palette).items())
    return "".join(f"--{name}:{value};" for name, value in pairs)


def _compact(css: str) -> str:
    """Return a style sheet of ours without comments and needless white space.

    Ours: no string in it holds a comment's signs or a brace.
    """
    bare = _SPACE.sub(" ", _COMMENT.sub("", css))
    return _AROUND.sub(r"\1", bare).replace(";}", "}").strip()
