"""Fill a rule's sentences with values, decimal numbers as each language writes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tours.diagnostics import Diagnostic

if TYPE_CHECKING:
    from tours.diagnostics import Location, Rule

_DECIMAL: Final = re.compile(r"-?\d+\.\d+(?: (?:mm|cm|km|m))?")
"""A number with a decimal point, alone or with a unit of length."""


def diagnose(rule: Rule, location: Location, /, **values: object) -> Diagnostic:
    """Return the finding of a rule at a place; French numbers get a decimal comma."""
    french = {name: _with_comma(value) for name, value in values.items()}
    return Diagnostic(
        location,
        rule.code,
        rule.severity,
        rule.fr.filled(french),
        rule.en.filled(values),
    )


def _with_comma(value: object) -> object:
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return value.replace(".", ",")
    return value
