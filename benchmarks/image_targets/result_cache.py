"""Cache the results of trackers on a set of frames, on disk."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from benchmarks.image_targets.frames import Frame

Corners = tuple[tuple[float, float], ...]
"""Top left, top right, bottom right, bottom left; frame pixels."""


@dataclass(frozen=True)
class TrackerResults:
    """For each frame's file, the prints found in it; and which were looked for."""

    found: Mapping[str, Mapping[str, Corners]]
    asked: Mapping[str, tuple[str, ...]]


def load_or_make(path: Path, make: Callable[[], TrackerResults]) -> TrackerResults:
    """Return the results that an earlier run wrote to `path`, or make them now."""
    if path.is_file():
        return read(path)
    answers = make()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"found": answers.found, "asked": answers.asked}))
    return answers


def cache_name(who: str, folder: Path, chosen: Sequence[Frame]) -> str:
    """Return the file name of one tracker's results on some frames of a set."""
    files = "\n".join(frame.file for frame in chosen)
    digest = hashlib.sha256(files.encode()).hexdigest()[:8]
    return f"{who}-{folder.name}-{digest}.json"


def read(path: Path) -> TrackerResults:
    """Read results."""
    written = json.loads(path.read_text())
    found = {
        file: {
            name: tuple((float(x), float(y)) for x, y in corners)
            for name, corners in prints.items()
        }
        for file, prints in written["found"].items()
    }
    asked = {file: tuple(names) for file, names in written["asked"].items()}
    return TrackerResults(found, asked)
