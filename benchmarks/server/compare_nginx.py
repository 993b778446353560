"""CPU time a request costs us and nginx, same files, same run; and memory a visitor.

Prints, for each kind of request, nginx's CPU time divided by ours: 1.00 is as cheap as
nginx, 0.50 costs twice as much. Servers share one core in turns, the load generator
has another; each figure is the median of several rounds, taken in alternation.

Needs Linux, ``nginx``, its brotli_static module, and ``wrk``::

    python benchmarks/server/compare_nginx.py [--rounds 5] [--seconds 2] [CASE...]
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import hashlib
import json
import os
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import Request, urlopen

import brotli

from tours import release as published
from tours.release import Entry, Release, StoredFile

if TYPE_CHECKING:
    from collections.abc import Iterator

MANIFEST = "/manifests/forge.fr.json"
SIZES = {
    "/media/64k.glb": 64 << 10,
    "/media/2m.glb": 2 << 20,
    "/media/50m.glb": 50 << 20,
}
PACKAGES = "nginx wrk libnginx-mod-http-brotli-static"
IDLE_VISITORS = 1000
SLOW_VISITORS = 200
NGINX = """
worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log warn;
load_module /usr/lib/nginx/modules/ngx_http_brotli_static_module.so;
events {{ worker_connections 8192; multi_accept on; use epoll; }}
http {{
  include /etc/nginx/mime.types;
  types {{ model/gltf-binary glb; }}
  access_log off; sendfile on; tcp_nopush on; tcp_nodelay on;
  keepalive_requests 100000000; keepalive_timeout 75s; client_header_timeout 10s;
  open_file_cache max=1000 inactive=60s; open_file_cache_valid 60s;
  server {{
    listen 127.0.0.1:{port} reuseport; root {root}; brotli_static on;
    add_header Cache-Control "no-cache"; add_header X-Content-Type-Options nosniff;
  }}
}}
"""
OURS = """
import sys
from pathlib import Path
from server.app import create_app
from server.runner import Listening, run
run(create_app(Path(sys.argv[1])), Listening(port=int(sys.argv[2])))
"""


@dataclass(frozen=True)
class Case:
    """One kind of request, and the least ratio that ANCHORS asks for."""

    target: str
    bar: float
    headers: tuple[str, ...] = ()
    is_revalidation: bool = False
    connections: int = 64
    patience: int = 1
    """Times as long as other cases, for a request that takes long."""


BROTLI = "Accept-Encoding: br"
CASES = {
    "manifest": Case(MANIFEST, 0.50, (BROTLI,)),
    "304": Case(MANIFEST, 0.45, (BROTLI,), is_revalidation=True),
    "64k": Case("/media/64k.glb", 0.60, connections=32),
    "2m": Case("/media/2m.glb", 1.0, connections=16),
    "50m": Case("/media/50m.glb", 0.90, connections=4, patience=3),
    "range": Case(
        "/media/50m.glb", 0.80, ("Range: bytes=10000000-10262143",), connections=32
    ),
}


@dataclass(frozen=True)
class Server:
    """A running server."""

    name: str
    pid: int
    port: int

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("cases", nargs="*", choices=[*CASES, "memory", []])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=2)
    options = parser.parse_args()
    chosen = options.cases or [*CASES, "memory"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        root = written_release(folder / "build")
        with nginx(folder, root) as theirs, ours(folder / "build") as mine:
            for case in (case for case in chosen if case in CASES):
                compare(case, theirs, mine, options.rounds, options.seconds)
            if "memory" in chosen:
                for server in (theirs, mine):
                    asyncio.run(weigh(server))


def written_release(build: Path) -> Path:
    """Write a release of made files; return its folder."""
    folder = build / "releases" / "bench"
    words = random.Random(1)  # noqa: S311, texts for a benchmark
    stops = [
        {"id": f"stop-{i}", "text": "".join(words.choices("aeilmnorst ", k=220))}
        for i in range(40)
    ]
    manifest = json.dumps({"tour": {"id": "forge", "stops": stops}}).encode()
    contents = {MANIFEST: manifest} | {
        url: words.randbytes(size) for url, size in SIZES.items()
    }
    entries = []
    for url, content in contents.items():
        is_text = url == MANIFEST
        identity = _stored(folder, url, content)
        packed = brotli.compress(content) if is_text else b""
        encodings = (("br", _stored(folder, f"{url}.br", packed)),) if is_text else ()
        media_type = "application/json" if is_text else "model/gltf-binary"
        entries.append(Entry(url, identity, media_type, "revalidate", encodings))
    made = Release(
        "bench", "forges", "https://ecm.example", "", ("fr",), tuple(entries), ()
    )
    (folder / published.FILE_NAME).write_bytes(published.to_json(made))
    (build / published.CURRENT).write_text("bench\n")
    return folder


def compare(name: str, theirs: Server, mine: Server, rounds: int, seconds: int) -> None:
    """Print one line: the ratio, its bar, and the medians behind it."""
    case = CASES[name]
    costs: dict[str, list[float]] = {theirs.name: [], mine.name: []}
    rates: dict[str, list[float]] = {theirs.name: [], mine.name: []}
    for _ in range(rounds):
        for server in (theirs, mine):
            before = cpu_us(server.pid)
            requests, rate = load(server, case, seconds * case.patience)
            costs[server.name].append((cpu_us(server.pid) - before) / requests)
            rates[server.name].append(rate)
    cost = {key: statistics.median(values) for key, values in costs.items()}
    rate = {key: statistics.median(values) for key, values in rates.items()}
    ratio = cost[theirs.name] / cost[mine.name]
    print(
        f"{name:9} {ratio:5.2f} of nginx (bar {case.bar:.2f}) | CPU a request: "
        f"nginx {cost[theirs.name]:8.1f} us, ours {cost[mine.name]:8.1f} us | "
        f"requests/s: {rate[theirs.name]:.0f}, {rate[mine.name]:.0f}",
        flush=True,
    )


def load(server: Server, case: Case, seconds: int) -> tuple[int, float]:
    """Ask as fast as one connection pool can; return requests and requests a second."""
    address = server.address + case.target
    headers = list(case.headers)
    if case.is_revalidation:
        with urlopen(Request(address, headers={"Accept-Encoding": "br"})) as reply:  # noqa: S310
            headers.append(f"If-None-Match: {reply.headers['ETag']}")
    command = [
        "taskset",
        "-c",
        "1",
        "wrk",
        "-t1",
        f"-c{case.connections}",
        f"-d{seconds}s",
    ]
    for header in headers:
        command += ["-H", header]
    text = subprocess.run(
        [*command, address], capture_output=True, text=True, check=True
    ).stdout
    if "Non-2xx" in text and not case.is_revalidation:
        raise SystemExit(text)
    found = re.search(r"(\d+) requests in", text)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", text)
    if found is None or rate is None:
        raise SystemExit(text)
    return int(found[1]), float(rate[1])


async def weigh(server: Server) -> None:
    """Print what an idle and a slow visitor cost in memory, in KiB."""
    async with contextlib.AsyncExitStack() as stack:
        empty = memory_kib(server.pid)
        for _ in range(IDLE_VISITORS):
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            stack.callback(writer.close)
            writer.write(
                f"GET {MANIFEST} HTTP/1.1\r\nHost: x\r\n{BROTLI}\r\n\r\n".encode()
            )
            await reader.readuntil(b"\r\n\r\n")
        idle = memory_kib(server.pid)
        for _ in range(SLOW_VISITORS):
            stack.enter_context(await slow_visitor(server))
        await asyncio.sleep(1)
        slow = memory_kib(server.pid)
    print(
        f"memory    {server.name}: {(idle - empty) / IDLE_VISITORS:.2f} KiB an idle visitor, "
        f"{(slow - idle) / SLOW_VISITORS:.2f} KiB a slow one",
        flush=True,
    )


async def slow_visitor(server: Server) -> socket.socket:
    """Ask for 50 MB and take a little of it."""
    loop = asyncio.get_running_loop()
    visitor = socket.socket()
    visitor.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16384)
    visitor.settimeout(0)
    await loop.sock_connect(visitor, ("127.0.0.1", server.port))
    await loop.sock_sendall(visitor, b"GET /media/50m.glb HTTP/1.1\r\nHost: x\r\n\r\n")
    await loop.sock_recv(visitor, 5000)
    return visitor


def cpu_us(pid: int) -> float:
    """Return the CPU time of all threads of a process, in microseconds."""
    threads = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((t / "schedstat").read_text().split()[0]) for t in threads) / 1e3


def memory_kib(pid: int) -> int:
    """Return a process' proportional set size."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(text.partition("Pss:")[2].split()[0])


