"""Latency, bytes, CPU and memory of guide mode, for one room of 40 phones and for 20 rooms.

    python benchmarks/server/guide_load.py [--rooms 1 20] [--followers 40] [--seconds 10]

Each guide turns the model ten times a second. The latency of a state is from the moment
its guide sends it to the moment a follower has read it, by one clock: phones are sockets
of this process, the server is another. A late joiner and the return of a whole group
after a cut are timed too. Needs Linux.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tours import release as published
from tours.release import Entry, Release, StoredFile

if TYPE_CHECKING:
    from collections.abc import Iterator

TURNS_PER_SECOND = 10
SERVER = """
import sys
from pathlib import Path
from server.app import create_app
from server.runner import Listening, run
from server.settings import GuideSettings, Settings
settings = Settings(guide=GuideSettings(most_rooms_an_address=1000, most_rooms=1000))
app = create_app(Path(sys.argv[1]), settings=settings)
run(app, Listening(port=0), lambda found: print(found[0][1], flush=True))
"""
PAGE = b"<!doctype html><title>bench</title>"
_TURN = re.compile(rb'"azimuth_deg":(\d+)')


@dataclass
class Phone(asyncio.Protocol):
    """One socket of guide mode; it reads states and notes when they came."""

    first: dict[str, object]
    host: str
    sent_at: dict[int, float] = field(default_factory=dict)
    """When its guide sent each turn, by the turn's number."""
    latencies_s: list[float] = field(default_factory=list)
    received_bytes: int = 0
    messages: int = 0
    last: bytes = b""

    def __post_init__(self) -> None:
        self.answered: asyncio.Future[float] = (
            asyncio.get_running_loop().create_future()
        )
        self._is_open = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the upgrade."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101, of a socket
        self.transport = transport
        lines = (
            "GET /-/guide HTTP/1.1",
            f"Host: {self.host}",
            f"Origin: http://{self.host}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
            "Sec-WebSocket-Protocol: ecomusee-guide.v1",
        )
        transport.write("\r\n".join((*lines, "", "")).encode())

    def data_received(self, data: bytes) -> None:
        """Note what came: pings are few and are answered by nobody here."""
        now = time.perf_counter()
        self.received_bytes += len(data)
        if not self._is_open:
            self._is_open = True
            self.say(self.first)
            return
        self.messages += data.count(b'{"type"')
        self.last = data
        for turn in _TURN.findall(data):
            sent = self.sent_at.get(int(turn))
            if sent is not None:
                self.latencies_s.append(now - sent)
        if b'"type"' in data and not self.answered.done():
            self.answered.set_result(now)

    def say(self, message: dict[str, object]) -> None:
        """Send a message, masked by zeros."""
        text = json.dumps(message).encode()
        size = (
            bytes([0x80 | len(text)])
            if len(text) < 126
            else b"\xfe" + len(text).to_bytes(2, "big")
        )
        self.transport.write(b"\x81" + size + bytes(4) + text)


@dataclass
class Room:
    """A guide and the phones that follow."""

    signs: str
    guide: Phone
    followers: list[Phone]


