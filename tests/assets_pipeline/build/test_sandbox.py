"""Work in a process of its own: its answer, its error, or what ended it; never its harm."""

from __future__ import annotations

import errno
import os
import signal
import sys
from functools import partial
from multiprocessing import active_children
from typing import TYPE_CHECKING

import pytest

from assets_pipeline.build.resource_limits import Limits
from assets_pipeline.build.sandbox import Sandbox, SandboxError
from assets_pipeline.errors.exceptions import EmptyModelError, LimitExceededError

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """Give a process that is started again where a test ended it."""
    with Sandbox() as process:
        yield process


def test_it_gives_what_work_gives(sandbox: Sandbox) -> None:
    assert sandbox.run(partial(divmod, 17, 5)) == (3, 2)


def test_it_is_another_process(sandbox: Sandbox) -> None:
    assert sandbox.run(os.getpid) != os.getpid()


def test_one_process_does_one_piece_of_work_after_another(sandbox: Sandbox) -> None:
    assert sandbox.run(os.getpid) == sandbox.run(os.getpid)


def test_what_a_curator_is_told_comes_back(sandbox: Sandbox) -> None:
    with pytest.raises(EmptyModelError, match="nothing to see"):
        sandbox.run(partial(_raise, EmptyModelError("nothing to see", "scene", "")))


def test_a_machine_that_lacks_a_package_is_told_by_its_name(sandbox: Sandbox) -> None:
    lacking = ModuleNotFoundError("no pxr", name="pxr")

    with pytest.raises(ModuleNotFoundError) as caught:
        sandbox.run(partial(_raise, lacking))

    assert caught.value.name == "pxr"


def test_a_fault_of_ours_is_told_with_where_it_was_met(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxError, match=r"in _raise[\s\S]*KeyError: 'node'"):
        sandbox.run(partial(_raise, KeyError("node")))


def test_an_answer_that_cannot_travel_is_a_fault_of_ours(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxError, match="pickle"):
        sandbox.run(_generator)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_too_long_a_time_is_told_as_that(sandbox: Sandbox) -> None:
    with pytest.raises(LimitExceededError, match="minutes of computing"):
        sandbox.run(_compute_on, Limits(computing_s=1))


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bound by Linux")
def test_too_much_memory_is_told_as_that(sandbox: Sandbox) -> None:
    with pytest.raises(LimitExceededError, match="more memory"):
        sandbox.run(partial(bytes, 1 << 30), Limits(memory_bytes=1 << 29))


def test_what_ends_the_process_is_told_and_the_next_work_is_done(
    sandbox: Sandbox,
) -> None:
    with pytest.raises(SandboxError, match="was ended"):
        sandbox.run(partial(signal.raise_signal, signal.SIGTERM))

    assert sandbox.run(partial(abs, -1)) == 1


def test_leaving_ends_it() -> None:
    others = active_children()

    with Sandbox():
        pass

    assert active_children() == others


def test_ctrl_c_ends_it_at_once() -> None:
    others = active_children()

    with pytest.raises(KeyboardInterrupt), Sandbox() as process:
        process.run(partial(_interrupt_and_go_on, os.getpid()))

    assert active_children() == others


def test_a_full_disk_is_told_by_its_own_name(sandbox: Sandbox) -> None:
    full = OSError(errno.ENOSPC, "No space left", "/tmp/x")  # noqa: S108  # a name alone

    with pytest.raises(OSError, match="No space left") as caught:
        sandbox.run(partial(_raise, full))

    assert caught.value.filename == "/tmp/x"  # noqa: S108


def _raise(error: Exception) -> None:
    raise error


def _generator() -> Iterator[int]:
    yield 1


def _compute_on() -> None:
    while True:
        pass


def _interrupt_and_go_on(parent: int) -> None:
    """Do as a terminal does at Ctrl-C: every process is told."""
    os.kill(parent, signal.SIGINT)
    os.kill(os.getpid(), signal.SIGINT)
    _compute_on()
