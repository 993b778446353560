"""Run the server until a stop signal, then let responses end."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web

from server.connection import ReleaseRunner
from server.routes import ADMISSION, SETTINGS, fast_path

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Callable

    OnReady = Callable[[tuple[tuple[str, int], ...]], None]

_BACKLOG = 1024
_OPEN_FILES = 65536
_GC_FIRST_GENERATION = 50_000
"""Allocations between collections: answers make no cycles, so look for them rarely."""


@dataclass(frozen=True, slots=True)
class Listening:
    """Host, ports and TLS of a server."""

    host: str = "127.0.0.1"
    port: int = 8080
    """0 lets the system choose."""
    tls: ssl.SSLContext | None = None
    plain_port: int | None = None
    """A second port without TLS, where a phone learns to trust the first."""
    plain_app: web.Application | None = None
    """What the second port serves; None for the same as the first."""


def run(
    app: web.Application, listening: Listening, on_ready: OnReady | None = None
) -> None:
    """Serve until SIGTERM or SIGINT; return when the last response has ended.

    Parameters
    ----------
    app
        From `server.app.create_app`.
    listening
        Addresses and TLS.
    on_ready
        Told the addresses (host and port) once visitors can come in.

    Raises
    ------
    tours.release.ReleaseError
        If there is no release to serve, or it is damaged.
    OSError
        If a port is taken.
    """
    _raise_open_file_limit()
    asyncio.run(_serve_until_stopped(app, listening, on_ready))


@contextlib.asynccontextmanager
async def serving(
    app: web.Application, listening: Listening
) -> AsyncIterator[tuple[tuple[str, int], ...]]:
    """Serve within the block; give the addresses (host and port)."""
    settings = app[SETTINGS]
    runner = ReleaseRunner(app, fast_path, settings)
    plain = runner
    if listening.plain_app is not None:
        plain = ReleaseRunner(listening.plain_app, _no_fast_path, settings)
    await runner.setup()
    try:
        if plain is not runner:
            await plain.setup()
        ports = [(runner, listening.port, listening.tls)]
        if listening.plain_port is not None:
            ports.append((plain, listening.plain_port, None))
        sites = [
            web.TCPSite(one, listening.host, port, ssl_context=tls, backlog=_BACKLOG)
            for one, port, tls in ports
        ]
        for site in sites:
            await site.start()
        yield tuple((listening.host, site.port) for site in sites)
        app[ADMISSION].is_closing = True
        await asyncio.sleep(settings.drain_s)
    finally:
        app[ADMISSION].is_closing = True
        if plain is not runner:
            await plain.cleanup()
        await runner.cleanup()


def _no_fast_path(_app: web.Application) -> Callable[[object], None]:
    return lambda _message: None


async def _serve_until_stopped(
    app: web.Application, listening: Listening, on_ready: OnReady | None
) -> None:
    stopped = asyncio.Event()
    _handle_stop_signals(stopped.set)
    async with serving(app, listening) as addresses:
        # The release lives as long as the process: the collector need not walk it.
        gc.collect()
        gc.freeze()
        gc.set_threshold(_GC_FIRST_GENERATION, 20, 20)
        if on_ready is not None:
            on_ready(addresses)
        await stopped.wait()
    # Frozen objects outlive their modules: libraries in C++ complain of leaks then.
    gc.unfreeze()


def _handle_stop_signals(stop: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        if sys.platform == "win32":
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))
        else:
            loop.add_signal_handler(number, stop)


def _raise_open_file_limit() -> None:
    """Ask for room for the release's large files and its visitors."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415, absent on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, _OPEN_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
