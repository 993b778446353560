"""The museum's server as an aiohttp application."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from aiohttp import web

from server.current import CurrentRelease
from server.live import LIVE, live_routes
from server.routes import CURRENT, DOOR, SETTINGS, Door, release_routes, told
from server.settings import Settings
from server.trust import TRUST, trust_routes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from server.live import Live
    from server.trust import PhoneTrust


def create_app(
    release_source: Path,
    *,
    settings: Settings | None = None,
    trust: PhoneTrust | None = None,
    live: Live | None = None,
) -> web.Application:
    """Return the application that hands out a museum's current release.

    The release is opened and verified when the application starts, and again each
    time a new one is published.

    Parameters
    ----------
    release_source
        ``build/<museum>``: holds ``current`` and ``releases/<id>/``.
    settings
        How it is kept in memory, and how patient the server is.
    trust
        What a phone is told of a certificate made on the spot; None where a real one,
        or a proxy's, is used.
    live
        A visit that is being written is shown instead: what it shows replaces the
        release, which need not exist.

    Raises
    ------
    tours.release.ReleaseError
        At start-up, if there is no release or it is damaged.
    """
    app = web.Application(middlewares=[told])
    app[SETTINGS] = settings or Settings()
    app[DOOR] = Door()
    if live is None:
        app.cleanup_ctx.append(_release_kept_open(release_source))
    else:
        app[CURRENT] = CurrentRelease(release_source, app[SETTINGS], live.nothing())
        app[LIVE] = live
        app.on_shutdown.append(_let_go)
        app.router.add_routes(live_routes(live))
    if trust is not None:
        app[TRUST] = trust
        app.router.add_routes(trust_routes())
    app.router.add_routes(release_routes())
    return app


async def _let_go(app: web.Application) -> None:
    """Let those go who listen: the server waits for their last word otherwise."""
    app[LIVE].close()


def _release_kept_open(
    source: Path,
) -> Callable[[web.Application], AsyncIterator[None]]:
    async def kept_open(app: web.Application) -> AsyncIterator[None]:
        app[CURRENT] = await CurrentRelease.opened(source, app[SETTINGS])
        watch = asyncio.create_task(app[CURRENT].watch())
        yield
        watch.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watch

    return kept_open
