"""What the YAML parser's events tell, asked in one place."""

from __future__ import annotations

import yaml


def marks(event: yaml.Event) -> tuple[yaml.Mark, yaml.Mark]:
    """Return where an event begins and ends, which only hand-made events don't know."""
    start, end = event.start_mark, event.end_mark
    if not isinstance(start, yaml.Mark) or not isinstance(end, yaml.Mark):
        nowhere = yaml.Mark("", 0, 0, 0, "", 0)
        return nowhere, nowhere
    return start, end


def shorthand(event: yaml.Event) -> str | None:
    """Return the sign of an alias, anchor or tag that an event carries, or None."""
    if isinstance(event, yaml.AliasEvent):
        return "*"
    if getattr(event, "anchor", None):
        return "&"
    return "!" if getattr(event, "tag", None) else None


def is_bare(key: yaml.Event, value: yaml.Event) -> bool:
    """Return whether a key of a ``{ … }`` has no colon: ``{ fr: Oui, bien sûr }``."""
    return (
        isinstance(value, yaml.ScalarEvent)
        and not value.value
        and marks(value)[1].index == marks(key)[1].index
    )
