"""Compare one model with the files that peers make of it."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import brotli

from assets_pipeline.gltf import measure
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.lod.measurements import MeasurementCache
from assets_pipeline.lod.search import Search
from assets_pipeline.lod.settings import LodEncoder
from assets_pipeline.models.clean_model import clean_model, reduce_model
from assets_pipeline.rendering import views
from assets_pipeline.rendering.decompress import decompress
from assets_pipeline.rendering.visual_error import VisualErrorMeter
from assets_pipeline.tasks.task import Task
from benchmarks.assets.peers import RunTime
from benchmarks.assets.timing import FREE, read, time_ours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assets_pipeline.gltf.document import Document
    from assets_pipeline.lod.settings import LodSettings
    from benchmarks.assets.peers import PeerFile, Peers
    from tours.bundle import Extents

ROOT: Final = Path(__file__).parents[2]
_RIGS: Final = (views.SEARCH_RIG, views.CHECK_RIG)
_LOOKS: Final = 12
_PROMISING: Final = 3
_CLOSE, _AIM = 0.995, 0.998
_MAY_DO: Final = 1.01
"""Of the error that may be had: views of the search and of the check differ that little."""
UNSEEN: Final = 1e-5
"""Of an error: the renderer draws one file twice with as much between, a pixel or two in
all views together."""


@dataclass(frozen=True, slots=True)
class Match:
    """Our smallest file whose error is no larger than one of a peer's, beside it."""

    ours_bytes: int
    """As sent: compressed by brotli 11."""
    theirs_bytes: int
    ours_error: float
    """In the views and lights of the check."""
    theirs_error: float
    khronos_errors: int
    """As written, and decoded again."""

    @property
    def ratio(self) -> float:
        """Of bytes; infinite where none of ours is as true, as far as can be drawn."""
        is_no_worse = self.ours_error <= max(UNSEEN, self.theirs_error)
        return self.ours_bytes / self.theirs_bytes if is_no_worse else float("inf")


@dataclass(frozen=True, slots=True)
class Line:
    """How we compare with one file of a peer's."""

    model: str
    peer: PeerFile
    match: Match
    fixed: RunTime
    """One encode of given settings."""
    ruled: RunTime
    """What a build ships to phones where nobody searched."""
    search: RunTime | None
    """From the file to what is shipped; None where an earlier search had tried all."""


def compare(path: Path, peers: Peers, *, quick: bool) -> Iterator[Line]:
    """Yield the comparison with each file that a peer makes of a model."""
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "source.glb"
        document = read(path)
        extents = measure.compute_extents(document)
        clean_model(document)
        source.write_bytes(write_glb(document))
        reduce_model(document, Task("model", "", path.name))
        given = peers.files(source, Path(name), quick=quick)
        fixed, ruled = time_ours(source, Path(name) / "ours.glb")
        with VisualErrorMeter(source.read_bytes(), extents) as meter:
            rival = _Rival(document, meter)
            met: dict[bytes, Match] = {}  # without textures ten qualities are one
            programs: set[str] = set()
            for one in given:
                search = None
                if one.program not in programs:
                    programs.add(one.program)
                    guide = meter.error(one.glb, views.SEARCH_RIG)
                    search = rival.timed(source, extents, guide)
                if one.glb not in met:
                    met[one.glb] = _match(rival, one.glb, meter)
                yield Line(path.name, one, met[one.glb], fixed, ruled, search)


def _match(rival: _Rival, theirs: bytes, meter: VisualErrorMeter) -> Match:
    """Return our file that errs no more than one of a peer's, beside it."""
    guide, check = (meter.error(theirs, rig) for rig in _RIGS)
    plan, error = rival.no_worse(guide, check)
    time_ours = rival.glb(plan)
    errors = _khronos_errors(time_ours) + _khronos_errors(decompress(time_ours))
    return Match(rival.wire(plan), wire_bytes(theirs), error, check, errors)


