"""Decode a file's bytes to lines, and report wrong encodings and control characters."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from tours.catalogue import encoding as encoding_rules
from tours.diagnostics import Edit, Location
from tours.file_formats import detect_document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tours.diagnostics import Diagnostic

Lines = tuple[str, ...]
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_LAST_TAB = re.compile(r"[ \t]*\t[ \t]*$")
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""What YAML forbids, and signs it takes for line breaks where editors do not."""
_MOST_TIMES_MISREAD = 3
_SPACES = {"\x0b": " ", "\x0c": " ", "\x85": " ", "\u2028": " ", "\u2029": " "}
"""Control signs that part words."""
_MOJIBAKE = re.compile(
    "\ufffd|Ã[\u0080-\u00bf\u0152-\u0192\u2013-\u203a]|Â[\u00a0-\u00bf]|â€[™œ“”\u0153¦]"
)
"""UTF-8 read as Windows-1252 and saved again: é became Ã©, ’ became â€™."""


def decode(path: Path, content: bytes) -> tuple[Lines | None, tuple[Diagnostic, ...]]:
    """Return the lines of a file and what is wrong with its signs.

    Returns
    -------
    The lines, without their breaks (Windows-1252 is read as such once reported); None
    when the file is not text that can be worked on.
    """
    if _looks_utf16(content):
        return None, (encoding_rules.UTF16.at(Location(path)),)
    other = detect_document(content)
    if other is not None:
        finding = encoding_rules.OTHER_KIND.at(
            Location(path), kind_fr=other.fr, kind_en=other.en
        )
        return None, (finding,)
    findings: list[Diagnostic] = []
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        findings.append(encoding_rules.NOT_UTF8.at(_place(path, content, error.start)))
        text = _as_windows_1252(content)
    # A tab that ends a line is seen by nobody, and says nothing.
    lines = tuple(_LAST_TAB.sub("", line) for line in split_lines(text))
    strange = _control_signs(path, lines)
    if strange:
        return None, (*findings, *strange)
    return lines, (*findings, *_mojibake(path, lines))


def repair_encoding(content: bytes) -> bytes:
    """Return a file as UTF-8, its accents fixed, without signs that nobody sees.

    Line breaks and a byte order mark stay; what can't be fixed for sure stays too.
    """
    if _looks_utf16(content):
        is_big = content[:2] == codecs.BOM_UTF16_BE or not content[:1].strip(b"\0")
        content = content.removeprefix(codecs.BOM_UTF16_LE)
        content = content.removeprefix(codecs.BOM_UTF16_BE)
        try:
            return content.decode("utf-16-be" if is_big else "utf-16-le").encode()
        except UnicodeError:
            return content
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    content = content.removeprefix(mark)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return mark + _as_windows_1252(content).encode()
    text = _CONTROL.sub(lambda found: _SPACES.get(found[0], ""), text)
    lines = re.split(r"(\r\n|\r|\n)", text)
    return mark + "".join(map(_without_mojibake, lines)).encode()


def _without_mojibake(line: str) -> str:
    """Return a line as it was before it was read as Windows-1252, if it was."""
    for _ in range(_MOST_TIMES_MISREAD):
        if _MOJIBAKE.search(line) is None:
            break
        try:
            line = b"".join(map(_windows_1252, line)).decode("utf-8")
        except UnicodeError:
            break
    return line


def _windows_1252(sign: str) -> bytes:
    """Return the byte of a sign; five have none there, and stand for themselves."""
    return sign.encode("latin-1") if "\x80" <= sign <= "\x9f" else sign.encode("cp1252")


def decode_leniently(content: bytes) -> Lines:
    """Return the lines of a file for show, whatever its bytes."""
    if _looks_utf16(content):
        return ()
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return split_lines(content.decode("utf-8"))
    except UnicodeDecodeError:
        return split_lines(_as_windows_1252(content))


def split_lines(text: str) -> Lines:
    """Return lines as editors count them: ``str.splitlines`` breaks at more signs."""
    return tuple(_LINE_BREAK.split(text))


def find_forbidden_character(text: str) -> re.Match[str] | None:
    """Return the first sign that no file for visitors can hold, or None."""
    return _CONTROL.search(text)


def _looks_utf16(content: bytes) -> bool:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    # Without a mark: every other byte of Western text is NUL.
    head = content[:400]
    most = max(head[::2].count(0), head[1::2].count(0))
    return most > max(1, len(head) // 4)


def _as_windows_1252(content: bytes) -> str:
    """Return text that is Windows-1252, or that holds some of it pasted into UTF-8."""
    valid = content.decode("utf-8", "ignore")
    accents = sum(sign > "\x7f" for sign in valid)
    lone_bytes = len(content) - len(valid.encode())
    if accents > lone_bytes:
        return content.decode("utf-8", _LONE_BYTES)
    return content.decode("cp1252", "replace")


def _read_alone(error: UnicodeError) -> tuple[str, int]:
    """Return a byte that is no UTF-8 as Windows-1252 has it, for `bytes.decode`."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    lone = error.object[error.start : error.start + 1]
    return lone.decode("cp1252", "replace"), error.start + 1


_LONE_BYTES = "ecomusee.windows-1252"
codecs.register_error(_LONE_BYTES, _read_alone)


def _place(path: Path, content: bytes, offset: int) -> Location:
    """Return the place of a byte; columns count the signs before it."""
    before = split_lines(_as_windows_1252(content[:offset]))
    return Location(path, len(before), len(before[-1]) + 1)


def _control_signs(path: Path, lines: Lines) -> list[Diagnostic]:
    """Report the first strange sign: a damaged file has thousands."""
    for number, line in enumerate(lines, 1):
        match = find_forbidden_character(line)
        if match:
            place = Location(path, number, match.start() + 1)
            return [
                encoding_rules.STRANGE_SIGN.at(place, sign=f"U+{ord(match[0]):04X}")
            ]
    return []


def _mojibake(path: Path, lines: Lines) -> list[Diagnostic]:
    """Report once a file: whoever saved it did it to every accent."""
    for number, line in enumerate(lines, 1):
        match = _MOJIBAKE.search(line)
        if match:
            place = Location(path, number, match.start() + 1, len(match[0]))
            found = encoding_rules.MOJIBAKE.at(place, seen=match[0])
            return [found.with_edits(*_unreadings(path, lines))]
    return []


def _unreadings(path: Path, lines: Lines) -> Iterator[Edit]:
    """Yield the lines whose accents can be recovered; of some a letter is lost."""
    for number, line in enumerate(lines, 1):
        if (fixed := _without_mojibake(line)) != line:
            yield Edit(Location(path, number, 1, len(line)), fixed)
