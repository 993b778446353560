"""Render the report and the comparison of releases, each as one self-contained HTML file."""

from __future__ import annotations

import base64
import difflib
import re
from dataclasses import dataclass
from importlib import resources
from itertools import groupby
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from assets_pipeline.checks.visual_error import MOST_ERRORS
from assets_pipeline.rendering.flip import COLORS, MAP_GREATEST
from publishing.report import messages as staff_words
from publishing.report.facts import NETWORKS
from publishing.report.messages import describe_change, field_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from pathlib import Path

    from publishing.release.diff import Change
    from publishing.report.collect import Difference
    from publishing.report.facts import ReportFacts
    from publishing.report.savings import Saving
    from tours.diagnostics import Diagnostic, Language

_MOST_PICTURE_BYTES = 400_000
_MOST_PATHS = 12
_MILLION, _THOUSAND = 1e6, 1e3
_COMMAND = re.compile(r"((?:«\s)?(?:ecomusee \w+(?: --[\w-]+)?|--[\w-]+)(?:\s»)?)")


@dataclass(frozen=True, slots=True)
class ReportWords:
    """Messages and number formats of one language, for templates."""

    language: Language

    def say(self, key: str, **values: object) -> str:
        """Return words of the page."""
        return staff_words.message(key, self.language).format(**values)

    def number(self, value: int) -> str:
        """Return a whole number, its thousands apart."""
        return f"{value:,}".replace(",", "\u202f" if self.language == "fr" else ",")

    def weight(self, size_bytes: int, has_sign: bool = False) -> str:  # noqa: FBT001, FBT002 - templates name it
        """Return a size: ``312 ko``, ``4,1 Mo``; with its sign for a difference."""
        unit = "o" if self.language == "fr" else "B"
        if abs(size_bytes) >= _MILLION - _THOUSAND / 2:  # not "1000 kB"
            digits = f"{size_bytes / _MILLION:.1f} M{unit}"
        else:
            digits = f"{size_bytes / _THOUSAND:.0f} k{unit}"
        sign = "+" if has_sign and size_bytes > 0 else ""
        return self._decimal(sign + digits).replace(" ", "\u00a0")

    def width(self, metres: float) -> str:
        """Return how wide a print is: ``42 cm``, ``7,6 cm``."""
        digits = f"{100 * metres:.1f}".removesuffix(".0")
        return self._decimal(f"{digits}\u00a0cm")

    def metres(self, value: float) -> str:
        """Return a distance, to the decimetre."""
        return self._decimal(f"{value:.1f}\u00a0m")

    def seconds(self, value: float) -> str:
        """Return a time in seconds."""
        return self._decimal(f"{value:.1f}\u00a0s")

    def error(self, value: float) -> str:
        """Return a visual error, or a budget of it."""
        return self._decimal(f"{value:.3f}")

    def speed(self, value: float) -> str:
        """Return megabits a second: ``1,6``, ``50``."""
        return self._decimal(f"{value:g}")

    def _decimal(self, text: str) -> str:
        return text.replace(".", ",") if self.language == "fr" else text


def report_page(
    facts: ReportFacts, difference: Difference, language: Language, today: date
) -> bytes:
    """Return the report as one HTML file."""
    museum = facts.museum

    def place(finding: Diagnostic) -> str:
        path = finding.location.path
        if path.is_relative_to(museum.folder):
            path = path.relative_to(museum.folder)
        return f"{path.as_posix()}:{finding.location.line} · {finding.code}"

    return _page(
        "report.html",
        language,
        difference,
        name=museum.name.best((language, *museum.languages))[1],
        facts=facts,
        today=today,
        place=place,
        webp=_webp,
        networks=NETWORKS,
        most_errors=MOST_ERRORS,
        to_do=group_findings(facts.diagnostics, language),
        lighter=group_savings(facts.savings),
        unmade=_listed(facts.pending, ReportWords(language)),
        has_pictures=not facts.models or any(a.photograph for a in facts.models),
        scale=", ".join(COLORS),
        greatest=MAP_GREATEST,
    )


def _listed(paths: tuple[str, ...], words: ReportWords) -> str:
    """Return a list of files in one line, the first few by name."""
    shown, more = list(paths[:_MOST_PATHS]), len(paths) - _MOST_PATHS
    if more > 0:
        shown.append(words.say("unmade_more", count=more))
    return ", ".join(shown)


