"""Parse, check and write WebVTT captions.

What is served is written anew from what was read: cues alone, in UTF-8, without the
comments and styles that their author's program left.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from assets_pipeline.errors import media_causes
from assets_pipeline.errors.exceptions import LimitExceededError, UnsupportedFormatError
from assets_pipeline.findings import media
from assets_pipeline.tasks.result import Note, TaskResult
from tours.bundle import Recording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assets_pipeline.resolver import Resolver
    from assets_pipeline.tasks.store import Store
    from assets_pipeline.tasks.task import Task

MOST_BYTES: Final = 1 << 20
FASTEST_CPS: Final = 25.0
"""Characters a second: subtitlers aim at 15 to 17, and count 25 as unreadable."""

_STAMP: Final = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMES: Final = re.compile(rf"{_STAMP}[ \t]+-->[ \t]+{_STAMP}(?:[ \t]+(.*))?")
_SETTING: Final = re.compile(r"(vertical|line|position|size|align):[\w.,%-]+")
_TAG: Final = re.compile(r"<[^<>]*>")
_SPEAKER: Final = re.compile(r"<v(?:\.[^\s<>&]*)?\s+([^<>]+)>")
_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Cue:
    """Text shown from one time to another."""

    start_s: float
    end_s: float
    text: str
    """As written, with WebVTT's own tags (``<i>``, ``<v Name>``)."""
    line: int = 0
    """Of its times, from 1; 0 when it comes from no file."""
    settings: tuple[str, ...] = ()
    """Where it stands: ``line:0``, ``align:start``."""

    @property
    def plain(self) -> str:
        """The text without tags, on one line."""
        return " ".join(html.unescape(_TAG.sub("", self.text)).split())

    @property
    def speaker(self) -> str | None:
        """The speaker's name, where the file has it."""
        found = _SPEAKER.search(self.text)
        return html.unescape(found[1]).strip() if found else None


@dataclass(frozen=True, slots=True)
class Captions:
    """Cues of a WebVTT file, and the problems found in it."""

    cues: tuple[Cue, ...]
    problems: tuple[Note, ...]
    """Without the file's name, which the reader does not know."""

    @property
    def end_s(self) -> float:
        """End of the last cue; 0 without cues."""
        return max((cue.end_s for cue in self.cues), default=0.0)


def make_captions(task: Task, resolver: Resolver, store: Store) -> TaskResult:
    """Return a captions file, rewritten clean, kept in the store.

    Raises
    ------
    AssetError
        A subclass that names the cause.
    """
    captions = parse_webvtt(resolver.read(PurePosixPath(task.path)), task.path)
    content = write_webvtt(captions.cues).encode()
    file = store.put(content, ".vtt", "text/vtt")
    return TaskResult(
        Recording(file, captions.end_s), caption_notes(captions, task.path)
    )


def caption_notes(captions: Captions, path: str) -> tuple[Note, ...]:
    """Return the notes on a captions file, with its name."""
    return tuple(
        Note(note.code, {"file": path, **note.values}, note.line)
        for note in captions.problems
    )


