"""A Wi-Fi network of the museum's own: captive portal API, connectivity checks, plain port.

Phones that join a network ask first whether it leads to the internet. Where it leads to the
visit alone, they are told so by the captive portal API (RFC 8908, announced by DHCP option
114, RFC 8910): nobody is held captive, and the visit is at an address. What older phones
ask is answered as they expect, else they would leave the network for want of internet.

The plain port leads to HTTPS. Once the certificate has expired it serves the visit itself:
texts, pictures, sounds and models need no HTTPS, and a page of warnings helps nobody.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from aiohttp import hdrs, web

from server import responses
from server.connectivity_checks import CHECKS
from server.headers import security_headers
from server.problems import problem
from server.responses import header_value
from server.routes import (
    ADMISSION,
    CURRENT,
    SETTINGS,
    AdmissionState,
    deliver_response,
    error_middleware,
    handle_request,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.headers import Header
    from server.responses import Response

API_ADDRESS: Final = "/captive-portal"
API_TYPE: Final = "application/captive+json"
_SAFE_IN_ADDRESS: Final = "/%?&=:@!$'()*+,;~"


@dataclass(frozen=True, slots=True)
class CaptivePortal:
    """What phones on the museum's own Wi-Fi are told."""

    name: str
    """Host of the visit, as the certificate has it."""
    is_certificate_valid: Callable[[], bool]
    """Whether phones accept the certificate today."""

    @property
    def visit(self) -> str:
        """Return the visit's address."""
        return f"https://{self.name}/"


PORTAL: Final = web.AppKey("PORTAL", CaptivePortal)


def portal_routes() -> list[web.RouteDef]:
    """Return the route of the captive portal API."""
    return [web.get(API_ADDRESS, captive_portal_api)]


async def captive_portal_api(request: web.Request) -> web.StreamResponse:
    """Tell that nobody is held captive, and where the visit is (RFC 8908, section 5)."""
    state = {"captive": False, "venue-info-url": request.app[PORTAL].visit}
    content = json.dumps(state).encode()
    return deliver_response(request, _answer(HTTPStatus.OK, API_TYPE, content))


def create_plain_app(app: web.Application, portal: CaptivePortal) -> web.Application:
    """Return the application of the plain port beside the release's own.

    Parameters
    ----------
    app
        From `server.app.create_app`; it must start first.
    """
    plain = web.Application(middlewares=[error_middleware])
    plain[SETTINGS] = app[SETTINGS]
    plain[ADMISSION] = AdmissionState()
    plain[PORTAL] = portal

    async def share_release(_: web.Application) -> None:
        plain[CURRENT] = app[CURRENT]

    plain.on_startup.append(share_release)
    plain.router.add_route(hdrs.METH_ANY, "/{address:.*}", answer_plain_request)
    return plain


async def answer_plain_request(request: web.Request) -> web.StreamResponse:
    """Answer a connectivity check, or lead to HTTPS, or serve the visit without."""
    host = request.host.partition(":")[0].lower()
    checks = CHECKS.get(host)
    if checks is not None:
        found = checks.get(request.path) or checks.get("*")
        if found is not None:
            return deliver_response(request, _answer(*found))
        wishes = header_value(request.headers, hdrs.ACCEPT_LANGUAGE)
        return deliver_response(request, problem(404, wishes))
    portal = request.app[PORTAL]
    if host == portal.name and not portal.is_certificate_valid():
        return await handle_request(request)
    return deliver_response(request, _lead_to_https(request, portal))


def _lead_to_https(request: web.Request, portal: CaptivePortal) -> Response:
    """Redirect, for now only: the certificate may expire, and nothing must be remembered."""
    address = portal.visit.removesuffix("/") + request.rel_url.raw_path_qs
    location = quote(address, _SAFE_IN_ADDRESS, errors="surrogateescape")
    return _answer(HTTPStatus.TEMPORARY_REDIRECT, "", b"", (("Location", location),))


def _answer(
    status: int, media_type: str, content: bytes, more: tuple[Header, ...] = ()
) -> Response:
    described = (("Content-Type", media_type),) if media_type else ()
    headers: tuple[Header, ...] = (
        *described,
        ("Cache-Control", "no-store"),
        *security_headers(media_type, has_hsts=False),
        *more,
    )
    return responses.make_response(status, headers, content)
