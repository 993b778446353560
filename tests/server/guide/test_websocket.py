"""Guide mode over real sockets: who may come in, what they are told, why they are let go."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import json
import logging
import random
import socket
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from server.app import create_app
from server.guide.messages import SUBPROTOCOL, CloseCode
from server.guide.rooms import make_key
from server.runner import Listening, serving
from server.settings import GuideSettings, Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from aiohttp import ClientWebSocketResponse
    from aiohttp.test_utils import TestServer

    from tests.server.conftest import Build, Start, Visit

    Join = Callable[..., Awaitable["Phone"]]

SHOWN = {
    "tour": "forge",
    "stop": "marteau",
    "languages": ["fr", "en"],
    "turn": None,
    "point": None,
    "look_up": False,
}
UPGRADE = (
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
)


@dataclasses.dataclass
class Phone:
    """A phone's socket."""

    socket: ClientWebSocketResponse

    async def told(self, kind: str) -> dict[str, Any]:
        """Return the next message, which is of this kind."""
        message = json.loads(await self.socket.receive_str(timeout=10))
        assert message["type"] == kind
        return dict(message)

    async def say(self, **message: object) -> None:
        """Send a message."""
        await self.socket.send_str(json.dumps(message))

    async def closed(self) -> int | None:
        """Return the code with which the server closes, after what it still says."""
        async with asyncio.timeout(10):
            while not self.socket.closed:
                await self.socket.receive()
        return self.socket.close_code


@pytest.fixture
async def guided(start: Start) -> TestServer:
    """Start a server with guide mode."""
    return await start(guide=GuideSettings(most_followers=3))


@pytest.fixture
async def join() -> AsyncIterator[Join]:
    """Return a function that opens a socket and says its first message."""
    async with aiohttp.ClientSession() as session, contextlib.AsyncExitStack() as stack:

        async def joined(server: TestServer, **first: object) -> Phone:
            url = server.make_url("/-/guide")
            origin = f"http://{url.host}:{url.port}"
            opened = await session.ws_connect(
                url, origin=origin, protocols=(SUBPROTOCOL,)
            )
            stack.push_async_callback(opened.close)
            phone = Phone(opened)
            await phone.say(**first)
            return phone

        yield joined


async def _opened(server: TestServer, join: Join) -> tuple[Phone, str, str]:
    guide = await join(server, type="open")
    opened = await guide.told("opened")
    await guide.told("guiding")
    return guide, opened["room"], opened["key"]


async def test_group_sees_what_the_guide_shows(guided: TestServer, join: Join) -> None:
    guide, room, _ = await _opened(guided, join)
    follower = await join(guided, type="follow", room=room)
    first = await follower.told("state")
    assert (await guide.told("guiding"))["followers"] == 1

    await guide.say(type="show", shown=SHOWN)

    assert first == {"type": "state", "guided": True, "shown": None}
    assert (await follower.told("state"))["shown"] == SHOWN


async def test_latest_state_meets_late_joiner(guided: TestServer, join: Join) -> None:
    guide, room, _ = await _opened(guided, join)
    await guide.say(type="show", shown=SHOWN | {"look_up": True})
    early = await join(guided, type="follow", room=room)
    while (await early.told("state"))["shown"] is None:
        pass

    late = await join(guided, type="follow", room=room)

    assert (await late.told("state"))["shown"]["look_up"] is True


async def test_takeover_ends_the_first_phone(guided: TestServer, join: Join) -> None:
    first, room, key = await _opened(guided, join)
    following = make_key()

    second = await join(guided, type="take", room=room, key=key, next=following)

    assert (await second.told("opened"))["key"] == following
    assert await first.closed() == CloseCode.REPLACED
    returning = await join(guided, type="guide", room=room, key=key)
    assert await returning.closed() == CloseCode.WRONG_KEY


async def test_end_of_visit_lets_all_go(guided: TestServer, join: Join) -> None:
    guide, room, _ = await _opened(guided, join)
    follower = await join(guided, type="follow", room=room)
    await follower.told("state")

    await guide.say(type="close")

    assert await follower.closed() == CloseCode.ENDED
    assert await guide.closed() == CloseCode.ENDED
    again = await join(guided, type="follow", room=room)
    assert await again.closed() == CloseCode.NO_ROOM