def parse_webvtt(content: bytes, place: str) -> Captions:
    """Return the cues and problems of a WebVTT file.

    Parameters
    ----------
    content
        The file's bytes.
    place
        What to call it in errors.

    Raises
    ------
    UnsupportedFormatError
        If it is not UTF-8, or does not begin with ``WEBVTT``.
    LimitExceededError
        If it is larger than a megabyte.
    """
    if len(content) > MOST_BYTES:
        raise LimitExceededError.from_cause(
            media_causes.CAPTIONS_TOO_LARGE, place, mebibytes=MOST_BYTES >> 20
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnsupportedFormatError.from_cause(media_causes.NOT_UTF8, place) from error
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    if re.match(r"WEBVTT(?=[ \t\n]|$)", lines) is None:
        raise UnsupportedFormatError.from_cause(media_causes.NOT_WEBVTT, place)
    cues, problems = _cues(lines.split("\n"))
    return Captions(cues, (*problems, *_judged(cues)))


def write_webvtt(cues: Iterable[Cue]) -> str:
    """Return a WebVTT file of cues."""
    blocks = ["WEBVTT"]
    for cue in cues:
        times = f"{_stamp(cue.start_s)} --> {_stamp(cue.end_s)}"
        blocks.append(f"{' '.join((times, *cue.settings))}\n{cue.text}")
    return "\n\n".join(blocks) + "\n"


def extract_text(content: bytes) -> tuple[str, ...]:
    """Return the text of a clean file, a line a cue, with changes of speaker.

    Parameters
    ----------
    content
        As `write_webvtt` gives it.
    """
    lines, last = [], None
    for cue in parse_webvtt(content, "transcript").cues:
        told = cue.speaker
        changed = told is not None and told != last
        lines.append(f"{told}: {cue.plain}" if changed else cue.plain)
        last = told or last
    return tuple(line for line in lines if line)


def _cues(lines: list[str]) -> tuple[tuple[Cue, ...], list[Note]]:
    """Return every cue that can be read, and a problem for each that can't."""
    cues: list[Cue] = []
    problems: list[Note] = []
    for number, block in _blocks(lines):
        at = next((i for i, line in enumerate(block[:2]) if "-->" in line), None)
        if at is None:
            problems += _stray(number, block)
            continue
        found = _TIMES.fullmatch(block[at].strip())
        if found is None:
            values = {"line": str(number + at), "shown": _short(block[at])}
            code = media.CUE_UNREADABLE.code
            problems.append(Note(code, values, number + at))
            continue
        start_s, end_s = _seconds(found.groups()[:4]), _seconds(found.groups()[4:8])
        settings = tuple(s[0] for s in _SETTING.finditer(found[9] or ""))
        text = "\n".join(line.strip() for line in block[at + 1 :])
        cues.append(Cue(start_s, end_s, text, number + at, settings))
    return tuple(cues), problems


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Give the groups of lines after the header, with the number of their first."""
    block: list[str] = []
    is_header = True
    for number, line in enumerate([*lines, ""], 1):
        # Times begin a new cue even where the empty line was forgotten (WebVTT, 4.2).
        starts = "-->" in line and any("-->" in earlier for earlier in block)
        if not line.strip() or starts:
            if block and not is_header:
                yield number - len(block), block
            block, is_header = ([line] if starts else []), False
        else:
            block.append(line)


def _stray(number: int, block: list[str]) -> list[Note]:
    """Return a problem for a block without times, unless it is one of WebVTT's own."""
    if re.match(r"(NOTE|STYLE|REGION)(?=[ \t]|$)", block[0]):
        return []
    values = {"line": str(number), "shown": _short(block[0])}
    return [Note(media.CUE_UNREADABLE.code, values, number)]


def _judged(cues: tuple[Cue, ...]) -> Iterator[Note]:
    """Give what keeps people from reading along."""
    if not cues:
        yield Note(media.CAPTIONS_EMPTY.code, {})
    before: Cue | None = None
    for cue in cues:
        values = {"line": str(cue.line), "shown": _short(cue.plain)}
        is_backwards = cue.end_s <= cue.start_s
        if is_backwards or (before is not None and cue.start_s < before.start_s):
            yield Note(media.CUE_BACKWARDS.code, values, cue.line)
        elif before is not None and cue.start_s < before.end_s:
            yield Note(media.CUES_OVERLAP.code, values, cue.line)
        if not is_backwards:
            speed = len(cue.plain) / (cue.end_s - cue.start_s)
            if speed > FASTEST_CPS:
                told = {"speed": f"{speed:.0f}", "most": f"{FASTEST_CPS:.0f}"}
                code = media.CUE_TOO_FAST.code
                yield Note(code, {"line": str(cue.line), **told}, cue.line)
        before = cue


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return (((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths) / 1000


def _stamp(time_s: float) -> str:
    thousandths = round(time_s * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
