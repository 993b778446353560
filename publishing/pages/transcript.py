"""Parse WebVTT into paragraphs to read."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

_PAUSE_S = 1.0
"""A silence as long as this begins a new paragraph."""
_TIMING = re.compile(r"^\s*(?P<start>[\d:.]+)\s*-->\s*(?P<end>[\d:.]+)")
_SPEAKER = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"<[^>]*>")
_BLANK_LINES = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What one speaker says without a pause."""

    text: str
    speaker: str = ""
    """As the file names who speaks; empty where it does not."""


def transcript_paragraphs(webvtt: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a WebVTT text.

    What is no cue is skipped, and so is a cue whose times can't be read: a page never
    fails for a transcript.
    """
    found: list[Paragraph] = []
    ended_s = 0.0
    text = webvtt.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    for block in _BLANK_LINES.split(text):
        cue = _cue(block)
        if cue is None:
            continue
        start_s, end_s, said = cue
        last = found[-1] if found else None
        if last and start_s - ended_s < _PAUSE_S and said.speaker in {"", last.speaker}:
            found[-1] = Paragraph(f"{last.text} {said.text}", last.speaker)
        else:
            found.append(said)
        ended_s = end_s
    return tuple(found)


def _cue(block: str) -> tuple[float, float, Paragraph] | None:
    lines = block.strip("\n").split("\n")
    for i, line in enumerate(lines[:2]):  # a cue's name may stand above its times
        timing = _TIMING.match(line)
        if timing is None:
            continue
        written = " ".join(lines[i + 1 :])
        speaker = _SPEAKER.search(written)
        words = " ".join(html.unescape(_TAG.sub("", written)).split())
        start_s, end_s = _seconds(timing["start"]), _seconds(timing["end"])
        if not words or start_s is None or end_s is None:
            return None
        name = html.unescape(speaker[1]).strip() if speaker else ""
        return start_s, end_s, Paragraph(words, name)
    return None


def _seconds(written: str) -> float | None:
    try:
        parts = [float(part) for part in written.split(":")]
    except ValueError:
        return None
    total_s = 0.0
    for part in parts:
        total_s = total_s * 60 + part
    return total_s
