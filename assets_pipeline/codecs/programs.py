"""Run external programs with limits on time, memory and output.

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
_KEPT_STDERR_CHARS = 2000


@dataclass(frozen=True, slots=True)
class RunLimits:
    """Time, memory and output that one run of a program may take."""

    timeout_s: float = 120.0
    memory_bytes: int = 2 << 30
    """Of address space."""
    output_bytes: int = 2 << 30
    """Of any one file that it writes."""


DEFAULT_LIMITS: Final = RunLimits()


@dataclass(frozen=True, slots=True)
class ProgramOutput:
    """What a program wrote to its standard output and error."""

    stdout: bytes
    stderr: str


def run(
    tool: ToolName,
    arguments: list[str],
    folder: Path,
    *,
    limits: RunLimits = DEFAULT_LIMITS,
    stdin: bytes = b"",
) -> ProgramOutput:
    """Run a program in a folder and return what it wrote.

    Parameters
    ----------
    tool
        Which one.
    arguments
        Its options and files, named within `folder`.
    folder
        Where it works: empty but for what it is to read.
    limits
        What it may take.
    stdin
        What it reads on its standard input.

    Raises
    ------
    MissingProgramError
        If it is not on this machine; says which package brings it.
    DamagedFileError
        If it refuses its input, or takes more than its limits.
    """
    program = find_program(tool)
    (folder / _STDIN).write_bytes(stdin)
    with (
        (folder / _STDIN).open("rb") as given,
        (folder / _STDOUT).open("w+b") as out,
        (folder / _STDERR).open("w+b") as err,
    ):
        process = subprocess.Popen(  # noqa: S603  # no shell; arguments are ours
            [*_limit_command(limits), program, *arguments],
            cwd=folder,
            env=_environment(folder),
            stdin=given,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
        code = _wait_for(process, limits)
        out.seek(0)
        err.seek(0)
        output = ProgramOutput(out.read(), err.read().decode("utf-8", "replace"))
    if code != 0:
        raise _program_error(tool, code, output.stderr)
    return output


def find_program(tool: ToolName) -> str:
    """Return the path of a program.

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
def program_version(tool: ToolName) -> str:
    """Return the first line a program prints of its version, ``absent`` without it."""
    found = shutil.which(tool)
    if found is None:
        return f"{tool} absent"
    output = subprocess.run(  # noqa: S603  # a program of PATH, one fixed option
        [found, _VERSION_OPTIONS[tool]],
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=DEFAULT_LIMITS.timeout_s,
    )
    first_line = output.stdout.decode("utf-8", "replace").partition("\n")[0]
    return f"{tool} {first_line}"


_STDIN, _STDOUT, _STDERR = ".stdin", ".stdout", ".stderr"
_OUT_OF_TIME: Final = -1000


def _environment(folder: Path) -> dict[str, str]:
    """Return the environment variables of a program."""
    kept = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
    quiet = {"AV_LOG_FORCE_NOCOLOR": "1", "SVT_LOG": "1"}
    return {**kept, **quiet, "HOME": str(folder), "LC_ALL": "C.UTF-8"}


def _wait_for(process: subprocess.Popen[bytes], limits: RunLimits) -> int:
    """Return the exit code; kill the program if it takes too long."""
    try:
        return process.wait(limits.timeout_s)
    except subprocess.TimeoutExpired:
        return _OUT_OF_TIME
    finally:
        process.kill()
        process.wait()


def _limit_command(limits: RunLimits) -> list[str]:
    """Return the ``prlimit`` command that limits what follows it."""
    prlimit = shutil.which("prlimit")
    if prlimit is None:  # no Linux: only the time is bounded
        return []
    memory, file_size = f"--as={limits.memory_bytes}", f"--fsize={limits.output_bytes}"
    return [prlimit, memory, file_size, "--core=0", "--"]


def _program_error(tool: ToolName, code: int, stderr: str) -> DamagedFileError:
    if code == _OUT_OF_TIME:
        reason = "reading it takes too long"
    else:
        lines = stderr[-_KEPT_STDERR_CHARS:].strip().splitlines()
        last = lines[-1] if lines else f"{tool} ended with code {code}"
        reason = f"{tool}: {last}"
    return DamagedFileError(reason, tool, "Export it again")
