"""``ecomusee serve``: hand a museum's current release out, here or to phones nearby."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ecomusee.arguments import add_build_dir, add_content
from ecomusee.commands.build import built
from ecomusee.errors import ExitCode, MissingError, UsageError
from ecomusee.museums import museum_folder
from ecomusee.phrases import Phrase
from ecomusee.qr import drawn
from ecomusee.releases import releases_folder

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from ecomusee.arguments import Parser
    from ecomusee.terminal import Terminal
    from server.running import Listening

SUMMARY = Phrase(
    fr="servir la visite publiée, sur cette machine ou aux téléphones du réseau",
    en="serve the published visit, on this machine or to phones on the network",
)
_RELEASE = Phrase(
    fr="servir ce dossier de publications, sans chercher le musée",
    en="serve this folder of releases, without looking for the museum",
)
_HOST = Phrase(
    fr="adresse où écouter (127.0.0.1 : cette machine seule ; 0.0.0.0 : tout le réseau)",
    en="address to listen on (127.0.0.1: this machine only; 0.0.0.0: the whole network)",
)
_PORT = Phrase(fr="port où écouter (sinon 8080)", en="port to listen on (else 8080)")
_PHONE = Phrase(
    fr="en HTTPS pour un téléphone du même réseau : l'appareil photo et la réalité augmentée en ont besoin",
    en="over HTTPS for a phone on the same network: its camera and augmented reality need that",
)
_OPEN = Phrase(
    fr="La visite est sur {address}\nCtrl-C pour arrêter.",
    en="The visit is at {address}\nCtrl-C to stop.",
)
_NOT_PUBLISHED = Phrase(
    fr="rien n'est publié dans {folder}. Lancez d'abord `ecomusee build`",
    en="nothing is published in {folder}. Run `ecomusee build` first",
)
_DAMAGED = Phrase(
    fr="la publication de {folder} ne s'ouvre pas ({detail}). Relancez `ecomusee build`, "
    "ou revenez en arrière : `ecomusee rollback`",
    en="the release in {folder} does not open ({detail}). Run `ecomusee build` again, "
    "or go back: `ecomusee rollback`",
)
_PORT_TAKEN = Phrase(
    fr="le port {port} sert déjà à un autre programme. Choisissez-en un autre : --port {other}",
    en="port {port} is used by another program. Choose another: --port {other}",
)
_NO_LEAVE = Phrase(
    fr="le port {port} est réservé à l'administrateur. Choisissez-en un autre : --port 8080",
    en="port {port} is reserved for the administrator. Choose another: --port 8080",
)
_FIRST_FREE_PORT = 1024


def add_arguments(parser: Parser) -> None:
    """Add what this command takes."""
    add_content(parser)
    add_build_dir(parser)
    parser.option("--release", help=_RELEASE, type=Path, metavar="DIR")
    parser.option("--host", help=_HOST)
    parser.option("--port", help=_PORT, type=int, default=8080)
    parser.option("--phone", help=_PHONE, action="store_true")


def run(options: argparse.Namespace, terminal: Terminal) -> ExitCode:
    """Serve until told to stop; a museum that has no release yet is built first."""
    folder: Path = options.release or releases_folder(options)
    if not (folder / "current").is_file():
        if options.release:
            raise UsageError(_NOT_PUBLISHED, folder=folder)
        museum, jobs = museum_folder(options.content), os.cpu_count() or 1
        exit_code = built(museum, options.build_dir, jobs, terminal.aside())
        if exit_code is not ExitCode.CLEAN:
            return exit_code
    with _serving_errors(folder, options.port):
        _serve(folder, _listening(options), terminal)
    return ExitCode.CLEAN


def _listening(options: argparse.Namespace) -> Listening:
    from server.running import Listening

    return Listening(options.host or "127.0.0.1", options.port)


def _serve(folder: Path, listening: Listening, terminal: Terminal) -> None:
    from server.app import create_app
    from server.running import run

    def on_ready(addresses: tuple[tuple[str, int], ...]) -> None:
        host, port = addresses[0]
        shown = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104, compared, not bound
        address = f"http://{shown}:{port}/"
        terminal.write(drawn(address, colored=terminal.is_colored))
        terminal.say(_OPEN, address=address)
        terminal.document(address=address, releases=folder.as_posix())

    run(create_app(folder), listening, on_ready)


@contextmanager
def _serving_errors(folder: Path, port: int) -> Iterator[None]:
    from tours.release import ReleaseError

    try:
        yield
    except ReleaseError as error:
        raise MissingError(_DAMAGED, folder=folder, detail=error) from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise UsageError(_PORT_TAKEN, port=port, other=port + 1) from error
        if error.errno == errno.EACCES and port < _FIRST_FREE_PORT:
            raise UsageError(_NO_LEAVE, port=port) from error
        raise