@contextlib.contextmanager
def nginx(folder: Path, root: Path) -> Iterator[Server]:
    """Run nginx on a core of its own; yield its one worker."""
    port = free_port()
    settings = folder / "nginx.conf"
    settings.write_text(NGINX.format(folder=folder, port=port, root=root))
    with _running(["nginx", "-c", str(settings)], port) as master:
        children = Path(f"/proc/{master}/task/{master}/children")
        while not children.read_text():
            time.sleep(0.05)
        yield Server("nginx", int(children.read_text().split()[0]), port)


@contextlib.contextmanager
def ours(build: Path) -> Iterator[Server]:
    """Run the museum's server on the same core."""
    port = free_port()
    with _running([sys.executable, "-c", OURS, str(build), str(port)], port) as pid:
        yield Server("ours", pid, port)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def _running(command: list[str], port: int) -> Iterator[int]:
    if shutil.which(command[0]) is None:
        message = f"{command[0]} is missing: apt-get install {PACKAGES}"
        raise SystemExit(message)
    process = subprocess.Popen(["taskset", "-c", "0", *command])
    try:
        _wait_for(port, process)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < deadline:
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", port)),
        ):
            return
        time.sleep(0.05)
    message = "a server did not start"
    raise SystemExit(message)


def _stored(folder: Path, url: str, content: bytes) -> StoredFile:
    path = folder / url.removeprefix("/")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    name = path.relative_to(folder).as_posix()
    return StoredFile(name, hashlib.sha256(content).hexdigest(), len(content))


if __name__ == "__main__":
    os.environ.setdefault("PYTHONPATH", str(Path(__file__).resolve().parents[2]))
    main()
