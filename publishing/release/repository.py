"""Releases on disk: written atomically, pruned, rolled back.

A museum's build folder::

    current                the name of the release to serve, and a line feed
    releases/<id>/         one whole release each, see `tours.release`
    releases/.partial-<id> under construction, or left by a program that was killed
    releases/.removed-<id> on its way out
    files/                 the content-addressed store, which media are linked from
    publish.lock           held while a program publishes

``current`` always names the newest release: a rollback makes a new release out of an
old one. A release newer than ``current`` is one whose program was killed in between.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from publishing import disk as files
from publishing.disk import Disk
from publishing.errors import (
    DamagedReleaseError,
    ForeignReleasesError,
    NoEarlierReleaseError,
)
from publishing.release import integrity
from publishing.release.plan import (
    KeptRelease,
    ReleasePlan,
    drop_damaged_files,
    plan_release,
    plan_rollback,
)
from tours import release
from tours.release import Release, ReleaseError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from publishing.release.draft import Draft

KEPT_RELEASES = 5
_PARTIAL, _REMOVED = ".partial-", ".removed-"
_NAME = re.compile(r"[0-9]{8}T[0-9]{12}Z-[0-9a-f]{12}")
_STAMP = "%Y%m%dT%H%M%S%f"
_DIGEST_SIGNS = 12
_BUSY = "another program publishes into {}: wait until it ends, then try again"


@dataclass(frozen=True, slots=True)
class WriteResult:
    """Result of writing a release."""

    release: Release
    """The one that is served from now on."""
    folder: Path
    is_new: bool
    """False when it served the same before: nothing was written."""
    lost: tuple[Path, ...] = ()
    """Files of earlier releases that are damaged and could not be kept."""


def read_history(build_dir: Path) -> tuple[KeptRelease, ...]:
    """Return the releases that were served, the current one first.

    A release that can't be read is left out.
    """
    current = current_id(build_dir)
    names = _names(build_dir)
    served = [name for name in names if current not in names or name <= str(current)]
    kept = (_read_release(_folder(build_dir) / name) for name in reversed(served))
    return tuple(item for item in kept if item is not None)


def current_id(build_dir: Path) -> str | None:
    """Return the name of the current release, or None before the first."""
    try:
        name = (build_dir / release.CURRENT).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    return name if release.is_id(name) else None


@contextlib.contextmanager
def open_repository(
    build_dir: Path, disk: Disk | None = None, *, keep: int = KEPT_RELEASES
) -> Iterator[ReleaseRepository]:
    """Open a museum's build folder for writing, locked.

    Parameters
    ----------
    build_dir
        ``build/<museum>``; created when missing.
    disk
        For tests that stop the program half-way.
    keep
        How many releases stay, the one served included; at least 1.

    Raises
    ------
    BusyError
        If another program publishes there.
    DamagedReleaseError
        If the disk does not let us.
    """
    disk = disk or Disk()
    with contextlib.ExitStack() as stack:
        with _disk_errors_as_damage():
            if not build_dir.is_dir():
                disk.make_folder(build_dir)
                disk.sync_folder(build_dir.parent)
            busy = _BUSY.format(build_dir)
            stack.enter_context(files.exclusive_lock(build_dir / "publish.lock", busy))
        yield ReleaseRepository(build_dir, disk, max(keep, 1))


def roll_back(build_dir: Path, identity: str | None = None) -> WriteResult:
    """Serve an earlier release again, under a new name.

    See `Shelf.roll_back`.
    """
    with open_repository(build_dir) as shelf:
        return shelf.roll_back(identity)


class ReleaseRepository:
    """A museum's releases, locked for writing by `open_repository`."""

    def __init__(self, build_dir: Path, disk: Disk, keep: int) -> None:
        self._build_dir = build_dir
        self._releases = _folder(build_dir)
        self._disk = disk
        self._keep = keep

    def history(self) -> tuple[KeptRelease, ...]:
        """Return the releases that were served, the one now served first."""
        return read_history(self._build_dir)

    def write(self, draft: Draft) -> WriteResult:
        """Make a draft the release that is served.

        Raises
        ------
        ForeignReleasesError
            If the folder holds the releases of another museum.
        DamagedReleaseError
            If what was written does not read back, or the disk refuses it; the release
            served stays.
        """
        past = self.history()
        if past and past[0].release.museum != draft.museum:
            other = past[0].release.museum
            message = f"{self._build_dir} holds the releases of the museum {other!r}"
            raise ForeignReleasesError(message)
        with _disk_errors_as_damage():
            return self._settle(plan_release(draft, past), past)

    def roll_back(self, identity: str | None = None) -> WriteResult:
        """Serve again what an earlier release served, under a new name.

        No printed code is lost: one that the earlier release did not know keeps its
        page and its stop's pages. No file is lost either that a phone may still ask
        for.

        Parameters
        ----------
        identity
            The release to bring back; None for the one before what is served, so
            that rolling back twice goes back twice.

        Raises
        ------
        NoEarlierReleaseError
            If there is none, or none of that name.
        DamagedReleaseError
            If it is not whole any more; the release served stays.
        """
        past = self.history()
        target = _find_rollback_target(past, identity)
        broken = integrity.find_problems(target.folder, target.release)
        if broken:
            message = f"{target.release.id} is not whole: {'; '.join(broken)}"
            raise DamagedReleaseError(message)
        with _disk_errors_as_damage():
            return self._settle(plan_rollback(target, past), past)

    def _settle(self, plan: ReleasePlan, past: tuple[KeptRelease, ...]) -> WriteResult:
        """Write a plan's release unless the one served is no different."""
        self._clean()
        serves_it = self._serves(plan, past)
        if not serves_it:
            plan = drop_damaged_files(plan)
            serves_it = bool(plan.lost) and self._serves(plan, past)
        if serves_it:
            self._trim(past)
            now = past[0]
            return WriteResult(now.release, now.folder, is_new=False, lost=plan.lost)
        made = plan.named(*_next_identity(plan, _names(self._build_dir)))
        folder = self._releases / made.id
        try:
            self._write(folder, plan, made)
            current = self._build_dir / release.CURRENT
            self._disk.replace(current, f"{made.id}\n".encode())
        except BaseException:
            if current_id(self._build_dir) != made.id:
                self._disk.remove(_partial(folder))
                self._retire(folder)
            raise
        self._trim((KeptRelease(made, folder), *past))
        return WriteResult(made, folder, is_new=True, lost=plan.lost)

    def _serves(self, plan: ReleasePlan, past: tuple[KeptRelease, ...]) -> bool:
        """Return whether visitors get what is planned already, and get it whole."""
        if not past or past[0].release.id != current_id(self._build_dir):
            return False
        now = past[0]
        is_same = plan.serves_the_same_as(now.release)
        return is_same and not integrity.find_problems(now.folder, now.release)

    def _clean(self) -> None:
        """Remove what a program left that was killed."""
        self._disk.make_folder(self._releases)
        for path in sorted(self._releases.iterdir()):
            if path.name.startswith((_PARTIAL, _REMOVED)):
                self._disk.remove(path)
        current, names = current_id(self._build_dir), _names(self._build_dir)
        for name in names if current in names else ():
            if name > str(current):
                self._retire(self._releases / name)

    def _trim(self, served: tuple[KeptRelease, ...]) -> None:
        """Remove the oldest releases, so that as many stay as are to be kept."""
        for kept in served[self._keep :]:
            self._retire(kept.folder)

    def _retire(self, folder: Path) -> None:
        """Remove a release, which is whole until it has another name."""
        if folder.exists():
            leaving = folder.with_name(_REMOVED + folder.name)
            self._disk.rename(folder, leaving)
            self._disk.remove(leaving)

    def _write(self, folder: Path, plan: ReleasePlan, made: Release) -> None:
        """Write a release's folder beside the others; give it its name when whole."""
        partial = _partial(folder)
        self._fill(partial, plan, made)
        _verify_written(partial, made)
        self._disk.rename(partial, folder)
        self._disk.sync_folder(self._releases)

    def _fill(self, partial: Path, plan: ReleasePlan, made: Release) -> None:
        folders = {partial}
        for piece in plan.pieces:
            target = partial / piece.stored.file
            self._disk.make_folder(target.parent)
            folders.update(p for p in target.parents if partial in p.parents)
            if isinstance(piece.source, bytes):
                self._disk.write(target, piece.source)
            else:
                self._disk.link(piece.source, target)
        self._disk.make_folder(partial)
        self._disk.write(partial / release.FILE_NAME, release.to_json(made))
        for path in sorted(folders, reverse=True):
            self._disk.sync_folder(path)


