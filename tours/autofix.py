"""Apply the fixes of a museum's findings that leave no doubt (`validate --fix`).

Nothing is written here: what comes out is what each file should hold. A fix is kept
only if reading then reports less, whatever else is still wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from tours.checks import read_museum
from tours.diagnostics import Diagnostic, Edit
from tours.source.encoding import repair_encoding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from tours.checks import MuseumReading

MAX_ROUNDS = 12
"""A fix may uncover the next mistake; a file needs three at most in practice."""
MAX_HIDDEN_MISTAKES = 4
"""Mistakes that a mistake may hide before their fixes leave fewer findings."""
MAX_FILE_BYTES = 1_000_000
_KEPT_BREAKS = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_ALONE_ON_ITS_LINE = re.compile(r" *[\w-]+ *:(?: [^#]*)?(?:#.*)?")
_LOST_COLOR = re.compile(r":\s+(#[0-9a-fA-F]{3,8})\b")


@dataclass(frozen=True, slots=True)
class FixedFile:
    """One file's content before and after its fixes."""

    path: Path
    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class AutofixResult:
    """The files to change, the findings fixed, and the reading of what is left."""

    files: tuple[FixedFile, ...]
    mended: tuple[Diagnostic, ...]
    left: MuseumReading


def fix_museum(folder: Path) -> AutofixResult:
    """Return the fixed content of a museum's files; nothing is written.

    Fixing a museum that was fixed changes nothing.
    """
    before: dict[Path, bytes] = {}
    unsaved: dict[Path, bytes] = {}
    first = reading = read_museum(folder)
    read = partial(read_museum, folder)
    for _ in range(MAX_ROUNDS):
        _keep_contents(reading.diagnostics, before)
        step = _step(reading, read, before, unsaved)
        if step is None:
            step = _steps(reading, read, before, unsaved)
        if step is None:
            break
        unsaved, reading = step
    files = (
        FixedFile(path, before[path], content)
        for path, content in sorted(unsaved.items())
        if content != before[path]
    )
    left = _counted(reading.diagnostics)
    fixed = []
    for finding in first.diagnostics:
        if left.get(finding.code, 0):
            left[finding.code] -= 1
        else:
            fixed.append(finding)
    return AutofixResult(tuple(files), tuple(fixed), reading)


def is_fixable(finding: Diagnostic) -> bool:
    """Return whether `fix_museum` may fix a finding."""
    return bool(finding.edits) or finding.code in _OF_SAVING or finding.code == "T020"


_OF_SAVING = frozenset({"T001", "T010", "T011"})


def _keep_contents(findings: Iterable[Diagnostic], before: dict[Path, bytes]) -> None:
    for path in {finding.location.path for finding in findings} - set(before):
        try:
            if path.is_file() and path.stat().st_size <= MAX_FILE_BYTES:
                before[path] = path.read_bytes()
        except OSError:
            continue


def _step(
    reading: MuseumReading,
    read: Callable[[dict[Path, bytes]], MuseumReading],
    before: dict[Path, bytes],
    unsaved: dict[Path, bytes],
) -> tuple[dict[Path, bytes], MuseumReading] | None:
    """Return the files and the reading after one more round; None: nothing is left."""
    now = {**before, **unsaved}
    findings = [f for f in reading.diagnostics if f.location.path in now]
    fixable = [finding for finding in findings if is_fixable(finding)]
    # All at once, as a rule; one after the other where that makes things worse.
    for chosen in (fixable, *([finding] for finding in fixable)):
        changed = {**unsaved, **_apply_fixes(chosen, now)}
        if changed == unsaved or not chosen:
            continue
        after = read(changed)
        if _weight(after) < _weight(reading):
            return changed, after
    return None


