"""``ecomusee optimize``: make small GLB files of models, without a museum."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ecomusee.arguments import parse_decimal
from ecomusee.errors import ExitCode, UsageError
from ecomusee.file_inspection import check_is_file, refusal_finding
from ecomusee.localization import Message

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from assets_pipeline.optimization.options import OptimizeOptions
    from assets_pipeline.optimization.result import Optimized
    from ecomusee.arguments import Parser
    from ecomusee.parallel_optimization import Outcome
    from ecomusee.terminal import Terminal
    from tours.diagnostics import Language

SUMMARY = Message(
    fr="alléger des modèles en GLB sans que cela se voie, hors de tout musée",
    en="make models light as GLB without a visible change, outside of any museum",
)
_FILES = Message(
    fr="modèles, ou motif entre guillemets (« *.obj ») ; - pour l’entrée standard",
    en='models, or a quoted pattern ("*.obj"); - for standard input',
)
_OUTPUT = Message(
    fr="fichier GLB à écrire, ou dossier (sinon NOM.optimized.glb à côté) ; - pour la sortie standard",
    en="GLB file to write, or a folder (else NAME.optimized.glb beside it); - for standard output",
)
_ERROR = Message(
    fr="écart visuel à ne pas dépasser, de 0 à 1 (sinon 0,02)",
    en="most visual error, from 0 to 1 (else 0.02)",
)
_BYTES = Message(fr="octets à ne pas dépasser", en="most bytes")
_TRIANGLES = Message(
    fr="triangles à ne pas dépasser (sinon 100 000)", en="most triangles (else 100,000)"
)
_LODS = Message(
    fr="nombre de niveaux de détail (sinon 1) ; chacun a droit au double d’écart",
    en="number of LODs (else 1); each may have twice the visual error",
)
_USDZ = Message(fr="écrire aussi un USDZ, pour iPhone", en="write a USDZ too")
_OCCLUSION = Message(
    fr="assombrir les creux par une image (non, sinon)",
    en="darken hollows by a texture (else not)",
)
_REPORT = Message(
    fr="page HTML à écrire, avec photographies avant et après",
    en="HTML page to write, with pictures before and after",
)
_UNITS = Message(
    fr="unité des nombres du fichier (sinon m)",
    en="unit of the file's numbers (else m)",
)
_UP = Message(
    fr="axe du fichier qui monte (sinon y)", en="the file's axis that goes up (else y)"
)
_OVER_SOURCE = Message(
    fr="« {path} » serait écrit par-dessus un modèle à lire. Nommez une autre sortie avec -o",
    en="'{path}' would be written over a model to be read. Name another output with -o",
)
_SAME_OUTPUT = Message(
    fr="plusieurs modèles s’écriraient dans « {path} ». Séparez-les, ou renommez-en un",
    en="several models would be written to '{path}'. Take them apart, or rename one",
)
_NO_MATCH = Message(
    fr="aucun fichier ne répond à « {pattern} »", en="no file matches '{pattern}'"
)
_ONE_STREAM = Message(
    fr="l’entrée et la sortie standard ne portent qu’un modèle et qu’un GLB : ni plusieurs "
    "fichiers, ni --lods, ni --usdz, ni --json avec elles",
    en="standard input and output carry one model and one GLB: neither several files, nor "
    "--lods, --usdz or --json go with them",
)
_NOT_GLB = Message(
    fr="« {path} » ne finit pas par .glb, le format écrit",
    en="'{path}' does not end in .glb, the format written",
)
_WRONG_LIMIT = Message(
    fr="une limite est hors de portée : --error entre 0 et 1, --bytes et --triangles au "
    "moins 1, --lods de 1 à {most}",
    en="a limit is out of range: --error between 0 and 1, --bytes and --triangles at "
    "least 1, --lods from 1 to {most}",
)
_REPORT_WRITTEN = Message(fr="Rapport écrit : {path}", en="Report written: {path}")
_TOTAL = Message(
    fr="{count} modèles : {before} avant, {after} après. Refusés : {refused}.",
    en="{count} models: {before} before, {after} after. Refused: {refused}.",
)
_STREAM = Path("-")
_PATTERN_SIGNS = ("*", "?", "[")


def add_arguments(parser: Parser) -> None:
    """Add what this command takes."""
    parser.option("files", help=_FILES, type=Path, metavar="FILE", nargs="+")
    parser.option("-o", "--output", help=_OUTPUT, type=Path, metavar="OUT")
    parser.option("--error", help=_ERROR, type=parse_decimal, metavar="E")
    parser.option("--bytes", help=_BYTES, type=int, metavar="N")
    parser.option("--triangles", help=_TRIANGLES, type=int, metavar="N")
    parser.option("--lods", help=_LODS, type=int, metavar="N", default=1)
    parser.option("--usdz", help=_USDZ, action="store_true")
    parser.option("--occlusion", help=_OCCLUSION, action="store_true")
    parser.option("--report", help=_REPORT, type=Path, metavar="FILE")
    parser.option("--units", help=_UNITS, choices=("m", "cm", "mm", "in", "ft"))
    parser.option("--up", help=_UP, choices=("x", "y", "z"))


@dataclass(frozen=True, slots=True)
class _Job:
    """One model to optimize."""

    named: Path
    """As the command was given it."""
    file: Path
    """That is read: of standard input, a copy."""
    output: Path

    @property
    def source(self) -> str:
        return self.named.as_posix()


def run(options: argparse.Namespace, terminal: Terminal) -> ExitCode:
    """Write an optimized file for each model, and print what changed."""
    from assets_pipeline.optimization.options import model_task
    from ecomusee.parallel_optimization import optimize_all

    asked = _asked(options)
    with ExitStack() as stack:
        jobs = list(_jobs(options, stack))
        _check_outputs(jobs, asked, options.report)
        is_streamed = any(job.output == _STREAM for job in jobs)
        told = terminal.aside() if is_streamed else terminal
        tasks = [model_task(job.file, asked) for job in jobs]
        outcomes = optimize_all(tasks, asked, terminal)
        pairs = list(zip(jobs, outcomes, strict=True))
        written = [_write(job, outcome, told) for job, outcome in pairs]
    if len(jobs) > 1:
        _tell_total(outcomes, told)
    if options.report is not None:
        _write_report(options.report, pairs, terminal.language)
        told.say(_REPORT_WRITTEN, path=options.report)
    terminal.document(models=written)
    failed = any(_is_failed(outcome, options) for outcome in outcomes)
    return ExitCode.FINDINGS if failed else ExitCode.CLEAN


def _asked(options: argparse.Namespace) -> OptimizeOptions:
    from assets_pipeline.optimization.options import MAX_LODS, OptimizeOptions
    from tours.vocabulary import UNITS

    try:
        return OptimizeOptions(
            max_error=options.error,
            max_bytes=options.bytes,
            max_triangles=options.triangles,
            lods=options.lods,
            usdz=options.usdz,
            occlusion=options.occlusion,
            pictures=options.report is not None,
            metres_per_unit=UNITS[options.units or "m"],
            up=options.up or "y",
        )
    except ValueError as error:
        raise UsageError(_WRONG_LIMIT, most=MAX_LODS) from error


def _jobs(options: argparse.Namespace, stack: ExitStack) -> Iterator[_Job]:
    named = list(dict.fromkeys(path for word in options.files for path in _found(word)))
    output: Path | None = options.output
    is_streamed = _STREAM in named or output == _STREAM
    makes_more = options.lods > 1 or options.usdz
    if is_streamed and len(named) > 1:
        raise UsageError(_ONE_STREAM)
    for path in named:
        place = output
        if path == _STREAM:
            place = place or _STREAM
        else:
            check_is_file(path)
        is_folder = len(named) > 1 or (place is not None and place.is_dir())
        if place is None:
            place = path.with_name(f"{path.stem}.optimized.glb")
        elif is_folder and place != _STREAM:
            place /= f"{path.stem}.glb" if path != _STREAM else "model.glb"
        if place == _STREAM and (makes_more or getattr(options, "json", False)):
            raise UsageError(_ONE_STREAM)
        if place != _STREAM and place.suffix.lower() != ".glb":
            raise UsageError(_NOT_GLB, path=place.as_posix())
        yield _Job(path, _file_of(path, stack), place)


def _found(word: Path) -> list[Path]:
    """Return the files that a word names: one, or those that a pattern matches."""
    if word == _STREAM or not any(sign in str(word) for sign in _PATTERN_SIGNS):
        return [word]
    if word.exists():
        return [word]
    import glob

    found = [
        path
        for name in sorted(glob.glob(str(word), recursive=True))  # noqa: PTH207  # it may be absolute
        if (path := Path(name)).is_file()
    ]
    if not found:
        raise UsageError(_NO_MATCH, pattern=word.as_posix())
    return found


def _file_of(path: Path, stack: ExitStack) -> Path:
    """Return the file to read: of standard input, a copy that goes with the stack."""
    if path != _STREAM:
        return path
    from tempfile import TemporaryDirectory

    from assets_pipeline.optimization.sources import write_source

    folder = stack.enter_context(TemporaryDirectory(prefix="ecomusee-"))
    return write_source(sys.stdin.buffer.read(), Path(folder))


def _outputs(job: _Job, asked: OptimizeOptions) -> Iterator[Path]:
    from assets_pipeline.optimization.result import output_path

    for number in range(asked.lods):
        yield output_path(job.output, f"lod{number}")
    if asked.usdz:
        yield output_path(job.output, "usdz")


def _check_outputs(
    jobs: Sequence[_Job], asked: OptimizeOptions, report: Path | None
) -> None:
    """Check that nothing is written over a source, or twice.

    Raises
    ------
    UsageError
        If it would be.
    """
    sources = [job.file.resolve() for job in jobs]
    taken: set[Path] = set()
    outputs = [path for job in jobs for path in _outputs(job, asked)]
    if report is not None:
        outputs.append(report)
    for path in outputs:
        if path == _STREAM:
            continue
        real = path.resolve()
        if any(real == source or _is_same(real, source) for source in sources):
            raise UsageError(_OVER_SOURCE, path=path.as_posix())
        if real in taken:
            raise UsageError(_SAME_OUTPUT, path=path.as_posix())
        taken.add(real)


def _is_same(one: Path, other: Path) -> bool:
    """Whether two paths name one file, by a hard link or in another case."""
    return one.exists() and one.samefile(other)


def _write(job: _Job, outcome: Outcome, terminal: Terminal) -> dict[str, object]:
    """Write a model's files, print what changed, and return it as JSON values."""
    from assets_pipeline.errors.exceptions import AssetError
    from assets_pipeline.optimization.result import output_path
    from ecomusee.file_changes import write_atomically
    from ecomusee.findings import finding_json
    from ecomusee.optimization_table import optimized_json, tell
    from tours.diagnostics import render

    made = outcome.made
    if isinstance(made, AssetError):
        finding = refusal_finding(job.named, outcome.task, made)
        terminal.write(render(finding, terminal.language))
        return {"file": job.source, "findings": [finding_json(finding)]}
    paths = [output_path(job.output, file.name) for file in made.files]
    if job.output == _STREAM:
        sys.stdout.buffer.write(made.glb)
        sys.stdout.buffer.flush()
    else:
        job.output.parent.mkdir(parents=True, exist_ok=True)
        for path, file in zip(paths, made.files, strict=True):
            write_atomically(path, file.content)
    tell(job.source, made, paths, terminal)
    return {"file": job.source, **optimized_json(made, paths), "findings": []}


