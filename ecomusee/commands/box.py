"""``ecomusee box``: write and check the files of a box, which serves without internet."""

from __future__ import annotations

import argparse
import dataclasses
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ecomusee.arguments import add_content
from ecomusee.errors import ExitCode, UsageError
from ecomusee.localization import Message, shell_quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ecomusee.arguments import Parser
    from ecomusee.box.settings import BoxFinding, BoxSettings
    from ecomusee.terminal import Terminal

SUMMARY = Message(
    fr="préparer une petite machine qui sert la visite sans internet, sur son propre Wi-Fi",
    en="prepare a small computer that serves the visit without internet, on its own Wi-Fi",
)
_OUT = Message(
    fr="dossier où écrire les fichiers (sinon box/)",
    en="folder to write the files to (else box/)",
)
_NAME = Message(
    fr="nom de la visite, sans https:// (sinon celui de l’adresse du musée)",
    en="name of the visit, without https:// (else that of the museum's address)",
)
_SSID = Message(fr="nom du réseau Wi-Fi", en="name of the Wi-Fi network")
_PASSPHRASE = Message(
    fr="mot de passe du Wi-Fi, de 8 à 63 signes (vide : réseau ouvert)",
    en="passphrase of the Wi-Fi, from 8 to 63 signs (empty: an open network)",
)
_INTERFACE = Message(
    fr="carte Wi-Fi de la petite machine (sinon wlan0)",
    en="Wi-Fi card of the small computer (else wlan0)",
)
_COUNTRY = Message(
    fr="pays, en deux capitales (sinon FR)", en="country, in two capitals (else FR)"
)
_CHANNEL = Message(
    fr="canal : de 1 à 13, ou 36, 40, 44, 48 (sinon 6)",
    en="channel: from 1 to 13, or 36, 40, 44, 48 (else 6)",
)
_ADDRESS = Message(
    fr="adresse de la petite machine sur ce réseau (sinon 192.168.77.1)",
    en="address of the small computer on this network (else 192.168.77.1)",
)
_PATHS = {
    "certificate": Message(
        fr="certificat, sur la petite machine", en="certificate, on the small computer"
    ),
    "key": Message(fr="clé du certificat", en="key of the certificate"),
    "releases": Message(
        fr="dossier des publications, sur la petite machine (sinon /srv/ecomusee)",
        en="folder of releases, on the small computer (else /srv/ecomusee)",
    ),
    "program": Message(
        fr="où y est la commande ecomusee (sinon /opt/ecomusee/bin/ecomusee)",
        en="where the command ecomusee is there (else /opt/ecomusee/bin/ecomusee)",
    ),
}
_GUIDE = Message(
    fr="permettre les visites guidées (--no-guide : ne plus les permettre)",
    en="allow guided visits (--no-guide: no longer)",
)
_CHECK = Message(
    fr="vérifier un dossier déjà écrit, et le certificat, sans rien changer",
    en="check a folder already written, and the certificate, without changing anything",
)
_REPLACE = Message(
    fr="remplacer aussi les fichiers que quelqu’un a changés",
    en="replace even the files that somebody changed",
)
_NO_SSID = Message(
    fr='il faut un nom au réseau : --ssid "Musée de la mine"',
    en='the network needs a name: --ssid "Mining museum"',
)
_NOT_WRITTEN_YET = Message(
    fr="{folder} n’a pas été écrit par « ecomusee box ». Écrivez-le d’abord, sans --check",
    en="{folder} was not written by `ecomusee box`. Write it first, without --check",
)
_SPOILT = Message(
    fr="{path} ne se lit plus ({detail}). Supprimez-le, puis redonnez toutes les options",
    en="{path} can't be read any more ({detail}). Remove it, then give all the options again",
)
_EDITED = Message(
    fr="quelqu’un a changé {files}, et rien n’est écrit. Gardez-en une copie si besoin, puis ajoutez --replace",
    en="somebody changed {files}, and nothing is written. Keep a copy if you need one, then add --replace",
)
_OTHER_NAME = Message(
    fr="les codes imprimés mènent à {host}, et pas à {name}",
    en="printed codes lead to {host}, and not to {name}",
)
_FINDING = Message(
    fr="{about} : {kind} : {fact}\n  {reason}\n  → {remedy}",
    en="{about}: {kind}: {fact}\n  {reason}\n  → {remedy}",
)
_KINDS = {
    True: Message(fr="erreur", en="error"),
    False: Message(fr="attention", en="warning"),
}
_WRITTEN = Message(fr="{path} : écrit.", en="{path}: written.")
_AS_IT_WAS = Message(
    fr="{folder} : tout y est déjà, rien n’a changé.",
    en="{folder}: all is there already, nothing has changed.",
)
_NOTHING_WRITTEN = Message(
    fr="Rien n’est écrit : corrigez d’abord.", en="Nothing is written: mend this first."
)
_CHANGED_BY_HAND = Message(
    fr="ce fichier n’est plus celui que « ecomusee box » a écrit",
    en="this file is no longer the one that `ecomusee box` wrote",
)
_TRIED = Message(
    fr="Relu par : {programs}.", en="Read by the programs themselves: {programs}."
)
_NOT_TRIED = Message(
    fr="Aucun des programmes de la petite machine n’est ici : dnsmasq, hostapd, nft, systemd-analyze. "
    "Vérifiez-y : ecomusee box --check",
    en="None of the small computer's programs is here: dnsmasq, hostapd, nft, systemd-analyze. "
    "Check there: ecomusee box --check",
)
_DAYS = Message(
    fr="Certificat de {names} : encore {days} jours, jusqu’au {end}.",
    en="Certificate of {names}: {days} days left, until {end}.",
)
_NEXT = Message(
    fr="Ensuite : lisez {folder}/LISEZ-MOI.txt. L’étiquette du Wi-Fi : ecomusee labels --wifi {folder}",
    en="Next: read {folder}/README.txt. The label of the Wi-Fi: ecomusee labels --wifi {folder}",
)


