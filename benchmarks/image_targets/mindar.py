"""Run the web peer: MindAR 1.2.5 in headless Chromium, its WebGL drawn in software."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.image_targets.chromium import page_with
from benchmarks.image_targets.motions import FRAMES
from benchmarks.image_targets.packages import MINDAR, unpacked
from benchmarks.image_targets.result_cache import Corners, TrackerResults

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Page

    from benchmarks.image_targets.frames import Frame, FrameSet

NAME = "MindAR 1.2.5"
COMPILED_EDGE_PX = 512
CROPS = 9
"""Of a frame; a page looks in one of them a frame, in turn."""
FRAMES_A_PAGE = 150
"""TensorFlow.js keeps some textures of each frame: a page is closed after so many."""


@dataclass(frozen=True)
class Jobs:
    """A set's frames and where this peer keeps its own files."""

    frames: FrameSet
    chosen: Sequence[Frame]
    cache: Path
    are_followed: bool = False
    """Whether the frames are sequences, each to be followed from its first frame."""


def run_mindar(jobs: Jobs, crops: int) -> TrackerResults:
    """Return the results in a frame's first crops; the very first is its middle.

    Each frame's own prints are looked for, all of them where it shows none.
    """
    found: dict[str, dict[str, Corners]] = {}
    asked: dict[str, tuple[str, ...]] = {}
    known = locate(jobs)
    for frame, name in pairs(jobs):
        asked[frame.file] = (*asked.get(frame.file, ()), name)
        of_frame = found.setdefault(frame.file, {})
        answer = known[frame.file, name]
        if answer and answer["crop"] <= crops:
            of_frame[name] = tuple((x, y) for x, y in answer["corners"])
    return TrackerResults(found, asked)


def pairs(jobs: Jobs) -> list[tuple[Frame, str]]:
    """Return what is looked for, where; a print's frames of one size together."""
    own = [
        (frame, frame.asked or tuple(shown.name for shown in frame.shown))
        for frame in jobs.chosen
    ]
    wanted = [
        (frame, name) for frame, names in own for name in names or jobs.frames.names
    ]
    return sorted(
        wanted, key=lambda pair: (pair[1], pair[0].width_px, pair[0].focal_px)
    )


def locate(jobs: Jobs) -> dict[tuple[str, str], Any]:
    """Return the page's answer to each frame and print; an interrupted run is continued."""
    journal = jobs.cache / "answers" / f"mindar-{jobs.frames.folder.name}.jsonl"
    journal.parent.mkdir(parents=True, exist_ok=True)
    known: dict[tuple[str, str], Any] = {}
    if journal.is_file():
        for line in journal.read_text().splitlines():
            file, name, answer = json.loads(line)
            known[file, name] = answer
    missing = [pair for pair in pairs(jobs) if (pair[0].file, pair[1]) not in known]
    if jobs.are_followed:
        # A sequence that was cut short starts again from its first frame.
        cut = {frame.bin for frame, _ in missing}
        missing = [pair for pair in pairs(jobs) if pair[0].bin in cut]
    with journal.open("a") as lines:
        for frame, name, answer in locate_missing(jobs, missing):
            known[frame.file, name] = answer
            lines.write(json.dumps([frame.file, name, answer]) + "\n")
            lines.flush()
    return known


def locate_missing(
    jobs: Jobs, missing: Sequence[tuple[Frame, str]]
) -> Iterator[tuple[Frame, str, Any]]:
    """Yield the page's answers for each frame and print that has none."""
    length = FRAMES if jobs.are_followed else FRAMES_A_PAGE
    for start in range(0, len(missing), length):
        with page_with("here/mindar.js", folders(jobs)) as page:
            prepared = None
            for frame, name in missing[start : start + length]:
                wanted = name, frame.width_px, frame.height_px, frame.focal_px
                if wanted != prepared:
                    target = compile_print(page, jobs, name)
                    controller = [name, target, *wanted[1:]]
                    page.evaluate("job => prepared(...job)", controller)
                    prepared = wanted
                yield frame, name, ask_page(page, jobs, frame, name)


def ask_page(page: Page, jobs: Jobs, frame: Frame, name: str) -> Any:  # noqa: ANN401  JSON
    """Return what the page answers for one frame."""
    if jobs.are_followed:
        job = [name, frame.file, frame.repeat == 0]
        return page.evaluate("job => followed(...job)", job)
    return page.evaluate("job => located(...job)", [name, frame.file])


def folders(jobs: Jobs) -> dict[str, Path]:
    """Return what the page may load."""
    return {
        "here": Path(__file__).parent,
        "mindar": unpacked(MINDAR, jobs.cache),
        "frames": jobs.frames.folder / "frames",
        "prints": jobs.frames.folder / "prints",
    }


def compile_print(page: Page, jobs: Jobs, name: str) -> str:
    """Return a print compiled by MindAR, base64; kept, as it takes seconds."""
    path = jobs.cache / "peers" / "mindar-targets" / jobs.frames.folder.name / name
    if not path.is_file():
        answer = page.evaluate("job => compiled(...job)", [name, COMPILED_EDGE_PX])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(answer))
    return str(json.loads(path.read_text())["target"])


def target_sizes(jobs: Jobs) -> dict[str, int]:
    """Return the compiled prints' sizes, bytes."""
    folder = jobs.cache / "peers" / "mindar-targets" / jobs.frames.folder.name
    return {
        path.name: len(base64.b64decode(json.loads(path.read_text())["target"]))
        for path in folder.glob("*")
    }
