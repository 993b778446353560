"""Findings of a command: preflight of assets, counts, JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from ecomusee.localization import Message

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from assets_pipeline.build.preflight import Preflight
    from ecomusee.terminal import Terminal
    from tours.diagnostics import Diagnostic, Wording
    from tours.model import Museum

_CLEAN = Message(fr="{folder} : rien à corriger.", en="{folder}: nothing to mend.")
_COUNTS = Message(
    fr="{folder} : {errors} à corriger, {warnings} à vérifier.",
    en="{folder}: {errors} to mend, {warnings} to look at.",
)


def finding_json(diagnostic: Diagnostic) -> dict[str, object]:
    """Return a finding as JSON values, in both languages."""
    place = diagnostic.location
    return {
        "path": place.path.as_posix(),
        "line": place.line,
        "column": place.column,
        "length": place.length,
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        **wordings_json(diagnostic.fr, diagnostic.en),
    }


def wordings_json(french: Wording, english: Wording) -> dict[str, object]:
    """Return the wordings of a finding or a rule, by language."""
    return {"fr": asdict(french), "en": asdict(english)}


def preflight_assets(museum: Museum | None, build_dir: Path) -> Preflight | None:
    """Return the findings on a museum's assets that need no decoding; None without assets."""
    from assets_pipeline.build.planning import plan_tasks

    if museum is None or not plan_tasks(museum):
        return None
    from assets_pipeline.build.preflight import run_preflight
    from assets_pipeline.tasks.store import STORE, Store

    return run_preflight(museum, Store(build_dir / museum.id / STORE))


def findings_json(
    folder: Path, museum: str | None, diagnostics: Sequence[Diagnostic]
) -> dict[str, object]:
    """Return a museum's findings and their counts as JSON values."""
    errors = sum(finding.is_error for finding in diagnostics)
    return {
        "folder": folder.as_posix(),
        "museum": museum,
        "errors": errors,
        "warnings": len(diagnostics) - errors,
        "findings": [finding_json(finding) for finding in diagnostics],
    }


def print_counts(
    folder: Path, diagnostics: Sequence[Diagnostic], terminal: Terminal
) -> None:
    """Print the number of errors and warnings."""
    if not diagnostics:
        terminal.say(_CLEAN, folder=folder)
        return
    errors = sum(finding.is_error for finding in diagnostics)
    terminal.say(
        _COUNTS, folder=folder, errors=errors, warnings=len(diagnostics) - errors
    )
