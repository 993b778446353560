"""A file that takes too much is ended and named; no other is harmed."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING

import pytest

from assets_pipeline.build.resource_limits import UNLIMITED, Limits, limits_of
from assets_pipeline.build.run_task import crash_outcome, run_isolated, run_task
from assets_pipeline.build.sandbox import exit_error
from assets_pipeline.tasks.task import Task, TaskKind

if TYPE_CHECKING:
    from pathlib import Path

TRIANGLE = b"solid x\nvertex 0 0 0\nvertex 1 0 0\nvertex 0 1 0\n"
LARGE = """
import sys
from assets_pipeline.models import make_model
from assets_pipeline.build import run_task
from assets_pipeline.build.resource_limits import Limits, apply_limits
from assets_pipeline.tasks.task import Task
status = open("/proc/self/status").read()
used = int(status.split("VmData:")[1].split()[0]) << 10
apply_limits(Limits(memory_bytes=used + (8 << 20)))
outcome = run_task.run_task(Task("model", sys.argv[1], "large.stl"), sys.argv[2])
print(outcome.made, outcome.failure.code, outcome.failure.values["place"])
"""
ENDLESS = """
from assets_pipeline.build.resource_limits import Limits, apply_limits
apply_limits(Limits(computing_s=1))
while True:
    pass
"""


def run(program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.run(words, capture_output=True, check=False, text=True)


@pytest.fixture
def task(tmp_path: Path) -> Task:
    """Return the task of a model too flat to take long."""
    (tmp_path / "x.stl").write_bytes(TRIANGLE)
    return Task("model", str(tmp_path), "x.stl")


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted in /proc")
def test_a_model_beyond_the_memory_is_named(tmp_path: Path) -> None:
    """800,000 triangles are 40 MB, where 8 MiB are left."""
    count = 800_000
    header = bytes(80) + count.to_bytes(4, "little")
    (tmp_path / "large.stl").write_bytes(header + bytes(50 * count))

    done = run(LARGE, tmp_path, tmp_path / "files")

    assert done.stdout.split() == ["None", "A012", "memory"], done.stderr


def test_what_computes_without_end_is_ended() -> None:
    assert run(ENDLESS).returncode == -signal.SIGXCPU


def test_a_worker_is_held_to_the_limits_of_its_task(task: Task, tmp_path: Path) -> None:
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        pool.submit(run_task, task, str(tmp_path / "files")).result()
        memory, _ = pool.submit(resource.getrlimit, resource.RLIMIT_DATA).result()
        seconds, _ = pool.submit(resource.getrlimit, resource.RLIMIT_CPU).result()

    assert memory == Limits().memory_bytes
    assert 1800 < seconds < 2000


def test_limits_are_lifted_for_work_left_to_programs(
    task: Task, tmp_path: Path
) -> None:
    """An hour of film takes hours to encode."""
    film = Task("video", str(tmp_path), "absent.mp4")
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        for each in (task, film):
            pool.submit(run_task, each, str(tmp_path / "files")).result()
        soft, hard = pool.submit(resource.getrlimit, resource.RLIMIT_CPU).result()

    assert soft == hard


def test_this_process_is_held_to_nothing(task: Task, tmp_path: Path) -> None:
    kinds = (resource.RLIMIT_DATA, resource.RLIMIT_CPU)
    before = [resource.getrlimit(kind) for kind in kinds]

    run_task(task, str(tmp_path / "files"))

    assert [resource.getrlimit(kind) for kind in kinds] == before


@pytest.mark.parametrize(("kind", "code"), [("model", "A012"), ("picture", "A030")])
def test_a_time_that_ran_out_is_told_of_the_file(kind: TaskKind, code: str) -> None:
    error = exit_error(-signal.SIGXCPU, limits_of(Task("model", "museum", "x")))

    outcome = crash_outcome(Task(kind, "museum", "x"), error)

    assert outcome.failure is not None
    assert outcome.failure.code == code
    assert outcome.failure.values["remedy_fr"].startswith("Réduisez-l")


def test_what_is_as_large_as_a_country_has_another_unit(tmp_path: Path) -> None:
    far = "v 0 0 0\nv 2000000 0 0\nv 0 2000000 0\nf 1 2 3\n"
    (tmp_path / "mm.obj").write_text(far)

    outcome = run_task(Task("model", str(tmp_path), "mm.obj"), str(tmp_path / "f"))

    assert outcome.failure is not None
    assert outcome.failure.code == "A011"
    assert "2,000 km" in outcome.failure.values["reason_en"]


def test_what_the_system_ended_took_more_memory_than_there_is(task: Task) -> None:
    outcome = crash_outcome(task, exit_error(-signal.SIGKILL, UNLIMITED))

    assert outcome.failure is not None
    assert outcome.failure.code == "A012"


def test_another_end_is_told_as_a_fault_of_ours(task: Task) -> None:
    outcome = crash_outcome(task, exit_error(-signal.SIGSEGV, Limits()))

    assert outcome.failure is not None
    assert outcome.failure.code == "A091"


def test_a_process_of_its_own_gives_the_same(task: Task, tmp_path: Path) -> None:
    files = str(tmp_path / "files")

    assert run_isolated(task, files) == run_task(task, files)


def test_a_search_may_take_longer(task: Task) -> None:
    searching = Task("model", "museum", "x.glb", searches=True)
    longer, usual = limits_of(searching).computing_s, limits_of(task).computing_s

    assert longer is not None
    assert usual is not None
    assert longer > usual
    assert limits_of(Task("video", "museum", "x")) == UNLIMITED
