"""``ecomusee labels``: give each stop its code, for ever, and draw the labels to print."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ecomusee.arguments import add_build_dir, add_content
from ecomusee.commands.validate import counted, say_counts
from ecomusee.errors import ContentError, ExitCode
from ecomusee.museums import museum_folder
from ecomusee.phrases import Phrase

if TYPE_CHECKING:
    import argparse

    from ecomusee.arguments import Parser
    from ecomusee.terminal import Terminal
    from tours.codes import RegisteredCode, Registry
    from tours.model import Museum

SUMMARY = Phrase(
    fr="attribuer les codes des arrêts, pour toujours, et dessiner les étiquettes",
    en="give stops their codes, for ever, and draw the labels",
)
_OUTPUT = Phrase(
    fr="fichier PDF à écrire (sinon build/<musée>/labels.pdf)",
    en="PDF file to write (else build/<museum>/labels.pdf)",
)
_DISTANCE = Phrase(
    fr="distance de lecture, en mètres (sinon 1)",
    en="reading distance, in metres (else 1)",
)
_NOT_DRAWN = Phrase(
    fr="Aucune étiquette : corrigez d’abord les erreurs.",
    en="No label drawn: mend the errors first.",
)
_NEW_CODE = Phrase(
    fr="{code} : {tour}, arrêt {stop}. Ce code est à lui pour toujours.",
    en="{code}: {tour}, stop {stop}. This code is its own for ever.",
)
_DONE = Phrase(
    fr="Étiquettes dessinées : {count}, dans {file}. Imprimez à 100 %, sans mise à l’échelle.",
    en="Labels drawn: {count}, in {file}. Print at 100 %, without scaling.",
)
_BUILD_NEXT = Phrase(
    fr="Rangez codes.lock.yaml avec les visites, puis lancez « ecomusee build » : "
    "les nouveaux codes ne répondent qu’ensuite.",
    en="Keep codes.lock.yaml with the tours, then run `ecomusee build`: "
    "only then do the new codes answer.",
)
_CANNOT_DRAW = Phrase(
    fr="une étiquette ne peut pas être dessinée, et rien n’est changé ({detail})",
    en="a label can't be drawn, and nothing has changed ({detail})",
)
_NO_CODE_LEFT = Phrase(
    fr="il ne reste aucun code : ce musée en a donné plus de douze mille",
    en="no code is left: this museum has given more than twelve thousand",
)


def add_arguments(parser: Parser) -> None:
    """Add what this command takes."""
    add_content(parser)
    add_build_dir(parser)
    parser.option("--output", help=_OUTPUT, type=Path, metavar="FILE")
    parser.option(
        "--distance", help=_DISTANCE, type=float, default=1.0, metavar="METRES"
    )


def run(options: argparse.Namespace, terminal: Terminal) -> ExitCode:
    """Add new codes to ``codes.lock.yaml`` and write the labels of all stops."""
    from publishing.files import Disk
    from tours.checks import read_museum
    from tours.codes import FILE_NAME

    folder = museum_folder(options.content)
    reading = read_museum(folder)
    museum = reading.museum
    if museum is None or reading.has_errors:
        terminal.findings(reading.diagnostics)
        say_counts(folder, reading.diagnostics, terminal)
        terminal.say(_NOT_DRAWN)
        museum_id = museum.id if museum else None
        terminal.document(**counted(folder, museum_id, reading.diagnostics), file=None)
        return ExitCode.FINDINGS

    registry = _assigned(museum, reading.registry)
    pdf = _sheet(museum, registry, options.distance)
    file = options.output or options.build_dir / museum.id / "labels.pdf"
    new = registry.codes[len(reading.registry.codes) :]
    disk = Disk()
    # A code that is printed must have been recorded: the registry goes first.
    if new:
        disk.replace(folder / FILE_NAME, registry.to_yaml().encode())
    file.parent.mkdir(parents=True, exist_ok=True)
    disk.replace(file, pdf)
    _say(museum, registry, new, file, terminal)
    return ExitCode.CLEAN


def _assigned(museum: Museum, registry: Registry) -> Registry:
    from tours.codes import CodesExhaustedError, Registry

    if not registry.codes:
        registry = Registry(museum.address)
    stops = [(tour.id, stop.id) for tour, stop in museum.stops()]
    try:
        return registry.assigned(stops, datetime.now(UTC).date())
    except CodesExhaustedError as error:
        raise ContentError(_NO_CODE_LEFT) from error


def _sheet(museum: Museum, registry: Registry, distance_m: float) -> bytes:
    from ecomusee.blank_index import blank_index
    from publishing.compose import manifests_of
    from publishing.errors import LabelError
    from publishing.labels import label_sheet

    manifests = manifests_of(museum, blank_index(), registry)
    try:
        return label_sheet(manifests, registry, reading_distance_m=distance_m)
    except LabelError as error:
        raise ContentError(_CANNOT_DRAW, detail=error) from error


def _say(
    museum: Museum,
    registry: Registry,
    new: tuple[RegisteredCode, ...],
    file: Path,
    terminal: Terminal,
) -> None:
    stops = {(tour.id, stop.id) for tour, stop in museum.stops()}
    drawn = [c for c in registry.codes if (c.tour, c.stop) in stops]
    for entry in new:
        terminal.say(_NEW_CODE, code=entry.code, tour=entry.tour, stop=entry.stop)
    terminal.say(_DONE, count=len(drawn), file=file)
    if new:
        terminal.say(_BUILD_NEXT)
    new_codes = {entry.code for entry in new}
    terminal.document(
        file=file.as_posix(),
        labels=[
            {
                "code": entry.code,
                "tour": entry.tour,
                "stop": entry.stop,
                "is_new": entry.code in new_codes,
            }
            for entry in drawn
        ],
    )
