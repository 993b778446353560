"""``ecomusee build``: build and publish a museum's release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomusee.arguments import add_build_dir, add_content
from ecomusee.crash_log import logging_to_file
from ecomusee.errors import ExitCode, MissingError
from ecomusee.findings import findings_json, preflight_assets, print_counts
from ecomusee.folders import (
    find_museum,
    record_origin,
    refuse_copy,
    translate_publishing_errors,
)
from ecomusee.localization import LANGUAGES, Message
from ecomusee.worker_pool import dask_cluster, default_jobs, process_pool

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from concurrent.futures import Executor
    from contextlib import AbstractContextManager
    from pathlib import Path

    from assets_pipeline.build.remote_executor import RemoteExecutor
    from ecomusee.arguments import Parser
    from ecomusee.terminal import Terminal
    from publishing.publish import PublishResult
    from tours.checks import MuseumReading

SUMMARY = Message(
    fr="fabriquer la visite : pages, modèles, affiches, et les publier d’un coup",
    en="make the visit: pages, models, posters, and publish them at once",
)
_JOBS = Message(
    fr="modèles fabriqués en même temps (sinon un par cœur et par 2 Go de mémoire ; les plus denses, l’un après l’autre)",
    en="models made at the same time (else one a core and 2 GB of memory; the densest one by one)",
)
_SEARCH = Message(
    fr="chercher, pour chaque modèle, le plus petit fichier qui lui ressemble, et noter "
    "dans le dossier du musée (decisions.json) ce qui a été décidé ; une seule fois par modèle",
    en="search, for each model, for the smallest file that looks like it, and write down "
    "in the museum's folder (decisions.json) what was decided; once a model",
)
_CLUSTER = Message(
    fr="fabriquer sur d’autres machines : l’adresse d’un ordonnanceur Dask, « tcp://… »",
    en="make them on other machines: the address of a Dask scheduler, `tcp://…`",
)
_STEPS = {
    "reading": Message(fr="Lecture", en="Reading"),
    "assets": Message(fr="Modèles, images, sons", en="Models, pictures, sounds"),
    "pages": Message(fr="Pages", en="Pages"),
    "release": Message(fr="Publication", en="Publication"),
}
_DONE = Message(
    fr="Publié dans {folder} : {release}. Fichiers fabriqués : {transforms}, repris : {reused}.",
    en="Published in {folder}: {release}. Files made: {transforms}, reused: {reused}.",
)
_SAME = Message(
    fr="Rien n’a changé, {release} reste servie. Fichiers fabriqués : {transforms}, repris : {reused}.",
    en="Nothing changed, {release} is still served. Files made: {transforms}, reused: {reused}.",
)
_NOT_DONE = Message(
    fr="Rien n’est publié : corrigez d’abord les erreurs.",
    en="Nothing is published: mend the errors first.",
)
LOGGED = Message(
    fr="Le programme s’est trompé sur un fichier ; les détails sont dans {log} : "
    "envoyez ce fichier à qui s’occupe du programme.",
    en="The program went wrong on a file; the details are in {log}: send that file to "
    "whoever looks after the program.",
)
_BARE = Message(
    fr="cette machine ne peut pas fabriquer de modèles. Il lui manque : {facts}. "
    "« ecomusee doctor » donne le remède de chacun",
    en="this machine can't make models. It lacks: {facts}. "
    "`ecomusee doctor` has the remedy of each",
)
NO_CLIENT = Message(
    fr="le programme des téléphones n’est pas construit. « ecomusee doctor » dit comment faire",
    en="the program for phones is not built. `ecomusee doctor` tells how",
)


def add_arguments(parser: Parser) -> None:
    """Add what this command takes."""
    add_content(parser)
    add_build_dir(parser)
    parser.option("--jobs", help=_JOBS, type=int)
    parser.option("--cluster", help=_CLUSTER, metavar="ADDRESS")
    parser.option("--search", help=_SEARCH, action="store_true")


def run(options: argparse.Namespace, terminal: Terminal) -> ExitCode:
    """Publish a museum's folder, and print what was found on the way."""
    folder = find_museum(options.content)
    return build_museum(
        folder,
        options.build_dir,
        default_jobs() if options.jobs is None else options.jobs,
        terminal,
        searches=options.search,
        cluster=options.cluster,
    )