async def test_room_that_is_full_says_so(guided: TestServer, join: Join) -> None:
    _, room, _ = await _opened(guided, join)
    for _ in range(3):
        await join(guided, type="follow", room=room)
    fourth = await join(guided, type="follow", room=room)

    assert await fourth.closed() == CloseCode.ROOM_FULL


@pytest.mark.parametrize(
    "text", ["", "hello", '{"type": "open", "more": 1}', "x" * 1000, '{"type":"show"}']
)
async def test_malformed_first_message_closes(
    guided: TestServer, join: Join, text: str
) -> None:
    phone = await join(guided)  # an empty object is malformed already
    assert await phone.closed() == CloseCode.MALFORMED

    async with aiohttp.ClientSession() as session:
        url = guided.make_url("/-/guide")
        origin = f"http://{url.host}:{url.port}"
        async with session.ws_connect(
            url, origin=origin, protocols=(SUBPROTOCOL,)
        ) as opened:
            await opened.send_str(text)
            assert await Phone(opened).closed() == CloseCode.MALFORMED


async def test_followers_have_no_say(guided: TestServer, join: Join) -> None:
    _, room, _ = await _opened(guided, join)
    follower = await join(guided, type="follow", room=room)

    await follower.say(type="show", shown=SHOWN)

    assert await follower.closed() == CloseCode.MALFORMED


async def test_long_and_binary_messages_close(guided: TestServer, join: Join) -> None:
    guide, *_ = await _opened(guided, join)
    await guide.socket.send_str("x" * 1025)
    assert await guide.closed() == aiohttp.WSCloseCode.MESSAGE_TOO_BIG

    other, *_ = await _opened(guided, join)
    await other.socket.send_bytes(b"{}")
    assert await other.closed() == CloseCode.MALFORMED


async def test_guide_who_sends_too_fast_is_let_go(
    guided: TestServer, join: Join
) -> None:
    guide, *_ = await _opened(guided, join)
    for _ in range(40):
        await guide.say(type="show", shown=SHOWN)

    assert await guide.closed() == CloseCode.TOO_FAST


async def test_socket_that_says_nothing_is_let_go(start: Start) -> None:
    server = await start(guide=GuideSettings(first_message_s=0.05))
    async with aiohttp.ClientSession() as session:
        url = server.make_url("/-/guide")
        origin = f"http://{url.host}:{url.port}"
        async with session.ws_connect(
            url, origin=origin, protocols=(SUBPROTOCOL,)
        ) as opened:
            assert await Phone(opened).closed() == CloseCode.IDLE


async def test_unchanged_state_is_told_again(start: Start, join: Join) -> None:
    """A page is not told of pings: by this it knows that its network is there."""
    server = await start(guide=GuideSettings(keepalive_s=0.05))
    _, room, _ = await _opened(server, join)
    follower = await join(server, type="follow", room=room)

    assert await follower.told("state") == await follower.told("state")


async def test_stopping_server_lets_all_go(build: Build) -> None:
    settings = Settings(stop_timeout_s=5, guide=GuideSettings())
    app = create_app(build.folder, settings=settings)
    async with aiohttp.ClientSession() as session:
        async with serving(app, Listening(port=0)) as ((host, port),):
            opened = await session.ws_connect(
                f"http://{host}:{port}/-/guide",
                origin=f"http://{host}:{port}",
                protocols=(SUBPROTOCOL,),
            )
            await opened.send_str('{"type": "open"}')
            await opened.receive_str()
            closed = asyncio.create_task(Phone(opened).closed())
        assert await closed == CloseCode.GOING_AWAY


@pytest.mark.parametrize(
    "origin",
    [
        (),
        ("Origin: http://elsewhere.example",),
        ("Origin: null",),
        ("Origin: http://museum.elsewhere.example",),
        ("Origin: http://museum:81",),
        ("Origin: file://museum",),
        ("Origin: http://[",),
        ("Origin: http://museum", "Origin: http://museum"),
    ],
)
async def test_other_sites_are_refused(
    guided: TestServer, visit: Visit, origin: tuple[str, ...]
) -> None:
    visitor = await visit(guided)

    reply = await visitor.ask(
        "/-/guide", *UPGRADE, f"Sec-WebSocket-Protocol: {SUBPROTOCOL}", *origin
    )

    assert reply.status == 403


