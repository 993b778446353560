"""The other programs: how they are called, and what they gave."""

from __future__ import annotations

import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

GLTFPACK_QUALITIES = range(1, 11)


@dataclass(frozen=True, slots=True)
class Given:
    """One file of a peer's."""

    peer: str
    glb: bytes
    seconds: float


@dataclass(frozen=True, slots=True)
class Peers:
    """Where they are on this machine; None for one that is not."""

    gltf_transform: Path | None
    gltfpack: Path | None

    def files(self, source: Path, folder: Path, *, quick: bool) -> list[Given]:
        """Return what each peer makes of a GLB file; nothing where one refuses it."""
        qualities = (8,) if quick else GLTFPACK_QUALITIES
        options = ("--compress", "meshopt", "--texture-compress", "webp")
        made = folder / "made.glb"
        found: list[Given | None] = []
        if self.gltf_transform is not None:
            command = [str(self.gltf_transform), "optimize", str(source), str(made)]
            found.append(_run("gltf-transform", [*command, *options], made))
        if self.gltfpack is not None:
            command = [str(self.gltfpack), "-i", str(source), "-o", str(made)]
            for quality in qualities:
                options = ("-cc", "-tw", "-tq", str(quality))
                found.append(_run(f"gltfpack q{quality}", [*command, *options], made))
        return [given for given in found if given is not None]


def _run(peer: str, command: list[str], made: Path) -> Given | None:
    made.unlink(missing_ok=True)
    start = time.perf_counter()
    ended = subprocess.run(command, capture_output=True, check=False)
    seconds = time.perf_counter() - start
    if ended.returncode != 0 or not made.is_file():
        return None
    return Given(peer, made.read_bytes(), seconds)
