"""A visitor's connection that answers the plain requests at once.

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

from server.media import CONNECTION_CLOSE, Delivery, Sending, direct_fd
from server.problems import problem

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable, Sequence

    from aiohttp.http_parser import HttpParser
    from aiohttp.streams import StreamReader

    from server.answers import Answer
    from server.settings import Settings

    QuickAnswer = Callable[[RawRequestMessage], Answer | None]
    _Message = tuple[RawRequestMessage | object, StreamReader]

_LOGGER = logging.getLogger("ecomusee.server")
_HEADER_END = b"\r\n\r\n"


class ReleaseRunner(web.AppRunner):
    """Run an application on connections that answer at once."""

    __slots__ = ("_quick_answers", "_settings")

    def __init__(
        self,
        app: web.Application,
        quick_answers: Callable[[web.Application], QuickAnswer],
        settings: Settings,
    ) -> None:
        super().__init__(
            app,
            access_log=None,
            keepalive_timeout=settings.keepalive_timeout_s,
            lingering_time=settings.header_timeout_s / 2,
            shutdown_timeout=settings.stop_timeout_s,
        )
        self._quick_answers = quick_answers
        self._settings = settings

    async def _make_server(self) -> web.Server:
        ordinary = await super()._make_server()
        return _Server(ordinary, self._quick_answers(self.app), self._settings)


class _Server(web.Server):
    """Makes a `Connection` for every visitor."""

    def __init__(
        self, ordinary: web.Server, quick: QuickAnswer, settings: Settings
    ) -> None:
        super().__init__(
            ordinary.request_handler,
            request_factory=ordinary.request_factory,
            **ordinary._kwargs,  # noqa: SLF001, what the runner was given
        )
        self.quick = quick
        self.settings = settings

    def __call__(self) -> RequestHandler:
        return Connection(self, loop=self._loop, **self._kwargs)


class Connection(RequestHandler):
    """One visitor's connection."""

    __slots__ = ("_header_deadline", "_server", "_unfinished")

    def __init__(self, server: _Server, **options: Any) -> None:  # noqa: ANN401, aiohttp's
        super().__init__(server, **options)
        self._server = server
        self._header_deadline: asyncio.TimerHandle | None = None
        self._unfinished: Delivery | None = None
        self._parser = cast("HttpParser[Any]", _AnsweringParser(self, self._parser))

    def connection_lost(self, exc: BaseException | None) -> None:
        """Forget the visitor."""
        self._stop_clock()
        super().connection_lost(exc)

    def take(self, messages: Sequence[_Message], data: bytes) -> bool:
        """Answer the only request there is, if that can be done here and now.

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
                self._stop_clock()
        elif data and self._header_deadline is None:
            self._start_clock()
        if len(messages) != 1 or self._waiter is None or self._messages:
            return False
        message, payload = messages[0]
        if payload is not EMPTY_PAYLOAD or not isinstance(message, RawRequestMessage):
            return False
        answer = self._server.quick(message)
        if answer is not None:
            return self._sent(answer)
        return _has_foreign_expectation(message) and self._refused(417)

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
        sending = Sending(problem(status), CONNECTION_CLOSE)
        delivery = Delivery(sending, status, self._server.settings.send_timeout_s)
        delivery.force_close()
        return delivery

    async def _handle_request(
        self,
        request: web.BaseRequest,
        start_time: float | None,
        request_handler: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]],
    ) -> tuple[web.StreamResponse, bool]:
        """Handle a request, or go on sending the answer that it already has."""
        unfinished, self._unfinished = self._unfinished, None

        async def go_on(_request: web.BaseRequest) -> web.StreamResponse:
            return cast("Delivery", unfinished)

        handler = request_handler if unfinished is None else go_on
        return await super()._handle_request(request, start_time, handler)

    def _sent(self, answer: Answer) -> bool:
        """Send an answer; return False if some of it is left for aiohttp's way."""
        fd = direct_fd(self)
        if fd is None:
            return False
        sending = Sending(answer)
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
            self._unfinished = Delivery(sending, answer.status, patience_s)
        return is_done

    def _refused(self, status: int) -> bool:
        if self.transport is not None:
            sending = Sending(problem(status), CONNECTION_CLOSE)
            self.transport.write(sending.head)
            self.force_close()
        return True

    def _start_clock(self) -> None:
        """Give a header that is not whole its time to come."""
        self._header_deadline = self._loop.call_later(
            self._server.settings.header_timeout_s, self._header_is_late
        )

    def _stop_clock(self) -> None:
        if self._header_deadline is not None:
            self._header_deadline.cancel()
            self._header_deadline = None

    def _header_is_late(self) -> None:
        """Close, unless an earlier request of this visitor is still being answered."""
        if self._waiter is None:
            self._start_clock()
        else:
            self.force_close()


def _has_foreign_expectation(message: RawRequestMessage) -> bool:
    """Return whether a request expects what nobody offers.

    Were it left to aiohttp, its words for that would contain the header, and fail when
    the header is not text.
    """
    expected = message.headers.get(hdrs.EXPECT, "100-continue")
    return expected.lower() != "100-continue"


class _AnsweringParser:
    """aiohttp's parser, which keeps to itself the requests that are answered already."""

    __slots__ = ("_connection", "_parser")

    def __init__(self, connection: Connection, parser: Any) -> None:  # noqa: ANN401, C or Python
        self._connection = connection
        self._parser = parser

    def feed_data(self, data: bytes) -> tuple[Sequence[_Message], bool, bytes]:
        messages, is_upgraded, tail = self._parser.feed_data(data)
        if not is_upgraded and self._connection.take(messages, data):
            self._parser.message_consumed()
            return (), False, b""
        return messages, is_upgraded, tail

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401, whatever aiohttp's parser has
        return getattr(self._parser, name)