def add_arguments(parser: Parser) -> None:
    """Add what this command takes."""
    add_content(parser)
    parser.option("--out", help=_OUT, type=Path, metavar="DIR", default=Path("box"))
    parser.option("--name", help=_NAME, metavar="HOST")
    parser.option("--ssid", help=_SSID, metavar="NAME")
    parser.option("--passphrase", help=_PASSPHRASE, metavar="WORDS")
    parser.option("--interface", help=_INTERFACE, metavar="NAME")
    parser.option("--country", help=_COUNTRY, metavar="CC")
    parser.option("--channel", help=_CHANNEL, type=int)
    parser.option("--address", help=_ADDRESS, metavar="IPV4")
    for name, message in _PATHS.items():
        parser.option(f"--{name}", help=message, metavar="PATH")
    parser.option("--guide", help=_GUIDE, action=argparse.BooleanOptionalAction)
    parser.option("--check", help=_CHECK, action="store_true")
    parser.option("--replace", help=_REPLACE, action="store_true")


def run(options: argparse.Namespace, terminal: Terminal) -> ExitCode:
    """Write the files, or check those that stand there."""
    folder: Path = options.out
    kept = _kept(folder)
    if options.check:
        if kept is None:
            raise UsageError(_NOT_WRITTEN_YET, folder=folder)
        return _check(folder, kept, terminal)
    return _write(folder, _settings(options, kept), options, terminal)


def _kept(folder: Path) -> BoxSettings | None:
    from ecomusee.box.folder import kept_settings
    from ecomusee.box.settings import SETTINGS_FILE

    try:
        return kept_settings(folder)
    except ValueError as error:
        path = folder / SETTINGS_FILE
        raise UsageError(_SPOILT, path=path, detail=error) from error


def _settings(options: argparse.Namespace, kept: BoxSettings | None) -> BoxSettings:
    """Return what was asked for, over what was kept, over the defaults."""
    from ecomusee.box.settings import BoxSettings

    fields = [field.name for field in dataclasses.fields(BoxSettings)]
    asked = {
        name: value
        for name in fields
        if (value := getattr(options, name, None)) is not None
    }
    if kept is not None:
        return dataclasses.replace(kept, **asked)
    if "ssid" not in asked:
        raise UsageError(_NO_SSID)
    if "name" not in asked:
        asked["name"] = _museum_host(options) or ""
    return BoxSettings(**asked)


def _museum_host(options: argparse.Namespace) -> str | None:
    """Return the host of the museum's address; None where no museum is to be found."""
    from ecomusee.folders import find_museum
    from tours.checks import read_museum

    try:
        folder = find_museum(options.content)
    except UsageError:
        if options.content is not None:
            raise
        return None
    museum = read_museum(folder).museum
    return urlsplit(museum.address).hostname if museum else None


def _write(
    folder: Path,
    settings: BoxSettings,
    options: argparse.Namespace,
    terminal: Terminal,
) -> ExitCode:
    from ecomusee.box.folder import folder_state, write_folder
    from ecomusee.box.programs import check_with_programs
    from ecomusee.box.settings import check_settings

    findings = [*check_settings(settings), *_other_name(settings, options)]
    tried: tuple[str, ...] = ()
    files: Mapping[str, bytes] = {}
    if not _has_errors(findings):
        files = _files(settings)
        complaints, tried = check_with_programs(files)
        findings += complaints
    _say_findings(findings, terminal)
    written: tuple[str, ...] = ()
    if _has_errors(findings):
        terminal.say(_NOTHING_WRITTEN)
    else:
        state = folder_state(folder, files, _files)
        if state.edited and not options.replace:
            raise UsageError(_EDITED, files=", ".join(state.edited))
        written = state.to_write
        write_folder(folder, {name: files[name] for name in written})
        _say_written(folder, written, tried, terminal)
    _document(folder, findings, tried, terminal, written=list(written))
    return ExitCode.FINDINGS if _has_errors(findings) else ExitCode.CLEAN


