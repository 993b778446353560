"""How far a file is from what curators write: what tells a good mending from a bad one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tours.source.nodes import Mapping, Refused, Scalar, Sequence

if TYPE_CHECKING:
    from tours.source.nodes import Node
    from tours.vocabulary import Key, Table

_TAG = re.compile(r"[a-z]{2,3}(-\w+)*")
_OUT_OF_PLACE = 3
"""A list where a text should be weighs more than a key that is missing."""


def strangeness(node: Node, table: Table) -> int:
    """Return 0 for a group with all its keys and no other, more the less it fits."""
    if not isinstance(node, Mapping):
        return _OUT_OF_PLACE * len(table.keys)
    written = {entry.key for entry in node.entries}
    missing = sum(key.required and key.name not in written for key in table.keys)
    return missing + sum(
        _of_value(entry.value, table.key(entry.key)) if entry.key in table.names else 1
        for entry in node.entries
    )


def _of_value(node: Node, key: Key) -> int:
    if isinstance(node, Refused):
        return 0
    if isinstance(node, Scalar) and not node.text:
        return 1
    if key.shape == "group" or (key.shape == "plan" and isinstance(node, Mapping)):
        return min(strangeness(node, table) for table in key.inside)
    if key.shape in ("list", "languages"):
        return _of_items(node, key)
    if key.shape in ("texts", "reviews") and isinstance(node, Mapping):
        return _of_texts(node)
    return 0 if isinstance(node, Scalar) else _OUT_OF_PLACE


def _of_items(node: Node, key: Key) -> int:
    if not isinstance(node, Sequence):
        return _OUT_OF_PLACE
    if not key.inside:
        return sum(not isinstance(item, Scalar) for item in node.items)
    return sum(
        min(strangeness(item, table) for table in key.inside) for item in node.items
    )


def _of_texts(group: Mapping) -> int:
    return sum(
        _TAG.fullmatch(entry.key) is None
        or not isinstance(entry.value, Scalar)
        or not entry.value.text
        for entry in group.entries
    )
