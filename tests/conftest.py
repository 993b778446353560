"""Answers recorded beside the tests, compared or, when asked, recorded anew.

    ECOMUSEE_RECORD=1 pytest tests/tours/test_findings.py

Read what changed before it is committed: the record is the promise.
"""

from __future__ import annotations

import os
import signal
import threading
from typing import TYPE_CHECKING

import pytest

from tours.diagnostics import Diagnostic, Language, render
from tours.source import read_source_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

LANGUAGES: tuple[Language, ...] = ("fr", "en")

# A background shell, or nohup, starts programs with SIGINT ignored, and children inherit
# that: Ctrl-C would end none of them. A handler is not inherited: they begin with the
# default, as at a person's terminal.
if threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def as_recorded() -> Callable[[Path, str], None]:
    """Return a function that holds a text against the one recorded in a file."""
    return _compared


@pytest.fixture(scope="session")
def told_as_recorded() -> Callable[[Path, Iterable[Diagnostic]], None]:
    """Return a function that holds findings, as a terminal shows them, against a folder's."""

    def told(folder: Path, diagnostics: Iterable[Diagnostic]) -> None:
        found = list(diagnostics)
        for language in LANGUAGES:
            lines = (render(d, language, read_source_line(d.location)) for d in found)
            _compared(folder / f"expected.{language}.txt", "\n".join(lines) + "\n")

    return told


def _compared(path: Path, text: str) -> None:
    if os.environ.get("ECOMUSEE_RECORD"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