def _check(folder: Path, settings: BoxSettings, terminal: Terminal) -> ExitCode:
    from ecomusee.box.certificate import check_certificate
    from ecomusee.box.folder import folder_state
    from ecomusee.box.programs import check_with_programs
    from ecomusee.box.settings import SETTINGS_FILE, check_settings

    findings: list[BoxFinding] = list(check_settings(settings))
    tried: tuple[str, ...] = ()
    if not _has_errors(findings):
        files = _files(settings)
        changed = folder_state(folder, files, _files).to_write
        findings += [_changed(name) for name in changed]
        on_disk = {
            name: path.read_bytes()
            for name in files
            if name != SETTINGS_FILE and (path := folder / name).exists()
        }
        complaints, tried = check_with_programs({**files, **on_disk})
        findings += complaints
    now = datetime.now(UTC)
    facts, about_certificate = check_certificate(settings, now)
    findings += about_certificate
    _say_findings(findings, terminal)
    _say_tried(tried, terminal)
    days = facts.days_left(now) if facts else None
    if facts is not None and days is not None and days >= 0:
        terminal.say(
            _DAYS, names=", ".join(facts.names), days=days, end=f"{facts.ends:%Y-%m-%d}"
        )
    _document(folder, findings, tried, terminal, certificate_days_left=days)
    return ExitCode.FINDINGS if _has_errors(findings) else ExitCode.CLEAN


def _files(settings: BoxSettings) -> dict[str, bytes]:
    from ecomusee.box.files import box_files
    from server.connectivity_checks import CHECKS

    return box_files(settings, CHECKS)


def _other_name(settings: BoxSettings, options: argparse.Namespace) -> list[BoxFinding]:
    """Return a finding where the museum's printed codes lead elsewhere."""
    from ecomusee.box.settings import BoxFinding

    host = _museum_host(options)
    if host is None or host == settings.name:
        return []
    values = {"host": host, "name": settings.name}
    return [
        BoxFinding(
            "name",
            Message(*(_OTHER_NAME.text(tag, **values) for tag in ("fr", "en"))),
            Message(
                fr="Sur ce Wi-Fi, un code scanné ne trouverait personne.",
                en="On this Wi-Fi, a scanned code would find nobody.",
            ),
            Message(
                fr=f"donnez à la petite machine le nom du musée : --name {host}",
                en=f"give the small computer the museum's name: --name {host}",
            ),
        )
    ]


def _changed(name: str) -> BoxFinding:
    from ecomusee.box.settings import BoxFinding

    return BoxFinding(
        name,
        _CHANGED_BY_HAND,
        Message(
            fr="Ce que vous y avez changé est à vous ; les vérifications portent sur le fichier tel qu’il est.",
            en="What you changed in it is yours; the checks are of the file as it is.",
        ),
        Message(
            fr="pour revenir à celui de la commande : ecomusee box --replace",
            en="to go back to the command's own: ecomusee box --replace",
        ),
        is_error=False,
    )


def _has_errors(findings: Sequence[BoxFinding]) -> bool:
    return any(finding.is_error for finding in findings)


def _say_findings(findings: Sequence[BoxFinding], terminal: Terminal) -> None:
    language = terminal.language
    for finding in findings:
        is_option = "." not in finding.about and "/" not in finding.about
        terminal.say(
            _FINDING,
            about=f"--{finding.about}" if is_option else finding.about,
            kind=_KINDS[finding.is_error].text(language),
            fact=finding.fact.text(language),
            reason=finding.reason.text(language),
            remedy=finding.remedy.text(language),
        )


def _say_written(
    folder: Path, written: Sequence[str], tried: Sequence[str], terminal: Terminal
) -> None:
    for name in written:
        terminal.say(_WRITTEN, path=(folder / name).as_posix())
    if not written:
        terminal.say(_AS_IT_WAS, folder=folder.as_posix())
    _say_tried(tried, terminal)
    terminal.say(_NEXT, folder=shell_quoted(folder))


def _say_tried(tried: Sequence[str], terminal: Terminal) -> None:
    if tried:
        terminal.say(_TRIED, programs=", ".join(tried))
    else:
        terminal.say(_NOT_TRIED)


def _document(
    folder: Path,
    findings: Sequence[BoxFinding],
    tried: Sequence[str],
    terminal: Terminal,
    **members: object,
) -> None:
    terminal.document(
        folder=folder.as_posix(),
        findings=[
            {
                "about": finding.about,
                "is_error": finding.is_error,
                **{
                    tag: {
                        part: getattr(finding, part).text(tag)
                        for part in ("fact", "reason", "remedy")
                    }
                    for tag in ("fr", "en")
                },
            }
            for finding in findings
        ],
        tried=list(tried),
        **members,
    )
