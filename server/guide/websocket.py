"""Serve guide mode: its WebSocket, and the addresses that lead a follower to a room.

The latest state wins: a socket that is slow to take it is told the newest when it can,
and whatever it missed is never kept for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import socket
import time
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp import WSMsgType, hdrs, web

from server import responses
from server.guide.address_limits import AddressLimits, address_digest
from server.guide.messages import (
    MOST_BYTES,
    SUBPROTOCOL,
    Close,
    CloseCode,
    Follow,
    Guide,
    MessageError,
    Open,
    Take,
    opened_message,
    parse_first,
    parse_later,
)
from server.guide.rooms import RoomError, Rooms
from server.headers import security_headers
from server.negotiation import select_language
from server.problems import problem
from server.responses import header_value
from server.routes import (
    ADMISSION,
    CURRENT,
    deliver_response,
    handle_request,
)
from tours.codes import normalise_code

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from server.guide.messages import First
    from server.guide.rooms import Member
    from server.settings import GuideSettings

SOCKET = "/-/guide"
"""Where the WebSocket is; asked without an upgrade, it says whether there is one."""
PAGE = "/guide/"
_LONGEST_TYPED = 32
_UNSENT_BYTES = 2048
"""Of one follower, in the system's own buffer: some states of a fifth of a kilobyte."""
_CLOSE_TIMEOUT_S = 2.0
_SWEEP_S = 1.0
_COUNTED = frozenset({CloseCode.MALFORMED, CloseCode.NO_ROOM, CloseCode.WRONG_KEY})


def guide_routes(mode: GuideMode) -> list[web.RouteDef]:
    """Return the routes of guide mode; they go before those of a release."""
    return [
        web.get(SOCKET, mode.handle_socket),
        web.get("/{language}/code/", mode.handle_typed_code),
        web.get("/{typed:[^/.]{4,32}}", mode.handle_room_address),
    ]


def guide_status_routes() -> list[web.RouteDef]:
    """Return the only route of a server without guide mode: it says so."""
    return [web.get(SOCKET, _say_off)]