def _optimized(outcomes: Sequence[Outcome]) -> list[Optimized]:
    from assets_pipeline.optimization.result import Optimized

    return [one.made for one in outcomes if isinstance(one.made, Optimized)]


def _tell_total(outcomes: Sequence[Outcome], terminal: Terminal) -> None:
    from ecomusee.number_format import NumberFormat

    made = _optimized(outcomes)
    numbers = NumberFormat(terminal.language)
    terminal.say(
        _TOTAL,
        count=len(made),
        before=numbers.bytes(sum(one.source.size_bytes for one in made)),
        after=numbers.bytes(sum(len(one.glb) for one in made)),
        refused=len(outcomes) - len(made),
    )


def _is_failed(outcome: Outcome, options: argparse.Namespace) -> bool:
    """Whether a model was refused, or does not keep a limit that was asked for."""
    from assets_pipeline.optimization.result import Optimized

    made = outcome.made
    if not isinstance(made, Optimized):
        return True
    asked = {
        "error": options.error,
        "bytes": options.bytes,
        "triangles": options.triangles,
    }
    return any(
        asked[limit] is not None for file in made.files for limit in file.exceeded
    )


def _write_report(
    path: Path, pairs: Sequence[tuple[_Job, Outcome]], language: Language
) -> None:
    from assets_pipeline.optimization.result import Optimized
    from ecomusee.file_changes import write_atomically
    from ecomusee.optimization_table import table_rows, warnings
    from publishing.report.optimization import ModelSection, optimization_page

    sections = [
        ModelSection(
            job.named.name,
            made,
            table_rows(made, language),
            [
                phrase.text(language, **values)
                for phrase, values in warnings(made, language)
            ],
        )
        for job, outcome in pairs
        if isinstance(made := outcome.made, Optimized)
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, optimization_page(sections, language))
