"""Routes: release files, printed codes, language redirects, health, 404.

Reading is all there is. In order: a typed code, a language chosen for the visitor, a
printed code, a file of the release, the same address with its slash, and a 404 that
helps.
"""

from __future__ import annotations

import json
import logging
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

from aiohttp import hdrs, web
from aiohttp.http import HttpVersion11

from server import printed_codes, responses
from server.delivery import (
    CONNECTION_CLOSE,
    CONNECTION_KEPT,
    ResponseDelivery,
    SendBuffer,
)
from server.headers import security_headers
from server.negotiation import accepts_html, select_language
from server.problems import problem
from server.release import CurrentRelease
from server.responses import Rejection, Response, header_value
from server.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from aiohttp.http import RawRequestMessage

    from server.headers import Header
    from server.release import OpenRelease
    from server.responses import Resource

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_LOGGER = logging.getLogger("ecomusee.server")
_READ = (hdrs.METH_GET, hdrs.METH_HEAD)
_SAFE_IN_ADDRESS = "/%?&=:@!$'()*+,;~"


class AdmissionState:
    """Whether the server still accepts visitors."""

    def __init__(self) -> None:
        self.is_closing = False


CURRENT = web.AppKey("CURRENT", CurrentRelease)
ADMISSION = web.AppKey("DOOR", AdmissionState)
SETTINGS = web.AppKey("SETTINGS", Settings)


def release_routes() -> list[web.RouteDef]:
    """Return the route table of every museum's server."""
    return [
        web.get("/healthz", handle_health, expect_handler=_reject_expectation),
        web.route(
            hdrs.METH_ANY,
            "/{address:.*}",
            handle_request,
            expect_handler=_reject_expectation,
        ),
    ]


def fast_path(
    app: web.Application,
) -> Callable[[RawRequestMessage], Response | None]:
    """Return the function that answers plain GET requests for a release's files.

    It gives None for whatever is unusual; `handle_request` then takes it, and answers such a
    plain request with the same bytes. The application must have started.
    """
    current, door = app[CURRENT], app[ADMISSION]

    def answer_at_once(message: RawRequestMessage) -> Response | None:
        found = current.release.resources.get(message.path)
        if (
            found is None
            or found.varies_by_language
            or message.method != hdrs.METH_GET
            or message.version != HttpVersion11
            or message.should_close
            or message.upgrade
            or door.is_closing
            or hdrs.HOST not in message.headers
        ):
            return None
        outcome = responses.select_response(found, hdrs.METH_GET, message.headers)
        return outcome if isinstance(outcome, Response) else None

    return answer_at_once


@web.middleware
async def error_middleware(
    request: web.Request, handler: Handler
) -> web.StreamResponse:
    """Turn exceptions into problem responses."""
    wishes = header_value(request.headers, hdrs.ACCEPT_LANGUAGE)
    if request.version >= HttpVersion11 and hdrs.HOST not in request.headers:
        return deliver_response(request, problem(400, wishes))
    try:
        return await handler(request)
    except web.HTTPException as refusal:
        return deliver_response(request, problem(refusal.status, wishes))
    except Exception:
        # The outermost edge: a visitor learns that it is our fault, the log learns why.
        _LOGGER.exception("a request failed")
        return deliver_response(request, problem(500, wishes))


async def handle_health(request: web.Request) -> web.StreamResponse:
    """Return the release served, and 503 while the server stops."""
    is_closing = request.app[ADMISSION].is_closing
    status, word = (503, "stopping") if is_closing else (200, "ok")
    content = {"status": word, "release": request.app[CURRENT].release.id}
    headers = (
        ("Content-Type", "application/json"),
        ("Cache-Control", "no-store"),
        *security_headers("application/json", has_hsts=False),
    )
    text = json.dumps(content).encode()
    return deliver_response(request, responses.make_response(status, headers, text))


async def handle_request(request: web.Request) -> web.StreamResponse:
    """Answer any address of the release, known or not."""
    if request.method not in _READ:
        wishes = header_value(request.headers, hdrs.ACCEPT_LANGUAGE)
        allow = (("Allow", ", ".join(_READ)),)
        return deliver_response(request, problem(405, wishes, allow))
    return deliver_response(request, _found(request, request.app[CURRENT].release))


