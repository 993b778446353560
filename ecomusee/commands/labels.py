"""``ecomusee labels``: assign codes to stops and draw the labels to print."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ecomusee.arguments import add_build_dir, add_content, parse_decimal
from ecomusee.errors import ContentError, ExitCode, UsageError
from ecomusee.findings import findings_json, print_counts
from ecomusee.folders import find_museum, translate_publishing_errors
from ecomusee.localization import Decimal, Message

if TYPE_CHECKING:
    import argparse

    from assets_pipeline.tasks.store import Store
    from ecomusee.arguments import Parser
    from ecomusee.terminal import Terminal
    from publishing.labels.formats import LabelFormat
    from publishing.print_labels import PrintResult
    from tours.codes import RegisteredCode

SUMMARY = Message(
    fr="attribuer les codes des arrêts, pour toujours, et dessiner les étiquettes",
    en="give stops their codes, for ever, and draw the labels",
)
_OUTPUT = Message(
    fr="fichier PDF à écrire (sinon build/<musée>/labels.pdf, ou labels-new.pdf avec --only-new)",
    en="PDF file to write (else build/<museum>/labels.pdf, or labels-new.pdf with --only-new)",
)
_DISTANCE = Message(
    fr="distance de lecture, en mètres (sinon 1)",
    en="reading distance, in metres (else 1)",
)
_FORMAT = Message(
    fr="format des étiquettes : une part d’A4 (A7 à A4) ou des étiquettes adhésives, par leurs "
    "dimensions en millimètres (sinon la plus petite feuille qui convient)",
    en="format of the labels: a part of A4 (A7 to A4), or stickers by their millimetres "
    "(else the smallest paper that fits)",
)
_ONLY_NEW = Message(
    fr="seulement les étiquettes nouvelles, ou dont les mots ont changé depuis qu’elles ont été "
    "dessinées",
    en="only the labels that are new, or whose words have changed since they were drawn",
)
_WIFI = Message(
    fr="l’étiquette du Wi-Fi que « ecomusee box » a préparé dans ce dossier, et rien d’autre",
    en="the label of the Wi-Fi that `ecomusee box` prepared in this folder, and nothing else",
)
_NO_BOX = Message(
    fr="{folder} n’a pas été écrit par « ecomusee box » : préparez d’abord le Wi-Fi",
    en="{folder} was not written by `ecomusee box`: prepare the Wi-Fi first",
)
_WIFI_ELSEWHERE = Message(
    fr="le Wi-Fi de {folder} mène à {name}, et les codes de ce musée à {address}. Relancez "
    "« ecomusee box --out {folder} --name {host} »",
    en="the Wi-Fi of {folder} leads to {name}, and this museum's codes to {address}. Run "
    "`ecomusee box --out {folder} --name {host}` again",
)
_NO_MUSEUM_YET = Message(
    fr="corrigez d’abord le musée : « ecomusee validate » dit quoi",
    en="mend the museum first: `ecomusee validate` tells what",
)
_WIFI_DONE = Message(
    fr="Étiquette du Wi-Fi « {ssid} », deux fois sur une feuille A4, dans {file}. Imprimez à 100 %, puis coupez.",
    en="Label of the Wi-Fi '{ssid}', twice on a sheet of A4, in {file}. Print at 100 %, then cut.",
)
_UNKNOWN = Message(
    fr="le format « {value} » n’est pas connu. Au choix : {known}",
    en="the format '{value}' is not known. Choose from: {known}",
)
_TOO_SMALL = Message(
    fr="le code QR occupe {block} mm avec le blanc qui l’entoure : il ne tient pas sur « {form} ». "
    "Le plus petit format qui convient est « {least} ». Si l’on scanne de plus près "
    "qu’à {distance} m, ajoutez par exemple « --distance {closer} »",
    en="the QR code takes {block} mm with its white margin: it does not fit '{form}'. "
    "The smallest format that fits is '{least}'. If people scan from closer than "
    "{distance} m, add for instance `--distance {closer}`",
)
_NOT_DRAWN = Message(
    fr="Aucune étiquette : corrigez d’abord les erreurs.",
    en="No label drawn: mend the errors first.",
)
_LEADS_NOWHERE = Message(
    fr="Ce ne sont que des étiquettes d’essai : {address} est une adresse d’exemple, où rien ne répondra jamais. "
    "Avant d’imprimer pour de bon, écrivez la vraie adresse dans museum.yaml et relancez « ecomusee "
    "labels » : les codes restent les mêmes.",
    en="These are labels for a trial only: {address} is an address for examples, where nothing will ever answer. "
    "Before you print in earnest, write the true address in museum.yaml and run `ecomusee labels` "
    "again: the codes stay the same.",
)
_NEW_CODE = Message(
    fr="{code} : {tour}, arrêt {stop}. Ce code est à lui pour toujours.",
    en="{code}: {tour}, stop {stop}. This code is its own for ever.",
)
_PRINT = Message(
    fr="À imprimer : {labels}.",
    en="To print: {labels}.",
)
_PRINT_AGAIN = Message(
    fr="À imprimer de nouveau : {labels}. L’étiquette posée dit un autre titre, un autre numéro "
    "ou une autre adresse. Le code ne change pas.",
    en="To print again: {labels}. The label that hangs there says another title, number "
    "or address. The code stays the same.",
)
_ALL_PRINTED = Message(
    fr="Rien à imprimer : chaque étiquette dit ce qu’elle disait quand elle a été dessinée.",
    en="Nothing to print: each label says what it said when it was drawn.",
)
_ENTRY = Message(fr="{code} ({tour}, arrêt {stop})", en="{code} ({tour}, stop {stop})")
_DONE = Message(
    fr="Étiquettes dessinées : {count}, dans {file}. Imprimez à 100 %, sans mise à l’échelle.",
    en="Labels drawn: {count}, in {file}. Print at 100 %, without scaling.",
)
_PICTURES = Message(
    fr="Images à reconnaître : {count}, dans {file}, à leur vraie largeur. "
    "Imprimez à 100 %, puis coupez aux traits.",
    en="Pictures to recognise: {count}, in {file}, at their true width. "
    "Print at 100 %, then cut along the marks.",
)
_FORETOLD = Message(
    fr="Étiquettes qui portent une scène : {count}. Un téléphone les reconnaît {score} fois sur 100, "
    "de face jusqu’à {farthest} m, de biais jusqu’à {angle}°.",
    en="Labels that carry a scene: {count}. A phone recognises them {score} times in 100, from "
    "the front up to {farthest} m, from the side up to {angle}°.",
)
_NONE_ALIKE = Message(
    fr="Aucune n’est prise pour une autre.",
    en="None is taken for another.",
)
_ALIKE = Message(
    fr="À ne pas poser côte à côte, un téléphone peut les confondre : {labels}.",
    en="Not to hang side by side, a phone may confuse them: {labels}.",
)
_TRYING = Message(
    fr="Essai des étiquettes, comme un téléphone les verra…",
    en="Trying the labels as a phone will see them…",
)
_BUILD_NEXT = Message(
    fr="Rangez codes.lock.yaml avec les visites, puis lancez « ecomusee build » : "
    "les nouveaux codes ne répondent qu’ensuite.",
    en="Keep codes.lock.yaml with the tours, then run `ecomusee build`: "
    "only then do the new codes answer.",
)
_CANNOT_DRAW = Message(
    fr="une étiquette ne peut pas être dessinée, et rien n’est changé ({detail})",
    en="a label can't be drawn, and nothing has changed ({detail})",
)
_NO_CODE_LEFT = Message(
    fr="il ne reste aucun code : ce musée en a donné plus de douze mille",
    en="no code is left: this museum has given more than twelve thousand",
)


def add_arguments(parser: Parser) -> None:
    """Add what this command takes."""
    add_content(parser)
    add_build_dir(parser)
    parser.option("--output", help=_OUTPUT, type=Path, metavar="FILE")
    parser.option("--format", help=_FORMAT, metavar="FORMAT")
    parser.option(
        "--distance", help=_DISTANCE, type=parse_decimal, default=1.0, metavar="METRES"
    )
    parser.option("--only-new", help=_ONLY_NEW, action="store_true")
    parser.option("--wifi", help=_WIFI, type=Path, metavar="DIR")


def run(options: argparse.Namespace, terminal: Terminal) -> ExitCode:
    """Add new codes to ``codes.lock.yaml`` and write the labels of all stops."""
    if options.wifi is not None:
        return _print_wifi(options, terminal)
    from assets_pipeline.tasks.store import STORE, Store
    from tours.checks import read_museum
    from tours.codes import is_example_address

    folder = find_museum(options.content)
    museum = read_museum(folder).museum
    museum_id = museum.id if museum else None
    name = "labels-new.pdf" if options.only_new else "labels.pdf"
    file = options.output or options.build_dir / str(museum_id) / name
    store = Store(options.build_dir / museum_id / STORE) if museum_id else None
    with terminal.progress() as show:
        show(_TRYING.text(terminal.language))
        printed = _printed(folder, file, options, store)
    terminal.findings(printed.diagnostics)
    if printed.diagnostics:
        print_counts(folder, printed.diagnostics, terminal)
    _say(printed, terminal)
    if museum and printed.pdf and is_example_address(museum.address):
        terminal.say(_LEADS_NOWHERE, address=museum.address)
    new_codes = {entry.code for entry in printed.assigned}
    terminal.document(
        **findings_json(folder, museum_id, printed.diagnostics),
        file=printed.pdf.as_posix() if printed.pdf else None,
        pictures_file=printed.pictures_pdf.as_posix() if printed.pictures_pdf else None,
        labels=[
            {
                "code": entry.code,
                "tour": entry.tour,
                "stop": entry.stop,
                "is_new": entry.code in new_codes,
                "printed": entry.printed.isoformat() if entry.printed else None,
                "to_print": printed.to_print.get(entry.code),
                "recognition": _recognition(entry, printed),
            }
            for entry in printed.drawn
        ],
    )
    return ExitCode.FINDINGS if printed.has_errors else ExitCode.CLEAN


def _print_wifi(options: argparse.Namespace, terminal: Terminal) -> ExitCode:
    """Write the label of a box's Wi-Fi."""
    from ecomusee.box.folder import kept_settings
    from ecomusee.file_changes import write_atomically
    from publishing.errors import LabelError
    from publishing.labels.wifi import WifiLabel, draw_wifi_label
    from tours.checks import read_museum

    box: Path = options.wifi
    try:
        settings = kept_settings(box)
    except ValueError:
        settings = None
    if settings is None:
        raise UsageError(_NO_BOX, folder=box)
    museum = read_museum(find_museum(options.content)).museum
    if museum is None:
        raise ContentError(_NO_MUSEUM_YET)
    host = urlsplit(museum.address).hostname
    if host != settings.name:
        raise ContentError(
            _WIFI_ELSEWHERE,
            folder=box,
            name=settings.name,
            address=museum.address,
            host=host,
        )
    label = WifiLabel(
        settings.ssid,
        settings.passphrase,
        museum.name.best(museum.languages)[1],
        museum.address,
        museum.color,
        museum.languages,
    )
    try:
        pdf = draw_wifi_label(label)
    except LabelError as error:
        raise ContentError(_CANNOT_DRAW, detail=error) from error
    file: Path = options.output or options.build_dir / museum.id / "labels-wifi.pdf"
    file.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(file, pdf)
    terminal.say(_WIFI_DONE, ssid=settings.ssid, file=file)
    terminal.document(file=file.as_posix(), ssid=settings.ssid)
    return ExitCode.CLEAN


