"""Simulate a phone camera's views of a print, with its faults.

The faster of two renderers that share no code: this one draws by Pillow, for the many
views that a score is made of; ``benchmarks/image_targets/calibration.py`` has another,
slower one, that checks what this one foretells.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from assets_pipeline.arrays import Float32Array, Float64Array, Uint8Array


FRAME_PX: Final = (640, 480)
_OVERSAMPLED: Final = 2
_NO_BLUR: Final = 0.2
_GAMMA: Final = 2.2
_LIGHT: Final = np.asarray((np.arange(256) / 255) ** _GAMMA, np.float32)
"""Of each grey."""


@dataclass(frozen=True, slots=True)
class View:
    """Camera position and image faults of one view."""

    distance_m: float
    """From the lens to the print's centre."""
    tilt_deg: float = 0.0
    """Between the way one looks and the print's normal."""
    side_deg: float = 0.0
    """To which side the camera stands: 0 right of the print, 90 below it."""
    roll_deg: float = 0.0
    """The phone turned about the way it looks."""
    field_of_view_deg: float = 62.0
    """Across the frame's longer edge."""
    aside: tuple[float, float] = (0.0, 0.0)
    """Where the print's centre is in the frame, px from its centre."""
    light: float = 1.0
    """Exposure: what white becomes, of full white."""
    shadow: float = 0.0
    """How much darker one half of the scene is, 0 to 1."""
    glare: float = 0.0
    """Radius of a reflection on the print, as a part of its width in the frame."""
    hidden: float = 0.0
    """Part of the print behind somebody's shoulder, about."""
    defocus_px: float = 0.0
    """Radius of a Gaussian."""
    motion_px: float = 0.0
    """Length of the streak that a shaking hand draws."""
    motion_deg: float = 0.0
    noise: float = 2.0
    """Standard deviation, grey levels."""
    seed: int = 0


def homography_of(view: View, size_px: tuple[int, int], width_m: float) -> Float64Array:
    """Return the homography from a print's px to the frame's.

    Parameters
    ----------
    size_px
        Width and height of the print's picture.
    width_m
        Of the print.

    Returns
    -------
    (3, 3) float64
        Pixel centres to pixel centres, as in ``client/tracker/tracker.h``.
    """
    width_px, height_px = size_px
    metres = width_m / width_px
    to_plane = np.array(
        [
            [metres, 0, metres * (0.5 - width_px / 2)],
            [0, metres, metres * (0.5 - height_px / 2)],
            [0, 0, 1],
        ]
    )
    turned = _rotation(view)
    frame_width, frame_height = FRAME_PX
    focal_px = frame_width / 2 / np.tan(np.radians(view.field_of_view_deg / 2))
    x, y = view.aside
    ahead = np.array([x / focal_px, y / focal_px, 1.0]) * view.distance_m
    camera = np.array(
        [
            [focal_px, 0, (frame_width - 1) / 2],
            [0, focal_px, (frame_height - 1) / 2],
            [0, 0, 1],
        ]
    )
    pose = np.column_stack([turned[:, 0], turned[:, 1], ahead])
    whole = camera @ pose @ to_plane
    homography: Float64Array = whole / whole[2, 2]
    return homography


def _rotation(view: View) -> Float64Array:
    """Return the print's axes in the camera's frame: +x right, +y down, +z ahead."""
    tilt, side, roll = np.radians([view.tilt_deg, view.side_deg, view.roll_deg])
    about = np.array([-np.sin(side), np.cos(side), 0.0])
    cross = np.array(
        [[0, -about[2], about[1]], [about[2], 0, -about[0]], [-about[1], about[0], 0]]
    )
    tilted = np.eye(3) + np.sin(tilt) * cross + (1 - np.cos(tilt)) * cross @ cross
    cosine, sine = np.cos(roll), np.sin(roll)
    rolled = np.array([[cosine, -sine, 0], [sine, cosine, 0], [0, 0, 1]])
    turned: Float64Array = rolled @ tilted
    return turned


