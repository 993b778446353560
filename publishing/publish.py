"""Publish a museum's folder: read, check, build assets, render, write the release."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from assets_pipeline.build.build import build_assets
from assets_pipeline.build.preflight import (
    preflight_before_build,
    preflight_before_search,
)
from assets_pipeline.lod import recorded_settings
from assets_pipeline.tasks.store import STORE, Store
from publishing import catalogue, checks
from publishing.client_files import CLIENT_FOLDER, read_client
from publishing.disk import Disk
from publishing.labels.recognition import measure_recognition
from publishing.release import draft as compose
from publishing.release import repository
from tours.checks import read_museum
from tours.diagnostics import Location

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Executor
    from pathlib import Path

    from assets_pipeline.build.build import BuildResult
    from assets_pipeline.build.remote_executor import RemoteExecutor
    from publishing.release.repository import ReleaseRepository
    from tours.codes import Registry
    from tours.diagnostics import Diagnostic
    from tours.model import Museum
    from tours.release import Release

Step = Literal["reading", "assets", "pages", "release"]


@dataclass(frozen=True, slots=True)
class PublishResult:
    """Result of publishing: findings, release, counts of files built and reused."""

    diagnostics: tuple[Diagnostic, ...]
    """Every finding, errors and warnings, by place."""
    release: Release | None = None
    """The release that is served from now on; None when findings stopped it."""
    folder: Path | None = None
    """Where that release is."""
    is_new: bool = False
    """False when nothing has changed since the last time, or findings stopped it."""
    transforms: int = 0
    """Files that had to be made from the museum's."""
    reused: int = 0
    """Files that had been made before."""

    @property
    def has_errors(self) -> bool:
        """Whether findings stopped publication."""
        return _has_errors(self.diagnostics)


def publish(
    folder: Path,
    build_dir: Path,
    *,
    executor: Executor | RemoteExecutor | None = None,
    progress: Callable[[Step, int, int, float, str], None] | None = None,
    client: Path = CLIENT_FOLDER,
    keep: int = repository.KEPT_RELEASES,
    disk: Disk | None = None,
    searches: bool = False,
) -> PublishResult:
    """Publish a museum's folder as the current release, or change nothing.

    Parameters
    ----------
    folder
        The museum's folder, with its ``museum.yaml``.
    build_dir
        ``build/<museum>``: its releases, and the store that its media are kept in.
    executor
        Where assets are made; None for here.
    progress
        Told each step as it begins, how many files of it are done, of how many, which
        share of its work that is, and which file is being made.
    client
        The folder of the built client.
    keep
        How many releases stay, the new one included.
    disk
        For tests that stop the program half-way.
    searches
        Whether to search for the smallest files of models, and to write down in the
        museum's folder what was decided.

    Raises
    ------
    PublishingError
        If another program publishes there, or the disk does not keep what it is given.
    ClientFilesError
        If the client has not been built.
    """
    run = _Publication(
        folder, build_dir, executor, progress or _no_progress, client, searches
    )
    run.progress("reading", 0, 1, 0.0, "")
    reading = read_museum(folder)
    if reading.museum is None or reading.has_errors:
        return PublishResult(reading.diagnostics)
    with repository.open_repository(build_dir, disk, keep=keep) as shelf:
        return run.published(
            reading.museum, reading.registry, shelf, reading.diagnostics
        )


@dataclass(frozen=True, slots=True)
class _Publication:
    """One publication, its folder read and its shelf held."""

    folder: Path
    build_dir: Path
    executor: Executor | RemoteExecutor | None
    progress: Callable[[Step, int, int, float, str], None]
    client: Path
    searches: bool

    def published(
        self,
        museum: Museum,
        registry: Registry,
        shelf: ReleaseRepository,
        so_far: Iterable[Diagnostic],
    ) -> PublishResult:
        past = [kept.release for kept in shelf.history()]
        found = [
            *so_far,
            *checks.check_museum(museum, registry),
            *checks.check_past_releases(self.folder, museum, registry, past),
        ]
        if not _has_errors(found):
            preflight = (
                preflight_before_search if self.searches else preflight_before_build
            )
            found += preflight(museum, Store(self.build_dir / STORE))
        if _has_errors(found):
            return PublishResult(_in_order(found))
        built = self._assets(museum)
        found += built.diagnostics
        if self.searches:
            _record(self.folder, built)
        if _has_errors(found):
            return PublishResult(_in_order(found), transforms=built.transforms)

        self.progress("pages", 0, 1, 0.0, "")
        manifests = compose.compile_manifests(museum, built.index, registry)
        targets = compose.code_targets(museum, registry)
        media = compose.media_files(built.index, self.build_dir / STORE)
        surroundings = compose.plan_surroundings(museum, built.index)
        client = read_client(self.client)
        draft = compose.compose_draft(manifests, targets, media, client, surroundings)
        found += checks.check_links(museum, manifests, draft)
        extents = {source: made.extents for source, made in built.index.models.items()}
        found += checks.check_details(museum, extents)
        trials = measure_recognition(
            museum, manifests, registry, Store(self.build_dir / STORE)
        )
        found += checks.check_label_recognition(museum, trials or {})
        if _has_errors(found):
            return PublishResult(_in_order(found))

        self.progress("release", 0, 1, 0.0, "")
        written = shelf.write(draft)
        found += checks.check_page_weights(museum, manifests, draft, written.release)
        found += (catalogue.FILE_LOST.at(Location(path)) for path in written.lost)
        return PublishResult(
            _in_order(found),
            written.release,
            written.folder,
            written.is_new,
            built.transforms,
            built.reused,
        )

    def _assets(self, museum: Museum) -> BuildResult:
        """Make what visitors are sent of the museum's models, pictures and sounds."""

        def progress(done: int, total: int, share: float, in_hand: str) -> None:
            self.progress("assets", done, total, share, in_hand)

        store = Store(self.build_dir / STORE)
        return build_assets(
            museum,
            store,
            executor=self.executor,
            progress=progress,
            searches=self.searches,
        )


def _record(folder: Path, built: BuildResult) -> None:
    """Write down what was decided about a museum's models, where it is new."""
    path, content = (
        folder / recorded_settings.FILE_NAME,
        recorded_settings.to_bytes(built.decided),
    )
    if not path.exists() or path.read_bytes() != content:
        Disk().replace(path, content)


def _no_progress(
    _step: Step, _done: int, _total: int, _share: float, _in_hand: str
) -> None:
    """Tell nobody."""


def _has_errors(found: Iterable[Diagnostic]) -> bool:
    return any(finding.is_error for finding in found)


def _in_order(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(found))
