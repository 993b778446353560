"""Let phones nearby in over HTTPS: address, certificate, QR code on the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from ecomusee.errors import MissingError
from ecomusee.localization import Message

if TYPE_CHECKING:
    from server.certificate_page import PhoneCertificate
    from server.runner import Listening

ANYWHERE = ("0.0.0.0", "::")  # noqa: S104 - compared, not bound
_PORT = 8443
_NO_NETWORK = Message(
    fr="cette machine n’est sur aucun réseau qu’un téléphone puisse atteindre. Connectez-la au même Wi-Fi",
    en="this machine is on no network that a phone could reach. Connect it to the same Wi-Fi",
)
_NO_CERTIFICATE = Message(
    fr="le certificat gardé dans {folder} ne se lit plus. Supprimez ce dossier, puis recommencez",
    en="the certificate kept in {folder} can't be read any more. Remove that folder, then try again",
)
_QUIET_MODULES = 4
"""The clear margin that the standard asks for (ISO/IEC 18004, section 9.1)."""
_HALVES = {
    (False, False): " ",
    (True, False): "▀",
    (False, True): "▄",
    (True, True): "█",
}
_BLACK_ON_WHITE, _PLAIN = "\x1b[30;107m", "\x1b[0m"


@dataclass(frozen=True, slots=True)
class ServerAccess:
    """Where the server listens, and the host shown to visitors."""

    listening: Listening
    shown_host: str
    """The name or address that they are told."""
    trust: PhoneCertificate | None = None


def phone_access(host: str | None, port: int | None) -> ServerAccess:
    """Return the access of phones, with a certificate issued on the spot.

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
    return ServerAccess(listening, shown, PhoneCertificate.of(files.authority, port))


def render_qr(address: str, *, colored: bool) -> str:
    """Return a QR code as lines of text, two modules a character.

    Parameters
    ----------
    address
        What the code says.
    colored
        Set black on white, whatever the terminal's own colours. Without, light modules are
        what is drawn, which suits a terminal that writes light on dark.
    """
    modules = _modules(address)
    rows = [[is_dark == colored for is_dark in row] for row in modules]
    ground = [False] * len(rows[0])
    lines = [
        "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip_longest(rows[::2], rows[1::2], fillvalue=ground)
    ]
    if colored:
        lines = [f"{_BLACK_ON_WHITE}{line}{_PLAIN}" for line in lines]
    return "\n".join(lines)


def _modules(address: str) -> list[list[bool]]:
    """Return the code's modules, True where dark, its margin included."""
    from qrcode.constants import ERROR_CORRECT_L  # type: ignore[import-untyped]  # none
    from qrcode.main import QRCode  # type: ignore[import-untyped]  # ships none

    # A screen has no scratches: the lowest correction makes the smallest code.
    code = QRCode(error_correction=ERROR_CORRECT_L, border=_QUIET_MODULES)
    code.add_data(address)
    return [[bool(is_dark) for is_dark in row] for row in code.get_matrix()]