def build_museum(
    folder: Path,
    releases: Path,
    jobs: int,
    terminal: Terminal,
    *,
    searches: bool = False,
    cluster: str | None = None,
) -> ExitCode:
    """Publish a museum's folder into ``releases/<museum>``, and print the findings."""
    from tours.checks import read_museum

    reading = read_museum(folder)
    if reading.museum is None or reading.has_errors:
        return _refuse(folder, reading, releases, terminal)
    if any(stop.scene for _, stop in reading.museum.stops()):
        _refuse_bare_machine()
    build_dir = releases / reading.museum.id
    refuse_copy(folder, build_dir)
    with logging_to_file() as log:
        makers = process_pool(jobs, log) if cluster is None else dask_cluster(cluster)
        published = publish_with_progress(
            folder, build_dir, makers, terminal, searches=searches
        )
    if published.release is not None:
        record_origin(folder, build_dir)
    _say(published, folder, build_dir, terminal)
    if log.exists():
        terminal.aside().say(LOGGED, log=log)
    return ExitCode.FINDINGS if published.has_errors else ExitCode.CLEAN


def publish_with_progress(
    folder: Path,
    build_dir: Path,
    makers: AbstractContextManager[Executor | RemoteExecutor | None],
    terminal: Terminal,
    *,
    searches: bool = False,
) -> PublishResult:
    """Publish a museum's folder with progress on the terminal."""
    from publishing.client_files import ClientFilesError
    from publishing.publish import publish

    with terminal.progress() as show, translate_publishing_errors(build_dir):
        try:
            with makers as executor:
                return publish(
                    folder,
                    build_dir,
                    executor=executor,
                    progress=_progress_callback(show, terminal),
                    searches=searches,
                )
        except ClientFilesError as error:
            raise MissingError(NO_CLIENT) from error


def _refuse_bare_machine() -> None:
    """Raise when this machine lacks something that models need."""
    from ecomusee.system_checks import missing_for_building

    if lacks := missing_for_building():
        sentences = (
            _BARE.text(
                language, facts=", ".join(lack.fact.text(language) for lack in lacks)
            )
            for language in LANGUAGES
        )
        raise MissingError(Message(*sentences))


def _progress_callback(
    show: Callable[[str], None], terminal: Terminal
) -> Callable[[str, int, int, float, str], None]:
    from time import monotonic

    from ecomusee.remaining_time import RemainingTime

    waited: dict[str, RemainingTime] = {}

    def progress(step: str, done: int, total: int, share: float, in_hand: str) -> None:
        now_s = monotonic()
        waiting = waited.setdefault(step, RemainingTime(now_s))
        left = waiting.told(now_s, share, terminal.language)
        count = f" {done}/{total}" if total > 1 else ""
        name = _STEPS[step].text(terminal.language)
        said = ", ".join(filter(None, (left, in_hand)))
        show(f"{name}{count}… {said}".rstrip())

    return progress


def _refuse(
    folder: Path, reading: MuseumReading, releases: Path, terminal: Terminal
) -> ExitCode:
    """Print all that `validate` would: not only what is wrong with the texts."""
    told = preflight_assets(reading.museum, releases)
    found = {*reading.diagnostics, *((*told.current, *told.recorded) if told else ())}
    findings = tuple(sorted(found))
    terminal.findings(findings)
    print_counts(folder, findings, terminal)
    terminal.say(_NOT_DONE)
    museum = reading.museum.id if reading.museum else None
    terminal.document(**findings_json(folder, museum, findings), release=None)
    return ExitCode.FINDINGS


def _say(
    published: PublishResult, folder: Path, build_dir: Path, terminal: Terminal
) -> None:
    terminal.findings(published.diagnostics)
    if published.diagnostics:
        print_counts(folder, published.diagnostics, terminal)
    if published.release is None:
        terminal.say(_NOT_DONE)
    else:
        terminal.say(
            _DONE if published.is_new else _SAME,
            release=published.release.id,
            transforms=published.transforms,
            reused=published.reused,
            folder=build_dir,
        )
    terminal.document(
        **findings_json(folder, build_dir.name, published.diagnostics),
        release=published.release.id if published.release else None,
        releases=build_dir.as_posix(),
        is_new=published.is_new,
        transforms=published.transforms,
        reused=published.reused,
    )
