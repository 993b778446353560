"""Page and download that let a phone trust the local certificate authority.

Served only when a certificate was made on the spot (`server.tls`). It is best read
over the plain port, which a phone opens without a warning.
"""

from __future__ import annotations

import re
import ssl
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from aiohttp import hdrs, web

from server import responses
from server.headers import security_headers
from server.negotiation import select_language
from server.responses import header_value
from server.routes import CURRENT, deliver_response

if TYPE_CHECKING:
    from pathlib import Path

    from server.responses import Response

PAGE_ADDRESS = "/-/trust"
CERTIFICATE_ADDRESS = "/-/ecomusee.crt"
_HOST = re.compile(r"([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]*)?")
_PAGE_TYPE = "text/html; charset=utf-8"
_CERTIFICATE_TYPE = "application/x-x509-ca-cert"


@dataclass(frozen=True, slots=True)
class PhoneCertificate:
    """The authority's certificate and the TLS port, for phones."""

    authority: bytes
    """The certificate to trust, DER."""
    tls_port: int

    @classmethod
    def of(cls, authority: Path, tls_port: int) -> PhoneCertificate:
        """Return what a phone must be told of an authority kept as PEM."""
        return cls(ssl.PEM_cert_to_DER_cert(authority.read_text("ascii")), tls_port)


PHONE_CERTIFICATE = web.AppKey("TRUST", PhoneCertificate)


@dataclass(frozen=True, slots=True)
class _Words:
    title: str
    why: str
    download: str
    iphone: tuple[str, ...]
    android: tuple[str, ...]
    visit: str
    after_title: str
    after: str


_WORDS = {
    "fr": _Words(
        "Préparer ce téléphone",
        "Pour l’appareil photo et la réalité augmentée, le téléphone exige une connexion "
        "sûre. Il doit donc faire confiance à cet ordinateur, une fois, le temps des essais.",
        "Télécharger le certificat",
        (
            "Dans Safari, touchez le lien ci-dessus, puis « Autoriser ».",
            "Réglages › « Profil téléchargé » : Installer.",
            (
                "Réglages › Général › Informations › Réglages des certificats : "
                "activez « ecomusee »."
            ),
        ),
        (
            "Touchez le lien ci-dessus pour télécharger le fichier.",
            (
                "Paramètres › Sécurité › Chiffrement et identifiants › Installer un certificat "
                "› Certificat CA : choisissez « ecomusee.crt »."
            ),
        ),
        "Ouvrir la visite",
        "Après les essais",
        "Retirez ce certificat du téléphone, au même endroit : qui tient cet ordinateur "
        "pourrait sinon se faire passer pour d’autres sites.",
    ),
    "en": _Words(
        "Prepare this phone",
        "For its camera and augmented reality, the phone insists on a secure connection. "
        "So it must trust this computer, once, for as long as the trial lasts.",
        "Download the certificate",
        (
            "In Safari, tap the link above, then “Allow”.",
            "Settings › “Profile Downloaded”: Install.",
            "Settings › General › About › Certificate Trust Settings: turn “ecomusee” on.",
        ),
        (
            "Tap the link above to download the file.",
            (
                "Settings › Security › Encryption & credentials › Install a certificate "
                "› CA certificate: choose “ecomusee.crt”."
            ),
        ),
        "Open the visit",
        "After the trial",
        "Remove this certificate from the phone, in the same place: whoever holds this "
        "computer could otherwise pass for other sites.",
    ),
}


def certificate_routes() -> list[web.RouteDef]:
    """Return the routes of the instructions and the certificate."""
    return [
        web.get(PAGE_ADDRESS, instructions_page),
        web.get(CERTIFICATE_ADDRESS, certificate),
    ]


async def instructions_page(request: web.Request) -> web.StreamResponse:
    """Return the instructions in the client's language."""
    wishes = header_value(request.headers, hdrs.ACCEPT_LANGUAGE)
    language = select_language(wishes, tuple(_WORDS)) or "en"
    found = _HOST.fullmatch(request.host)
    name = "localhost" if found is None else found[1]
    visit = f"https://{name}:{request.app[PHONE_CERTIFICATE].tls_port}/"
    content = _render(language, visit, _style(request)).encode()
    return deliver_response(request, _answer(_PAGE_TYPE, content))


async def certificate(request: web.Request) -> web.StreamResponse:
    """Return the authority's certificate."""
    return deliver_response(
        request, _answer(_CERTIFICATE_TYPE, request.app[PHONE_CERTIFICATE].authority)
    )


def _answer(media_type: str, content: bytes) -> Response:
    headers = (
        ("Content-Type", media_type),
        ("Cache-Control", "no-store"),
        *security_headers(media_type, has_hsts=False),
    )
    return responses.make_response(200, headers, content)


def _style(request: web.Request) -> str | None:
    """Return the address of the release's own style sheet, if it has one."""
    addresses = request.app[CURRENT].release.resources
    styles = (url for url in addresses if url.startswith("/client/page-"))
    return next((url for url in styles if url.endswith(".css")), None)


def _render(language: str, visit: str, style: str | None) -> str:
    words = _WORDS[language]
    link = "" if style is None else f'<link rel="stylesheet" href="{escape(style)}">'
    return f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>{words.title}</title>
{link}
</head>
<body>
<main>
<h1>{words.title}</h1>
<p>{words.why}</p>
<p><a href="{CERTIFICATE_ADDRESS}">{words.download}</a></p>
<h2>iPhone, iPad</h2>
{_steps(words.iphone)}
<h2>Android</h2>
{_steps(words.android)}
<p><a href="{escape(visit)}">{words.visit}</a></p>
<h2>{words.after_title}</h2>
<p>{words.after}</p>
</main>
</body>
</html>
"""


def _steps(steps: tuple[str, ...]) -> str:
    items = "".join(f"<li>{escape(step)}</li>" for step in steps)
    return f"<ol>{items}</ol>"
