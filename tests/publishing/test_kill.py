"""A publication that is killed, or interrupted, at any change it makes on disk."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from publishing.disk import Disk
from publishing.publish import publish as publish_museum
from publishing.release import integrity, repository

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from publishing.release.repository import WriteResult

    Publish = Callable[..., WriteResult]

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CHANGES = [
    "open",
    "openat",
    "creat",
    "write",
    "pwrite64",
    "writev",
    "ftruncate",
    "truncate",
    "fsync",
    "fdatasync",
    "link",
    "linkat",
    "symlink",
    "symlinkat",
    "mkdir",
    "mkdirat",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "rmdir",
    "chmod",
    "fchmod",
    "fchmodat",
    "utimensat",
    "sendfile",
    "copy_file_range",
    "setxattr",
    "fallocate",
]
"""System calls that may change a disk; not every processor has all of them."""
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


@pytest.fixture
def scene(build_dir: Path, publish: Publish) -> Path:
    """Return a build folder where publishing has everything to do.

    Two releases are kept, so the oldest goes; a killed program has left a release that
    was never served, one under construction, and a half-written ``current``.
    """
    publish("one")
    publish("two")
    abandoned = publish("three").folder
    served = repository.read_history(build_dir)[1].release.id
    (build_dir / "current").write_text(f"{served}\n")
    (build_dir / ".current.new").write_text("2026")
    partial = abandoned.with_name(f".partial-{abandoned.name}")
    shutil.copytree(abandoned, partial)
    (partial / "release.json").unlink()
    return build_dir


def test_killed_at_any_change(scene: Path, tmp_path: Path) -> None:
    """SIGKILL ahead of each change leaves a whole release, and publishing goes on."""
    command = [sys.executable, str(HERE / "killed.py"), str(scene), str(tmp_path / "k")]

    done = subprocess.run(
        command, env=ENVIRONMENT, check=True, capture_output=True, text=True
    )

    report = json.loads(done.stdout)
    assert report["wrong"] == {}
    kinds = {step.partition(" ")[0] for step in report["steps"]}
    assert kinds == {
        "create", "fsync", "link", "mkdir", "rename", "rmdir", "unlink", "write"
    }  # fmt: skip


def test_nothing_changes_unseen(scene: Path, tmp_path: Path) -> None:
    """The steps that the kill test counts are all the changes that the system sees."""
    seen, counted = _traced(scene, tmp_path)

    assert len(counted) > 100
    assert seen == ["create publish.lock", *counted]


def test_a_whole_publication_changes_nothing_else(
    museum: Path, client: Path, build_dir: Path, tmp_path: Path
) -> None:
    """From the museum's folder on, when no model has changed: only counted steps."""
    publish_museum(museum, build_dir, client=client)
    visit = museum / "tours" / "visite.yaml"
    visit.write_text(visit.read_text().replace("Il y fait chaud.", "Il y fait froid."))

    seen, counted = _traced(build_dir, tmp_path, museum, client)

    assert any(step.startswith("rename current") for step in counted)
    assert seen == ["create publish.lock", *counted]


def test_interrupted_at_any_change(
    scene: Path, tmp_path: Path, made: ModuleType
) -> None:
    """Ctrl-C at any step leaves no half-made folder and no half-written file."""
    place = 0
    interrupted = True
    while interrupted:
        copy = tmp_path / str(place)
        shutil.copytree(scene, copy, copy_function=os.link)
        interrupted = _interrupt(copy, made, place)
        if interrupted and _made_something(copy, scene):
            _assert_tidy(copy)
        shutil.rmtree(copy)
        place += 1
    assert place > 40


def test_reaches_the_disk_in_order(scene: Path, made: ModuleType) -> None:
    """A power cut can't show a release before its files: each is synced before."""
    steps: list[tuple[str, str]] = []

    def note(step: str, path: Path) -> None:
        steps.append((step, str(path.relative_to(scene))))

    _publish(scene, made, Disk(note))

    created = [path for step, path in steps if step in {"create", "link", "mkdir"}]
    renamed = next(
        i for i, s in enumerate(steps) if s[0] == "rename" and "releases/2" in s[1]
    )
    served = steps.index(("rename", "current"))
    assert all(
        ("fsync", str(Path(path).parent)) in steps[:renamed]
        for path in created
        if ".partial-" in path and "/" in path.partition(".partial-")[2]
    )
    assert all(
        ("fsync", path) in steps[: steps.index(("rename", "current"))]
        for step, path in steps[:served]
        if step == "create"
    )
    assert ("fsync", "releases") in steps[renamed:served]
    assert ("fsync", ".") in steps[served:]


def _publish(build_dir: Path, made: ModuleType, disk: Disk) -> None:
    with repository.open_repository(build_dir, disk, keep=2) as shelf:
        shelf.write(made.draft(build_dir, "new", ("K7QM", "W4HX")))


def _interrupt(build_dir: Path, made: ModuleType, place: int) -> bool:
    """Return whether a publication was interrupted at one of its steps."""
    count = 0

    def interrupt(_step: str, _path: Path) -> None:
        nonlocal count
        count += 1
        if count == place + 1:
            raise KeyboardInterrupt

    try:
        _publish(build_dir, made, Disk(interrupt))
    except KeyboardInterrupt:
        return True
    return False


def _made_something(build_dir: Path, scene: Path) -> bool:
    """Return whether the publication went beyond cleaning up after another."""
    left = {path.name for path in (build_dir / "releases").iterdir()}
    return not left & {p.name for p in (scene / "releases").glob(".partial-*")}


def _assert_tidy(build_dir: Path) -> None:
    current = repository.read_history(build_dir)[0]
    assert integrity.find_problems(current.folder, current.release) == ()
    hidden = {
        p.name for p in build_dir.rglob(".*") if not p.name.startswith(".removed-")
    }
    assert hidden <= {".current.new"}


def _traced(
    build_dir: Path, folder: Path, *museum: Path
) -> tuple[list[str], list[str]]:
    """Publish under strace; return the changes it saw, and those that were counted."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed")
    log, trace = folder / "steps", folder / "trace"
    tracing = [strace, "-f", "-qq", "-y", "-s", "0", "-o", str(trace)]
    if subprocess.run([*tracing, "true"], check=False).returncode:
        pytest.skip("this machine does not let strace look into a program")
    program = [sys.executable, str(HERE / "published.py"), build_dir, log, *museum]
    calls = "trace=" + ",".join(f"?{call}" for call in CHANGES)
    subprocess.run([*tracing, "-e", calls, *program], env=ENVIRONMENT, check=True)
    steps = (_step(line, build_dir) for line in trace.read_text().splitlines())
    return [step for step in steps if step], log.read_text().splitlines()


_CALL = re.compile(r"\d+ +(?P<name>\w+)\((?P<given>.*)\) += (?P<result>-?\d+)")
_NAMES = {"openat": "create", "linkat": "link", "unlinkat": "unlink"}


def _step(line: str, folder: Path) -> str | None:
    """Return a line of strace in the words of `Disk`, if it changed the folder."""
    call = _CALL.match(line)
    paths = re.findall(rf'[<"]{re.escape(str(folder))}(?:/([^">]*))?[>"]', line)
    if call is None or not paths or call["result"] == "-1":
        return None
    name = _NAMES.get(call["name"], call["name"])
    if name == "create" and "O_CREAT" not in call["given"]:
        return None
    # The file changed comes last: `rename` names its source first, `openat` its result last.
    return f"{name} {paths[-1] or '.'}"
