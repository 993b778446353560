"""HTTP connection with a fast path: prepared responses sent straight from ``data_received``.

aiohttp's parser reads every request. Most ask for a file of the release and nothing
else; their answer is already made, so it is sent from within ``data_received``,
without the task, the request object and the routing that the rest needs. That costs
a third of the time per request (``benchmarks/server``). Whatever is unusual, or does
not fit the socket at once, goes on by aiohttp's ordinary way.

Besides, a header that began to arrive must be whole in time: aiohttp watches idle
connections only.
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

from aiohttp import hdrs, web
from aiohttp.http import RawRequestMessage
from aiohttp.streams import EMPTY_PAYLOAD
from aiohttp.web_protocol import RequestHandler

from server.delivery import CONNECTION_CLOSE, ResponseDelivery, SendBuffer, direct_fd
from server.problems import problem

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable, Sequence

    from aiohttp.http_parser import HttpParser
    from aiohttp.streams import StreamReader

    from server.responses import Response
    from server.settings import Settings

    FastPath = Callable[[RawRequestMessage], Response | None]
    _Message = tuple[RawRequestMessage | object, StreamReader]

_LOGGER = logging.getLogger("ecomusee.server")
_HEADER_END = b"\r\n\r\n"


class ReleaseRunner(web.AppRunner):
    """An aiohttp runner whose connections have the fast path."""

    __slots__ = ("_fast_path", "_settings")

    def __init__(
        self,
        app: web.Application,
        fast_path: Callable[[web.Application], FastPath],
        settings: Settings,
    ) -> None:
        super().__init__(
            app,
            access_log=None,
            keepalive_timeout=settings.keepalive_timeout_s,
            lingering_time=settings.header_timeout_s / 2,
            shutdown_timeout=settings.stop_timeout_s,
        )
        self._fast_path = fast_path
        self._settings = settings

    async def _make_server(self) -> web.Server:
        ordinary = await super()._make_server()
        return _ConnectionFactory(ordinary, self._fast_path(self.app), self._settings)


class _ConnectionFactory(web.Server):
    """Makes a `Connection` for every visitor."""

    def __init__(
        self, ordinary: web.Server, fast_path: FastPath, settings: Settings
    ) -> None:
        super().__init__(
            ordinary.request_handler,
            request_factory=ordinary.request_factory,
            **ordinary._kwargs,  # noqa: SLF001, what the runner was given
        )
        self.fast_path = fast_path
        self.settings = settings

    def __call__(self) -> RequestHandler:
        return Connection(self, loop=self._loop, **self._kwargs)


class Connection(RequestHandler):
    """One client's connection."""

    __slots__ = ("_header_deadline", "_server", "_unfinished")

    def __init__(self, server: _ConnectionFactory, **options: Any) -> None:  # noqa: ANN401, aiohttp's
        super().__init__(server, **options)
        self._server = server
        self._header_deadline: asyncio.TimerHandle | None = None
        self._unfinished: ResponseDelivery | None = None
        self._parser = cast("HttpParser[Any]", _InterceptingParser(self, self._parser))

    def connection_lost(self, exc: BaseException | None) -> None:
        """Forget the visitor."""
        self._stop_header_timer()
        super().connection_lost(exc)

    def try_fast_path(self, messages: Sequence[_Message], data: bytes) -> bool:
        """Answer the only request there is from the fast path, if possible.

        Parameters
        ----------
        messages
            What the parser made of `data` and what came before it.
        data
            The bytes that have just arrived.

        Returns
        -------
        bool
            False when aiohttp must go on with the messages.
        """
        if messages and (data.endswith(_HEADER_END) or len(data) < len(_HEADER_END)):
            if self._header_deadline is not None:
                self._stop_header_timer()
        elif data and self._header_deadline is None:
            self._start_header_timer()
        if len(messages) != 1 or self._waiter is None or self._messages:
            return False
        message, payload = messages[0]
        if payload is not EMPTY_PAYLOAD or not isinstance(message, RawRequestMessage):
            return False
        answer = self._server.fast_path(message)
        return answer is not None and self._try_send(answer)

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Answer what aiohttp could not read or our handlers did not foresee."""
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            _LOGGER.error("a request failed", exc_info=exc)
        return self._closing_problem(request, status)

    async def _handle_request(
        self,
        request: web.BaseRequest,
        start_time: float | None,
        request_handler: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]],
    ) -> tuple[web.StreamResponse, bool]:
        """Handle a request, or go on sending the answer that it already has."""
        ready, self._unfinished = self._unfinished, None
        if ready is None and _has_unknown_expectation(request):
            ready = self._closing_problem(request, HTTPStatus.EXPECTATION_FAILED)

        async def finish_response(_request: web.BaseRequest) -> web.StreamResponse:
            return cast("ResponseDelivery", ready)

        handler = request_handler if ready is None else finish_response
        return await super()._handle_request(request, start_time, handler)

    def _try_send(self, answer: Response) -> bool:
        """Send an answer; return False if some of it is left for aiohttp's way."""
        fd = direct_fd(self)
        if fd is None:
            return False
        sending = SendBuffer(answer)
        try:
            is_done = sending.push(fd)
        except ConnectionError:
            self.force_close()
            return True
        if is_done:
            now = self._loop.time()
            self._next_keepalive_close_time = now + self._keepalive_timeout
        else:
            patience_s = self._server.settings.send_timeout_s
            self._unfinished = ResponseDelivery(sending, answer.status, patience_s)
        return is_done

    def _closing_problem(
        self, request: web.BaseRequest, status: int
    ) -> ResponseDelivery:
        """Return a problem after which the connection closes."""
        answer = problem(status)
        if request.method == hdrs.METH_HEAD:
            answer = answer.without_body()
        sending = SendBuffer(answer, CONNECTION_CLOSE)
        delivery = ResponseDelivery(
            sending, status, self._server.settings.send_timeout_s
        )
        delivery.force_close()
        return delivery

    def _start_header_timer(self) -> None:
        """Give a header that is not whole its time to come."""
        self._header_deadline = self._loop.call_later(
            self._server.settings.header_timeout_s, self._close_late_header
        )

    def _stop_header_timer(self) -> None:
        if self._header_deadline is not None:
            self._header_deadline.cancel()
            self._header_deadline = None

    def _close_late_header(self) -> None:
        """Close, unless an earlier request of this visitor is still being answered."""
        if self._waiter is None:
            self._start_header_timer()
        else:
            self.force_close()


def _has_unknown_expectation(request: web.BaseRequest) -> bool:
    """Return whether a request expects what nobody offers.

    Were it left to aiohttp, its words for that would contain the header, and fail when
    the header is not text.
    """
    expected = request.headers.get(hdrs.EXPECT, "100-continue")
    return expected.lower() != "100-continue"


class _InterceptingParser:
    """aiohttp's parser, which keeps to itself the requests that are answered already."""

    __slots__ = ("_connection", "_parser")

    def __init__(self, connection: Connection, parser: Any) -> None:  # noqa: ANN401, C or Python
        self._connection = connection
        self._parser = parser

    def feed_data(self, data: bytes) -> tuple[Sequence[_Message], bool, bytes]:
        messages, is_upgraded, tail = self._parser.feed_data(data)
        if not is_upgraded and self._connection.try_fast_path(messages, data):
            self._parser.message_consumed()
            return (), False, b""
        return messages, is_upgraded, tail

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401, whatever aiohttp's parser has
        return getattr(self._parser, name)
