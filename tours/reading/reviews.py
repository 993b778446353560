"""Who read each language of a tour through, and when: the group ``reviewed``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tours.catalogue import keys as key_rules
from tours.catalogue import prose as prose_rules
from tours.catalogue import values as value_rules
from tours.model import Review
from tours.reading import quantities
from tours.reading.texts import tell_not_announced
from tours.source.nodes import Refused, Scalar
from tours.source.shown import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tours.diagnostics import Location
    from tours.reading.fields import Context, Value
    from tours.source.nodes import Entry

_SIGNED = re.compile(r"(.+?)(?:\s+(?:by|par)\s+|\s*[,;–—]\s+)(\S.*)", re.DOTALL)


def reviews_at(context: Context, value: Value) -> tuple[Review, ...] | None:
    """Return the languages signed off; those announced and not signed are told."""
    group = value.group(context)
    if group is None:
        return None
    if not group.entries:
        context.tell(key_rules.EMPTY_VALUE, value.location, key=value.key.name)
        return None
    found: list[Review] = []
    tried: set[str] = set()
    for entry in group.entries:
        if context.languages and entry.key not in context.languages:
            tell_not_announced(context, entry, tried)
            return None
        tried.add(entry.key)
        review = _review(context, entry)
        if review:
            found.append(review)
    missing = [tag for tag in context.languages if tag not in tried]
    if missing:
        tell_missing(context, value.location, missing)
    return tuple(found)


def tell_missing(context: Context, place: Location, missing: Iterable[str]) -> None:
    """Tell of languages that nobody has signed off."""
    tags = list(missing)
    context.tell(
        prose_rules.NOT_REVIEWED,
        place,
        missing=", ".join(tags),
        example=f"{tags[0]}: {_example(tags[0])}",
    )


def _review(context: Context, entry: Entry) -> Review | None:
    node = entry.value
    if isinstance(node, Refused):
        return None
    text = node.text.strip() if isinstance(node, Scalar) else ""
    match = _SIGNED.fullmatch(text)
    day = quantities.iso_date(match[1]) if match else None
    if match and day:
        return Review(entry.key, day, match[2])
    meant = quantities.date_meant(match[1]) if match else None
    if match and meant and isinstance(node, Scalar):
        context.tell(
            value_rules.NOT_A_DATE,
            node.place(0, len(match[1])),
            mend=quantities.date_surely(match[1]) if node.first else None,
            key=entry.key,
            value=shown(match[1]),
            example=shown(f"{meant}{text[len(match[1]) :]}"),
        )
        return None
    example = _example(entry.key)
    context.tell(
        prose_rules.NOT_A_REVIEW,
        node.location if text else entry.location,
        value=shown(text or entry.key),
        example=f"{entry.key}: {shown(example)}",
    )
    return None


def _example(tag: str) -> str:
    return (
        "2026-11-20 by Jeanne Martin" if tag != "fr" else "2026-11-20 par Jeanne Martin"
    )
