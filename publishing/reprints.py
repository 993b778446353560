"""Which labels are to be printed: those never drawn, and those that say other things since."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from publishing.errors import LabelError
from publishing.labels import labels_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from publishing.label_layout import Label
    from tours.codes import Registry
    from tours.manifest import Manifest

Reason = Literal["new", "changed"]


def to_print(labels: Iterable[Label], registry: Registry) -> dict[str, Reason]:
    """Return why labels are to be printed, by their codes; the others are good as they hang."""
    last = {entry.code: entry.label for entry in registry.codes}
    return {
        label.code: "new" if last.get(label.code) is None else "changed"
        for label in labels
        if last.get(label.code) != says(label)
    }


def of_manifests(
    manifests: Sequence[Manifest], registry: Registry
) -> dict[str, Reason]:
    """Return the same for a museum's manifests; nothing where its labels can't be drawn.

    That is told where labels are.
    """
    try:
        return to_print(labels_of(manifests, registry), registry)
    except LabelError:
        return {}


def noted(labels: Iterable[Label], registry: Registry, today: date) -> Registry:
    """Return the registry once labels were drawn; a day stays while the words do."""
    words = {label.code: says(label) for label in labels}
    codes = tuple(
        replace(entry, printed=today, label=words[entry.code])
        if words.get(entry.code, entry.label) != entry.label
        else entry
        for entry in registry.codes
    )
    return replace(registry, codes=codes)


def says(label: Label) -> str:
    """Return eight signs that change with what would mislead where a label hangs.

    That is its address and code, its number and its titles. What one will see, the museum's
    colour or its notices may change, and a label on a wall still leads where it says. Spaces
    don't count: typography sets them.
    """
    parts = (label.address, str(label.number), *label.titles)
    text = "\n".join("".join(part.split()) for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:8]
