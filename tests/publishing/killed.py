"""Kill a publication ahead of each change it makes on disk, and look at what is left.

Usage: ``python killed.py SCENE FOLDER``. `SCENE` is a build folder to publish into, left
untouched; `FOLDER` is free for copies of it. Each publication runs in a child of its own
and is killed by SIGKILL. Prints one JSON object: the steps of a whole publication, and
what went wrong, by step.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from pathlib import Path

import made

from publishing.disk import Disk
from publishing.release import integrity, repository

CODES = ("K7QM", "W4HX")
KEEP = 2


def main(scene: Path, folder: Path) -> None:
    """Count the steps, then kill at each."""
    steps = _published(_copy(scene, folder / "whole"))
    before = repository.read_history(scene)[0].release.id
    wrong = {}
    for place, step in enumerate(steps):
        copy = _copy(scene, folder / str(place))
        child = os.fork()
        if child == 0:
            _publish_until(copy, place)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        faults = _faults(copy, before) if killed else ["it was not killed"]
        if faults:
            wrong[f"{place}: {step}"] = faults
        shutil.rmtree(copy)
    print(json.dumps({"steps": steps, "wrong": wrong}))  # noqa: T201 - for the test


def _copy(scene: Path, target: Path) -> Path:
    """Return a copy that shares its files, which publishing never writes into."""
    return Path(shutil.copytree(scene, target, copy_function=os.link))


def _published(build_dir: Path) -> list[str]:
    steps: list[str] = []

    def note(step: str, path: Path) -> None:
        steps.append(f"{step} {path.relative_to(build_dir)}")

    _write(build_dir, Disk(note))
    return steps


def _publish_until(build_dir: Path, place: int) -> None:
    count = 0

    def kill(_step: str, _path: Path) -> None:
        nonlocal count
        if count == place:
            os.kill(os.getpid(), signal.SIGKILL)
        count += 1

    _write(build_dir, Disk(kill))


def _write(build_dir: Path, disk: Disk) -> None:
    with repository.open_repository(build_dir, disk, keep=KEEP) as shelf:
        shelf.write(made.draft(build_dir, "new", CODES))


def _faults(build_dir: Path, before: str) -> list[str]:
    """Return what is wrong after a kill, and after publishing again."""
    left = repository.read_history(build_dir)[0]
    faults = [*integrity.find_problems(left.folder, left.release)]
    if left.release.id != repository.current_id(build_dir):
        faults.append("the release named by `current` can't be read")
    has_new = {target.code for target in left.release.codes} == set(CODES)
    if has_new == (left.release.id == before):
        faults.append("what is served is neither the old release nor the new one")

    _write(build_dir, Disk())
    now = repository.read_history(build_dir)
    faults += integrity.find_problems(now[0].folder, now[0].release)
    if {target.code for target in now[0].release.codes} != set(CODES):
        faults.append("publishing again did not serve the new release")
    names = {path.name for path in (build_dir / "releases").iterdir()}
    if names != {kept.release.id for kept in now} or len(names) != KEEP:
        faults.append(f"left behind: {sorted(names)}")
    return faults


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
