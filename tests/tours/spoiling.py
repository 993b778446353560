"""Files spoilt by chance, the same for a same seed: as hands, editors and disks spoil them."""

from __future__ import annotations

import re
from random import Random
from typing import TYPE_CHECKING

from tests.tours.mistakes import CONTEXTS, FOLDER
from tours.autofix import fix_museum
from tours.checks import read_museum
from tours.diagnostics import render
from tours.formatting import format_source
from tours.source.encoding import decode_leniently
from tours.source.text import INVISIBLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

WORDS = (
    "{", "}", "[", "]", ": ", ":", "- ", "-", "\n", "\n  ", "\n      ", " #", "'", '"', "|", ">", "*x",
    "&x ", "!x ", "%", "@", "`", "?", "\t", "\u00a0", "\u200b", "\ufeff", "\u2028", "é", "’", "“", "fr:",
    "en", "stop", "title: ", "shows:", "model", "by: picture", "0", "1:200", "21 m", "°", "../", "\\",
    "{lang}", "---", "...", "<<: *x", "null", "~", "[[", "{}", "[]", "{{x}}", "\x00", "\x85", "𝄞", "٣",
    "1" * 300, "\\u12", "\r", "\r\n", "# yaml", "key: [a, b", "? a\n: b",
)  # fmt: skip
RAW = re.compile(
    r"Traceback|NoneType|<class|object at 0x|while (?:scanning|parsing)"
    r"|mapping values are|could not find expected|did not find expected|expected <|found character"
    r"|found undefined|block mapping|block sequence|flow (?:mapping|sequence)|\bscanner\b|\btoken\b"
    r"|\bdict\b|\byaml\.|codec can't|Error\b|\{\w+\}"
)
"""What a parser, or Python, says, and no curator should read."""
FILES = ("museum.yaml", "tours/visite.yaml", "sites/le-creusot.yaml")
MENDED_EVERY = 50


def spoilt_files(
    seed: int, count: int, bases: dict[str, bytes]
) -> Iterator[tuple[str, bytes]]:
    """Give (which file, what it holds) for files that one to five accidents have spoilt."""
    chance = Random(seed)  # noqa: S311 - repeatable, and no secret
    names = sorted(bases)
    for _ in range(count):
        name = chance.choice(names)
        content = bases[name]
        for _ in range(chance.randint(1, 5)):
            content = chance.choice(ACCIDENTS)(chance, content)
        yield name, content


def bases() -> dict[str, bytes]:
    """Return the files to spoil, by museum and path."""
    return {
        f"{context}/{file}": (FOLDER / context / file).read_bytes()
        for context in CONTEXTS
        for file in FILES
    }


def faults(folder: Path, file: str, content: bytes, *, mends: bool) -> list[str]:
    """Return what should never be: an exception, a parser's own words, a place outside.

    Parameters
    ----------
    folder
        Of a whole museum.
    file
        The one that is spoilt, from that folder.
    content
        What it would hold.
    mends
        Whether mending is tried too: it reads the museum several times.
    """
    path = folder / file
    wrong = []
    try:
        reading = read_museum(folder, {path: content})
        format_source(path, content)
        if mends:
            path.write_bytes(content)
            fix_museum(folder)
    except Exception as error:
        return [f"{type(error).__name__}: {error}"]
    lines = decode_leniently(content)
    # Messages name {lang}, and quote what a file says without its signs that nobody sees.
    text = "\n".join((*lines, "{lang}", *(INVISIBLE.sub("", line) for line in lines)))
    for finding in reading.diagnostics:
        place = finding.location
        is_beyond = place.path == path and place.line > max(1, len(lines))
        if is_beyond or place.column < 1:
            wrong.append(f"{finding.code} at {place}")
        for language in ("fr", "en"):
            words = finding.wording(language)
            said = render(finding, language)
            raw = [m[0] for m in RAW.finditer(said) if m[0] not in text]
            if raw or not all((words.what, words.why, words.remedy)):
                wrong.append(f"{raw}: {said}")
    return wrong


def _cut(chance: Random, content: bytes) -> bytes:
    start = chance.randrange(len(content) + 1)
    return content[:start] + content[start + chance.randint(1, 20) :]


def _word(chance: Random, content: bytes) -> bytes:
    start = chance.randrange(len(content) + 1)
    word = chance.choice(WORDS).encode()
    return content[:start] + word + content[start + chance.choice((0, 0, 1, 5)) :]


def _line(chance: Random, content: bytes) -> bytes:
    """Delete, double, move, shift or join a line."""
    lines = content.split(b"\n")
    i, j = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(6):
        case 0:
            del lines[i]
        case 1:
            lines.insert(j, lines[i])
        case 2:
            lines[i], lines[j] = lines[j], lines[i]
        case 3:
            lines[i] = b" " * chance.randint(1, 5) + lines[i]
        case 4:
            lines[i] = lines[i][chance.randint(1, 5) :]
        case _:
            lines[i : i + 2] = [b" ".join(lines[i : i + 2])]
    return b"\n".join(lines)


def _bytes(chance: Random, content: bytes) -> bytes:
    start = chance.randrange(len(content) + 1)
    return content[:start] + chance.randbytes(chance.randint(1, 3)) + content[start:]


def _short(chance: Random, content: bytes) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _saved(chance: Random, content: bytes) -> bytes:
    """Save in another way."""
    text = content.decode("utf-8", "replace")
    encoding = chance.choice(("cp1252", "utf-16", "utf-16-be", "utf-8-sig", "latin-1"))
    return text.encode(encoding, "replace")


ACCIDENTS: tuple[Callable[[Random, bytes], bytes], ...] = (
    *[_cut] * 3, *[_word] * 6, *[_line] * 6, _bytes, _short, _saved,
)  # fmt: skip