def corners_of(homography: Float64Array, size_px: tuple[int, int]) -> Float64Array:
    """Return a print's corners in the frame: (4, 2), clockwise from the top left."""
    right, bottom = size_px[0] - 0.5, size_px[1] - 0.5
    plane = np.array([[-0.5, -0.5], [right, -0.5], [right, bottom], [-0.5, bottom]])
    seen = np.column_stack([plane, np.ones(4)]) @ homography.T
    corners: Float64Array = seen[:, :2] / seen[:, 2:]
    return corners


def render_view(print_: Image.Image, view: View, width_m: float) -> Uint8Array:
    """Return the frame of a view of a print on a cluttered wall.

    Parameters
    ----------
    print_
        Its picture, mode L, larger than it will appear.
    view
        From where, and how well.
    width_m
        Of the print.

    Returns
    -------
    (480, 640) uint8
    """
    homography = homography_of(view, print_.size, width_m)
    frame = _over_wall(print_, homography, view.seed)
    random = np.random.default_rng(view.seed)
    corners = corners_of(homography, print_.size)
    if view.hidden:
        _hide(frame, corners, view.hidden, random)
    return _spoiled(frame, view, corners, random)


def _over_wall(print_: Image.Image, homography: Float64Array, seed: int) -> Image.Image:
    """Return the print drawn over a wall, twice as fine as the frame, then brought down."""
    fine = tuple(edge * _OVERSAMPLED for edge in FRAME_PX)
    small, reduced = _reduced(print_, homography)
    to_fine = np.array(
        [
            [_OVERSAMPLED, 0, (_OVERSAMPLED - 1) / 2],
            [0, _OVERSAMPLED, (_OVERSAMPLED - 1) / 2],
            [0, 0, 1],
        ]
    )
    from_small = np.array(
        [[reduced, 0, (reduced - 1) / 2], [0, reduced, (reduced - 1) / 2], [0, 0, 1]]
    )
    # Pillow counts from pixels' corners, and asks for where each pixel comes from.
    half = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
    inverse = np.linalg.inv(
        half @ to_fine @ homography @ from_small @ np.linalg.inv(half)
    )
    inverse /= inverse[2, 2]
    size = (fine[0], fine[1])
    drawn = small.transform(
        size,
        Image.Transform.PERSPECTIVE,
        inverse.ravel()[:8].tolist(),
        Image.Resampling.BILINEAR,
    )
    outline = corners_of(to_fine @ homography, print_.size) + 0.5
    mask = Image.new("L", size)
    ImageDraw.Draw(mask).polygon([tuple(corner) for corner in outline], fill=255)
    wall = _wall(seed).resize(size, Image.Resampling.NEAREST)
    return Image.composite(drawn, wall, mask).reduce(_OVERSAMPLED)


def _reduced(print_: Image.Image, homography: Float64Array) -> tuple[Image.Image, int]:
    """Return the print brought down to about the size it appears at, and by how much."""
    corners = corners_of(homography, print_.size)
    sides = np.hypot(*(np.roll(corners, -1, 0) - corners).T)
    longest = (
        max(sides[0], sides[2]) / print_.width,
        max(sides[1], sides[3]) / print_.height,
    )
    by = max(1, int(1 / (_OVERSAMPLED * max(longest))))
    return (print_.reduce(by) if by > 1 else print_), by


def _wall(seed: int) -> Image.Image:
    """Return a wall with what hangs on it: frames, lines, a gradient of light."""
    random = np.random.default_rng(seed)
    wall = Image.new("L", FRAME_PX, int(random.integers(90, 220)))
    drawing = ImageDraw.Draw(wall)
    for _ in range(14):
        x, y = (int(random.integers(-80, edge)) for edge in FRAME_PX)
        w, h = (int(n) for n in random.integers(20, 220, 2))
        grey, ink = (int(n) for n in random.integers(20, 245, 2))
        drawing.rectangle((x, y, x + w, y + h), fill=grey, outline=ink, width=4)
        for _ in range(4):
            ends = [int(n) for n in random.integers(0, 200, 4)]
            line = (x + ends[0] % w, y + ends[1] % h, x + ends[2] % w, y + ends[3] % h)
            drawing.line(line, fill=ink, width=int(random.integers(1, 5)))
    return wall