class GuideMode:
    """The rooms of an application, and the way in."""

    def __init__(self, settings: GuideSettings) -> None:
        self._settings = settings
        self._rooms = Rooms(settings)
        self._limits = AddressLimits(
            settings.handshakes_per_minute, settings.failures_per_minute
        )
        self._key = secrets.token_bytes(16)

    async def kept_swept(self, _app: web.Application) -> AsyncIterator[None]:
        """End what is over, as long as the application runs."""

        async def sweep() -> None:
            while True:
                await asyncio.sleep(_SWEEP_S)
                self._rooms.sweep(time.monotonic())

        sweeping = asyncio.create_task(sweep())
        yield
        sweeping.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await sweeping

    async def close(self, _app: web.Application) -> None:
        """Let all go: the server waits for their last word otherwise."""
        self._rooms.close_all(CloseCode.GOING_AWAY)

    async def handle_socket(self, request: web.Request) -> web.StreamResponse:
        """Upgrade to a WebSocket, or say that there is one."""
        if header_value(request.headers, hdrs.UPGRADE) is None:
            return _status(request, is_on=True)
        refusal = self._refusal(request)
        if refusal is not None:
            wishes = header_value(request.headers, hdrs.ACCEPT_LANGUAGE)
            return deliver_response(request, problem(refusal, wishes))
        ws = web.WebSocketResponse(
            protocols=(SUBPROTOCOL,),
            timeout=_CLOSE_TIMEOUT_S,
            heartbeat=self._settings.heartbeat_s,
            max_msg_size=MOST_BYTES,
            compress=False,  # a compressor takes 300 kB a socket
            writer_limit=0,  # wait for each state to leave, to send the newest next
        )
        await ws.prepare(request)
        _keep_buffers_small(request.transport)
        await self._serve(ws, request.remote)
        return ws

    async def handle_typed_code(self, request: web.Request) -> web.StreamResponse:
        """Lead a visitor who typed a room's signs where codes are typed."""
        typed = request.query.get("code", "")
        return await self._lead(request, typed, request.match_info["language"])

    async def handle_room_address(self, request: web.Request) -> web.StreamResponse:
        """Lead a visitor who scanned a room's QR code, in their language."""
        wishes = header_value(request.headers, hdrs.ACCEPT_LANGUAGE)
        languages = request.app[CURRENT].release.languages
        language = select_language(wishes, languages) or next(iter(languages), "")
        return await self._lead(request, request.match_info["typed"], language)

    async def _lead(
        self, request: web.Request, typed: str, language: str
    ) -> web.StreamResponse:
        signs = normalise_code(typed[:_LONGEST_TYPED])
        page = f"/{language}{PAGE}"
        if (
            signs not in self._rooms
            or page not in request.app[CURRENT].release.resources
        ):
            return await handle_request(request)
        headers = (
            ("Location", f"{page}#{signs}"),
            ("Cache-Control", "no-store"),
            *security_headers("", has_hsts=False),
        )
        answer = responses.make_response(HTTPStatus.SEE_OTHER, headers)
        return deliver_response(request, answer)

    def _refusal(self, request: web.Request) -> HTTPStatus | None:
        """Return why an upgrade is refused, or None."""
        if request.app[ADMISSION].is_closing:
            return HTTPStatus.SERVICE_UNAVAILABLE
        if not self._limits.admit(request.remote, time.monotonic()):
            return HTTPStatus.TOO_MANY_REQUESTS
        if not _is_same_origin(request):
            return HTTPStatus.FORBIDDEN
        # aiohttp would log the address of whoever offers another version.
        offered = request.headers.get(hdrs.SEC_WEBSOCKET_PROTOCOL, "")
        if SUBPROTOCOL not in (name.strip() for name in offered.split(",")):
            return HTTPStatus.BAD_REQUEST
        return None

    async def _serve(self, ws: web.WebSocketResponse, address: str | None) -> None:
        try:
            member = await self._admitted(ws, address)
        except RoomError as refusal:
            if refusal.code in _COUNTED:
                self._limits.count_failure(address, time.monotonic())
            await ws.close(code=refusal.code)
            return
        sending = asyncio.create_task(self._send_latest(ws, member))
        try:
            await self._listen(ws, member)
        finally:
            member.room.remove(member, time.monotonic())
            if member.close_code is None:
                sending.cancel()  # else it closes the socket, and says why
            with contextlib.suppress(asyncio.CancelledError):
                await sending

    async def _admitted(self, ws: web.WebSocketResponse, address: str | None) -> Member:
        """Return the place that a socket's first message asks for."""
        try:
            async with asyncio.timeout(self._settings.first_message_s):
                message = await ws.receive()
        except TimeoutError:
            raise RoomError(CloseCode.IDLE) from None
        if message.type is not WSMsgType.TEXT:
            raise RoomError(CloseCode.MALFORMED)
        try:
            first = parse_first(message.data)
        except MessageError:
            raise RoomError(CloseCode.MALFORMED) from None
        member = self._place(first, address_digest(address, self._key))
        if isinstance(first, Open | Take | Guide):
            await ws.send_str(opened_message(member.room.signs, member.room.key))
        return member

    def _place(self, first: First, opener: bytes) -> Member:
        now = time.monotonic()
        match first:
            case Open():
                return self._rooms.open(opener, now)
            case Guide(signs, key):
                return self._rooms.resume(signs, key, opener, now)
            case Take(signs, key, following):
                return self._rooms.take(signs, key, following, now)
            case Follow(signs):
                return self._rooms.follow(signs, now)

    async def _send_latest(self, ws: web.WebSocketResponse, member: Member) -> None:
        """Send the newest state whenever it changed, and now and then all the same.

        By the latter a page learns that its network is still there: scripts are not
        told of pings.
        """
        with contextlib.suppress(ConnectionError):
            while member.close_code is None:
                member.changed.clear()
                await ws.send_str(member.text())
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(self._settings.keepalive_s):
                        await member.changed.wait()
            await ws.close(code=member.close_code)

    async def _listen(self, ws: web.WebSocketResponse, member: Member) -> None:
        """Take what a guide shows, until the socket ends."""
        pace = _Pace(self._settings.messages_per_second)
        async for message in ws:
            if member.close_code is not None:
                return
            if message.type is not WSMsgType.TEXT or not member.is_guide:
                member.end(CloseCode.MALFORMED)
            elif not pace.admit(time.monotonic()):
                member.end(CloseCode.TOO_FAST)
            else:
                self._obey(message.data, member)

    def _obey(self, text: str, member: Member) -> None:
        try:
            message = parse_later(text)
        except MessageError:
            member.end(CloseCode.MALFORMED)
            return
        if isinstance(message, Close):
            self._rooms.close(member.room, CloseCode.ENDED)
        else:
            member.room.show(message, time.monotonic())


class _Pace:
    """Admits messages up to a rate, with a second's worth at once."""

    def __init__(self, per_second: float) -> None:
        self._per_second = per_second
        self._left = per_second
        self._seen_at = time.monotonic()

    def admit(self, now: float) -> bool:
        gained = (now - self._seen_at) * self._per_second
        self._left = min(self._per_second, self._left + gained) - 1
        self._seen_at = now
        return self._left >= 0


async def _say_off(request: web.Request) -> web.StreamResponse:
    return _status(request, is_on=False)


def _status(request: web.Request, *, is_on: bool) -> web.StreamResponse:
    """Return whether guide mode is on, for the page that offers it."""
    headers = (
        ("Content-Type", "application/json"),
        ("Cache-Control", "no-store"),
        *security_headers("application/json", has_hsts=False),
    )
    content = json.dumps({"guide": is_on}).encode()
    return deliver_response(request, responses.make_response(200, headers, content))


def _is_same_origin(request: web.Request) -> bool:
    """Return whether a page of this very host asks: no other site may."""
    origins = request.headers.getall(hdrs.ORIGIN, [])
    if len(origins) != 1:
        return False
    try:
        origin = urlsplit(origins[0])
    except ValueError:
        return False
    is_web = origin.scheme in ("http", "https")
    return is_web and origin.netloc.lower() == request.host.lower()


def _keep_buffers_small(transport: asyncio.Transport | None) -> None:
    """Let a socket that does not take its states hold back its sender at once."""
    if transport is None:
        return
    transport.set_write_buffer_limits(high=0)
    raw = transport.get_extra_info("socket")
    if raw is not None and hasattr(socket, "TCP_NOTSENT_LOWAT"):
        with contextlib.suppress(OSError):
            raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, _UNSENT_BYTES)
