"""Whether a task's product is already there.

A product is keyed by the SHA-256 of everything it was made from: the bytes of every
file that was read (and the names of those looked for in vain), the options, the
steps' own versions, the versions of libraries and programs, and their WebAssembly. Which
files a task reads is known only once it ran, so a first record, keyed by the rest,
names them, and the product's record is keyed by their content too.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from assets_pipeline.building.made import Made, files_of, from_json, to_json
from assets_pipeline.codecs import tools
from assets_pipeline.errors import AssetError
from assets_pipeline.ladder import decisions
from assets_pipeline.resolver import Resolver

if TYPE_CHECKING:
    from assets_pipeline.building.store import Store
    from assets_pipeline.building.tasks import Kind, Task

Reads = dict[str, str | None]

STEP_VERSIONS: Final = {
    "captions": 1,
    "levels": 50,
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
_STEPS: Final[dict[Kind, tuple[str, ...]]] = {
    "model": ("levels", "outline", "poster", "usdz"),
    "picture": ("pictures", "poster"),
    "panorama": ("panoramas", "pictures", "poster"),
    "recording": ("recordings",),
    "captions": ("captions",),
    "video": ("videos", "recordings", "poster"),
    "voice": ("voices", "captions", "recordings"),
    "target": ("targets",),
}
_LIBRARIES: Final[dict[Kind, tuple[str, ...]]] = {
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
_TOOLS: Final[dict[Kind, tuple[tools.ToolName, ...]]] = {
    "recording": ("ffmpeg",),
    "video": ("ffmpeg",),
    "voice": ("ffmpeg", "espeak-ng"),
}
"""Not heif-dec: what it decodes is the same in every version."""
_WEBASSEMBLY: Final[dict[Kind, tuple[str, ...]]] = {
    "model": ("basis.wasm", "meshopt_*.wasm"),
    "target": ("tracker.wasm",),
}


def found(task: Task, store: Store) -> Made | None:
    """Return a task's product when all that it depends on and gave is unchanged."""
    made = remembered(task, store)
    if made is None or not all(map(store.holds, files_of(made.product))):
        return None
    lacks_search = task.searches and not decisions.is_searched(made.decided)
    is_other = decisions.differ(task.decided, made.decided)
    return None if lacks_search or is_other else made


def remembered(task: Task, store: Store) -> Made | None:
    """Return what a task gave when all that it depends on is unchanged.

    Whether the files it gave are still there is not asked: only what was noted counts.
    """
    names = names_read(task, store)
    if names is None:
        return None
    reads = digests(task, names)
    record = store.record(_product_key(task, reads))
    return from_json(record) if record is not None else None


def names_read(task: Task, store: Store) -> list[str] | None:
    """Return the files that a task read the last time; None where it never ran."""
    first = store.record(_question_key(task))
    names = first.get("reads") if first is not None else None
    return [str(name) for name in names] if isinstance(names, list) else None


def remember(task: Task, reads: Reads, made: Made, store: Store) -> None:
    """Keep a product for the next build."""
    store.remember(_product_key(task, reads), to_json(made))
    store.remember(_question_key(task), {"path": task.path, "reads": list(reads)})


def digests(task: Task, names: list[str]) -> Reads:
    """Return files' digests as they are now, None for those that can't be read."""
    resolver = Resolver(Path(task.folder))
    reads: Reads = {}
    for name in names:
        try:
            resolver.again(name)
        except AssetError:
            reads[name] = None
        else:
            reads[name] = resolver.reads[name]
    return reads


def _question_key(task: Task) -> str:
    """Return the key of what a task reads; the museum's folder may move.

    What was decided before is no part of it: it is compared with what was made.
    """
    left_out = ("folder", "decided", "searches")
    asked = {n: value for n, value in asdict(task).items() if n not in left_out}
    return _hashed(["question", asked, versions(task.kind)])


def _product_key(task: Task, reads: Reads) -> str:
    return _hashed(["product", _question_key(task), list(reads.items())])


def _hashed(parts: object) -> str:
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def all_versions() -> tuple[str, ...]:
    """Return the versions of everything that any product is made with."""
    return tuple(sorted({version for kind in _STEPS for version in versions(kind)}))


@cache
def versions(kind: Kind) -> tuple[str, ...]:
    """Return the versions of everything that one kind of product is made with."""
    libraries = (f"{name} {_version(name)}" for name in _LIBRARIES[kind])
    steps = (f"{name} step {STEP_VERSIONS[name]}" for name in _STEPS[kind])
    return (*steps, *libraries, *_programs(kind))


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "absent"


def _programs(kind: Kind) -> list[str]:
    """Return the versions of other people's programs, of WebAssembly its digests."""
    folder = Path(__file__).parents[1] / "wasm"
    patterns = _WEBASSEMBLY.get(kind, ())
    paths = [path for pattern in patterns for path in sorted(folder.glob(pattern))]
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]
    return digests + [tools.version_of(tool) for tool in _TOOLS.get(kind, ())]
