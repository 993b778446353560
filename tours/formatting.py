"""Format a YAML file one key a line; order and comments are kept (`ecomusee fmt`)."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from tours.source import read_source
from tours.source.encoding import decode
from tours.source.nodes import event_marks, to_plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_INDENT = 2
_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\n]*")


def format_source(path: Path, content: bytes) -> bytes | None:
    """Return a file's formatted content; None if it can't be read to its end.

    Parameters
    ----------
    path
        Of the file, for its name alone.
    content
        What it holds.
    """
    before = read_source(path, unsaved=content)
    lines, _ = decode(path, content)
    if before.root is None or before.diagnostics or lines is None:
        return None
    line_break = b"\r\n" if content.count(b"\r\n") * 2 > content.count(b"\n") else b"\n"
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    text = _unfolded("\n".join(lines))
    text = _without_trailing_spaces(text)
    # A text kept with its empty lines may end the file: then these stay.
    for whole in (text.rstrip("\n") + "\n", text):
        after = mark + whole.encode().replace(b"\n", line_break)
        read = read_source(path, unsaved=after)
        if read.root is not None and to_plain(read.root) == to_plain(before.root):
            return after
    return None


@dataclass(frozen=True, slots=True)
class _Fold:
    """A pair of braces outside any other, where it stands and what it becomes."""

    start: int
    end: int
    lines: tuple[str, ...]
    is_item: bool
    """Whether it follows the dash of a list."""


def _unfolded(text: str) -> str:
    # Empty documents may stand before the one that is read: three dashes, then three more.
    roots = yaml.compose_all(text, Loader=yaml.SafeLoader)
    root = next((one for one in roots if not isinstance(one, yaml.ScalarNode)), None)
    folds = sorted(_folds(text, root), key=lambda fold: fold.start, reverse=True)
    for fold in folds:
        rest, line_end, below = text[fold.end :].partition("\n")
        comment = f"  {rest.strip()}" if rest.strip() else ""
        before = text[: fold.start]
        if fold.is_item:
            first, *others = fold.lines
            laid = [f"{first.lstrip()}{comment}", *others]
            text = before + "\n".join(laid) + line_end + below
        else:
            laid = [before.rstrip(" ") + comment, *fold.lines]
            text = "\n".join(laid) + line_end + below
    return text


def _folds(text: str, node: yaml.Node | None, column: int = 0) -> Iterator[_Fold]:
    """Yield the braces to unfold; `column` is that of the key or dash above."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style:
        for key, value in node.value:
            yield from _folds_of(text, value, key.start_mark.column, is_item=False)
    elif isinstance(node, yaml.SequenceNode) and not node.flow_style:
        for item in node.value:
            yield from _folds_of(text, item, column, is_item=True)


def _folds_of(
    text: str, node: yaml.Node, column: int, *, is_item: bool
) -> Iterator[_Fold]:
    if not _is_unfolded(node):
        yield from _folds(text, node, column)
        return
    start, end = node.start_mark.index, node.end_mark.index
    own = node.start_mark.column if is_item else column + _INDENT
    lines = _laid_out(text, node, " " * own)
    if lines is not None:
        yield _Fold(start, end, tuple(lines), is_item)


def _is_unfolded(node: yaml.Node) -> bool:
    """Return whether a node is between brackets, and groups something."""
    if not isinstance(node, yaml.CollectionNode) or not node.flow_style:
        return False
    if isinstance(node, yaml.MappingNode):
        return bool(node.value)
    return any(_is_unfolded(item) for item in node.value)


def _laid_out(text: str, node: yaml.Node, indent: str) -> list[str] | None:
    """Return the lines of a folded node; None where its layout means something."""
    lines: list[str] = []
    end = node.start_mark.index + 1
    parts = _parts(node)
    for key, value in parts:
        first = key or value
        lines += _comments(text[end : first.start_mark.index], indent)
        head = f"{indent}- " if key is None else f"{indent}{_source(text, key)}:"
        below = _below(text, key, value, indent, head)
        if below is None:
            return None
        lines += below
        end = value.end_mark.index
    return [*lines, *_comments(text[end : node.end_mark.index], indent)]


def _parts(node: yaml.Node) -> list[tuple[yaml.Node | None, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        return [(key, value) for key, value in node.value]
    return [(None, item) for item in node.value]


def _below(
    text: str, key: yaml.Node | None, value: yaml.Node, indent: str, head: str
) -> list[str] | None:
    """Return the lines of one key or item of a folded node."""
    deeper = indent + " " * _INDENT
    if _is_unfolded(value):
        lines = _laid_out(text, value, deeper)
        if lines is None:
            return None
        return [head, *lines] if key else [head + lines[0].lstrip(), *lines[1:]]
    source = _source(text, value)
    if source is None:
        return None
    return [f"{head} {source}".rstrip() if key else head + source]


def _source(text: str, node: yaml.Node) -> str | None:
    """Return what was typed for a node, on one line; None where that is not possible."""
    source = text[node.start_mark.index : node.end_mark.index]
    if "\n" not in source:
        return source
    if getattr(node, "style", None) is not None or _COMMENT.search(source):
        return None
    return " ".join(source.split())


def _comments(gap: str, indent: str) -> list[str]:
    return [f"{indent}{found[0].rstrip()}" for found in _COMMENT.finditer(gap)]


def _without_trailing_spaces(text: str) -> str:
    """Return the lines without spaces at their ends, but for those inside of texts."""
    inside: set[int] = set()
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.ScalarEvent):
            start, end = event_marks(event)
            inside.update(range(start.line, end.line))
    lines = text.split("\n")
    return "\n".join(
        line if number in inside else line.rstrip(" \t")
        for number, line in enumerate(lines)
    )