def _steps(
    reading: MuseumReading,
    read: Callable[[dict[Path, bytes]], MuseumReading],
    before: dict[Path, bytes],
    unsaved: dict[Path, bytes],
) -> tuple[dict[Path, bytes], MuseumReading] | None:
    """Return what fixes one upon the other leave, where none alone leaves fewer findings.

    A mistake may hide another on its line: what is pasted between curly quotes, behind a
    sign that nobody sees.
    """
    files, now = unsaved, reading
    for _ in range(MAX_HIDDEN_MISTAKES):
        _keep_contents(now.diagnostics, before)
        fixable = [f for f in now.diagnostics if is_fixable(f)]
        held = {**before, **files}
        changed = {
            **files,
            **_apply_fixes([f for f in fixable if f.location.path in held], held),
        }
        if changed == files:
            break
        files, now = changed, read(changed)
        if _weight(now) < _weight(reading):
            return files, now
    # What hid another mistake is fixed all the same where people must fix that one.
    is_worse = _weight(now)[0] > _weight(reading)[0]
    left = {finding.code for finding in now.diagnostics}
    is_fixed = left.isdisjoint(f.code for f in reading.diagnostics if is_fixable(f))
    return (files, now) if files != unsaved and is_fixed and not is_worse else None


def _weight(reading: MuseumReading) -> tuple[int, int]:
    """Return (errors, warnings): a fix that uncovers a warning is one all the same."""
    errors = sum(finding.is_error for finding in reading.diagnostics)
    return errors, len(reading.diagnostics) - errors


def _counted(findings: Iterable[Diagnostic]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.code] = counts.get(finding.code, 0) + 1
    return counts


def _apply_fixes(
    findings: list[Diagnostic], contents: dict[Path, bytes]
) -> dict[Path, bytes]:
    by_path: dict[Path, list[Diagnostic]] = {}
    for finding in findings:
        by_path.setdefault(finding.location.path, []).append(finding)
    changed = {}
    for path, own in by_path.items():
        if any(finding.code in _OF_SAVING and not finding.edits for finding in own):
            # Saved well first: places are found anew once its signs are right.
            changed[path] = repair_encoding(contents[path])
        else:
            changed[path] = _edited(contents[path], own)
    return {p: content for p, content in changed.items() if content != contents[p]}


def _edited(content: bytes, findings: list[Diagnostic]) -> bytes:
    """Return a file with the findings' edits, every other byte as it was."""
    lines = _KEPT_BREAKS.findall(content.decode("utf-8"))
    edits: dict[tuple[int, int], Edit] = {}
    for finding in findings:
        for edit in finding.edits or _by_line(finding, lines):
            # Of two fixes of a whole line the second holds the first.
            edits[edit.location.line, edit.location.column] = edit
    nearest = len(lines) + 1, 0
    for place in sorted(edits, reverse=True):
        edit = edits[place]
        line, column = place
        end = column + edit.location.length
        if line == nearest[0] and end > nearest[1]:
            continue  # two fixes of the same signs: the next round reports them
        nearest = place
        lines[line - 1] = _edited_line(lines[line - 1], edit)
    return "".join(lines).encode("utf-8")


def _edited_line(line: str, edit: Edit) -> str:
    said = line.rstrip("\r\n")
    ending = line[len(said) :]
    if edit.text is None:
        return "" if _ALONE_ON_ITS_LINE.fullmatch(said) else line
    mark = "\ufeff" if said.startswith("\ufeff") else ""
    said = said.removeprefix(mark)
    start = edit.location.column - 1
    return (
        mark + said[:start] + edit.text + said[start + edit.location.length :] + ending
    )


def _by_line(finding: Diagnostic, lines: list[str]) -> tuple[Edit, ...]:
    """Return the edits of a finding that its line alone allows: a colour, lost in a comment."""
    place = finding.location
    color = _LOST_COLOR.search(lines[place.line - 1], place.column - 1)
    if finding.code != "T020" or color is None:
        return ()
    start = color.start(1)
    where = type(place)(place.path, place.line, start + 1, len(color[1]))
    return (Edit(where, f'"{color[1]}"'),)
