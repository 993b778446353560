"""Pictures that stand for a stop: poster to share, video poster, placeholder drawing.

Drawn from the stop alone, so that each has its own and keeps it from build to build.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tours.manifest import ImageVariant, StopView, Text

WIDTH, HEIGHT = 72, 36
_WORD = re.compile(r"[^\W_]+")
_ARTICLES = {
    "de": frozenset({"der", "die", "das", "ein", "eine"}),
    "en": frozenset({"the", "a", "an"}),
    "es": frozenset({"el", "la", "los", "las", "un", "una"}),
    "fr": frozenset({"le", "la", "les", "l", "un", "une", "des"}),
    "it": frozenset({"il", "lo", "la", "i", "gli", "le", "l", "un", "uno", "una"}),
    "nl": frozenset({"de", "het", "een"}),
    "pt": frozenset({"o", "a", "os", "as", "um", "uma"}),
}
"""Words that begin many titles and name nothing; where a language has none here, the
title's own first letter stands."""
_MARGIN = 8
_TEXT_LEFT = 34
"""Where what is beside the initial begins."""
_LINE_STEP = 5.0
_LINES = 5
_BAR_STEP = 3.75
_LOUDEST = 12.0
"""Half the height of the tallest bar of a voice."""
_VIDEO_POSTER_PX = 1000
"""Widest picture that stands for a film: a video's poster comes in one size only."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A drawing of 72 by 36 units, in the museum's colour."""

    kind: Literal["sound", "text"]
    initial: str
    strokes: str
    """Path of round strokes beside the initial: lines of text, or a voice."""


def placeholder(stop: StopView) -> Placeholder:
    """Return the placeholder drawing of a stop without a picture."""
    initial = _initial(stop.title) or str(stop.number)
    # Any spread of bytes would do; this one is the same on every machine.
    grain = hashlib.sha256(stop.id.encode()).digest()
    if stop.audio is None:
        return Placeholder("text", initial, _lines(grain))
    return Placeholder("sound", initial, _waveform(grain))


def _initial(title: Text) -> str:
    """Return the first letter or figure of a title, after its article."""
    words = _WORD.findall(title.text)
    articles = _ARTICLES.get(title.language.split("-")[0], frozenset())
    if len(words) > 1 and words[0].lower() in articles:
        words.pop(0)
    return words[0][0].upper() if words else ""


def _lines(grain: bytes) -> str:
    """Return a paragraph's lines, ragged, the last one short."""
    whole = WIDTH - _MARGIN - _TEXT_LEFT
    top = (HEIGHT - _LINE_STEP * (_LINES - 1)) / 2
    lengths = [whole * (0.78 + 0.22 * grain[i] / 255) for i in range(_LINES - 1)]
    lengths.append(whole * (0.3 + 0.25 * grain[_LINES] / 255))
    return "".join(
        f"M{_TEXT_LEFT} {top + i * _LINE_STEP:g}h{length:.1f}"
        for i, length in enumerate(lengths)
    )


def _waveform(grain: bytes) -> str:
    """Return the bars of somebody speaking: louder in the middle of what is said."""
    count = int((WIDTH - _MARGIN - _TEXT_LEFT) // _BAR_STEP) + 1
    bars = []
    for i in range(count):
        swell = 1 - abs(2 * i / (count - 1) - 1) ** 2
        half = _LOUDEST * (0.12 + 0.88 * swell * (0.35 + 0.65 * grain[i] / 255))
        left = _TEXT_LEFT + i * _BAR_STEP
        bars.append(f"M{left:g} {HEIGHT / 2 - half:.1f}v{2 * half:.1f}")
    return "".join(bars)


def share_image(variants: Sequence[ImageVariant]) -> str | None:
    """Return the address of the JPEG variant, or None."""
    return variants[-1].url if variants else None


def video_poster(variants: Sequence[ImageVariant]) -> str | None:
    """Return the address of a video's poster, sized for phones."""
    plain = [v for v in variants if v.type == variants[-1].type]
    small = [v for v in plain if v.width_px <= _VIDEO_POSTER_PX]
    chosen = max(small, key=lambda v: v.width_px, default=plain[0] if plain else None)
    return chosen.url if chosen else None