def _hide(
    frame: Image.Image, corners: Float64Array, part: float, random: np.random.Generator
) -> None:
    """Draw somebody's head and shoulders over one side of the print."""
    centre, spread = corners.mean(0), np.ptp(corners, 0)
    angle = random.uniform(0, 2 * np.pi)
    radius = np.sqrt(part / np.pi) * spread.mean()
    x, y = centre + 0.3 * spread * (np.cos(angle), np.sin(angle))
    drawing = ImageDraw.Draw(frame)
    coat, skin = (int(grey) for grey in random.integers(15, 200, 2))
    drawing.ellipse((x - radius, y - radius, x + radius, y + 2 * radius), fill=coat)
    head = radius * 0.6
    drawing.ellipse((x - head, y - 2 * head, x + head, y), fill=skin)


def _spoiled(
    frame: Image.Image, view: View, corners: Float64Array, random: np.random.Generator
) -> Uint8Array:
    # Lenses and hands blur light, not its code: thin dark lines fade more than grey says.
    light = np.asarray(_LIGHT[np.asarray(frame)], np.float32)
    if view.defocus_px > _NO_BLUR:
        light = _defocused(light, view.defocus_px)
    if view.motion_px > 1:
        light = _streaked(light, view.motion_px, view.motion_deg)
    if view.shadow:
        light = light * np.asarray(_shadow(view.shadow, random) ** _GAMMA, np.float32)
    if view.glare:
        light = light + _glare(corners, view.glare, random)
    grey = 255 * view.light * light.clip(0, 2) ** np.float32(1 / _GAMMA)
    # Sensors add noise with the root of the light, over a floor.
    spread = view.noise * np.sqrt(0.4 + 0.6 * grey / 128)
    grain = random.standard_normal(grey.shape, np.float32) * spread
    return np.asarray((grey + grain).clip(0, 255), np.uint8)


def _defocused(light: Float32Array, radius_px: float) -> Float32Array:
    """Return light spread by a Gaussian, along rows and then columns."""
    reach = int(np.ceil(3 * radius_px))
    places = np.arange(-reach, reach + 1)
    weights = np.exp(-(places**2) / (2 * radius_px**2))
    weights = (weights / weights.sum()).astype(np.float32)
    for axis in (0, 1):
        around = [(reach, reach) if n == axis else (0, 0) for n in (0, 1)]
        padded, length = np.pad(light, around, "edge"), light.shape[axis]
        padded = padded if axis == 0 else padded.T
        parts = (
            weight * padded[start : start + length]
            for start, weight in enumerate(weights)
        )
        spread = np.asarray(sum(parts), np.float32)
        light = spread if axis == 0 else spread.T
    return light


def _streaked(light: Float32Array, length_px: float, angle_deg: float) -> Float32Array:
    """Return the mean of a frame moved along a straight streak."""
    steps = np.linspace(-0.5, 0.5, max(3, round(length_px) + 1)) * length_px
    angle = np.radians(angle_deg)
    moved = [
        np.roll(light, (round(s * np.sin(angle)), round(s * np.cos(angle))), (0, 1))
        for s in steps
    ]
    return np.asarray(np.mean(moved, 0, np.float32), np.float32)


def _glare(
    corners: Float64Array, radius: float, random: np.random.Generator
) -> Float32Array:
    """Return the light of a lamp that the print reflects."""
    width, height = FRAME_PX
    weights = random.dirichlet(np.ones(4))
    x0, y0 = weights @ corners
    spread = radius * np.ptp(corners, 0).max()
    y, x = np.mgrid[:height, :width].astype(np.float32)
    bright = 1.4 * np.exp(-(((x - x0) ** 2 + (y - y0) ** 2) / spread**2))
    return np.asarray(bright, np.float32)


def _shadow(depth: float, random: np.random.Generator) -> Float32Array:
    """Return a factor for each pixel: a soft edge of shadow across the frame."""
    width, height = FRAME_PX
    y, x = np.mgrid[:height, :width]
    angle = random.uniform(0, 2 * np.pi)
    along = (x - width / 2) * np.cos(angle) + (y - height / 2) * np.sin(angle)
    lit = 1 / (1 + np.exp(-along / 12))
    factor: Float32Array = (1 - depth * lit).astype(np.float32)
    return factor