def wire_bytes(glb: bytes) -> int:
    """Return the bytes of a file as sent (brotli)."""
    return len(brotli.compress(glb, quality=11))


class _Rival:
    """What we make of one model; what it tried serves every file of a peer's."""

    def __init__(self, document: Document, meter: VisualErrorMeter) -> None:
        self._meter = meter
        self._encoder = LodEncoder(document, FREE)
        self._measurements = MeasurementCache()
        self._search = Search(self._encoder, meter, self._measurements)
        self._checked: dict[LodSettings, float] = {}
        self._wires: dict[LodSettings, int] = {}

    def timed(self, source: Path, extents: Extents, budget: float) -> RunTime:
        """Return what a whole search takes, from the file to what is shipped."""
        measurements = MeasurementCache()
        start, processor = time.perf_counter(), time.process_time()
        document = read(source)
        clean_model(document)
        glb = write_glb(document)
        reduce_model(document, Task("model", "", source.name))
        with VisualErrorMeter(glb, extents) as meter:
            search = Search(LodEncoder(document, FREE), meter, measurements)
            found = search.find(max(UNSEEN, budget))
            meter.error(found.encoded.content, views.CHECK_RIG)
        spent = RunTime(time.perf_counter() - start, time.process_time() - processor)
        self._measurements.add(measurements)
        return spent

    def no_worse(self, budget: float, most: float) -> tuple[LodSettings, float]:
        """Return the smallest plan that in the views of the check errs no more.

        What is asked in the views of the search is tightened, or loosened, until the
        error in those of the check is all that may be had.
        """
        low, high = 0.0, float("inf")
        budget, most = max(UNSEEN, budget), max(UNSEEN, most)
        for _ in range(_LOOKS):
            error = self._check(self._search.find(budget).plan)
            if _CLOSE * most <= error <= most:
                break
            low, high = (budget, high) if error <= most else (low, budget)
            wanted = budget * (_AIM * most / max(error, UNSEEN))
            budget = wanted if low < wanted < high else (low + min(high, 1.0)) / 2
        best = self._best(most)
        for plan in self._promising(best, most):
            self._check(plan)
        best = self._best(most)
        return best, self._checked[best]

    def _best(self, most: float) -> LodSettings:
        """Return the smallest of what was checked and errs no more, or the truest."""
        good = [plan for plan, error in self._checked.items() if error <= most]
        if good:
            return min(good, key=self.wire)
        return min(self._checked, key=lambda plan: self._checked[plan])

    def _promising(self, best: LodSettings, most: float) -> list[LodSettings]:
        """Return the smallest plans that were tried and may well be true enough."""
        tried = self._measurements.measured
        closer = self._checked[best] / max(UNSEEN, tried[best].error)
        smaller = [
            plan
            for plan, measurement in tried.items()
            if plan not in self._checked
            and measurement.wire < tried[best].wire
            and measurement.error * closer <= _MAY_DO * most
        ]
        return sorted(smaller, key=lambda plan: tried[plan].wire)[:_PROMISING]

    def glb(self, plan: LodSettings) -> bytes:
        """Return a plan's file."""
        return self._encoder.encode(plan).content

    def wire(self, plan: LodSettings) -> int:
        """Return how many bytes of a plan's file are sent."""
        if plan not in self._wires:
            self._wires[plan] = wire_bytes(self.glb(plan))
        return self._wires[plan]

    def _check(self, plan: LodSettings) -> float:
        if plan not in self._checked:
            self._checked[plan] = self._meter.error(self.glb(plan), views.CHECK_RIG)
        return self._checked[plan]


def _khronos_errors(glb: bytes) -> int:
    """Return how many errors Khronos' validator finds."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "judged.glb"
        path.write_bytes(glb)
        validator = ROOT / "tests" / "tools" / "validate_gltf.mjs"
        run = subprocess.run(
            ["node", validator, path], capture_output=True, check=True, text=True
        )
        return len(json.loads(run.stdout)[str(path)]["errors"])
