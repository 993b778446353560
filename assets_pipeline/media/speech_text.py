"""Split Markdown text into plain sentences for a synthetic voice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tours.model import Stop, Tour

VOICES: Final = {
    "de": "de",
    "en": "en-gb",
    "en-US": "en-us",
    "es": "es",
    "fr": "fr-fr",
    "it": "it",
    "nl": "nl",
    "pt": "pt",
    "pt-BR": "pt-br",
}
"""espeak-ng's voices that can be listened to, by language (BCP 47)."""

MOST_SHOWN: Final = 84
"""Characters on screen at once: two lines of a phone."""
_END: Final = re.compile(r"[.!?…]+[»”’\")\s]*\s+")
_ABBREVIATIONS: Final = frozenset(
    [
        "av",
        "bd",
        "ca",
        "cf",
        "dr",
        "etc",
        "fig",
        "ing",
        "mm",
        "mr",
        "mrs",
        "ms",
        "no",
        "nr",
        "p",
        "pp",
        "sr",
        "sra",
        "st",
        "sta",
        "ste",
        "str",
        "vgl",
    ]
)
"""Before whose stop no sentence ends; single letters (`M.`, `J.`) besides."""


def find_voice(language: str) -> str | None:
    """Return espeak-ng's voice of a language, None without one."""
    exact = VOICES.get(language)
    return exact or VOICES.get(language.split("-", maxsplit=1)[0])


def split_paragraphs(markdown: str) -> tuple[tuple[str, ...], ...]:
    """Return a text's paragraphs as lists of sentences, without Markdown."""
    plain = (" ".join(text.split()) for text in _plain(markdown))
    found = (tuple(_sentences(text)) for text in plain)
    return tuple(sentences for sentences in found if sentences)


def split_caption(sentence: str) -> tuple[str, ...]:
    """Return a sentence in pieces that fit on screen, split at punctuation if possible."""
    pieces = []
    rest = sentence
    while len(rest) > MOST_SHOWN:
        # Pieces of about one length read better than a full one and a scrap.
        count = -(-len(rest) // MOST_SHOWN)
        at = _parting(rest, min(MOST_SHOWN, len(rest) // count + 12))
        pieces.append(rest[:at].strip())
        rest = rest[at:].strip()
    return (*pieces, rest) if rest else tuple(pieces)


def _plain(markdown: str) -> Iterator[str]:
    """Give the words of each block: headings, paragraphs, items of lists."""
    from markdown_it import MarkdownIt  # noqa: PLC0415  # 60 ms, only where one speaks

    for token in MarkdownIt("commonmark", {"html": False}).parse(markdown):
        if token.type == "inline":
            yield "".join(
                " " if child.type in ("softbreak", "hardbreak") else child.content
                for child in token.children or ()
                if child.type != "image"
            )


def _sentences(text: str) -> Iterator[str]:
    begun = 0
    for end in _END.finditer(text):
        if _ends_sentence(text[begun : end.start()], text[end.end() :]):
            yield text[begun : end.end()].strip()
            begun = end.end()
    last = text[begun:].strip()
    if any(sign.isalnum() for sign in last):
        yield last


def _ends_sentence(before: str, after: str) -> bool:
    """Whether a stop between these ends a sentence: not so after `M.` or before `m`."""
    last_word = re.search(r"[^\W\d_]*$", before)
    short = last_word[0].lower() if last_word else ""
    is_short = len(short) == 1 or short in _ABBREVIATIONS
    first = re.search(r"\w", after)
    return not is_short and first is not None and not first[0].islower()


def _parting(text: str, most: int) -> int:
    """Return where to part a text, at most so far: after a sign, else between words."""
    for pattern in (r"[,;:.!?…)»]\s", r"\s"):
        places = [found.end() for found in re.finditer(pattern, text[: most + 1])]
        fitting = [place for place in places if place > most // 3]
        if fitting:
            return fitting[-1]
    return most


def languages_to_speak(tour: Tour, stop: Stop) -> tuple[str, ...]:
    """Return the languages in which a stop gets a draft voice.

    Those that it has a text in, and no recording; none unless the museum agreed.
    """
    if not stop.has_synthetic_voice or stop.withdrawn is not None:
        return ()
    return tuple(
        language
        for language in tour.languages
        if stop.text.get(language) is not None
        and (stop.audio is None or stop.audio.get(language) is None)
    )
