"""Versions of the steps, libraries and programs behind each kind of product."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from assets_pipeline.codecs import programs

if TYPE_CHECKING:
    from assets_pipeline.tasks.task import TaskKind

STEP_VERSIONS: Final = {
    "captions": 1,
    "levels": 51,
    "outline": 1,
    "panoramas": 1,
    "pictures": 2,
    "poster": 3,
    "recordings": 2,
    "targets": 6,
    "usdz": 35,
    "videos": 1,
    "voices": 1,
}
"""Raised with every change that alters what a step gives for the same input.

Kept here and not beside each step: a build that finds all its work done imports none.
"""
_STEPS: Final[dict[TaskKind, tuple[str, ...]]] = {
    "model": ("levels", "outline", "poster", "usdz"),
    "picture": ("pictures", "poster"),
    "panorama": ("panoramas", "pictures", "poster"),
    "recording": ("recordings",),
    "captions": ("captions",),
    "video": ("videos", "recordings", "poster"),
    "voice": ("voices", "captions", "recordings"),
    "target": ("targets",),
}
_LIBRARIES: Final[dict[TaskKind, tuple[str, ...]]] = {
    "model": (
        *("numpy", "Pillow", "wasmtime", "DracoPy", "usd-core", "filly"),
        *("embreex", "xatlas"),
    ),
    "picture": ("numpy", "Pillow"),
    "panorama": ("numpy", "Pillow"),
    "recording": (),
    "captions": (),
    "video": ("numpy", "Pillow"),
    "voice": ("markdown-it-py",),
    "target": ("numpy", "Pillow", "wasmtime"),
}
_TOOLS: Final[dict[TaskKind, tuple[programs.ToolName, ...]]] = {
    "recording": ("ffmpeg",),
    "video": ("ffmpeg",),
    "voice": ("ffmpeg", "espeak-ng"),
}
"""Not heif-dec: what it decodes is the same in every version."""
_WEBASSEMBLY: Final[dict[TaskKind, tuple[str, ...]]] = {
    "model": ("basis.wasm", "meshopt_*.wasm"),
    "target": ("tracker.wasm",),
}


def all_versions() -> tuple[str, ...]:
    """Return the versions of everything that any product depends on."""
    return tuple(sorted({version for kind in _STEPS for version in versions_for(kind)}))


@cache
def versions_for(kind: TaskKind) -> tuple[str, ...]:
    """Return the versions of everything that one kind of product depends on."""
    libraries = (f"{name} {_version(name)}" for name in _LIBRARIES[kind])
    steps = (f"{name} step {STEP_VERSIONS[name]}" for name in _STEPS[kind])
    return (*steps, *libraries, *_programs(kind))


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "absent"


def _programs(kind: TaskKind) -> list[str]:
    """Return the versions of other people's programs, of WebAssembly its digests."""
    folder = Path(__file__).parents[1] / "wasm"
    patterns = _WEBASSEMBLY.get(kind, ())
    paths = [path for pattern in patterns for path in sorted(folder.glob(pattern))]
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]
    return digests + [programs.program_version(tool) for tool in _TOOLS.get(kind, ())]
