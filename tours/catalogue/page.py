"""The catalogue as a page to read: ``docs/errors.md``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tours.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tours.diagnostics import Rule

_SEVERITIES = {
    Severity.ERROR: "erreur (arrête la publication) · error (stops publication)",
    Severity.WARNING: "attention (n’arrête rien) · warning (stops nothing)",
}


def catalogue_markdown(rules: Iterable[Rule]) -> str:
    """Return the page of some rules, French first, in the order of their codes.

    Values that a finding fills in stand as ``{name}``.
    """
    parts = [
        "# Ce que dit le programme · What the program says",
        "<!-- Made from the catalogues of rules: change those, then record this anew. -->",
    ]
    parts.extend(_section(rule) for rule in sorted(rules, key=lambda rule: rule.code))
    return "\n\n".join(parts) + "\n"


def _section(rule: Rule) -> str:
    lines = [f"## {rule.code}", "", f"*{_SEVERITIES[rule.severity]}*", ""]
    for name, words in (("fr", rule.fr), ("en", rule.en)):
        what, why, remedy = map(_escaped, (words.what, words.why, words.remedy))
        lines.append(f"- **{name}**: {what} {why} → {remedy}")
    return "\n".join(lines)


def _escaped(sentence: str) -> str:
    """Return a template as Markdown shows it: doubled braces are single ones."""
    plain = sentence.replace("{{", "{").replace("}}", "}")
    return re.sub(r"([*<>\\|])", r"\\\1", plain)