@pytest.mark.parametrize("offered", ["", "Sec-WebSocket-Protocol: ecomusee-guide.v9"])
async def test_other_versions_are_refused_and_nothing_is_logged(
    guided: TestServer,
    visit: Visit,
    offered: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Left to aiohttp, the log would have the address of who offers another version."""
    caplog.set_level(logging.DEBUG)
    visitor = await visit(guided)
    headers = (*UPGRADE, "Origin: http://museum", *filter(None, [offered]))

    reply = await visitor.ask("/-/guide", *headers)

    assert reply.status == 400
    assert "127.0.0.1" not in caplog.text


async def test_address_that_guesses_is_refused(start: Start, join: Join) -> None:
    server = await start(guide=GuideSettings(failures_per_minute=3))
    for _ in range(3):
        guess = await join(server, type="follow", room="3333")
        assert await guess.closed() == CloseCode.NO_ROOM

    with pytest.raises(aiohttp.WSServerHandshakeError) as refusal:
        await join(server, type="follow", room="3333")

    assert refusal.value.status == 429


@pytest.mark.parametrize("is_on", [True, False])
async def test_page_can_ask_whether_there_is_guide_mode(
    start: Start,
    visit: Visit,
    is_on: bool,  # noqa: FBT001, a case
) -> None:
    server = await start(guide=GuideSettings() if is_on else None)

    reply = await (await visit(server)).ask("/-/guide")

    assert (reply.status, json.loads(reply.body)) == (200, {"guide": is_on})
    assert reply.headers["cache-control"] == "no-store"


async def test_without_the_switch_there_is_no_socket(
    start: Start, visit: Visit
) -> None:
    server = await start()
    visitor = await visit(server)

    reply = await visitor.ask("/-/guide", *UPGRADE, "Origin: http://museum")

    assert (reply.status, json.loads(reply.body)) == (200, {"guide": False})


async def test_handshake_in_pieces_outlives_the_time_for_headers(
    start: Start, visit: Visit
) -> None:
    """The upgrade goes aiohttp's ordinary way; no timer of the fast path ends it."""
    server = await start(header_timeout_s=0.2, guide=GuideSettings(keepalive_s=0.1))
    visitor = await visit(server)
    protocol = f"Sec-WebSocket-Protocol: {SUBPROTOCOL}"
    lines = ("GET /-/guide HTTP/1.1", "Host: museum", *UPGRADE, protocol)
    visitor.writer.write("\r\n".join(lines).encode())
    await asyncio.sleep(0.05)
    visitor.writer.write(b"\r\nOrigin: http://museum\r\n\r\n")
    head = await visitor.reader.readuntil(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 101 ")
    masked = b'\x81\x8f\0\0\0\0{"type":"open"}'
    visitor.writer.write(masked)

    async with asyncio.timeout(10):
        told = await visitor.reader.readuntil(b"guiding")
        for _ in range(6):
            told = await visitor.reader.readuntil(b"guiding")

    assert told


async def test_pages_stay_quick_beside_guide_mode(
    guided: TestServer, visit: Visit, build: Build
) -> None:
    """A file of the release is answered as without; so are codes, and what is unknown."""
    visitor = await visit(guided)

    page = await visitor.ask("/fr/forge/marteau/")
    code = await visitor.ask("/K7QM", "Accept-Language: en")
    typed = await visitor.ask("/fr/code/?code=K7QM")
    lost = await visitor.ask("/FORGE")

    assert page.body == build.contents["/fr/forge/marteau/;"]
    assert (code.status, code.headers["location"]) == (302, "/en/forge/marteau/")
    assert (typed.status, typed.headers["location"]) == (303, "/fr/forge/marteau/")
    assert lost.status == 404


async def test_signs_of_a_room_lead_to_it(
    guided: TestServer, visit: Visit, join: Join
) -> None:
    """Scanned as an address, or typed where codes are typed, in any form."""
    _, room, _ = await _opened(guided, join)
    visitor = await visit(guided)

    scanned = await visitor.ask(f"/{room}", "Accept-Language: en")
    typed = await visitor.ask(f"/fr/code/?code={room[:2].lower()}-{room[2:]}")

    assert (scanned.status, scanned.headers["location"]) == (303, f"/en/guide/#{room}")
    assert (typed.status, typed.headers["location"]) == (303, f"/fr/guide/#{room}")


async def test_slow_follower_is_not_sent_what_it_missed(
    build: Build, join: Join
) -> None:
    """One that takes nothing for a while is told the newest state, not a thousand old ones."""
    limits = GuideSettings(messages_per_second=100_000)
    app = create_app(build.folder, settings=Settings(guide=limits, stop_timeout_s=1))
    async with serving(app, Listening(port=0)) as ((host, port),):
        server = _Address(host, port)
        guide, room, _ = await _opened(server, join)  # type: ignore[arg-type]
        narrow = socket.socket()
        narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        narrow.connect((host, port))
        reader, writer = await asyncio.open_connection(sock=narrow, limit=1024)
        await _follow_by_hand(reader, writer, f"{host}:{port}", room)
        await guide.told("guiding")
        # Not read: the window closes, then what is sent stays with the sender.
        for number in range(20_000):
            stop = f"stop-{number}"
            await guide.say(type="show", shown=SHOWN | {"stop": stop})
        taken = await _take_until(reader, b"stop-19999")
        writer.close()

    assert taken.count(b'"state"') < 500


async def test_whatever_bytes_come_the_server_goes_on(
    guided: TestServer, visit: Visit, join: Join, caplog: pytest.LogCaptureFixture
) -> None:
    """Frames of any kind, whole or cut, before the first message and after it."""
    guide, room, _ = await _opened(guided, join)
    for seed in range(60):
        chance = random.Random(seed)  # noqa: S311, a repeatable test
        visitor = await visit(guided)
        first = json.dumps({"type": "follow", "room": room}) if seed % 2 else None
        await _upgrade(visitor.reader, visitor.writer, "museum", first)
        visitor.writer.write(b"".join(_any_frame(chance) for _ in range(8)))
        visitor.writer.write_eof()
        async with asyncio.timeout(10):
            await visitor.reader.read()

    late = await join(guided, type="follow", room=room)
    assert (await late.told("state"))["guided"] is True
    assert not guide.socket.closed
    assert [
        record for record in caplog.records if record.levelno >= logging.ERROR
    ] == []


def _any_frame(chance: random.Random) -> bytes:
    """Return a frame that may be right: any opcode, flags, length and mask."""
    size = chance.choice([0, 1, 5, 125, 126, 127, 300])
    opcode = chance.choice([0, 1, 1, 1, 2, 3, 8, 9, 10, 15])
    flags = chance.choice([0x80, 0x80, 0x80, 0, 0xC0])
    masked = chance.choice([0x80, 0x80, 0x80, 0])
    head = bytes([flags | opcode, masked | min(size, 127)])
    if size >= 126:
        head += size.to_bytes(2 if size == 126 else 8, "big")
    body = chance.randbytes(size + (4 if masked else 0))
    return (head + body)[: chance.choice([1000, 1000, 1000, 3])]


@dataclasses.dataclass
class _Address:
    """Where a server of `serving` is, as `join` asks for it."""

    host: str
    port: int

    def make_url(self, path: str) -> Any:  # noqa: ANN401, as aiohttp's own
        from yarl import URL  # noqa: PLC0415, here alone

        return URL(f"http://{self.host}:{self.port}{path}")


async def _follow_by_hand(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, room: str
) -> None:
    first = json.dumps({"type": "follow", "room": room})
    await _upgrade(reader, writer, host, first)


async def _upgrade(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    host: str,
    first: str | None,
) -> None:
    """Open a WebSocket byte by byte, and say its first message."""
    protocol = f"Sec-WebSocket-Protocol: {SUBPROTOCOL}"
    lines = ("GET /-/guide HTTP/1.1", f"Host: {host}", *UPGRADE, protocol)
    writer.write("\r\n".join((*lines, f"Origin: http://{host}", "", "")).encode())
    await reader.readuntil(b"\r\n\r\n")
    if first is not None:
        writer.write(bytes([0x81, 0x80 | len(first), 0, 0, 0, 0]) + first.encode())


async def _take_until(reader: asyncio.StreamReader, last: bytes) -> bytes:
    taken = b""
    async with asyncio.timeout(30):
        while last not in taken[-600:]:
            taken += await reader.read(65536)
    return taken