def _printed(
    folder: Path, file: Path, options: argparse.Namespace, store: Store | None
) -> PrintResult:
    from publishing.errors import LabelError
    from publishing.labels.formats import FormatTooSmallError
    from publishing.print_labels import print_labels
    from tours.codes import CodesExhaustedError

    today = datetime.now(UTC).date()
    form = _format(options.format) if options.format else None
    try:
        with translate_publishing_errors(folder):
            return print_labels(
                folder,
                file,
                today=today,
                reading_distance_m=options.distance,
                form=form,
                is_only_new=options.only_new,
                store=store,
            )
    except FormatTooSmallError as error:
        raise ContentError(
            _TOO_SMALL,
            block=f"{error.block_mm:.0f}",
            form=error.form.name,
            least=error.least.name,
            distance=Decimal(f"{options.distance:g}"),
            closer=f"{error.distance_m:g}",
        ) from error
    except LabelError as error:
        raise ContentError(_CANNOT_DRAW, detail=error) from error
    except CodesExhaustedError as error:
        raise ContentError(_NO_CODE_LEFT) from error


def _format(written: str) -> LabelFormat:
    from publishing.labels.formats import FORMATS, find_format

    form = find_format(written)
    if form is None:
        known = ", ".join(form.name for form in FORMATS)
        raise UsageError(_UNKNOWN, value=written, known=known)
    return form