def deliver_response(request: web.Request, answer: Response) -> ResponseDelivery:
    """Return a response as aiohttp sends it; it closes the connection if need be."""
    is_kept = request.keep_alive and not request.app[ADMISSION].is_closing
    connection = b"" if request.version >= HttpVersion11 else CONNECTION_KEPT
    if request.method == hdrs.METH_HEAD:
        answer = answer.without_body()
    sending = SendBuffer(answer, connection if is_kept else CONNECTION_CLOSE)
    response = ResponseDelivery(
        sending, answer.status, request.app[SETTINGS].send_timeout_s
    )
    if not is_kept:
        response.force_close()
    return response


async def _reject_expectation(_request: web.Request) -> None:
    """Never ask for a body: the final answer says already that none is read."""


def _found(request: web.Request, release: OpenRelease) -> Response:
    path = request.path
    wishes = header_value(request.headers, hdrs.ACCEPT_LANGUAGE)
    typed = request.query.get("code") if path.endswith("/code/") else None
    if typed is not None:
        return _handle_typed_code(request, release, typed)
    location = _redirect_target(release, path, wishes)
    if location is not None:
        return _redirect(location, request, HTTPStatus.FOUND)
    found = release.resources.get(path)
    if found is not None:
        return _select_response(found, request, wishes)
    if f"{path}/" in release.resources:
        return _redirect(
            release.resources[f"{path}/"].url, request, HTTPStatus.PERMANENT_REDIRECT
        )
    typed = printed_codes.parse_typed_code(path)
    if typed is not None and printed_codes.looks_like_code(typed):
        return _wrong_code(request, release, typed)
    return _not_found(request, release)


def _redirect_target(release: OpenRelease, path: str, wishes: str | None) -> str | None:
    """Return where a visitor with these languages is sent from an address, if at all."""
    if path == "/":
        language = select_language(wishes, release.languages)
        return f"/{language}/" if f"/{language}/" in release.resources else None
    typed = printed_codes.parse_typed_code(path)
    target = None if typed is None else printed_codes.find_target(release, typed)
    if target is None or (path in release.resources and path != f"/{target.code}"):
        return None
    page = printed_codes.select_page(release, target, wishes)
    return page if page != path else None


def _handle_typed_code(
    request: web.Request, release: OpenRelease, typed: str
) -> Response:
    """Lead a visitor who typed a code, in the language of the form's own address."""
    language = _language_of(request, release)
    target = printed_codes.find_target(release, typed)
    if target is None:
        return _wrong_code(request, release, typed)
    page = printed_codes.select_page(release, target, language)
    return _redirect(page, request, HTTPStatus.SEE_OTHER)


def _wrong_code(request: web.Request, release: OpenRelease, typed: str) -> Response:
    page = None
    if accepts_html(header_value(request.headers, hdrs.ACCEPT)):
        page = printed_codes.wrong_code_page(
            release, typed, _language_of(request, release)
        )
    return page or _not_found(request, release)


def _language_of(request: web.Request, release: OpenRelease) -> str:
    """Return the language in the address, or else the one the visitor likes best."""
    first = request.path.split("/")[1]
    if first in release.languages:
        return first
    wishes = header_value(request.headers, hdrs.ACCEPT_LANGUAGE)
    return select_language(wishes, release.languages) or next(
        iter(release.languages), "en"
    )


def _select_response(
    found: Resource, request: web.Request, wishes: str | None
) -> Response:
    outcome = responses.select_response(found, request.method, request.headers)
    if isinstance(outcome, Rejection):
        return problem(outcome.status, wishes, outcome.headers)
    return outcome


def _redirect(address: str, request: web.Request, status: HTTPStatus) -> Response:
    """Send a visitor on; an address that only lacked its slash keeps its query."""
    is_same = status == HTTPStatus.PERMANENT_REDIRECT
    query = request.rel_url.raw_query_string if is_same else ""
    location = f"{address}?{query}" if query else address
    vary = () if is_same else (("Vary", "Accept-Language"),)
    headers: tuple[Header, ...] = (
        ("Location", quote(location, _SAFE_IN_ADDRESS, errors="surrogateescape")),
        ("Cache-Control", "no-cache"),
        *vary,
        *security_headers("", has_hsts=request.app[SETTINGS].has_hsts),
    )
    return responses.make_response(status, headers)


def _not_found(request: web.Request, release: OpenRelease) -> Response:
    """Return a 404: the museum's own page for people, a problem for programs."""
    found = release.resources.get("/404.html")
    if found is None or not accepts_html(header_value(request.headers, hdrs.ACCEPT)):
        wishes = header_value(request.headers, hdrs.ACCEPT_LANGUAGE)
        return problem(404, wishes)
    chosen = responses.select_representation(found, request.headers)
    return chosen.whole.with_status(404)
