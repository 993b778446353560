"""Send a response: ``writev`` and ``sendfile`` first, the rest as the socket drains.

On a plain Linux socket the bytes go straight from where they are: one ``writev`` for
what is in memory, ``sendfile`` for the rest, nothing copied into a buffer of ours, so
that a slow visitor costs a few kilobytes. Under TLS, and where ``sendfile`` is not,
the transport carries the bytes in small pieces.

``sendfile`` may wait for the disk when the kernel has not the page in its cache, as
in any server that sends so.
"""

from __future__ import annotations

import asyncio
import os
import socket
import struct
import sys
from typing import TYPE_CHECKING

from aiohttp import web

from server.headers import date_line

if TYPE_CHECKING:
    from aiohttp.abc import AbstractStreamWriter
    from aiohttp.web_protocol import RequestHandler

    from server.responses import Response

_SLICE_BYTES = 1 << 21
"""Sent in one go before others get their turn: about a millisecond."""
_PIECE_BYTES = 1 << 14
_AT_ONCE = struct.pack("ii", 1, 0)
"""``SO_LINGER``: forget what the visitor has not taken."""
_GONE = "the visitor is gone"
_HAS_SENDFILE = sys.platform == "linux"
CONNECTION_CLOSE = b"Connection: close\r\n"
CONNECTION_KEPT = b"Connection: keep-alive\r\n"


class ResponseDelivery(web.StreamResponse):
    """A prepared response as an aiohttp ``StreamResponse``."""

    def __init__(self, sending: SendBuffer, status: int, send_timeout_s: float) -> None:
        super().__init__(status=status)
        self._sending = sending
        self._send_timeout_s = send_timeout_s

    async def prepare(self, request: web.BaseRequest) -> AbstractStreamWriter | None:
        """Send all, as fast as the visitor takes it."""
        if self._keep_alive is None:
            self._keep_alive = request.keep_alive
        await deliver(self._sending, request.protocol, self._send_timeout_s)
        return None

    async def write_eof(self, data: bytes = b"") -> None:
        """Do nothing: the length said it all."""


class SendBuffer:
    """The bytes of one response still to be sent."""

    __slots__ = ("_buffers", "_end", "_file", "_offset")

    def __init__(self, answer: Response, connection: bytes = b"") -> None:
        self._buffers: list[bytes | memoryview] = [
            answer.start,
            connection + date_line(),
            *answer.rest,
        ]
        self._file = answer.file
        self._offset = answer.offset
        self._end = answer.end

    def push(self, fd: int) -> bool:
        """Send what a socket takes now; return whether nothing is left.

        Raises
        ------
        ConnectionError
            If the visitor is gone, or the file has shrunk since it was opened.
        """
        try:
            while self._buffers:
                self._drop(os.writev(fd, self._buffers))
            if self._file is not None and self._offset < self._end:
                count = min(_SLICE_BYTES, self._end - self._offset)
                sent = os.sendfile(fd, self._file.fd, self._offset, count)
                self._offset += _require_progress(sent)
        except BlockingIOError:
            return False
        except OSError as error:
            raise ConnectionResetError(error.strerror) from error
        return self._offset == self._end

    @property
    def left(self) -> tuple[int, int]:
        """What has not been sent yet: it changes whenever the visitor takes a byte."""
        return sum(map(len, self._buffers)), self._end - self._offset

    async def send_through_transport(
        self, protocol: RequestHandler, send_timeout_s: float
    ) -> None:
        """Send all by the protocol's transport, which may encrypt.

        Raises
        ------
        ConnectionError
            If the visitor is gone, or the file has shrunk since it was opened.
        """
        head = b"".join(self._buffers)
        for start in range(0, len(head), _PIECE_BYTES):
            await _write_through_transport(
                protocol, head[start : start + _PIECE_BYTES], send_timeout_s
            )
        while self._file is not None and self._offset < self._end:
            count = min(_PIECE_BYTES, self._end - self._offset)
            piece = self._file.read(self._offset, count)
            self._offset += _require_progress(len(piece))
            await _write_through_transport(protocol, piece, send_timeout_s)

    def _drop(self, count: int) -> None:
        """Forget as many bytes as were sent, and no buffer that has some left."""
        buffers, whole = self._buffers, 0
        for buffer in buffers:
            if count < len(buffer):
                break
            count -= len(buffer)
            whole += 1
        del buffers[:whole]
        if count:
            buffers[0] = memoryview(buffers[0])[count:]


async def deliver(
    sending: SendBuffer, protocol: RequestHandler, send_timeout_s: float
) -> None:
    """Send all that is left; a client that takes no byte in time is dropped.

    Raises
    ------
    ConnectionError
        If the visitor is gone, or takes nothing any more.
    """
    fd = direct_fd(protocol)
    if fd is None:
        await sending.send_through_transport(protocol, send_timeout_s)
    elif not sending.push(fd):
        await _send_as_writable(sending, protocol, fd, send_timeout_s)


def direct_fd(protocol: RequestHandler) -> int | None:
    """Return the socket to send on without the transport, or None.

    It can't under TLS, nor where ``sendfile`` is not, nor while the transport itself
    has bytes to send. The number holds until the next ``await``.
    """
    transport = protocol.transport
    if transport is None:
        raise ConnectionResetError(_GONE)
    if not _HAS_SENDFILE or transport.get_extra_info("sslcontext") is not None:
        return None
    if transport.get_write_buffer_size():
        return None
    fd: int = transport.get_extra_info("socket").fileno()
    return fd if fd >= 0 else None


async def _send_as_writable(
    sending: SendBuffer, protocol: RequestHandler, fd: int, send_timeout_s: float
) -> None:
    loop = asyncio.get_running_loop()
    done = loop.create_future()

    def write_more() -> None:
        try:
            if sending.push(own) and not done.done():
                done.set_result(None)
        except ConnectionError as error:
            loop.remove_writer(own)
            done.set_exception(error)

    # A second name of the socket: asyncio keeps the first for its transport, and a
    # number of our own can't be given to another visitor meanwhile.
    own = os.dup(fd)
    try:
        loop.add_writer(own, write_more)
        left = None
        while not done.done():
            if sending.left == left:
                raise _abort_stalled(protocol)
            left = sending.left
            await asyncio.wait((done,), timeout=send_timeout_s)
        done.result()
    finally:
        loop.remove_writer(own)
        os.close(own)
        done.cancel()


async def _write_through_transport(
    protocol: RequestHandler, piece: bytes, send_timeout_s: float
) -> None:
    transport = protocol.transport
    if transport is None or transport.is_closing():
        raise ConnectionResetError(_GONE)
    transport.write(piece)
    if protocol.writing_paused:
        try:
            async with asyncio.timeout(send_timeout_s):
                await protocol._drain_helper()  # noqa: SLF001, aiohttp's back-pressure
        except TimeoutError:
            raise _abort_stalled(protocol) from None


def _abort_stalled(protocol: RequestHandler) -> ConnectionResetError:
    """Drop a visitor who takes nothing any more, and what was to be sent with it."""
    if protocol.transport is not None:
        socket_ = protocol.transport.get_extra_info("socket")
        if socket_ is not None and socket_.fileno() >= 0:
            socket_.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        protocol.transport.abort()
    return ConnectionResetError("the visitor takes nothing any more")


def _require_progress(count: int) -> int:
    if count == 0:
        message = "the file has shrunk since it was opened"
        raise ConnectionResetError(message)
    return count
