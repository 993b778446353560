"""Time our tracker in Node and in Chromium, beside opencv-js in the same run."""

from __future__ import annotations

import base64
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image

from assets_pipeline.image_targets.template import make_template
from assets_pipeline.image_targets.tracker import WASM_FOLDER
from benchmarks.image_targets.chromium import page_with
from benchmarks.image_targets.frames import CACHE, Frame, FrameSet
from benchmarks.image_targets.packages import OPENCV_JS, unpacked

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

HERE = Path(__file__).parent
BINS = ("scale40", "noise12", "mixed_easy")


@dataclass(frozen=True)
class Times:
    """Medians over the frames of one print, each frame's quickest round; milliseconds."""

    where: str
    print: str
    find_ms: float
    """From a frame's pixels to the pose, as if it were the first."""
    opencv_ms: float
    """ORB of 1,000 features and brute-force matching, without a pose."""
    track_ms: float
    """A frame of a sequence that is held."""
    compile_ms: float

    @property
    def ratio(self) -> float:
        """Ours over opencv-js."""
        return self.find_ms / self.opencv_ms


def times(bench: FrameSet, sequences: FrameSet) -> list[Times]:
    """Time the print of the first sequence, in Node and in Chromium."""
    motion = sequences.frames[0].bin
    name = sequences.frames[0].shown[0].name
    alone = [
        frame
        for frame in bench.frames
        if frame.bin in BINS and name in {shown.name for shown in frame.shown}
    ]
    followed = [frame for frame in sequences.frames if frame.bin == motion][:48]
    images = CACHE / "times" / "images.json"
    images.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "print": encode_image(template(bench, name)),
        "frames": [encode_image(pixels) for pixels in read_frames(bench, alone)],
        "followed": [
            encode_image(pixels) for pixels in read_frames(sequences, followed)
        ],
    }
    images.write_text(json.dumps(content))
    return [
        times_of("Node", name, in_node(images)),
        times_of("Chromium, worker", name, in_chromium(images)),
    ]


def template(frames: FrameSet, name: str) -> NDArray[np.uint8]:
    """Return a print in grey, as it is compiled."""
    with Image.open(frames.folder / "prints" / f"{name}.png") as picture:
        return make_template(picture.convert("RGB"))


def read_frames(frames: FrameSet, chosen: Sequence[Frame]) -> list[NDArray[np.uint8]]:
    """Return frames as grey pixels."""
    return [frames.frame_grey(frame) for frame in chosen]


def encode_image(pixels: NDArray[np.uint8]) -> dict[str, object]:
    """Return an image as the scripts read it."""
    height, width = pixels.shape
    text = base64.b64encode(pixels.tobytes()).decode()
    return {"width": width, "height": height, "pixels": text}


def times_of(where: str, name: str, answer: dict[str, Any]) -> Times:
    """Return a script's answer."""
    return Times(
        where,
        name,
        answer["findMs"],
        answer["opencvMs"],
        answer["trackMs"],
        answer["compileMs"],
    )


def in_node(images: Path) -> dict[str, Any]:
    """Run in Node."""
    opencv = unpacked(OPENCV_JS, CACHE) / "dist" / "opencv.js"
    wasm = WASM_FOLDER / "tracker.wasm"
    command = [
        "node",
        str(HERE / "times_node.cjs"),
        str(wasm),
        str(opencv),
        str(images),
    ]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def in_chromium(images: Path) -> dict[str, Any]:
    """Run in a worker of headless Chromium."""
    folders = {
        "here": HERE,
        "images": images.parent,
        "opencv": unpacked(OPENCV_JS, CACHE),
        "wasm": WASM_FOLDER,
    }
    with page_with("here/times_page.js", folders) as page:
        answer: dict[str, Any] = page.evaluate("times()")
    return answer
