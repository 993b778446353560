"""Show, confirm and write changes to a museum's own files, atomically."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ecomusee.localization import Message
from ecomusee.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ecomusee.terminal import Terminal

_ASK = Message(fr="Écrire ces changements ? [O/n] ", en="Write these changes? [Y/n] ")
_LEFT = Message(fr="Rien n’a été écrit.", en="Nothing was written.")
_SAVED_ANEW = Message(
    fr="{path} : enregistré en UTF-8 (il l’était en UTF-16)",
    en="{path}: saved as UTF-8 (it was in UTF-16)",
)
_NO = ("n", "no", "non")
_RED, _GREEN, _PLAIN = "\x1b[31m", "\x1b[32m", "\x1b[0m"


@dataclass(frozen=True, slots=True)
class Change:
    """A file's content before and after."""

    path: Path
    before: bytes
    after: bytes


def write_changes(
    changes: Sequence[Change], terminal: Terminal, *, only_shown: bool
) -> bool:
    """Show and confirm changes where a person looks on, and write them; return whether they were written.

    Where nobody looks on they are written at once.
    """
    is_watched = sys.stdin.isatty() and terminal.out.isatty() and not terminal.as_json
    if only_shown or is_watched:
        for change in changes:
            _show(change, terminal)
    if only_shown:
        return False
    if is_watched and not _confirm(terminal):
        terminal.say(_LEFT)
        return False
    for change in changes:
        write_atomically(change.path, change.after)
    return True


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file by renaming a temporary one; it keeps its mode."""
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


def unified_diff(change: Change) -> Iterator[str]:
    """Yield the lines of a unified diff, one line of context."""
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
    for line in unified_diff(change):
        tint = {"-": _RED, "+": _GREEN}.get(line[:1], "")
        is_tinted = tint and terminal.is_colored
        shown = printable(line)
        terminal.paint(f"{tint}{shown}{_PLAIN}" if is_tinted else shown)


def _confirm(terminal: Terminal) -> bool:
    print(_ASK.text(terminal.language), end="", file=terminal.out, flush=True)
    answer = sys.stdin.readline()
    return bool(answer) and answer.strip().lower() not in _NO
