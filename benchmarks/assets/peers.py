"""Run the other programs, and time them."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

GLTFPACK_QUALITIES: Final = (8, 1, 2, 3, 4, 5, 6, 7, 9, 10)
"""Its own choice first: that one is timed."""
_RUNS: Final = 3


@dataclass(frozen=True, slots=True)
class RunTime:
    """Clock and processor time of one run."""

    clock_s: float
    processor_s: float
    """Of all its threads and processes."""


@dataclass(frozen=True, slots=True)
class PeerFile:
    """One file of a peer's."""

    program: str
    options: str
    glb: bytes
    spent: RunTime

    @property
    def name(self) -> str:
        """The program and what it was asked for."""
        return f"{self.program} {self.options}".strip()


@dataclass(frozen=True, slots=True)
class Peers:
    """Where they are on this machine; None for one that is not."""

    gltf_transform: Path | None
    gltfpack: Path | None

    def files(self, source: Path, folder: Path, *, quick: bool) -> list[PeerFile]:
        """Return the files that each peer makes of a GLB; nothing where one refuses it."""
        qualities = GLTFPACK_QUALITIES[:1] if quick else GLTFPACK_QUALITIES
        options = ("--compress", "meshopt", "--texture-compress", "webp")
        made = folder / "made.glb"
        found: list[PeerFile | None] = []
        if self.gltf_transform is not None:
            command = [str(self.gltf_transform), "optimize", str(source), str(made)]
            command += options
            found.append(_run("gltf-transform", "", command, made))
        if self.gltfpack is not None:
            command = [str(self.gltfpack), "-i", str(source), "-o", str(made)]
            for quality in qualities:
                options = ("-cc", "-tw", "-tq", str(quality))
                name = f"q{quality}"
                found.append(_run("gltfpack", name, [*command, *options], made))
        return [given for given in found if given is not None]


def _run(program: str, options: str, command: list[str], made: Path) -> PeerFile | None:
    made.unlink(missing_ok=True)
    spent = []
    for _ in range(_RUNS):
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        status, processor_s = _waited(process.pid)
        process.returncode = status  # or it would be waited for again
        spent.append(RunTime(time.perf_counter() - start, processor_s))
        if status != 0 or not made.is_file():
            return None
    least = min(spent, key=lambda one: one.clock_s)
    return PeerFile(program, options, made.read_bytes(), least)


def _waited(pid: int) -> tuple[int, float]:
    """Return a process's exit code, and the seconds of processor that it took."""
    _, status, used = os.wait4(pid, 0)
    return os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime
