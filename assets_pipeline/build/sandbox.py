"""Run work on untrusted files in a process with limits, killed at will.

What goes wrong in there harms nobody here. Its answers are values, or the error that a
curator is told of.
"""

from __future__ import annotations

import pickle
import signal
import traceback
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from assets_pipeline.build.resource_limits import (
    INSPECTION_LIMITS,
    Limits,
    apply_limits,
)
from assets_pipeline.errors import causes
from assets_pipeline.errors.exceptions import AssetError, LimitExceededError

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.context import SpawnProcess
    from typing import Self

T = TypeVar("T")


class _Pipe(Protocol):
    """One end of what joins two processes, whatever a system calls it."""

    def send(self, obj: Any, /) -> None: ...  # noqa: ANN401  # any that is pickled
    def recv(self) -> Any: ...  # noqa: ANN401
    def send_bytes(self, buf: bytes, /) -> None: ...
    def recv_bytes(self) -> bytes: ...
    def close(self) -> None: ...


class SandboxError(Exception):
    """The work failed by a fault of this program; holds the traceback."""


class Sandbox:
    """A worker process, started ahead of its work and restarted after it ends.

    Leaving the context ends it at once, whatever it is at: so does Ctrl-C, which it does
    not hear itself.
    """

    def __init__(self) -> None:
        self._process: SpawnProcess | None = None
        self._pipe: _Pipe | None = None

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.kill()
            self._join()

    def run(self, work: Callable[[], T], limits: Limits = INSPECTION_LIMITS) -> T:
        """Return the result of a call, run in the process.

        Parameters
        ----------
        work
            Goes there pickled, and its result comes back so: a function of a module, or
            a `functools.partial` of one.
        limits
            What it may take.

        Raises
        ------
        AssetError, ImportError, OSError
            What it raised; `LimitExceededError` where it took more than it may.
        SandboxError
            If it failed in any other way.
        """
        pipe = self._pipe or self._start()
        try:
            pipe.send((work, limits))
            answer = pipe.recv_bytes()
        except (EOFError, ConnectionError):
            raise exit_error(self._join(), limits) from None
        made, error = pickle.loads(answer)  # noqa: S301  # of our own process
        if error is not None:
            raise error
        result: T = made
        return result

    def _start(self) -> _Pipe:
        # A forked child would inherit the locks of whatever threads the parent runs.
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        self._pipe = ours
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()  # or there is no end to what the other end might send
        return ours

    def _join(self) -> int | None:
        """Return the exit code of the process, once it has ended."""
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if process is None or pipe is None:
            return None
        pipe.close()
        process.join()
        return process.exitcode


def exit_error(
    exit_code: int | None, limits: Limits
) -> LimitExceededError | SandboxError:
    """Return the error of a process that ended before it answered.

    Parameters
    ----------
    exit_code
        Of the process: negative for the signal that ended it.
    limits
        What it was held to.
    """
    seconds = limits.computing_s
    if seconds is not None and exit_code == _ended_by("SIGXCPU"):
        minutes = max(1, seconds // 60)
        return LimitExceededError.from_cause(
            causes.OUT_OF_TIME, "time", minutes=minutes
        )
    if exit_code == _ended_by("SIGKILL"):  # by a system that ran out of memory
        return LimitExceededError.from_cause(causes.OUT_OF_MEMORY, "memory")
    return SandboxError("its process was ended")


def _ended_by(name: str) -> int | None:
    """Return the exit code of who is ended by a signal, None where there is none such."""
    number = getattr(signal, name, None)
    return None if number is None else -number


def _serve(pipe: _Pipe) -> None:
    """Answer to one piece of work after another, until nobody asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            work, limits = pipe.recv()
        except EOFError:
            return
        apply_limits(limits)
        pipe.send_bytes(_answer(work))


def _answer(work: Callable[[], object]) -> bytes:
    """Return, pickled, what work gives, or its error."""
    error: Exception
    try:
        return pickle.dumps((work(), None))
    except (AssetError, ImportError, OSError) as told:  # known to who asked
        error = told
    except MemoryError:
        error = LimitExceededError.from_cause(causes.OUT_OF_MEMORY, "memory")
    except Exception as fault:  # the outermost edge of this process
        error = SandboxError("".join(traceback.format_exception(fault)))
    return pickle.dumps((None, error))
