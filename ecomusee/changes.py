"""Changes to a museum's own files: shown, asked about, written whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ecomusee.phrases import Phrase
from ecomusee.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ecomusee.terminal import Terminal

_ASK = Phrase(fr="Écrire ces changements ? [O/n] ", en="Write these changes? [Y/n] ")
_LEFT = Phrase(fr="Rien n’a été écrit.", en="Nothing was written.")
_SAVED_ANEW = Phrase(
    fr="{path} : enregistré en UTF-8 (il l’était en UTF-16)",
    en="{path}: saved as UTF-8 (it was in UTF-16)",
)
_NO = ("n", "no", "non")
_RED, _GREEN, _PLAIN = "\x1b[31m", "\x1b[32m", "\x1b[0m"


@dataclass(frozen=True, slots=True)
class Change:
    """What a file holds, and what it should hold."""

    path: Path
    before: bytes
    after: bytes


def write_changes(
    changes: Sequence[Change], terminal: Terminal, *, only_shown: bool
) -> bool:
    """Write changes, shown first to a person who then decides; return whether it was done.

    Where nobody looks on they are written at once.
    """
    is_watched = sys.stdin.isatty() and terminal.out.isatty() and not terminal.as_json
    if only_shown or is_watched:
        for change in changes:
            _show(change, terminal)
    if only_shown:
        return False
    if is_watched and not _agreed(terminal):
        terminal.say(_LEFT)
        return False
    for change in changes:
        write_whole(change.path, change.after)
    return True


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that no one ever reads half of it; it keeps its mode."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        if path.exists():
            shutil.copymode(path, name)
        else:
            Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def difference(change: Change) -> Iterator[str]:
    """Give the lines that go and come, with the line above and below."""
    import difflib

    before, after = (
        content.decode("utf-8", "backslashreplace").splitlines()
        for content in (change.before, change.after)
    )
    name = change.path.as_posix()
    yield from difflib.unified_diff(before, after, name, name, n=1, lineterm="")


def _show(change: Change, terminal: Terminal) -> None:
    if b"\0" in change.before:
        terminal.say(_SAVED_ANEW, path=change.path.as_posix())
        return
    for line in difference(change):
        tint = {"-": _RED, "+": _GREEN}.get(line[:1], "")
        is_tinted = tint and terminal.is_colored
        shown = printable(line)
        terminal.paint(f"{tint}{shown}{_PLAIN}" if is_tinted else shown)


def _agreed(terminal: Terminal) -> bool:
    print(_ASK.text(terminal.language), end="", file=terminal.out, flush=True)
    answer = sys.stdin.readline()
    return bool(answer) and answer.strip().lower() not in _NO
