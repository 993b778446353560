"""``ecomusee target``: measure how well phones recognise an image target."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ecomusee.errors import ExitCode, UsageError
from ecomusee.file_inspection import check_is_file, run_isolated
from ecomusee.localization import Decimal, Message

if TYPE_CHECKING:
    import argparse

    from assets_pipeline.image_targets.trackability import Trackability
    from ecomusee.arguments import Parser
    from ecomusee.terminal import Terminal

SUMMARY = Message(
    fr="dire si les téléphones reconnaîtront une image, avant de l’imprimer",
    en="tell whether phones will recognise a picture, before it is printed",
)
_FILE = Message(fr="fichier de l’image", en="the picture's file")
_WIDTH = Message(
    fr="largeur imprimée, par exemple 42cm", en="printed width, for instance 42cm"
)
_REPORT = Message(
    fr="écrire aussi un rapport avec images, en une page HTML",
    en="also write a report with pictures, as one HTML page",
)
_NO_WIDTH = Message(
    fr="« {width} » n’est pas une largeur : écrivez par exemple « --width 42cm »",
    en="'{width}' is no width: write for instance `--width 42cm`",
)
_TRYING = Message(
    fr="Essais de l’image, comme la verraient des téléphones…",
    en="Trying the picture, as phones would see it…",
)
_PASSES = Message(
    fr="{score} sur 100 : cette image peut être imprimée.",
    en="{score} of 100: this picture can be printed.",
)
_HARD = Message(
    fr="{score} sur 100 : cette image sera parfois difficile à reconnaître.",
    en="{score} of 100: this picture will at times be hard to recognise.",
)
_REFUSED = Message(
    fr="{score} sur 100 : cette image ne serait presque jamais reconnue.",
    en="{score} of 100: this picture would hardly ever be recognised.",
)
_REACH = Message(
    fr="Neuf fois sur dix jusqu’à {distance} m de face, et {angle}° de biais.",
    en="Nine times in ten up to {distance} m from the front, and {angle}° to the side.",
)
_WORST = Message(
    fr="Le plus difficile : {worst}, {times} fois sur 10.",
    en="Hardest: {worst}, {times} times in 10.",
)
_NO_WORST = Message(
    fr="Reconnue dans toutes les conditions essayées.",
    en="Recognised under every condition tried.",
)
_ADVICE = Message(fr="→ {advice}", en="→ {advice}")
_WRITTEN = Message(fr="Rapport : {file}", en="Report: {file}")


def add_arguments(parser: Parser) -> None:
    """Add what this command takes."""
    parser.option("file", help=_FILE, type=Path, metavar="FILE")
    parser.option("--width", help=_WIDTH, required=True, metavar="42cm")
    parser.option("--report", help=_REPORT, type=Path, metavar="FILE.html")


def run(options: argparse.Namespace, terminal: Terminal) -> ExitCode:
    """Try the picture, print what is foretold of it, and write the report."""
    from assets_pipeline.image_targets.forecast import forecast_print
    from assets_pipeline.tasks.task import Task
    from tours.quantities import parse_metres

    width_m = parse_metres(options.width)
    if width_m is None or width_m <= 0:
        raise UsageError(_NO_WIDTH, width=options.width)
    file: Path = options.file
    check_is_file(file)
    task = Task("target", str(file.absolute().parent), file.name, width_m=width_m)
    report: Path | None = options.report
    work = partial(forecast_print, language=terminal.language if report else None)
    step = _TRYING.text(terminal.language)
    told = run_isolated(work, task, file, terminal, step=step)
    if told is None:
        return ExitCode.FINDINGS
    found, page = told
    if report is not None:
        report.write_text(page, encoding="utf-8")
    return _say(file, width_m, found, report, terminal)


def _say(
    file: Path,
    width_m: float,
    found: Trackability,
    report: Path | None,
    terminal: Terminal,
) -> ExitCode:
    from assets_pipeline.image_targets.trackability import PASSES, WARNS
    from assets_pipeline.image_targets.verdict import rule_values

    values = rule_values(found)
    for name in ("worst", "advice"):
        values[name] = values[f"{name}_{terminal.language}"]
    verdict = _PASSES if found.score >= PASSES else _HARD
    verdict = verdict if found.score >= WARNS else _REFUSED
    distance = Decimal(f"{found.farthest_m:.1f}")
    terminal.say(verdict, **values)
    if found.farthest_m and found.largest_angle_deg:
        angle = round(found.largest_angle_deg)
        terminal.say(_REACH, distance=distance, angle=angle)
    worst = found.worst
    terminal.say(_WORST if worst.found < worst.views else _NO_WORST, **values)
    terminal.say(_ADVICE, **values)
    if report is not None:
        terminal.say(_WRITTEN, file=report)
    terminal.document(
        file=file.as_posix(),
        width_m=width_m,
        score=found.score,
        farthest_m=round(found.farthest_m, 2),
        largest_angle_deg=round(found.largest_angle_deg, 1),
        worst=found.worst.condition.name,
        recall={t.condition.name: round(t.recall, 3) for t in found.results},
        heat=[[round(float(v), 2) for v in row] for row in found.heat],
        advice={"fr": values["advice_fr"], "en": values["advice_en"]},
        report=report.as_posix() if report else None,
    )
    return ExitCode.CLEAN if found.score >= WARNS else ExitCode.FINDINGS
