"""Time one encode of given settings, ours beside peers', on the same task."""

from __future__ import annotations

import json
import os
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from assets_pipeline.gltf import measure
from assets_pipeline.gltf.container import split_glb
from assets_pipeline.gltf.orient import OrientOptions
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.lod.budgets import HIGH, PHONE
from assets_pipeline.lod.rules import fit_to_budgets
from assets_pipeline.lod.settings import LodEncoder, LodSettings
from assets_pipeline.models.clean_model import clean_model, reduce_model
from assets_pipeline.readers.dispatch import read_document
from assets_pipeline.readers.json_fields import decode_json
from assets_pipeline.resolver import Resolver
from assets_pipeline.tasks.task import Task
from assets_pipeline.transforms.compress_textures import TextureSetting
from benchmarks.assets.peers import RunTime

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assets_pipeline.gltf.document import Document
    from benchmarks.assets.peers import PeerFile, Peers

    Work = Callable[[Path, Path], None]

FREE: Final = replace(
    HIGH,
    most_bytes=10**9,
    most_triangles=10**9,
    edge_px=2048,
    packed_edge_px=2048,
    least_edge_px=64,
)
"""As free as the peers, who know no budgets but 2,048 pixels."""
SETTINGS: Final = LodSettings(
    triangles=10**9,
    position_bits=14,
    uv_bits=12,
    normal_bits=8,
    tangent_bits=8,
    color_bits=8,
    place_bits=18,
    keeps_tangents=True,
    color=TextureSetting(2048, 84),
    normal=TextureSetting(2048, 90),
    packed=TextureSetting(2048, 84),
)
"""gltfpack's own: every triangle, its bits, and what its quality of 8 asks of WebP."""
METHOD: Final = 4
"""WebP's effort, as both peers ask for."""
_LEAST_RUNS, _MOST_RUNS, _ENOUGH_S = 3, 30, 2.0


@dataclass(frozen=True, slots=True)
class Timed:
    """What one model takes."""

    model: str
    triangles: int
    parsed: RunTime
    """The JSON of its GLB, alone."""
    read: RunTime
    """The GLB to a document."""
    fixed: RunTime
    """`SETTINGS` carried out once."""
    ruled: RunTime
    """What a build ships to phones where nobody searched."""
    peers: list[PeerFile]


def time_model(path: Path, peers: Peers) -> Timed:
    """Return the times of encoding a model here and with peers, the quickest of each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, made = folder / "source.glb", folder / "made.glb"
        document = read(path)
        clean_model(document)
        source.write_bytes(write_glb(document))
        fixed, ruled = time_ours(source, made)
        return Timed(
            model=path.name,
            triangles=measure.count_triangles(document),
            parsed=quickest(_parse, source, made),
            read=quickest(_read, source, made),
            fixed=fixed,
            ruled=ruled,
            peers=peers.files(source, folder, quick=True),
        )


def time_ours(source: Path, made: Path) -> tuple[RunTime, RunTime]:
    """Return the times of our encode of a GLB by `SETTINGS`, and by rule."""
    return (
        quickest(write_fixed, source, made),
        quickest(_write_ruled, source, made),
    )


def write_fixed(source: Path, made: Path) -> None:
    """Make a file of another by `SETTINGS`."""
    document = read(source)
    clean_model(document)
    # A plan that is given has decided that nothing is baked.
    reduce_model(document, Task("model", "", source.name, occlusion=False))
    made.write_bytes(LodEncoder(document, FREE).encode(SETTINGS, METHOD).content)


def _write_ruled(source: Path, made: Path) -> None:
    document = read(source)
    clean_model(document)
    reduce_model(document, Task("model", "", source.name))
    made.write_bytes(fit_to_budgets(document, PHONE).content)


def _parse(source: Path, made: Path) -> None:
    text, _ = split_glb(source.read_bytes())
    decode_json(text)
    made.touch()


def _read(source: Path, made: Path) -> None:
    read(source)
    made.touch()


def read(path: Path) -> Document:
    """Return the document of a model's file."""
    resolver = Resolver(path.parent)
    return read_document(PurePosixPath(path.name), OrientOptions(), resolver)


def quickest(work: Work, source: Path, made: Path) -> RunTime:
    """Return what the quickest of some runs took, in a process of its own.

    One run goes before, uncounted: a museum's build compiles its WebAssembly with its
    first model, and its workers go on to the next.
    """
    there, here = os.pipe()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            work(source, made)
            best = min(_runs(work, source, made), key=lambda spent: spent.clock_s)
            os.write(here, json.dumps([best.clock_s, best.processor_s]).encode())
            status = 0
        finally:
            os._exit(status)
    os.close(here)
    with os.fdopen(there, "rb") as answer:
        text = answer.read()
    _, status = os.waitpid(pid, 0)
    if status != 0:
        message = f"a run that was to be timed failed with status {status}"
        raise RuntimeError(message)
    return RunTime(*json.loads(text))


def _runs(work: Work, source: Path, made: Path) -> Iterator[RunTime]:
    begin = time.perf_counter()
    for done in range(_MOST_RUNS):
        if done >= _LEAST_RUNS and time.perf_counter() - begin > _ENOUGH_S:
            break
        made.unlink()  # as before each of a peer's
        start, processor = time.perf_counter(), time.process_time()
        work(source, made)
        yield RunTime(time.perf_counter() - start, time.process_time() - processor)