def group_findings(
    findings: Iterable[Diagnostic], language: Language
) -> list[list[Diagnostic]]:
    """Return findings grouped by remedy, errors first."""
    groups: dict[tuple[str, str, str], list[Diagnostic]] = {}
    for finding in sorted(findings, key=lambda one: not one.is_error):
        said = finding.wording(language)
        groups.setdefault((finding.code, said.why, said.remedy), []).append(finding)
    return list(groups.values())


def group_savings(savings: Iterable[Saving]) -> list[list[Saving]]:
    """Return savings grouped by remedy, the largest first."""
    groups: dict[str, list[Saving]] = {}
    for saving in savings:
        groups.setdefault(saving.what, []).append(saving)
    return sorted(groups.values(), key=lambda one: -sum(s.saved_bytes for s in one))


def mark_commands(text: str) -> Markup:
    """Return a text with its commands marked so that none is broken across lines."""
    tagged = r'<span class="command">\1</span>'
    joined = text.replace("« ", "«\u00a0").replace(" »", "\u00a0»")
    return Markup(_COMMAND.sub(tagged, str(escape(joined))))  # noqa: S704 - escaped before


def diff_page(name: str, difference: Difference, language: Language) -> bytes:
    """Return the comparison with the next release as one HTML file."""
    return _page(
        "diff.html",
        language,
        difference,
        name=name,
        release=difference.release,
        pending=difference.pending,
    )


def group_changes(
    difference: Difference,
) -> list[tuple[str, list[Change]]]:
    """Return changes grouped by tour or stop, with titles."""
    titles = difference.titles

    def key(change: Change) -> tuple[str, str | None]:
        return change.tour, change.stop

    order = {k: n for n, k in enumerate(dict.fromkeys(map(key, difference.changes)))}
    changes = sorted(difference.changes, key=lambda c: order[key(c)])
    found = []
    for (tour, stop), group in groupby(changes, key):
        names = [titles.get((tour, None), tour)]
        names += [titles.get((tour, stop), stop)] if stop else []
        found.append((" · ".join(names), list(group)))
    return found


def diff_excerpts(before: str | None, after: str | None) -> tuple[str, str]:
    """Return two texts cut to where they first differ, each on one line."""
    old, new = _line(before), _line(after)
    same = next(
        (i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )
    start = max(0, old.rfind(" ", 0, max(0, same - 24)))
    lead = "…" if start else ""
    cut = slice(start, start + 100)
    return tuple(  # type: ignore[return-value]  # two texts, two excerpts
        lead + text[cut] + ("…" if len(text) > start + 100 else "")
        for text in (old, new)
    )


def _page(
    template: str, language: Language, difference: Difference, **facts: object
) -> bytes:
    environment = Environment(
        loader=PackageLoader("publishing.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = lambda iso: staff_words.format_day(iso, language)
    environment.filters["commands"] = mark_commands
    environment.filters["field"] = lambda key: field_name(key, language)
    style = resources.files("publishing.report") / "templates" / "report.css"
    return (
        environment.get_template(template)
        .render(
            words=ReportWords(language),
            style=style.read_text(encoding="utf-8"),
            groups=group_changes(difference),
            describe_change=lambda change: describe_change(change, language),
            picture=_pictures(difference.pictures),
            marked=_mark_changes,
            **facts,
        )
        .encode()
    )


def _pictures(paths: dict[str, Path]) -> Callable[[str | None], str | None]:
    def picture(url: str | None) -> str | None:
        path = paths.get(url or "")
        if path is None or not path.is_file():
            return None
        if path.stat().st_size > _MOST_PICTURE_BYTES:
            return None
        kind = "jpeg" if path.suffix in (".jpg", ".jpeg") else path.suffix[1:]
        return (
            f"data:image/{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"
        )

    return picture


def _webp(content: bytes) -> str:
    return f"data:image/webp;base64,{base64.b64encode(content).decode()}"


def _mark_changes(before: str | None, after: str | None) -> Markup:
    """Return a text with what goes and what comes marked, word by word."""
    old, new = (re.findall(r"\s+|[^\s]+", text or "") for text in (before, after))
    pieces: list[Markup] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for what, i, j, k, m in matcher.get_opcodes():
        if what == "equal":
            pieces.append(escape("".join(old[i:j])))
            continue
        pieces += _tagged("del", old[i:j])
        pieces += _tagged("ins", new[k:m])
    return Markup().join(pieces)


def _tagged(tag: str, words: Iterable[str]) -> list[Markup]:
    text = "".join(words)
    return [Markup(f"<{tag}>{{}}</{tag}>").format(text)] if text else []  # noqa: S704 - one of two tags


def _line(text: str | None) -> str:
    return " ".join((text or "").split())
