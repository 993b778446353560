"""Create the aiohttp application that serves a museum's release."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from aiohttp import web

from server.captive_portal import PORTAL, portal_routes
from server.certificate_page import PHONE_CERTIFICATE, certificate_routes
from server.guide.websocket import GuideMode, guide_routes, guide_status_routes
from server.live_reload import LIVE, live_routes
from server.release import CurrentRelease
from server.routes import (
    ADMISSION,
    CURRENT,
    SETTINGS,
    AdmissionState,
    error_middleware,
    release_routes,
)
from server.settings import Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from server.captive_portal import CaptivePortal
    from server.certificate_page import PhoneCertificate
    from server.live_reload import LivePreview


def create_app(
    release_source: Path,
    *,
    settings: Settings | None = None,
    trust: PhoneCertificate | None = None,
    live: LivePreview | None = None,
    portal: CaptivePortal | None = None,
) -> web.Application:
    """Return the application that serves a museum's current release.

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
    portal
        What phones on a network without internet are told; None elsewhere.

    Raises
    ------
    tours.release.ReleaseError
        At start-up, if there is no release or it is damaged.
    """
    app = web.Application(middlewares=[error_middleware])
    app[SETTINGS] = settings or Settings()
    app[ADMISSION] = AdmissionState()
    if live is None:
        app.cleanup_ctx.append(_release_context(release_source))
    else:
        app[CURRENT] = CurrentRelease(
            release_source, app[SETTINGS], live.empty_release()
        )
        app[LIVE] = live
        app.on_shutdown.append(_close_live_streams)
        app.router.add_routes(live_routes(live))
    if trust is not None:
        app[PHONE_CERTIFICATE] = trust
        app.router.add_routes(certificate_routes())
    if portal is not None:
        app[PORTAL] = portal
        app.router.add_routes(portal_routes())
    _add_guide_mode(app)
    app.router.add_routes(release_routes())
    return app


def _add_guide_mode(app: web.Application) -> None:
    """Let guides open rooms where the settings say so; else say that none can."""
    settings = app[SETTINGS].guide
    if settings is None:
        app.router.add_routes(guide_status_routes())
        return
    mode = GuideMode(settings)
    app.cleanup_ctx.append(mode.kept_swept)
    app.on_shutdown.append(mode.close)
    app.router.add_routes(guide_routes(mode))


async def _close_live_streams(app: web.Application) -> None:
    """Let those go who listen: the server waits for their last word otherwise."""
    app[LIVE].close()


def _release_context(
    source: Path,
) -> Callable[[web.Application], AsyncIterator[None]]:
    async def kept_open(app: web.Application) -> AsyncIterator[None]:
        app[CURRENT] = await CurrentRelease.open(source, app[SETTINGS])
        watch = asyncio.create_task(app[CURRENT].watch())
        yield
        watch.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watch

    return kept_open
