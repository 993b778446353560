"""``ecomusee serve``: serve a museum's current release, or its live preview."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ecomusee.arguments import add_build_dir, add_content
from ecomusee.commands.build import NO_CLIENT, build_museum
from ecomusee.errors import ExitCode, MissingError, UsageError
from ecomusee.folders import find_museum, find_releases
from ecomusee.localization import Message
from ecomusee.phone_access import ANYWHERE, ServerAccess, phone_access, render_qr
from ecomusee.worker_pool import default_jobs

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from aiohttp.web import Application

    from ecomusee.arguments import Parser
    from ecomusee.terminal import Terminal
    from server.settings import Settings

SUMMARY = Message(
    fr="servir la visite publiée, sur cette machine ou aux téléphones du réseau",
    en="serve the published visit, on this machine or to phones on the network",
)
_RELEASE = Message(
    fr="servir ce dossier de publications, sans chercher le musée",
    en="serve this folder of releases, without looking for the museum",
)
_HOST = Message(
    fr="adresse où écouter (127.0.0.1 : cette machine seule ; 0.0.0.0 : tout le réseau)",
    en="address to listen on (127.0.0.1: this machine only; 0.0.0.0: the whole network)",
)
_PORT_HELP = Message(
    fr="port où écouter (sinon 8080, ou 8443 et le suivant avec --phone)",
    en="port to listen on (else 8080, or 8443 and the next with --phone)",
)
_PHONE = Message(
    fr="en HTTPS pour un téléphone du même réseau : l’appareil photo et la réalité augmentée en ont besoin",
    en="over HTTPS for a phone on the same network: its camera and augmented reality need that",
)
_CERTIFICATE = Message(
    fr="certificat que vous avez (PEM, avec ses intermédiaires) ; son renouvellement est suivi",
    en="a certificate that you have (PEM, with its intermediates); its renewal is followed",
)
_KEY = Message(fr="clé de ce certificat", en="key of that certificate")
_PORTAL = Message(
    fr="sur un Wi-Fi sans internet, dire aux téléphones que la visite est à ce nom (voir « ecomusee box »)",
    en="on a Wi-Fi without internet, tell phones that the visit is at this name (see `ecomusee box`)",
)
_PLAIN_PORT = Message(
    fr="avec --portal, port sans HTTPS (sinon 80)",
    en="with --portal, port without HTTPS (else 80)",
)
_BOTH_FILES = Message(
    fr="--certificate et --key vont ensemble, et sans --phone, qui fait son propre certificat",
    en="--certificate and --key go together, and without --phone, which makes its own certificate",
)
_PORTAL_NEEDS = Message(
    fr="--portal demande un certificat pour ce nom : ajoutez --certificate et --key",
    en="--portal needs a certificate for that name: add --certificate and --key",
)
_BAD_CERTIFICATE = Message(
    fr="le certificat {chain} ne se sert pas ({detail}). Il faut le certificat et sa clé, en PEM, lisibles "
    "par l’utilisateur qui lance cette commande",
    en="the certificate {chain} can't be served ({detail}). It takes the certificate and its key, as PEM, "
    "readable by the user who runs this command",
)
_WATCH = Message(
    fr="suivre le dossier du musée : à chaque fichier enregistré, la page se renouvelle",
    en="follow the museum's folder: with each file saved, the page renews itself",
)
_GUIDE = Message(
    fr="permettre les visites guidées : les téléphones d’un groupe suivent celui de leur guide, sans compte ni trace",
    en="allow guided visits: the phones of a group follow their guide's, without accounts or traces",
)
_WATCH_WHAT = Message(
    fr="--watch suit le dossier d’un musée, et --release s’en passe : choisissez l’un ou l’autre",
    en="--watch follows a museum's folder, and --release does without one: choose one of them",
)
_OPEN = Message(
    fr="La visite est sur {address}\nCtrl-C pour arrêter.",
    en="The visit is at {address}\nCtrl-C to stop.",
)
_TRUST_FIRST = Message(
    fr="D’abord, une fois : le téléphone, sur le même réseau, doit faire confiance à cette machine.\n"
    "Scannez ce code et suivez la page {address}",
    en="First, once: the phone, on the same network, must trust this machine.\n"
    "Scan this code and follow the page {address}",
)
_NOT_PUBLISHED = Message(
    fr="rien n’est publié dans {folder}. Lancez d’abord « ecomusee build »",
    en="nothing is published in {folder}. Run `ecomusee build` first",
)
_DAMAGED = Message(
    fr="la publication de {folder} ne s’ouvre pas ({detail}). Relancez « ecomusee build », "
    "ou revenez en arrière : « ecomusee rollback »",
    en="the release in {folder} does not open ({detail}). Run `ecomusee build` again, "
    "or go back: `ecomusee rollback`",
)
_PORT_TAKEN = Message(
    fr="un autre programme se sert déjà de ce port. Choisissez-en un autre : --port 8090",
    en="another program uses this port already. Choose another: --port 8090",
)
_NO_LEAVE = Message(
    fr="ce port est réservé à l’administrateur. Choisissez-en un autre : --port 8080",
    en="this port is reserved for the administrator. Choose another: --port 8080",
)
_PORT = 8080
_TLS_PORT = 8443


def add_arguments(parser: Parser) -> None:
    """Add what this command takes."""
    add_content(parser)
    add_build_dir(parser)
    parser.option("--release", help=_RELEASE, type=Path, metavar="DIR")
    parser.option("--host", help=_HOST)
    parser.option("--port", help=_PORT_HELP, type=int)
    parser.option("--phone", help=_PHONE, action="store_true")
    parser.option("--watch", help=_WATCH, action="store_true")
    parser.option("--certificate", help=_CERTIFICATE, type=Path, metavar="FILE")
    parser.option("--key", help=_KEY, type=Path, metavar="FILE")
    parser.option("--portal", help=_PORTAL, metavar="HOST")
    parser.option("--plain-port", help=_PLAIN_PORT, type=int, default=80)
    parser.option("--guide", help=_GUIDE, action="store_true")


def run(options: argparse.Namespace, terminal: Terminal) -> ExitCode:
    """Serve until told to stop; a museum that has no release yet is built first."""
    _refuse_odd_certificate(options)
    if options.watch:
        if options.release:
            raise UsageError(_WATCH_WHAT)
        _watch(find_museum(options.content), options, terminal)
        return ExitCode.CLEAN
    folder: Path = options.release or find_releases(options)
    if not (folder / "current").is_file():
        if options.release:
            raise UsageError(_NOT_PUBLISHED, folder=folder)
        museum, jobs = find_museum(options.content), default_jobs()
        exit_code = build_museum(museum, options.build_dir, jobs, terminal.aside())
        if exit_code is not ExitCode.CLEAN:
            return exit_code
    with _serving_errors(folder):
        if options.certificate is None:
            _serve(folder, _door(options), _settings(options), terminal)
        else:
            _serve_with_certificate(folder, options, terminal)
    return ExitCode.CLEAN


def _watch(museum: Path, options: argparse.Namespace, terminal: Terminal) -> None:
    """Show the visit as it is being written."""
    from ecomusee.crash_log import logging_to_file
    from ecomusee.watcher import PreviewWatcher
    from publishing.client_files import ClientFilesError
    from publishing.preview import Previewer
    from server.app import create_app
    from server.live_reload import LivePreview
    from server.runner import run

    door, live = _door(options), LivePreview()
    try:
        previewer = Previewer(museum, options.build_dir)
    except ClientFilesError as error:
        raise MissingError(NO_CLIENT) from error

    def on_ready(addresses: tuple[tuple[str, int], ...]) -> None:
        _say(museum, door, [port for _, port in addresses], terminal)

    with _serving_errors(museum), logging_to_file() as log:
        workshop = PreviewWatcher(museum, previewer, live, terminal, log)
        app = create_app(
            museum, settings=_settings(options), trust=door.trust, live=live
        )
        app.cleanup_ctx.append(workshop.kept_open)
        run(app, door.listening, on_ready)


def _refuse_odd_certificate(options: argparse.Namespace) -> None:
    has_both = options.certificate is not None and options.key is not None
    has_one = options.certificate is not None or options.key is not None
    if has_one and (not has_both or options.phone or options.watch):
        raise UsageError(_BOTH_FILES)
    if options.portal and not has_both:
        raise UsageError(_PORTAL_NEEDS)


def _door(options: argparse.Namespace) -> ServerAccess:
    if options.phone:
        return phone_access(options.host, options.port)
    from server.runner import Listening

    host = options.host or "127.0.0.1"
    port = _PORT if options.port is None else options.port
    return ServerAccess(
        Listening(host, port), "127.0.0.1" if host in ANYWHERE else host
    )


def _settings(options: argparse.Namespace) -> Settings:
    from server.settings import GuideSettings, Settings

    return Settings(guide=GuideSettings() if options.guide else None)


def _serve(
    folder: Path, door: ServerAccess, settings: Settings, terminal: Terminal
) -> None:
    from server.app import create_app

    app = create_app(folder, settings=settings, trust=door.trust)
    _run(app, folder, door, terminal)


def _serve_with_certificate(
    folder: Path, options: argparse.Namespace, terminal: Terminal
) -> None:
    """Serve over HTTPS with files that somebody renews; on a network of our own if asked."""
    from server.app import create_app
    from server.captive_portal import CaptivePortal, create_plain_app
    from server.certificate_files import CertificateFilesError, RenewedCertificate
    from server.runner import Listening

    chain: Path = options.certificate
    try:
        renewed = RenewedCertificate(chain, options.key)
    except CertificateFilesError as error:
        raise MissingError(_BAD_CERTIFICATE, chain=chain, detail=error) from error
    portal = None
    if options.portal:
        portal = CaptivePortal(options.portal, renewed.is_valid)
    app = create_app(folder, settings=_settings(options), portal=portal)
    app.cleanup_ctx.append(renewed.kept_fresh)
    host = options.host or "127.0.0.1"
    listening = Listening(
        host,
        _TLS_PORT if options.port is None else options.port,
        renewed.context,
        plain_port=options.plain_port if portal else None,
        plain_app=create_plain_app(app, portal) if portal else None,
    )
    _run(app, folder, ServerAccess(listening, options.portal or host), terminal)


def _run(
    app: Application, folder: Path, door: ServerAccess, terminal: Terminal
) -> None:
    import logging

    from server.runner import run

    def on_ready(addresses: tuple[tuple[str, int], ...]) -> None:
        _say(folder, door, [port for _, port in addresses], terminal)

    # For whoever keeps the server: a release taken up, or refused and why.
    logging.basicConfig(format="%(asctime)s %(message)s", level=logging.WARNING)
    logging.getLogger("ecomusee.server").setLevel(logging.INFO)
    run(app, door.listening, on_ready)


def _say(
    folder: Path, door: ServerAccess, ports: list[int], terminal: Terminal
) -> None:
    # An IPv6 address stands in brackets (RFC 3986, section 3.2.2).
    host = f"[{door.shown_host}]" if ":" in door.shown_host else door.shown_host
    trust_address = None
    if door.trust is not None:
        from server.certificate_page import PAGE_ADDRESS

        trust_address = f"http://{host}:{ports[1]}{PAGE_ADDRESS}"
        terminal.paint(render_qr(trust_address, colored=terminal.is_colored))
        terminal.say(_TRUST_FIRST, address=trust_address)
    scheme = "http" if door.listening.tls is None else "https"
    address = f"{scheme}://{host}:{ports[0]}/"
    terminal.paint(render_qr(address, colored=terminal.is_colored))
    terminal.say(_OPEN, address=address)
    terminal.document(address=address, trust=trust_address, releases=folder.as_posix())


@contextmanager
def _serving_errors(folder: Path) -> Iterator[None]:
    from tours.release import ReleaseError

    try:
        yield
    except ReleaseError as error:
        raise MissingError(_DAMAGED, folder=folder, detail=error) from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise UsageError(_PORT_TAKEN) from error
        if error.errno == errno.EACCES and error.filename is None:
            raise UsageError(_NO_LEAVE) from error
        raise
