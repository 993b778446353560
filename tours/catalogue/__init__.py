"""The catalogue of findings about a museum's folder: codes T, one table a family.

The words are for curators: what is wrong, why it matters to a visitor, what to do.
French comes first, in plain words; a code never changes its meaning, and a retired
code is never used again.
"""

from __future__ import annotations

from tours.catalogue import (
    codes,
    encoding,
    files,
    foreign_syntax,
    keys,
    museum,
    quantities,
    questions,
    texts,
    yaml_syntax,
)
from tours.diagnostics import Rule

_FAMILIES = (
    codes,
    encoding,
    files,
    foreign_syntax,
    keys,
    museum,
    quantities,
    questions,
    texts,
    yaml_syntax,
)
RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            value
            for family in _FAMILIES
            for value in vars(family).values()
            if isinstance(value, Rule)
        ),
        key=lambda rule: rule.code,
    )
)
"""The whole catalogue, by code."""
RETIRED = frozenset({"T042", "T043"})
"""Codes that are never used again."""
