"""Draft a museum's visit in memory while it is being written, for the watching server.

Publishing takes care that what is printed never breaks; a preview only has to be quick
and true to what the next publication would show. What is not made yet is waited for by
somebody else: meanwhile its stop shows a stand-in.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assets_pipeline.build.partial_build import PartialBuildCache, build_partially
from assets_pipeline.tasks.store import STORE, Store
from publishing import checks
from publishing.client_files import CLIENT_FOLDER, read_client
from publishing.pages.page import PageCache
from publishing.release import draft as compose
from tours.checks import read_museum

if TYPE_CHECKING:
    from pathlib import Path

    from assets_pipeline.tasks.task import Task
    from publishing.release.draft import Draft
    from tours.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Preview:
    """Result of one preview: findings, draft, files still to be built."""

    diagnostics: tuple[Diagnostic, ...]
    draft: Draft | None
    """None when findings would stop its publication."""
    pending: tuple[Task, ...] = ()
    """What is to be made before all of it can be seen."""

    @property
    def errors(self) -> int:
        """How many findings would stop its publication."""
        return sum(finding.is_error for finding in self.diagnostics)


class Previewer:
    """Drafts a museum's folder again and again, with caches kept between.

    Parameters
    ----------
    folder
        The museum's, with its ``museum.yaml``.
    build_dir
        The folder of all museums' releases: the store is shared with publishing, so
        that nothing is made twice.
    """

    def __init__(self, folder: Path, build_dir: Path) -> None:
        self._folder = folder
        self._build_dir = build_dir
        # A draft can't be taken along: its lists are made when the museum publishes.
        self._client = dataclasses.replace(read_client(CLIENT_FOLDER), worker=None)
        self._earlier = PageCache()
        self.memory = PartialBuildCache()
        self.store: Store | None = None
        """Where what was made is found; known once the museum's name was read."""

    def look(self) -> Preview:
        """Return the visit as the folder has it now."""
        reading = read_museum(self._folder)
        museum, registry = reading.museum, reading.registry
        if museum is None or reading.has_errors or not museum.tours:
            return Preview(reading.diagnostics, None)
        store = self.store = Store(self._build_dir / museum.id / STORE)
        ready = build_partially(museum, store, self.memory)
        found = [
            *reading.diagnostics,
            *checks.check_museum(museum, registry),
            *ready.diagnostics,
        ]
        manifests = compose.compile_manifests(ready.museum, ready.index, registry)
        draft = compose.compose_draft(
            manifests,
            compose.code_targets(museum, registry),
            compose.media_files(ready.index, store.folder),
            self._client,
            compose.plan_surroundings(museum, ready.index),
            self._earlier,
        )
        return Preview(tuple(sorted(found)), draft, ready.waiting)
