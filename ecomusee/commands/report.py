"""``ecomusee report``: write a page on a museum's contents, gaps and next release."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ecomusee.arguments import add_build_dir, add_content
from ecomusee.commands.build import LOGGED
from ecomusee.crash_log import logging_to_file
from ecomusee.errors import ExitCode
from ecomusee.findings import findings_json, print_counts
from ecomusee.folders import find_museum
from ecomusee.localization import Message

if TYPE_CHECKING:
    import argparse

    from ecomusee.arguments import Parser
    from ecomusee.terminal import Terminal
    from publishing.report.collect import Difference
    from publishing.report.facts import LevelFacts, ReportFacts, TourFacts
    from publishing.report.image_targets import TargetFacts

SUMMARY = Message(
    fr="faire le point sur une page : langues, voix, sources, poids, étiquettes, changements",
    en="take stock on one page: languages, voices, sources, weights, labels, changes",
)
_OUTPUT = Message(
    fr="fichier à écrire (sinon build/<musée>/report.html)",
    en="file to write (else build/<museum>/report.html)",
)
_NO_PICTURES = Message(
    fr="sans photographier les modèles avant et après",
    en="without photographing models before and after",
)
_DRAWING = Message(fr="Photographie {done}/{total}…", en="Photograph {done}/{total}…")
_WRITTEN = Message(fr="Rapport écrit : {path}", en="Report written: {path}")
_NOT_WRITTEN = Message(
    fr="Pas de rapport : corrigez d’abord les erreurs.",
    en="No report: mend the errors first.",
)


def add_arguments(parser: Parser) -> None:
    """Add what this command takes."""
    add_content(parser)
    add_build_dir(parser)
    parser.option("--output", help=_OUTPUT, type=Path, metavar="FILE")
    parser.option("--no-pictures", help=_NO_PICTURES, action="store_true")


def run(options: argparse.Namespace, terminal: Terminal) -> ExitCode:
    """Write the report, and print where it is."""
    from publishing.report.collect import collect_facts, take_snapshot

    folder = find_museum(options.content)
    seen = take_snapshot(folder, options.build_dir)
    if seen.museum is None:
        terminal.findings(seen.diagnostics)
        print_counts(folder, seen.diagnostics, terminal)
        terminal.say(_NOT_WRITTEN)
        terminal.document(**findings_json(folder, None, seen.diagnostics), report=None)
        return ExitCode.FINDINGS
    with logging_to_file() as log, terminal.progress() as show:

        def progress(done: int, total: int) -> None:
            show(_DRAWING.text(terminal.language, done=done + 1, total=total))

        facts = collect_facts(seen, progress, has_pictures=not options.no_pictures)
    path: Path = options.output or seen.build_dir / "report.html"
    _write(path, facts, seen.difference(), terminal)
    terminal.say(_WRITTEN, path=path)
    if log.exists():
        terminal.aside().say(LOGGED, log=log)
    terminal.document(**_document(facts, path))
    return ExitCode.CLEAN


def _write(
    path: Path, facts: ReportFacts, difference: Difference, terminal: Terminal
) -> None:
    from datetime import date

    from publishing.report.render import report_page

    today = date.today()  # noqa: DTZ011 - the day on the wall of whoever reads it
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(report_page(facts, difference, terminal.language, today))


def _document(facts: ReportFacts, path: Path) -> dict[str, object]:
    """Return the report as programs read it."""
    from dataclasses import asdict

    return {
        **findings_json(facts.museum.folder, facts.museum.id, facts.diagnostics),
        "report": path.as_posix(),
        "release": facts.release.id if facts.release else None,
        "tours": [_tour(tour, facts) for tour in facts.tours],
        "models": [
            {
                "path": asset.path,
                "source_bytes": asset.source_bytes,
                "source_triangles": asset.bundle.source_triangles,
                "levels": [_level(level) for level in asset.levels],
                "usdz": _level(asset.usdz),
            }
            for asset in facts.models
        ],
        "targets": [
            {
                "path": target.name,
                "width_m": target.width_m,
                "size_bytes": target.size_bytes,
                **_recognition(target),
                "finding": target.finding.code if target.finding else None,
            }
            for target in facts.targets
            if not target.is_label
        ],
        "labels": [
            {
                "code": target.name,
                "stop": target.stop,
                "width_m": target.width_m,
                **_recognition(target),
                "taken_for": list(target.alike),
            }
            for target in facts.targets
            if target.is_label
        ],
        "savings": [asdict(saving) for saving in facts.savings],
        "waiting": list(facts.pending),
        "changes": [asdict(change) for change in facts.changes],
    }


def _tour(tour: TourFacts, facts: ReportFacts) -> dict[str, object]:
    """Return what is told of one tour and of its stops."""
    return {
        "tour": tour.manifest.tour.id,
        "languages": {one.language: one.percent for one in tour.languages},
        "stops": [
            {
                "stop": stop.view.id,
                "missing": [list(pair) for pair in stop.missing],
                "easy": list(stop.easy),
                "voices": {voice.language: voice.by for voice in stop.voices},
                "sources": len(stop.view.sources),
                "license": stop.license,
                "code": stop.code,
                "to_print": facts.to_print.get(stop.code) if stop.code else "new",
                "phone_bytes": stop.phone_bytes,
                "usdz_bytes": stop.usdz_bytes,
            }
            for stop in tour.stops
        ],
    }


def _recognition(target: TargetFacts) -> dict[str, object]:
    """Return what is foretold of a print; nothing where nobody tried it."""
    told = target.recognition
    return {
        "score": told.score if told else None,
        "farthest_m": round(told.farthest_m, 2) if told else None,
        "largest_angle_deg": round(told.largest_angle_deg) if told else None,
    }


def _level(level: LevelFacts) -> dict[str, object]:
    return {
        "name": level.name,
        "size_bytes": level.size_bytes,
        "triangles": level.triangles,
        "draw_calls": level.draw_calls,
        "gpu_bytes": level.gpu_bytes,
        "loading_s": dict(level.loading_s),
        "visual_error": level.visual_error,
        "visual_error_without_added_occlusion": level.error_without_occlusion,
    }