@contextlib.contextmanager
def _disk_errors_as_damage() -> Iterator[None]:
    """Turn what the system says of a full or a locked disk into an error of ours."""
    try:
        yield
    except OSError as error:
        message = f"the disk refuses: {error}"
        raise DamagedReleaseError(message) from error


def _folder(build_dir: Path) -> Path:
    return build_dir / "releases"


def _names(build_dir: Path) -> list[str]:
    """Return the names of all releases there, oldest first.

    A folder that people put beside them is none, and stays.
    """
    try:
        names = [path.name for path in _folder(build_dir).iterdir()]
    except FileNotFoundError:
        return []
    return sorted(name for name in names if _NAME.fullmatch(name))


def _partial(folder: Path) -> Path:
    return folder.with_name(_PARTIAL + folder.name)


def _read_release(folder: Path) -> KeptRelease | None:
    try:
        content = (folder / release.FILE_NAME).read_bytes()
        return KeptRelease(release.from_json(content), folder)
    except (OSError, ReleaseError):
        return None


def _verify_written(folder: Path, made: Release) -> None:
    """Read a release back as a server would, and raise when anything differs."""
    kept = _read_release(folder)
    if kept is None or kept.release != made:
        broken: tuple[str, ...] = (f"{release.FILE_NAME} does not read back",)
    else:
        broken = integrity.find_problems(folder, made)
    if broken:
        message = f"the new release is not whole: {'; '.join(broken)}"
        raise DamagedReleaseError(message)


def _find_rollback_target(
    past: tuple[KeptRelease, ...], identity: str | None
) -> KeptRelease:
    """Return the release to bring back."""
    if identity is not None:
        for kept in past:
            if kept.release.id == identity:
                return kept
        message = f"there is no release {identity}"
        raise NoEarlierReleaseError(message)
    shown = (past[0].release.restores or past[0].release.id) if past else ""
    for kept in past:
        if kept.release.id < shown:
            return kept
    message = "there is no earlier release"
    raise NoEarlierReleaseError(message)


def _next_identity(plan: ReleasePlan, names: list[str]) -> tuple[str, str]:
    """Return a release's name and its time, later than any other's.

    The clock may have been set back: time goes on from the newest release.
    """
    moment = datetime.now(UTC)
    for name in names:
        with contextlib.suppress(ValueError):
            made = datetime.strptime(name.partition("-")[0], f"{_STAMP}%z")
            moment = max(moment, made + timedelta(microseconds=1))
    name = f"{moment.strftime(_STAMP)}Z-{plan.digest[:_DIGEST_SIGNS]}"
    return name, moment.isoformat(timespec="microseconds").replace("+00:00", "Z")
