"""Where visitors come in, and how phones nearby are let in over HTTPS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ecomusee.errors import MissingError
from ecomusee.phrases import Phrase

if TYPE_CHECKING:
    from server.certificate_page import PhoneCertificate
    from server.runner import Listening

ANYWHERE = ("0.0.0.0", "::")  # noqa: S104 - compared, not bound
_PORT = 8443
_NO_NETWORK = Phrase(
    fr="cette machine n’est sur aucun réseau qu’un téléphone puisse atteindre. Connectez-la au même Wi-Fi",
    en="this machine is on no network that a phone could reach. Connect it to the same Wi-Fi",
)
_NO_CERTIFICATE = Phrase(
    fr="le certificat gardé dans {folder} ne se lit plus. Supprimez ce dossier, puis recommencez",
    en="the certificate kept in {folder} can't be read any more. Remove that folder, then try again",
)


@dataclass(frozen=True, slots=True)
class Door:
    """Where visitors come in."""

    listening: Listening
    shown_host: str
    """The name or address that they are told."""
    trust: PhoneCertificate | None = None


def phone_door(host: str | None, port: int | None) -> Door:
    """Return a door with a certificate made on the spot.

    Parameters
    ----------
    host
        Address to listen on; None for all of this machine's.
    port
        For HTTPS; the next one, without TLS, is where a phone learns to trust it.

    Raises
    ------
    MissingError
        If no phone could reach this machine.
    """
    from server import tls
    from server.certificate_page import PhoneCertificate
    from server.runner import Listening

    is_anywhere = host is None or host in ANYWHERE
    shown = next(iter(tls.lan_addresses()), None) if is_anywhere else host
    if shown is None:
        raise MissingError(_NO_NETWORK)
    folder = tls.state_folder()
    try:
        files = tls.issue_certificate(tls.certificate_hosts(), folder)
    except tls.CertificateError as error:
        raise MissingError(_NO_CERTIFICATE, folder=folder) from error
    port = port or _PORT
    listening = Listening(
        host or "0.0.0.0",  # noqa: S104 - for phones, on every network of this machine
        port,
        tls.tls_context(files),
        plain_port=port + 1,
    )
    return Door(listening, shown, PhoneCertificate.of(files.authority, port))
