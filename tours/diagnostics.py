"""Diagnostics: a finding's place, severity, code and sentences in French and English.

A `Rule` is one line of a catalogue: a lasting code, a severity and its wording in
French and English. `Rule.at` fills the wording with values and gives a `Diagnostic`.
Each package keeps its own catalogue: ``tours.catalogue`` (T), ``assets_pipeline
.catalogue`` (A) and ``publishing.catalogue`` (P).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Literal

Language = Literal["fr", "en"]
"""A language that findings are written in."""


class Severity(StrEnum):
    """How much a diagnostic matters: errors stop publication, warnings do not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a source file; lines and columns count from 1, as editors do."""

    path: Path
    line: int = 1
    """0: the file as a whole, which is absent or no text."""
    column: int = 1
    length: int = 1
    """Characters to underline, at least 1, on this line only."""

    def __str__(self) -> str:
        path = self.path.as_posix()
        return f"{path}:{self.line}:{self.column}" if self.line else path


@dataclass(frozen=True, slots=True, order=True)
class Wording:
    """One language's three sentences; ``{name}`` stands for a value in a `Rule`."""

    what: str
    why: str
    remedy: str

    def filled(self, values: dict[str, object]) -> "Wording":
        """Return the sentences with values in place of their names."""
        return Wording(
            self.what.format_map(values),
            self.why.format_map(values),
            self.remedy.format_map(values),
        )


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A value of a finding that is written differently in French and in English."""

    fr: str
    en: str


def format_number(number: str) -> Bilingual:
    """Return a number, with its unit if any, with each language's decimal sign.

    Parameters
    ----------
    number
        As Python formats it, without separators of thousands: ``18.5 m``.
    """
    return Bilingual(number.replace(".", ","), number)


def values_in(values: Mapping[str, object], language: Language) -> dict[str, object]:
    """Return a finding's values as one language writes them."""
    return {
        name: getattr(value, language) if isinstance(value, Bilingual) else value
        for name, value in values.items()
    }


@dataclass(frozen=True, slots=True)
class Edit:
    """What a file should say instead of what a place underlines."""

    location: Location
    """On one line, which may be empty: then its length counts for nothing."""
    text: str | None
    """None deletes the whole line."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of a catalogue: a code that never changes its meaning, and its words."""

    code: str
    severity: Severity
    fr: Wording
    en: Wording

    def at(self, location: Location, **values: object) -> "Diagnostic":
        """Return the finding at a place, with its values written in.

        Numbers that may have decimals are given by `format_number`.
        """
        return Diagnostic(
            location,
            self.code,
            self.severity,
            self.fr.filled(values_in(values, "fr")),
            self.en.filled(values_in(values, "en")),
        )


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One finding, in the words of the person who must act on it."""

    location: Location
    code: str
    severity: Severity
    fr: Wording
    en: Wording
    edits: tuple[Edit, ...] = field(default=(), compare=False)
    """The edits that fix it, where that is beyond doubt."""

    def with_edits(self, *edits: Edit) -> "Diagnostic":
        """Return the same finding with the edits that fix it."""
        return replace(self, edits=edits)

    @property
    def is_error(self) -> bool:
        """Whether this stops publication."""
        return self.severity is Severity.ERROR

    def wording(self, language: Language) -> Wording:
        """Return the sentences in one language."""
        return self.fr if language == "fr" else self.en


_SEVERITY_NAMES: dict[Language, dict[Severity, str]] = {
    "fr": {Severity.ERROR: "erreur", Severity.WARNING: "attention"},
    "en": {Severity.ERROR: "error", Severity.WARNING: "warning"},
}
_VISIBLE = str.maketrans({"\t": "→", "\u00a0": "⍽", "\u202f": "⍽"})


def render(
    diagnostic: Diagnostic, language: Language, source_line: str | None = None
) -> str:
    """Return a finding as a terminal shows it.

    Parameters
    ----------
    diagnostic
        What to show.
    language
        Of the sentences.
    source_line
        The text of ``diagnostic.location.line``; shown with carets when given. Tabs
        and no-break spaces are drawn as visible signs.
    """
    place, words = diagnostic.location, diagnostic.wording(language)
    severity = _SEVERITY_NAMES[language][diagnostic.severity]
    lines = [f"{place}: {severity} {diagnostic.code}: {words.what}"]
    if source_line is not None:
        margin = f"{place.line:>5} | "
        carets = "^" * max(1, min(place.length, len(source_line) - place.column + 1))
        lines.append(margin + source_line.translate(_VISIBLE))
        lines.append(" " * (len(margin) - 2) + "| " + " " * (place.column - 1) + carets)
    lines.extend(f"  {sentence}" for sentence in (words.why, f"→ {words.remedy}"))
    return "\n".join(lines)


_SEVERITIES = {
    Severity.ERROR: "erreur (arrête la publication) · error (stops publication)",
    Severity.WARNING: "attention (n’arrête rien) · warning (stops nothing)",
}


def render_catalogue_markdown(rules: Iterable[Rule]) -> str:
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
