"""A printed panel as a phone's camera sees it, from poses that are known exactly.

Frames go into a y4m file, which Chromium takes for a camera: raw pictures, since a
compressed film would blur what the tracker reads. The camera is WebXR's: +x right, +y up,
looking along -z; pixel centres are whole numbers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import numpy.typing as npt

    Array = npt.NDArray[np.float64]

FIELD_DEG = 60.0
"""Of the longer side: what the page assumes of a camera whose angle nothing tells."""
SUPERSAMPLING = 2
BITS = 4
BAR_PX = 24
"""Height of the row of bars, at the very top, that number a frame."""
BARS_SPAN = (0.35, 0.65)
"""The part of the width that they fill: a phone's screen cuts both sides."""
WALL = 168


@dataclass(frozen=True)
class Panel:
    """A flat print."""

    picture: Image.Image
    width_m: float

    @property
    def height_m(self) -> float:
        """Its printed height."""
        return self.width_m * self.picture.height / self.picture.width


@dataclass(frozen=True)
class Eye:
    """Where a camera stands before a panel: in the panel's own frame, metres, degrees."""

    position: tuple[float, float, float]
    looks_at: tuple[float, float, float] = (0.0, 0.0, 0.0)
    roll_deg: float = 0.0

    def rotation(self) -> Array:
        """Return the rotation from the panel's frame to the camera's, 3 x 3."""
        back = np.subtract(self.position, self.looks_at)
        back = back / np.linalg.norm(back)
        right = np.cross((0.0, 1.0, 0.0), back)
        right = right / np.linalg.norm(right)
        upright = np.stack([right, np.cross(back, right), back])
        roll = math.radians(self.roll_deg)
        c, s = math.cos(roll), math.sin(roll)
        turned: Array = np.array([[c, s, 0.0], [-s, c, 0.0], [0, 0, 1.0]]) @ upright
        return turned


@dataclass(frozen=True)
class Camera:
    """A pinhole camera of a given size."""

    width_px: int
    height_px: int
    field_deg: float = FIELD_DEG

    @property
    def focal_px(self) -> float:
        """Its focal length."""
        longer = max(self.width_px, self.height_px)
        return longer / 2 / math.tan(math.radians(self.field_deg / 2))

    def projected(self, points: Array, eye: Eye) -> Array:
        """Return where points of the panel's frame, (n, 3), are in the frame: (n, 2) px."""
        seen = (points - eye.position) @ eye.rotation().T
        x = self.focal_px * seen[:, 0] / -seen[:, 2] + (self.width_px - 1) / 2
        y = -self.focal_px * seen[:, 1] / -seen[:, 2] + (self.height_px - 1) / 2
        return np.stack([x, y], axis=1)


def seen(panel: Panel, camera: Camera, eye: Eye) -> npt.NDArray[np.uint8]:
    """Return a frame, (height, width, 3): the panel on a plain wall.

    The print is shrunk first, to a little more than the frame shows of it, so that its
    finest lines do not turn into dots; then warped at twice the frame's size.
    """
    w, h = camera.width_px * SUPERSAMPLING, camera.height_px * SUPERSAMPLING
    near = float(np.linalg.norm(eye.position))
    shown_px = SUPERSAMPLING * camera.focal_px * panel.width_m / near
    ratio = min(1.0, 1.2 * shown_px / panel.picture.width)
    size = (
        max(1, round(panel.picture.width * ratio)),
        max(1, round(panel.picture.height * ratio)),
    )
    picture = panel.picture.convert("RGB").resize(size, Image.Resampling.BOX)
    corners = np.array(
        [
            [sx * panel.width_m / 2, sy * panel.height_m / 2, 0.0]
            for sx, sy in ((-1, 1), (1, 1), (1, -1), (-1, -1))
        ]
    )
    there = (camera.projected(corners, eye) + 0.5) * SUPERSAMPLING
    here = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], float)
    warp = _homography(there, here).flatten()[:8]
    frame = Image.new("RGB", (w, h), (WALL, WALL, WALL))
    mask = Image.new("L", size, 255)
    for_pixels = (w, h), Image.Transform.PERSPECTIVE, tuple(warp)
    warped = picture.transform(*for_pixels, resample=Image.Resampling.BICUBIC)
    frame.paste(warped, mask=mask.transform(*for_pixels))
    return np.asarray(frame.reduce(SUPERSAMPLING))


def numbered(frame: npt.NDArray[np.uint8], number: int) -> npt.NDArray[np.uint8]:
    """Return the frame with its number written as bars along its top, lowest bit first."""
    made = frame.copy()
    first, last = BARS_SPAN
    width = frame.shape[1]
    edges = np.linspace(first * width, last * width, BITS + 1).astype(int)
    for bit in range(BITS):
        made[:BAR_PX, edges[bit] : edges[bit + 1]] = 255 if number >> bit & 1 else 0
    return made


def number_of(picture: Image.Image) -> int:
    """Return the number that a numbered frame shows, once scaled and cut at its sides.

    The picture is as high as the frame was on the same scale, and shows its middle.
    """
    grey = np.asarray(picture.convert("L"))
    height, width = grey.shape
    whole = height * 480 / 640
    row = grey[round(height * BAR_PX / 640 / 2)]
    first, last = BARS_SPAN
    number = 0
    for bit in range(BITS):
        across = first + (last - first) * (bit + 0.5) / BITS
        x = width / 2 + (across - 0.5) * whole
        number |= int(row[round(x)] > 127) << bit
    return number


def write_y4m(
    path: Path, frames: Iterable[npt.NDArray[np.uint8]], rate_hz: int
) -> None:
    """Write frames as 4:2:0 of full resolution, which Chromium plays in a loop."""
    with path.open("wb") as file:
        for i, frame in enumerate(frames):
            height, width = frame.shape[:2]
            if i == 0:
                file.write(
                    f"YUV4MPEG2 W{width} H{height} F{rate_hz}:1 Ip C420jpeg\n".encode()
                )
            file.write(b"FRAME\n")
            luma, *chroma = Image.fromarray(frame).convert("YCbCr").split()
            # Files of this kind are read with the ranges of television: 16 to 235 and 240.
            file.write(_ranged(luma, 219))
            for plane in chroma:
                file.write(
                    _ranged(
                        plane.resize((width // 2, height // 2), Image.Resampling.BOX),
                        224,
                    )
                )


def _ranged(plane: Image.Image, span: int) -> bytes:
    values = 16 + np.asarray(plane, np.float64) * span / 255
    return np.rint(values).astype(np.uint8).tobytes()


def _homography(source: Array, target: Array) -> Array:
    """Return the 3 x 3 map, last value 1, that takes four points to four others."""
    rows = []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
    solved = np.linalg.solve(np.array(rows, float), target.flatten())
    return np.append(solved, 1.0).reshape(3, 3)
