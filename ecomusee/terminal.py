"""Terminal output: messages, findings and progress for people, or one JSON document.

Standard output carries the result; progress and errors go to standard error, colour and
progress only where a person looks on.
"""

from __future__ import annotations

import json
import os
import re
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ecomusee.errors import CommandError
    from ecomusee.localization import Message
    from tours.diagnostics import Diagnostic, Language

_RED, _YELLOW, _BOLD, _PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[1m", "\x1b[0m"
_USUAL_COLUMNS = 80
_ERASE_LINE = "\r\x1b[2K"
_SHOWN_CONTROLS: Final[dict[int, str | int]] = {
    # C0 as the signs that Unicode draws for them; line ends and tabs are text's own.
    **{code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"},
    0x7F: "␡",
    **dict.fromkeys(range(0x80, 0xA0), "\ufffd"),
    # What turns the order of the signs around it.
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd"),
}
_SHOWN_LINE_ENDS = {ord("\n"): "␊", 0x2028: "␊", 0x2029: "␊"}


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where one run of the command speaks, and in which language."""

    language: Language
    as_json: bool
    out: TextIO
    err: TextIO

    def say(self, phrase: Message, **values: object) -> None:
        """Print a sentence of the result; nothing when the result is JSON."""
        shown = {name: _on_one_line(value) for name, value in values.items()}
        self.write(phrase.text(self.language, **shown))

    def write(self, text: str) -> None:
        """Print text that is the same in every language, as `say` does."""
        self.paint(printable(text))

    def paint(self, text: str) -> None:
        """Print text that holds colours of our own, all else of it `printable`."""
        if not self.as_json:
            print(text, file=self.out, flush=True)

    def document(self, **members: object) -> None:
        """Print the result as one JSON document on one line, when that is asked for."""
        if self.as_json:
            text = json.dumps(members, ensure_ascii=False)
            print(text, file=self.out, flush=True)

    def aside(self) -> Terminal:
        """Return a terminal for what is not the result: sentences on standard error."""
        return Terminal(self.language, as_json=False, out=self.err, err=self.err)

    def error(self, error: CommandError) -> None:
        """Print why a command can't go on."""
        code = int(error.exit_code)
        sentences = {
            language: error.phrase.text(language, **error.values)
            for language in ("fr", "en")
        }
        self.document(error={"exit_code": code, **sentences})
        print(f"ecomusee: {printable(sentences[self.language])}", file=self.err)

    @property
    def is_colored(self) -> bool:
        """Whether a person looks on, on a screen that knows colours and cursors."""
        return _is_watched(self.out)

    def findings(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Print every finding with the line that it is about."""
        from tours.diagnostics import render
        from tours.source import read_source_line

        colored = self.is_colored
        for diagnostic in diagnostics:
            line = read_source_line(diagnostic.location)
            text = printable(render(diagnostic, self.language, line))
            tint = _RED if diagnostic.is_error else _YELLOW
            self.paint(_colorize(text, tint) if colored else text)

    @contextmanager
    def progress(self) -> Iterator[Callable[[str], None]]:
        """Give a function that shows what is being done, on one line that is then erased."""
        if not _is_watched(self.err):
            yield lambda _step: None
            return
        # A terminal may not know its width and say 0.
        width = os.get_terminal_size(self.err.fileno()).columns or _USUAL_COLUMNS

        def show(step: str) -> None:
            shown = str(_on_one_line(step))
            self.err.write(_ERASE_LINE + shown[: width - 1])
            self.err.flush()

        try:
            yield show
        finally:
            self.err.write(_ERASE_LINE)
            self.err.flush()


def standard_terminal(language: Language, *, as_json: bool) -> Terminal:
    """Return a terminal over the process's own streams."""
    for stream in (sys.stdout, sys.stderr):
        # A narrow encoding must not end a command: what it lacks is shown as "?".
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="replace")
    return Terminal(language, as_json, sys.stdout, sys.stderr)


def printable(text: str) -> str:
    """Return text whose control characters are drawn as signs, lines and tabs apart.

    Names come from files that others made, and a terminal obeys what such characters say.
    """
    return text.translate(_SHOWN_CONTROLS)


def _on_one_line(value: object) -> object:
    """Return a value for a sentence, which no name in it can end."""
    if not isinstance(value, (str, PurePath)):
        return value
    return printable(str(value)).translate(_SHOWN_LINE_ENDS)


def _is_watched(stream: TextIO) -> bool:
    """Whether a person looks on, on a screen that knows colours and cursors."""
    is_plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not is_plain


def _colorize(text: str, tint: str) -> str:
    head, *lines = text.split("\n")
    head = re.sub(
        r"^(.+?:\d+:\d+): (\S+ \w+):",
        rf"{_BOLD}\1{_PLAIN}: {tint}\2{_PLAIN}:",
        head,
    )
    carets = re.compile(r"^( +\| +)(\^+)$")
    return "\n".join(
        [head, *(carets.sub(rf"\1{tint}\2{_PLAIN}", line) for line in lines)]
    )
