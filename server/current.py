"""The release that is served now, and the watch for the next one.

A new release is opened beside the old one and takes its place in one assignment:
each request sees one release or the other, never both. The old one's files close
when its last response is done. A release that is damaged is logged, once, and the
old one goes on.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from server.files import DamagedReleaseError
from server.release import current_id, open_release
from tours.release import ReleaseError

if TYPE_CHECKING:
    from pathlib import Path

    from server.release import OpenRelease
    from server.settings import Settings

_LOGGER = logging.getLogger("ecomusee.server")


class CurrentRelease:
    """Holds the release that is served; `release` may change between two requests.

    Of a visit that is being written, whoever writes it puts each one here.
    """

    def __init__(self, source: Path, settings: Settings, release: OpenRelease) -> None:
        self.release = release
        self._source = source
        self._settings = settings
        self._refused: str | None = None
        """A damaged release: to read all its bytes again each second helps nobody."""
        self._complaint: str | None = None

    @classmethod
    async def opened(cls, source: Path, settings: Settings) -> CurrentRelease:
        """Return the current release of `source`, verified.

        Raises
        ------
        ReleaseError
            If there is none, or it is damaged.
        """
        return cls(source, settings, await asyncio.to_thread(_newest, source, settings))

    async def watch(self) -> None:
        """Take up each new release, until cancelled."""
        while True:
            await asyncio.sleep(self._settings.watch_s)
            try:
                await self.renew()
            except Exception:
                # The outermost edge: the release served must not miss the next one.
                _LOGGER.exception("the watch for a new release stumbled")

    async def renew(self) -> None:
        """Take up the release that ``current`` names, if it is new and whole."""
        name = self.release.id
        try:
            name = await asyncio.to_thread(current_id, self._source)
            if name in (self.release.id, self._refused):
                return
            found = await asyncio.to_thread(
                open_release, self._source, name, self._settings, self.release.bodies
            )
        except DamagedReleaseError as error:
            self._refused = name
            self._complain(error)
        except ReleaseError as error:
            self._complain(error)
        else:
            self.release = found
            self._refused = self._complaint = None
            _LOGGER.info("release %s is served from now on", found.id)

    def _complain(self, error: ReleaseError) -> None:
        """Log a complaint once, however often it comes up again."""
        complaint = str(error)
        if complaint != self._complaint:
            self._complaint = complaint
            _LOGGER.error("%s. Still serving %s", complaint, self.release.id)


def _newest(source: Path, settings: Settings) -> OpenRelease:
    return open_release(source, current_id(source), settings)
