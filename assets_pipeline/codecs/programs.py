"""Other people's programs, started with bounded time, memory and output.

ffmpeg, espeak-ng and heif-dec are Debian's, found on ``PATH``, and run apart: what they
may crash on can't take this program along. Each works in a folder of its own, on a
copy of bytes that were already read, so it never needs a path of the museum.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

from assets_pipeline.errors.exceptions import DamagedFileError, MissingProgramError

if TYPE_CHECKING:
    from pathlib import Path

ToolName = Literal["ffmpeg", "ffprobe", "espeak-ng", "heif-dec"]

DEBIAN_PACKAGES: Final[dict[ToolName, str]] = {
    "ffmpeg": "ffmpeg",
    "ffprobe": "ffmpeg",
    "espeak-ng": "espeak-ng",
    "heif-dec": "libheif-examples",
}
"""Which package brings each program."""
_VERSION_OPTIONS: Final[dict[ToolName, str]] = {
    "ffmpeg": "-version",
    "ffprobe": "-version",
    "espeak-ng": "--version",
    "heif-dec": "--version",
}
_KEPT_COMPLAINT = 2000


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much one run of a program may take."""

    timeout_s: float = 120.0
    memory_bytes: int = 2 << 30
    """Of address space."""
    output_bytes: int = 2 << 30
    """Of any one file that it writes."""


BOUNDS: Final = Bounds()


@dataclass(frozen=True, slots=True)
class Said:
    """What a program wrote on its two outputs."""

    answer: bytes
    complaint: str


def run(
    tool: ToolName,
    arguments: list[str],
    folder: Path,
    *,
    bounds: Bounds = BOUNDS,
    given: bytes = b"",
) -> Said:
    """Return what a program says once it has done its work.

    Parameters
    ----------
    tool
        Which one.
    arguments
        Its options and files, named within `folder`.
    folder
        Where it works: empty but for what it is to read.
    bounds
        What it may take.
    given
        What it reads on its standard input.

    Raises
    ------
    MissingProgramError
        If it is not on this machine; says which package brings it.
    DamagedFileError
        If it refuses its input, or takes more than its bounds.
    """
    program = path_of(tool)
    (folder / _GIVEN).write_bytes(given)
    with (
        (folder / _GIVEN).open("rb") as reads,
        (folder / _ANSWER).open("w+b") as answer,
        (folder / _COMPLAINT).open("w+b") as complaint,
    ):
        process = subprocess.Popen(  # noqa: S603  # no shell; arguments are ours
            [*_bounded(bounds), program, *arguments],
            cwd=folder,
            env=_environment(folder),
            stdin=reads,
            stdout=answer,
            stderr=complaint,
            start_new_session=True,
        )
        code = _awaited(process, bounds)
        answer.seek(0)
        complaint.seek(0)
        said = Said(answer.read(), complaint.read().decode("utf-8", "replace"))
    if code != 0:
        raise _refused(tool, code, said.complaint)
    return said


def path_of(tool: ToolName) -> str:
    """Return where a program is.

    Raises
    ------
    MissingProgramError
        If it is not on ``PATH``.
    """
    found = shutil.which(tool)
    if found is None:
        reason = f"the program {tool} is not on this machine"
        remedy = f"Run `apt install {DEBIAN_PACKAGES[tool]}`"
        raise MissingProgramError(reason, DEBIAN_PACKAGES[tool], remedy)
    return found


@cache
def version_of(tool: ToolName) -> str:
    """Return a program's own word for its version, ``absent`` when it is not here."""
    found = shutil.which(tool)
    if found is None:
        return f"{tool} absent"
    said = subprocess.run(  # noqa: S603  # a program of PATH, one fixed option
        [found, _VERSION_OPTIONS[tool]],
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=BOUNDS.timeout_s,
    )
    first_line = said.stdout.decode("utf-8", "replace").partition("\n")[0]
    return f"{tool} {first_line}"


_GIVEN, _ANSWER, _COMPLAINT = ".given", ".answer", ".complaint"
_OUT_OF_TIME: Final = -1000


def _environment(folder: Path) -> dict[str, str]:
    """Return the few variables that a program may know."""
    kept = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
    quiet = {"AV_LOG_FORCE_NOCOLOR": "1", "SVT_LOG": "1"}
    return {**kept, **quiet, "HOME": str(folder), "LC_ALL": "C.UTF-8"}


def _awaited(process: subprocess.Popen[bytes], bounds: Bounds) -> int:
    """Return the exit code; whatever happens, the program has ended."""
    try:
        return process.wait(bounds.timeout_s)
    except subprocess.TimeoutExpired:
        return _OUT_OF_TIME
    finally:
        process.kill()
        process.wait()


def _bounded(bounds: Bounds) -> list[str]:
    """Return the beginning of a command that binds what follows, before it starts."""
    prlimit = shutil.which("prlimit")
    if prlimit is None:  # no Linux: only the time is bounded
        return []
    memory, output = f"--as={bounds.memory_bytes}", f"--fsize={bounds.output_bytes}"
    return [prlimit, memory, output, "--core=0", "--"]


def _refused(tool: ToolName, code: int, complaint: str) -> DamagedFileError:
    if code == _OUT_OF_TIME:
        reason = "reading it takes too long"
    else:
        lines = complaint[-_KEPT_COMPLAINT:].strip().splitlines()
        last = lines[-1] if lines else f"{tool} ended with code {code}"
        reason = f"{tool}: {last}"
    return DamagedFileError(reason, tool, "Export it again")
