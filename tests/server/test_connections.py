"""Patience with slow visitors, and none with those who only hold the line."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from server.app import create_app
from server.routes import ADMISSION
from server.runner import Listening, serving
from server.settings import Settings

if TYPE_CHECKING:
    from aiohttp.test_utils import TestServer

    from tests.server.conftest import Build, Start, Visit

PAGE = "/fr/forge/marteau/"
LARGE = "/media/large.glb"
MEDIUM = "/media/medium.glb"
START_SERVER = """
import sys
from pathlib import Path
from server.app import create_app
from server.runner import Listening, run
run(create_app(Path(sys.argv[1])), Listening(port=0), lambda a: print(a[0][1], flush=True))
"""


async def test_a_slow_visitor_gets_all(
    server: TestServer, visit: Visit, build: Build
) -> None:
    """Taken piece by piece: nothing lost, nothing doubled."""
    visitor = await visit(server)
    expected = build.contents[f"{LARGE};"]
    visitor.writer.write(f"GET {LARGE} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    await visitor.reader.readuntil(b"\r\n\r\n")

    taken = bytearray()
    while len(taken) < len(expected):
        taken += await visitor.reader.read(30_011)

    assert bytes(taken) == expected


async def test_many_slow_visitors_do_not_hold_up_a_quick_one(
    server: TestServer, visit: Visit, build: Build
) -> None:
    for _ in range(20):
        slow = await visit(server)
        slow.writer.write(f"GET {LARGE} HTTP/1.1\r\nHost: x\r\n\r\n".encode() * 3)

    async with asyncio.timeout(5):
        reply = await (await visit(server)).ask(PAGE)

    assert reply.body == build.contents[f"{PAGE};"]


@pytest.mark.parametrize("target", [LARGE, MEDIUM])
async def test_a_visitor_who_leaves_half_way_is_forgotten(
    server: TestServer, visit: Visit, target: str
) -> None:
    for _ in range(5):
        visitor = await visit(server)
        visitor.writer.write(f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode() * 4)
        await visitor.reader.readuntil(b"\r\n\r\n")
        visitor.writer.transport.abort()

    assert (await (await visit(server)).ask(PAGE)).status == 200


async def test_a_visitor_who_takes_nothing_is_dropped(
    start: Start, visit: Visit
) -> None:
    server = await start(send_timeout_s=0.05)
    visitor = await visit(server)
    visitor.writer.transport.pause_reading()

    visitor.writer.write(f"GET {LARGE} HTTP/1.1\r\nHost: x\r\n\r\n".encode() * 8)
    other = await visit(server)
    async with asyncio.timeout(5):
        while len(server.runner.server.connections) > 1:
            await other.ask("/healthz")
    visitor.writer.transport.resume_reading()

    with pytest.raises(ConnectionResetError):
        await visitor.reader.read()


async def test_a_half_sent_header_is_not_waited_for(start: Start, visit: Visit) -> None:
    server = await start(header_timeout_s=0.05)
    visitor = await visit(server)

    visitor.writer.write(b"GET /fr/ HTTP/1.1\r\nHost: x\r\n")

    async with asyncio.timeout(5):
        assert await visitor.reader.read() == b""


async def test_a_header_that_trickles_in_is_not_waited_for(
    start: Start, visit: Visit
) -> None:
    """The clock starts at the first byte, however many follow."""
    server = await start(header_timeout_s=0.2)
    visitor = await visit(server)
    await visitor.ask(PAGE)

    async def trickle() -> None:
        pace = await visit(server)
        while not visitor.writer.is_closing():
            visitor.writer.write(b"y")
            await pace.ask("/healthz")

    visitor.writer.write(b"GET /fr/ HTTP/1.1\r\nX: ")
    drops = asyncio.create_task(trickle())
    async with asyncio.timeout(5):
        with contextlib.suppress(ConnectionResetError):
            assert await visitor.reader.read() == b""
        await drops


async def test_a_half_sent_header_behind_a_request_is_not_waited_for(
    start: Start, visit: Visit
) -> None:
    server = await start(header_timeout_s=0.05)
    visitor = await visit(server)
    whole = f"GET {PAGE} HTTP/1.1\r\nHost: x\r\n\r\n".encode()

    visitor.writer.write(whole + b"GET /fr/ HTTP/1.1\r\nHo")

    assert (await visitor.reply()).status == 200
    async with asyncio.timeout(5):
        assert await visitor.reader.read() == b""


async def test_a_long_download_is_not_cut_by_a_half_sent_header(
    start: Start, visit: Visit, build: Build
) -> None:
    server = await start(header_timeout_s=0.01)
    visitor, other = await visit(server), await visit(server)
    whole = f"GET {LARGE} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    visitor.writer.write(whole * 4 + b"GET /fr/ HTTP/1.1\r\nHo")

    for _ in range(100):
        await other.ask("/healthz")

    for _ in range(4):
        assert (await visitor.reply()).body == build.contents[f"{LARGE};"]


async def test_a_file_that_shrinks_cuts_the_answer_and_nothing_else(
    server: TestServer, visit: Visit, build: Build
) -> None:
    """Its length was promised: the visitor must not take a part for the whole."""
    (build.folder / "releases" / "first" / "media" / "large.glb").write_bytes(b"cut")
    visitor = await visit(server)

    with pytest.raises(asyncio.IncompleteReadError):
        await visitor.ask(LARGE)

    assert (await (await visit(server)).ask(PAGE)).status == 200


async def test_an_idle_visitor_is_kept_for_a_while_only(
    start: Start, visit: Visit
) -> None:
    server = await start(keepalive_timeout_s=0.1)
    visitor = await visit(server)
    await visitor.ask(PAGE)

    async with asyncio.timeout(5):
        assert await visitor.reader.read() == b""


async def test_what_cannot_be_read_is_a_problem(start: Start, visit: Visit) -> None:
    visitor = await visit(await start())

    visitor.writer.write(b"GET /fr/ HTTP/1.1\r\nHost: x\r\nbroken header\r\n\r\n")

    reply = await visitor.reply()
    assert reply.status == 400
    assert json.loads(reply.body)["code"] == "bad-request"
    assert reply.headers["connection"] == "close"


@pytest.mark.parametrize(
    "request_",
    [
        b"GET /fr/ HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        b"POST /fr/ HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"GET /fr/ HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
        b"GET /fr/ HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 20_000 + b"\r\n\r\n",
        b"GET /fr/ HTTP/1.1\r\nHost: x\r\n" + b"X: a\r\n" * 500 + b"\r\n",
        b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /fr/ HTTP/3.7\r\nHost: x\r\n\r\n",
        b"GET /fr/ HTTP/1.1\nHost : x\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"\r\n\r\n\x00\x00\x00\r\n\r\n",
    ],
)
async def test_ambiguous_or_oversized_requests_are_refused(
    start: Start, visit: Visit, request_: bytes
) -> None:
    visitor = await visit(await start())

    visitor.writer.write(request_)

    assert (await visitor.reply()).status == 400


@pytest.mark.parametrize(
    ("method", "target"),
    [("OPTIONS", "*"), ("CONNECT", "/"), ("HEAD", "/healthz"), ("POST", PAGE)],
)
async def test_an_expectation_nobody_meets_is_refused(
    start: Start, visit: Visit, method: str, target: str
) -> None:
    """Its bytes need not be text."""
    visitor = await visit(await start())

    reply = await visitor.ask(target, "Expect: \udcff", method=method)

    assert reply.status == 417
    assert await visitor.reader.read() == b""


async def test_a_body_announced_is_not_asked_for(
    server: TestServer, visit: Visit
) -> None:
    """The final answer says that none is read; no 100 comes before it."""
    visitor = await visit(server)

    reply = await visitor.ask(
        PAGE, "Expect: 100-continue", "Content-Length: 5", method="PUT"
    )

    assert reply.status == 405


async def test_a_response_under_way_ends_when_told_to_stop(
    build: Build, visit: Visit
) -> None:
    app = create_app(build.folder, settings=Settings(stop_timeout_s=20))
    expected = build.contents[f"{LARGE};"]
    async with serving(app, Listening(port=0)) as addresses:
        visitor = await visit(addresses[0])
        visitor.writer.write(f"GET {LARGE} HTTP/1.1\r\nHost: x\r\n\r\n".encode() * 2)
        await visitor.reader.readuntil(b"\r\n\r\n")
        body = asyncio.create_task(visitor.reader.readexactly(len(expected)))

    assert await body == expected


async def test_idle_visitors_do_not_delay_the_stop(build: Build, visit: Visit) -> None:
    app = create_app(build.folder, settings=Settings(stop_timeout_s=20))
    async with asyncio.timeout(5), serving(app, Listening(port=0)) as addresses:
        visitor = await visit(addresses[0])
        await visitor.ask(PAGE)

    assert await visitor.reader.read() == b""


async def test_health_says_when_the_door_is_closing(
    server: TestServer, visit: Visit
) -> None:
    """What balances load must send visitors elsewhere before the door closes."""
    visitor = await visit(server)

    server.app[ADMISSION].is_closing = True

    reply = await visitor.ask("/healthz")
    assert (reply.status, json.loads(reply.body)["status"]) == (503, "stopping")
    assert reply.headers["connection"] == "close"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stops_at_a_signal_without_a_word(build: Build, number: signal.Signals) -> None:
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", START_SERVER, str(build.folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    port = int(process.stdout.readline())

    process.send_signal(number)
    _, errors = process.communicate(timeout=20)

    assert port > 0
    assert (process.returncode, errors) == (0, "")