def main() -> None:
    """Print a table a number of rooms."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rooms", type=int, nargs="+", default=[1, 20])
    parser.add_argument("--followers", type=int, default=40)
    parser.add_argument("--seconds", type=float, default=10)
    options = parser.parse_args()
    for rooms in options.rooms:
        with _server() as (process, port):
            asyncio.run(
                _measure(process.pid, port, rooms, options.followers, options.seconds)
            )


@contextmanager
def _server() -> Iterator[tuple[subprocess.Popen[str], int]]:
    with tempfile.TemporaryDirectory() as folder:
        _publish(Path(folder))
        process = subprocess.Popen(
            [sys.executable, "-c", SERVER, folder], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None  # noqa: S101, piped
        try:
            yield process, int(process.stdout.readline())
        finally:
            process.terminate()
            process.wait(timeout=30)


def _publish(folder: Path) -> None:
    release = folder / "releases" / "one"
    release.mkdir(parents=True)
    (release / "index.html").write_bytes(PAGE)
    stored = StoredFile("index.html", hashlib.sha256(PAGE).hexdigest(), len(PAGE))
    entry = Entry("/", stored, "text/html; charset=utf-8", "revalidate")
    made = Release("one", "bench", "https://bench.example", "", ("fr",), (entry,), ())
    (release / published.FILE_NAME).write_bytes(published.to_json(made))
    (folder / published.CURRENT).write_text("one\n")


async def _measure(
    pid: int, port: int, count: int, followers: int, seconds: float
) -> None:
    idle_kib = _memory_kib(pid)
    rooms = [await _room(port, followers) for _ in range(count)]
    full_kib = _memory_kib(pid)
    phones = [phone for room in rooms for phone in room.followers]
    before_bytes = sum(phone.received_bytes for phone in phones)
    before_s, began = _cpu_s(pid), time.perf_counter()
    turns = await _guide(rooms, seconds)
    took_s = time.perf_counter() - began
    cpu = (_cpu_s(pid) - before_s) / took_s
    await asyncio.sleep(1.0)  # for the last to be read
    received = sum(phone.received_bytes for phone in phones) - before_bytes
    latencies = sorted(n * 1e3 for phone in phones for n in phone.latencies_s)
    print(f"{count} rooms of {followers} phones, {turns / took_s:.1f} turns/s each")
    print(
        f"  latency   median {statistics.median(latencies):.1f} ms, "
        f"p95 {latencies[int(len(latencies) * 0.95)]:.1f} ms, max {latencies[-1]:.1f} ms"
    )
    print(
        f"  states    {len(latencies)} read of {turns * len(phones)} shown "
        f"(what a slow phone misses is never sent)"
    )
    print(
        f"  bytes     {received / took_s / len(phones) / 1e3:.1f} kB/s a phone, "
        f"{received / took_s / 1e3:.0f} kB/s in all"
    )
    print(f"  CPU       {cpu:.0%} of one core")
    print(
        f"  memory    {full_kib / 1024:.1f} MiB, {idle_kib / 1024:.1f} MiB before; "
        f"{(full_kib - idle_kib) / (count * (followers + 1)):.1f} KiB a socket"
    )
    await _time_return(rooms[0], port)


async def _room(port: int, followers: int) -> Room:
    guide = await _phone(port, {"type": "open"})
    await guide.answered
    found = re.search(rb'"room":"(\w{4})"', guide.last)
    assert found is not None  # noqa: S101, what the server says first
    signs = found[1].decode()
    joined = [
        await _phone(port, {"type": "follow", "room": signs}, guide.sent_at)
        for _ in range(followers)
    ]
    await asyncio.gather(*(phone.answered for phone in joined))
    return Room(signs, guide, joined)


async def _phone(
    port: int, first: dict[str, object], sent_at: dict[int, float] | None = None
) -> Phone:
    host = f"127.0.0.1:{port}"
    phone = Phone(first, host, {} if sent_at is None else sent_at)
    loop = asyncio.get_running_loop()
    await loop.create_connection(lambda: phone, "127.0.0.1", port)
    return phone


async def _guide(rooms: list[Room], seconds: float) -> int:
    """Turn every room's model; the guides take turns within each tenth of a second."""
    pace_s = 1 / TURNS_PER_SECOND
    turns = int(seconds * TURNS_PER_SECOND)
    began = time.perf_counter()
    for turn in range(turns):
        for place, room in enumerate(rooms):
            due = began + (turn + place / len(rooms)) * pace_s
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            room.guide.sent_at[turn + 1] = time.perf_counter()
            room.guide.say({"type": "show", "shown": _shown(turn + 1)})
    return turns


def _shown(turn: int) -> dict[str, object]:
    return {
        "tour": "de-la-forge-a-la-ville",
        "stop": "marteau",
        "languages": ["fr", "en"],
        "turn": {"azimuth_deg": turn, "elevation_deg": 12.5, "zoom": 0.8},
        "point": [0.25, 12.5, -2.75],
        "look_up": False,
    }


async def _time_return(room: Room, port: int) -> None:
    """Cut every follower of a room off at once, and time how they come back."""
    for phone in room.followers:
        phone.transport.abort()
    began = time.perf_counter()
    back = await asyncio.gather(
        *(_phone(port, {"type": "follow", "room": room.signs}) for _ in room.followers)
    )
    times = [await phone.answered - began for phone in back]
    has_state = all(b'"stop":"marteau"' in phone.last for phone in back)
    print(
        f"  return    {len(back)} phones at once: all with the present state "
        f"({has_state}) after {max(times) * 1e3:.0f} ms"
    )


def _cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory_kib(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])


if __name__ == "__main__":
    main()
