"""One key a line: what was between braces, and nothing else, is laid out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tours.formatting import format_source
from tours.source import read_source
from tours.source.nodes import to_plain

ROOT = Path(__file__).parents[2]
FILE = Path("visite.yaml")
DATA = Path(__file__).parent / "data"
WHOLE = sorted(
    path
    for folder in (ROOT / "content", DATA / "_museum", DATA / "_scenes")
    for path in folder.glob("**/*.yaml")
)


def laid_out(text: str) -> str:
    """Return a text laid out."""
    after = format_source(FILE, text.encode())
    assert after is not None
    return after.decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: { fr: Le phare, en: The light }\n", "title:\n  fr: Le phare\n  en: The light\n"),
        ("a: { b: { c: d } }\n", "a:\n  b:\n    c: d\n"),
        ("a: [fr, en]\n", "a: [fr, en]\n"),
        ("a: {}\n", "a: {}\n"),
        ("a: { b: [x, y], c: }\n", "a:\n  b: [x, y]\n  c:\n"),
        ('a: { b: "x, y" }  # note\nc: d\n', 'a:  # note\n  b: "x, y"\nc: d\n'),
        ("a:\n  - { b: c, d: e }  # note\n  - f\n", "a:\n  - b: c  # note\n    d: e\n  - f\n"),
        ("a: [{ b: c, d: e }, { b: f }]\n", "a:\n  - b: c\n    d: e\n  - b: f\n"),
        ("- { b: c }\n", "- b: c\n"),
        ("a: {\n  b: c,  # one\n  # two\n  d: e }\n", "a:\n  b: c\n  # one\n  # two\n  d: e\n"),
        ("a:   \n  b: c  \n", "a:\n  b: c\n"),
        ("a: |\n  b  \n  c\n", "a: |\n  b  \n  c\n"),
        ("# first\n\na: b # last", "# first\n\na: b # last\n"),
        ("a: { b: x\n  y }\n", "a:\n  b: x y\n"),
        ("b: 1\na: { d: 2, c: 3 }\n", "b: 1\na:\n  d: 2\n  c: 3\n"),
        ("---\n# note\n---\na: { b: c }\n", "---\n# note\n---\na:\n  b: c\n"),
    ],
)  # fmt: skip
def test_layout(before: str, after: str) -> None:
    assert laid_out(before) == after


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.stem)
def test_whole_files_say_the_same(path: Path) -> None:
    before = path.read_bytes()

    after = format_source(path, before)

    assert after is not None
    read = read_source(path, unsaved=after).root
    root = read_source(path).root
    assert read is not None
    assert root is not None
    assert to_plain(read) == to_plain(root)
    assert format_source(path, after) == after


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.stem)
def test_comments_stay(path: Path) -> None:
    """Those that say something: a line of the file, or its end."""
    text = path.read_text(encoding="utf-8")

    after = format_source(path, text.encode())

    assert after is not None
    assert after.decode().count(" # ") == text.count(" # ")


def test_line_breaks_stay() -> None:
    before = "\ufeffa: { b: c }\r\nd: e\r\n".encode()

    assert format_source(FILE, before) == "\ufeffa:\r\n  b: c\r\nd: e\r\n".encode()


def test_a_file_with_a_slip_is_left() -> None:
    assert format_source(FILE, b"a: { b: c\nd: e\n") is None