def _say(printed: PrintResult, terminal: Terminal) -> None:
    if printed.pdf is None:
        terminal.say(_NOT_DRAWN if printed.has_errors else _ALL_PRINTED)
        return
    for entry in printed.assigned:
        terminal.say(_NEW_CODE, code=entry.code, tour=entry.tour, stop=entry.stop)
    _say_to_print(printed, terminal)
    terminal.say(_DONE, count=len(printed.drawn), file=printed.pdf)
    if printed.pictures_pdf is not None:
        terminal.say(_PICTURES, count=printed.pictures, file=printed.pictures_pdf)
    _print_recognition(printed, terminal)
    if printed.assigned:
        terminal.say(_BUILD_NEXT)


def _print_recognition(printed: PrintResult, terminal: Terminal) -> None:
    """Tell how well the labels that carry a scene will be recognised, at the least."""
    foretold = printed.trials.values()
    if not foretold:
        return
    all_ = [one.recognition for one in foretold]
    farthest_m = min(one.farthest_m for one in all_)
    terminal.say(
        _FORETOLD,
        count=len(all_),
        score=min(one.score for one in all_),
        farthest=Decimal(f"{farthest_m:.1f}"),
        angle=round(min(one.largest_angle_deg for one in all_)),
    )
    alike = sorted({text.rpartition("/")[2] for f in foretold for text in f.alike})
    if alike:
        terminal.say(_ALIKE, labels=", ".join(alike))
    elif len(printed.drawn) > 1:
        terminal.say(_NONE_ALIKE)


def _recognition(
    entry: RegisteredCode, printed: PrintResult
) -> dict[str, object] | None:
    """Return what is foretold of a label, as programs read it."""
    foretold = printed.trials.get((entry.tour, entry.stop))
    if foretold is None:
        return None
    return {
        "score": foretold.recognition.score,
        "farthest_m": round(foretold.recognition.farthest_m, 2),
        "largest_angle_deg": round(foretold.recognition.largest_angle_deg),
        "taken_for": [text.rpartition("/")[2] for text in foretold.alike],
    }


def _say_to_print(printed: PrintResult, terminal: Terminal) -> None:
    """Tell of labels to print; not of those whose code is new, which was told."""

    def listed(entries: list[RegisteredCode]) -> str:
        return ", ".join(
            _ENTRY.text(terminal.language, code=e.code, tour=e.tour, stop=e.stop)
            for e in entries
        )

    known = [entry for entry in printed.drawn if entry not in printed.assigned]
    for reason, phrase in (("new", _PRINT), ("changed", _PRINT_AGAIN)):
        wanted = [e for e in known if printed.to_print.get(e.code) == reason]
        if wanted:
            terminal.say(phrase, labels=listed(wanted))
