"""Derive readable palettes from a museum's colour (WCAG contrast, OKLab lightness).

Contrast is WCAG 2.2's ratio of relative luminances. Shades keep the hue and change
lightness in OKLab (B. Ottosson, 2020), where equal steps look equal.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

Rgb = tuple[float, float, float]
"""Red, green, blue in sRGB, each from 0 to 1."""

TEXT_CONTRAST = 4.5
"""Least contrast for text, WCAG 2.2, 1.4.3 (AA)."""
_MARGIN = 0.02
"""Asked beyond the least, so that rounding to ``#rrggbb`` never falls under it."""
_BISECTIONS = 30


def from_hex(color: str) -> Rgb:
    """Return the colour that ``#rrggbb`` names."""
    value = int(color.removeprefix("#"), 16)
    return (value >> 16) / 255, (value >> 8 & 255) / 255, (value & 255) / 255


def to_hex(color: Rgb) -> str:
    """Return ``#rrggbb``, each channel rounded and kept within its range."""
    return "#" + "".join(f"{round(min(max(c, 0.0), 1.0) * 255):02x}" for c in color)


def luminance(color: Rgb) -> float:
    """Return the relative luminance, from 0 (black) to 1 (white)."""
    red, green, blue = (_linear(c) for c in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two ``#rrggbb`` colours, from 1 to 21."""
    darker, lighter = sorted((luminance(from_hex(first)), luminance(from_hex(second))))
    return (lighter + 0.05) / (darker + 0.05)


def readable_on(
    color: str, backgrounds: tuple[str, ...], least: float = TEXT_CONTRAST
) -> str:
    """Return the shade nearest to a colour that can be read on all the backgrounds.

    Parameters
    ----------
    color
        ``#rrggbb``; comes back untouched when it already contrasts enough.
    backgrounds
        ``#rrggbb`` each; all of them light, or all of them dark.
    least
        The contrast ratio to reach; must be within reach of black or of white.
    """
    if _worst(color, backgrounds) >= least:
        return color.lower()
    goal = least + _MARGIN
    lightness, a, b = _oklab(from_hex(color))
    end = (
        1.0 if _worst("#ffffff", backgrounds) > _worst("#000000", backgrounds) else 0.0
    )
    enough, short = end, lightness
    for _ in range(_BISECTIONS):
        middle = (enough + short) / 2
        if _worst(_shade(middle, a, b), backgrounds) >= goal:
            enough = middle
        else:
            short = middle
    return _shade(enough, a, b)


def text_on(color: str) -> str:
    """Return black or white, whichever reads better on a colour (always 4.5 or more)."""
    return max("#ffffff", "#000000", key=lambda ink: contrast(ink, color))


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a page under one colour scheme, all ``#rrggbb``."""

    paper: str
    panel: str
    """Behind notes and cards; near `paper`."""
    ink: str
    faint: str
    """Text of second rank; readable on `paper` and `panel`."""
    rule: str
    """Lines that part things; never carries meaning alone."""
    accent: str
    """The museum's colour, readable as text on `paper` and `panel`."""
    on_accent: str
    """Text on a button filled with `accent`."""


_LIGHT = {
    "paper": "#fcfbf8",
    "panel": "#f2efe9",
    "ink": "#1c1a17",
    "faint": "#514b44",
    "rule": "#d8d2c8",
}
_DARK = {
    "paper": "#151311",
    "panel": "#211e1b",
    "ink": "#f0ece5",
    "faint": "#bdb5aa",
    "rule": "#3d3833",
}


def palettes(color: str) -> tuple[Palette, Palette]:
    """Return the light and the dark palette of a museum's colour."""
    return _palette(color, _LIGHT), _palette(color, _DARK)


def _palette(color: str, neutrals: dict[str, str]) -> Palette:
    accent = readable_on(color, (neutrals["paper"], neutrals["panel"]))
    return Palette(**neutrals, accent=accent, on_accent=text_on(accent))


def _worst(color: str, backgrounds: tuple[str, ...]) -> float:
    return min(contrast(color, background) for background in backgrounds)


def _linear(channel: float) -> float:
    if channel <= 0.04045:  # noqa: PLR2004 - sRGB's own figure, IEC 61966-2-1
        return channel / 12.92
    return math.pow((channel + 0.055) / 1.055, 2.4)


def _encoded(channel: float) -> float:
    if channel <= 0.0031308:  # noqa: PLR2004 - sRGB's own figure, IEC 61966-2-1
        return channel * 12.92
    return 1.055 * math.pow(channel, 1 / 2.4) - 0.055


def _oklab(color: Rgb) -> tuple[float, float, float]:
    red, green, blue = (_linear(c) for c in color)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _shade(lightness: float, a: float, b: float) -> str:
    """Return the colour of an OKLab point, with less chroma where sRGB has no more."""
    vivid, grey = 1.0, 0.0
    if _is_displayable(_from_oklab(lightness, a, b)):
        return to_hex(_from_oklab(lightness, a, b))
    for _ in range(_BISECTIONS):
        middle = (vivid + grey) / 2
        if _is_displayable(_from_oklab(lightness, a * middle, b * middle)):
            grey = middle
        else:
            vivid = middle
    return to_hex(_from_oklab(lightness, a * grey, b * grey))


def _is_displayable(color: Rgb) -> bool:
    tolerance = 0.5 / 255
    return all(-tolerance <= c <= 1 + tolerance for c in color)


def _from_oklab(lightness: float, a: float, b: float) -> Rgb:
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _encoded(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _encoded(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _encoded(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )
