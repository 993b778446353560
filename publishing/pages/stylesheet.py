"""The pages' style sheet and web fonts, with a museum's colours.

The content security policy forbids styles within pages, hence one file a museum.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from publishing.client_files import CLIENT_ROOT, ClientFilesError
from publishing.colors import Palette, palettes
from publishing.pages.page import Page

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AROUND = re.compile(r"\s*([{};,])\s*")
_SPACE = re.compile(r"\s+")
_HASH_DIGITS = 10
FONTS = Path(__file__).parents[1] / "fonts"
FAMILY = "Atkinson Hyperlegible Next"
ASCENT, DESCENT = 0.984, 0.316
"""Of the font, as shares of the text's size."""
LATIN = (
    "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,"
    "U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD"
)
LATIN_EXTENDED = (
    "U+0100-0130,U+0132-0151,U+0154-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,"
    "U+02DD-02FF,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+20A0-20AB,U+20AD-20C0,U+2113,"
    "U+2C60-2C7F,U+A720-A7FF"
)
"""Asked for only by pages that have a sign of it: Polish, Czech, Turkish."""
_WEB = (
    (400, "latin", LATIN),
    (700, "latin", LATIN),
    (400, "latin-ext", LATIN_EXTENDED),
    (700, "latin-ext", LATIN_EXTENDED),
)
_FONT_HASH_DIGITS = 10


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


@dataclass(frozen=True, slots=True)
class Fallback:
    """A system font scaled to the metrics of the web font."""

    name: str
    weight: int
    local: tuple[str, ...]
    width_ratio: float
    """Mean width of our letters over that of its own, in the demonstration's texts."""


FALLBACKS = (
    Fallback("ec-arial", 400, ("Arial", "Liberation Sans", "Helvetica Neue"), 0.99),
    Fallback("ec-arial", 700, ("Arial Bold", "Liberation Sans Bold"), 0.997),
    Fallback("ec-roboto", 400, ("Roboto", "Roboto Regular"), 0.997),
    Fallback("ec-roboto", 700, ("Roboto Bold",), 1.055),
)


@cache
def font_files() -> tuple[Page, ...]:
    """Return the web font's files, named by their content.

    Raises
    ------
    ClientFilesError
        If they have not been made: ``scripts/build-client`` makes them.
    """
    return tuple(_file(weight, part) for weight, part, _ in _WEB)


def font_faces() -> str:
    """Return the ``@font-face`` rules of the web font and its fallbacks."""
    web = (
        _face(
            family=f'"{FAMILY}"',
            weight=weight,
            src=f'url({page.url})format("woff2")',
            more=f"font-display:swap;unicode-range:{signs}",
        )
        for page, (weight, _, signs) in zip(font_files(), _WEB, strict=True)
    )
    return "".join((*web, *map(_fallback_face, FALLBACKS)))


def font_stack() -> str:
    """Return the ``font-family`` list, the web font first."""
    names = dict.fromkeys(fallback.name for fallback in FALLBACKS)
    return ",".join((f'"{FAMILY}"', *names, "system-ui", "sans-serif"))


def _file(weight: int, part: str) -> Page:
    path = FONTS / f"atkinson-hyperlegible-next-{part}-{weight}-normal.woff2"
    try:
        content = path.read_bytes()
    except OSError as error:
        message = f"the font {path.name} is missing: run scripts/build-client"
        raise ClientFilesError(message) from error
    digest = hashlib.sha256(content).hexdigest()[:_FONT_HASH_DIGITS]
    return Page(f"{CLIENT_ROOT}font-{digest}.woff2", content, "font/woff2", "immutable")


def _fallback_face(fallback: Fallback) -> str:
    ratio = fallback.width_ratio
    return _face(
        family=fallback.name,
        weight=fallback.weight,
        src=",".join(f'local("{name}")' for name in fallback.local),
        more=(
            f"size-adjust:{ratio:.1%};ascent-override:{ASCENT / ratio:.1%};"
            f"descent-override:{DESCENT / ratio:.1%};line-gap-override:0%"
        ),
    )


def _face(*, family: str, weight: int, src: str, more: str) -> str:
    return f"@font-face{{font-family:{family};font-weight:{weight};src:{src};{more}}}"
