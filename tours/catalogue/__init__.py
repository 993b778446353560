"""Every finding that reading a museum's folder can give: codes T, by subject.

The words are for curators: what is wrong, why it matters to a visitor, what to do.
French comes first, in plain words; a code never changes its meaning, and a retired
code is never used again.
"""

from __future__ import annotations

from tours.catalogue import (
    codes,
    files,
    habits,
    keys,
    languages,
    museum,
    plans,
    prose,
    saving,
    scenes,
    syntax,
    values,
)
from tours.diagnostics import Rule

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            value
            for module in (
                saving,
                syntax,
                habits,
                keys,
                languages,
                values,
                files,
                museum,
                plans,
                codes,
                scenes,
                prose,
            )
            for value in vars(module).values()
            if isinstance(value, Rule)
        ),
        key=lambda rule: rule.code,
    )
)
"""The whole catalogue, by code."""
RETIRED = frozenset({"T042", "T043"})
"""Codes that are never used again."""
