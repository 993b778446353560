"""Compare the forecast recall of prints with that before another simulated camera.

    python -m benchmarks.image_targets.calibration [--views 8]

A print's score is the recall over views drawn by `assets_pipeline.image_targets.simulated_views`.
Here the same conditions are drawn by a second renderer that shares no code with it: each
pixel's ray is bent by a lens and meets the print's plane, light adds up linearly, the
sensor counts photons, the picture is stored as JPEG, and the wall is another one. The
calibration error is the mean difference of the two recalls, a condition and a print at a
time; chance alone makes some of it: two recalls of n views differ by about
sqrt(4 p (1 - p) / (pi n)) where the tracker finds p of them.
"""

from __future__ import annotations

import argparse
import io
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image

from assets_pipeline.image_targets.trackability import Trial, is_correct
from assets_pipeline.image_targets.trial_conditions import CONDITIONS, views_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from assets_pipeline.arrays import Uint8Array
    from assets_pipeline.image_targets.simulated_views import View

    Array = NDArray[np.float64]

_MUSEUM: Final = Path(__file__).parents[2] / "content/creusot-montceau"
_WIDTH, _HEIGHT = 640, 480
_GAMMA: Final = 2.2
_BARREL: Final = -0.025
"""Of the lens: what is half a turn's tangent off the axis is drawn so much nearer to it."""
_PHOTONS: Final = 2600
"""Of white at full light: the root of their count is the noise."""
_OTHER_SEED: Final = 77
_SAMPLES: Final = ((-0.25, -0.1), (0.1, -0.25), (0.25, 0.1), (-0.1, 0.25))
"""Within a pixel: a turned grid."""


def prints() -> Iterator[tuple[str, Image.Image]]:
    """Yield prints from easy to hopeless, made of the museum's own two."""
    plan, plate = (
        Image.open(_MUSEUM / f"image_targets/{name}.png").convert("L")
        for name in ("plan-ecluse", "planche-marteau")
    )
    yield "plan of a lock", plan
    yield "engraved plate", plate
    for part in (0.36, 0.25):
        sheet = Image.new("L", (1200, 1000), 235)
        small = plate.crop((200, 300, 1600, 1500)).resize(
            (round(1200 * part), round(1030 * part))
        )
        sheet.paste(small, (90, 90))
        yield f"small emblem, {part:.0%}", sheet
    tile = plan.crop((700, 500, 1100, 800)).resize((200, 150))
    wall = Image.new("L", (1200, 1050))
    for x in range(0, 1200, 200):
        for y in range(0, 1050, 150):
            wall.paste(tile, (x, y))
    yield "equal tiles", wall
    legend = plan.crop((1580, 1580, 2300, 1830))
    yield "lines of text", legend.resize((1200, 417))


def photograph(
    print_: Image.Image, view: View, width_m: float
) -> tuple[Uint8Array, Array]:
    """Return another camera's image of a print, and the print's corners: (4, 2) px."""
    random = np.random.default_rng(view.seed + _OTHER_SEED)
    axes, centre = _axes(view), _centre(view)
    height_m = width_m * print_.height / print_.width
    texture = (np.asarray(print_, np.float64) / 255) ** _GAMMA
    light = np.zeros((_HEIGHT, _WIDTH))
    wall = _wall(random)
    for dx, dy in _SAMPLES:
        u, v = _where_rays_meet(view, axes, centre, dx, dy)
        inside = (np.abs(u) < width_m / 2) & (np.abs(v) < height_m / 2)
        column = (u / width_m + 0.5) * print_.width
        row = (v / height_m + 0.5) * print_.height
        step = _texels_across(column, row)
        seen = _sampled(texture, column, row, step)
        light += np.where(inside, seen, wall) / len(_SAMPLES)
    corners = _corners(view, axes, centre, width_m, height_m)
    if view.hidden:
        light = _somebody_before(light, corners, view.hidden, random)
    if view.glare:
        light = light + _lamp(corners, view.glare, random)
    if view.shadow:
        light = light * _awning(view.shadow, random)
    light = _through(light, _kernel(view))
    return _stored(light * view.light**_GAMMA, view, random), corners


def _focal_px(view: View) -> float:
    return _WIDTH / 2 / float(np.tan(np.radians(view.field_of_view_deg) / 2))


def _axes(view: View) -> Array:
    """Return the print's right, down and inward axes, as rows, in the camera's frame.

    By quaternions: the roll about the way one looks, after the tilt about an axis in the
    frame's plane.
    """
    side, tilt, roll = np.radians([view.side_deg, view.tilt_deg, view.roll_deg]) / (
        1,
        2,
        2,
    )
    tilted = np.array(
        [np.cos(tilt), -np.sin(tilt) * np.sin(side), np.sin(tilt) * np.cos(side), 0]
    )
    rolled = np.array([np.cos(roll), 0, 0, np.sin(roll)])
    w, x, y, z = _multiplied(rolled, tilted)
    return np.array(
        [
            [w * w + x * x - y * y - z * z, 2 * (x * y + w * z), 2 * (x * z - w * y)],
            [2 * (x * y - w * z), w * w - x * x + y * y - z * z, 2 * (y * z + w * x)],
            [2 * (x * z + w * y), 2 * (y * z - w * x), w * w - x * x - y * y + z * z],
        ]
    )


def _multiplied(a: Array, b: Array) -> Array:
    scalar = a[0] * b[0] - a[1:] @ b[1:]
    return np.array([scalar, *(a[0] * b[1:] + b[0] * a[1:] + np.cross(a[1:], b[1:]))])


def _centre(view: View) -> Array:
    x, y = view.aside
    return view.distance_m * np.array([x / _focal_px(view), y / _focal_px(view), 1])


def _where_rays_meet(
    view: View, axes: Array, centre: Array, dx: float, dy: float
) -> tuple[Array, Array]:
    """Return where each pixel's ray meets the print's plane: metres from its centre."""
    focal_px = _focal_px(view)
    y, x = np.mgrid[:_HEIGHT, :_WIDTH].astype(np.float64)
    x = (x + dx - (_WIDTH - 1) / 2) / focal_px
    y = (y + dy - (_HEIGHT - 1) / 2) / focal_px
    bent = 1 - _BARREL * (x * x + y * y)
    x, y = x * bent, y * bent
    inward = axes[2]
    far = (inward @ centre) / (inward[0] * x + inward[1] * y + inward[2])
    off = np.stack([far * x - centre[0], far * y - centre[1], far - centre[2]])
    return np.tensordot(axes[0], off, 1), np.tensordot(axes[1], off, 1)


def _corners(
    view: View, axes: Array, centre: Array, width_m: float, height_m: float
) -> Array:
    signs = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) / 2
    places = centre + signs * (width_m, height_m) @ axes[:2]
    wanted = places[:, :2] / places[:, 2:]
    found = wanted.copy()
    for _ in range(12):  # the lens bends pixels to rays; corners go the other way
        found = wanted / (1 - _BARREL * np.square(found).sum(1, keepdims=True))
    return found * _focal_px(view) + ((_WIDTH - 1) / 2, (_HEIGHT - 1) / 2)


def _texels_across(column: Array, row: Array) -> float:
    """Return how many of the print's px one sample spans, near the print's middle."""
    middle = np.unravel_index(
        np.argmin(np.hypot(column - column.mean(), row - row.mean())), column.shape
    )
    y, x = (
        min(max(int(n), 1), limit - 2)
        for n, limit in zip(middle, column.shape, strict=True)
    )
    across = np.hypot(
        column[y, x + 1] - column[y, x - 1], row[y, x + 1] - row[y, x - 1]
    )
    return float(across) / 4


def _sampled(texture: Array, column: Array, row: Array, step: float) -> Array:
    """Return the print's light at places, means over squares as wide as a sample."""
    half = max(0.5, step / 2)
    summed = np.pad(texture, ((1, 0), (1, 0))).cumsum(0).cumsum(1)
    height, width = texture.shape

    def below(y: Array, x: Array) -> Array:
        y, x = y.clip(0, height - 1e-6), x.clip(0, width - 1e-6)
        i, j = y.astype(np.int64), x.astype(np.int64)
        b, a = y - i, x - j
        upper = summed[i, j] * (1 - a) + summed[i, j + 1] * a
        lower = summed[i + 1, j] * (1 - a) + summed[i + 1, j + 1] * a
        return upper * (1 - b) + lower * b

    top, bottom, left, right = row - half, row + half, column - half, column + half
    whole = (
        below(bottom, right)
        - below(top, right)
        - below(bottom, left)
        + below(top, left)
    )
    high = bottom.clip(0, height) - top.clip(0, height)
    wide = right.clip(0, width) - left.clip(0, width)
    return whole / np.maximum(high * wide, 1e-9)


def _wall(random: np.random.Generator) -> Array:
    """Return rough plaster with boards and stains: noise of many sizes, and edges."""
    wall = np.full((_HEIGHT, _WIDTH), random.uniform(0.15, 0.5))
    for cells in (4, 12, 40, 120):
        grid = random.normal(0, 0.12, (cells, cells)).astype(np.float32)
        wall += np.asarray(
            Image.fromarray(grid).resize((_WIDTH, _HEIGHT), Image.Resampling.BICUBIC)
        )
    y, x = np.mgrid[:_HEIGHT, :_WIDTH]
    for _ in range(9):
        angle, offset = random.uniform(0, np.pi), random.uniform(-300, 300)
        along = (x - 320) * np.cos(angle) + (y - 240) * np.sin(angle) - offset
        wall = np.where(
            np.abs(along) < random.uniform(2, 25), random.uniform(0, 0.9), wall
        )
    return wall.clip(0, 1)


def _somebody_before(
    light: Array, corners: Array, part: float, random: np.random.Generator
) -> Array:
    """Return the light behind a person, who stands at one edge of the print."""
    low, high = corners.min(0), corners.max(0)
    span = high - low
    y, x = np.mgrid[:_HEIGHT, :_WIDTH]
    edge = (
        low[0] + part * span[0] if random.random() < 0.5 else high[0] - part * span[0]
    )
    inside = x < edge if edge < corners[:, 0].mean() else x > edge
    sway = (
        random.uniform(-0.2, 0.2) * span[0] * np.sin((y - low[1]) / max(span[1], 1) * 3)
    )
    inside &= np.abs(x + sway - edge) < 1.2 * span[0]
    cloth = random.uniform(0.02, 0.5) * (1 + 0.2 * np.sin(x / 3 + y / 7))
    return np.where(inside, cloth, light)


def _lamp(corners: Array, radius: float, random: np.random.Generator) -> Array:
    """Return a lamp's light that the print throws back: a bar with soft ends."""
    place = corners.mean(0) + random.uniform(-0.25, 0.25, 2) * np.ptp(corners, axis=0)
    spread = radius * np.ptp(corners, axis=0).max()
    y, x = np.mgrid[:_HEIGHT, :_WIDTH]
    across, along = (x - place[0]) / spread, (y - place[1]) / (spread * 0.8)
    return 1.6 / (1 + (across**2 + along**2) ** 2)


def _awning(depth: float, random: np.random.Generator) -> Array:
    angle = random.uniform(0, 2 * np.pi)
    y, x = np.mgrid[:_HEIGHT, :_WIDTH]
    along = (
        (x - 320) * np.cos(angle) + (y - 240) * np.sin(angle) + random.uniform(-60, 60)
    )
    return 1 - (1 - (1 - depth) ** _GAMMA) * np.clip(along / 20 + 0.5, 0, 1)


def _kernel(view: View) -> Array:
    """Return the lens' disc, drawn along the way the phone moves, over the whole frame."""
    y, x = np.mgrid[:_HEIGHT, :_WIDTH].astype(np.float64)
    x, y = x - _WIDTH // 2, y - _HEIGHT // 2
    radius = max(0.5, 2 * view.defocus_px)  # a disc as wide as a Gaussian's two sigmas
    angle, half = np.radians(view.motion_deg), view.motion_px / 2
    along = x * np.cos(angle) + y * np.sin(angle)
    across = y * np.cos(angle) - x * np.sin(angle)
    off = np.hypot(np.maximum(np.abs(along) - half, 0), across)
    kernel = np.clip(radius + 0.5 - off, 0, 1)
    return kernel / kernel.sum()


def _through(light: Array, kernel: Array) -> Array:
    shape = light.shape
    spectrum = np.fft.rfft2(light) * np.fft.rfft2(np.fft.ifftshift(kernel))
    return np.fft.irfft2(spectrum, shape)


def _stored(light: Array, view: View, random: np.random.Generator) -> Uint8Array:
    photons = random.poisson(light.clip(0, 1.5) * _PHOTONS * (2 / view.noise) ** 2)
    grey = 255 * (photons / (_PHOTONS * (2 / view.noise) ** 2)).clip(0, 1) ** (
        1 / _GAMMA
    )
    grey = grey + random.normal(0, view.noise / 3, grey.shape)
    buffer = io.BytesIO()
    Image.fromarray(grey.clip(0, 255).astype(np.uint8)).save(buffer, "JPEG", quality=85)
    return np.asarray(Image.open(buffer))


def recalls(trial: Trial, views_each: int) -> Iterator[tuple[str, float, float]]:
    """Yield each condition, the forecast recall, and the one before the other camera."""
    size = trial.print_.size
    for condition in CONDITIONS:
        foretold = trial.measure_condition(condition, views_each).recall
        views = tuple(views_of(condition, views_each, size, trial.width_m, _OTHER_SEED))
        hits = 0
        for view in views:
            frame, truth = photograph(trial.print_, view, trial.width_m)
            sighting = trial.sighting(frame)
            hits += sighting is not None and is_correct(sighting.corners, truth)
        yield condition.name, foretold, hits / len(views)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print forecast and measured recall, and how far they differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--views", type=int, default=8, help="views a condition (8)")
    views_each = parser.parse_args(arguments).views
    differences: list[float] = []
    scores: list[float] = []
    print(f"{'print':24} foretold  seen   each condition, foretold>seen of 100")
    for name, picture in prints():
        rows = list(recalls(Trial(picture, 0.4), views_each))
        foretold = 100 * sum(row[1] for row in rows) / len(rows)
        seen = 100 * sum(row[2] for row in rows) / len(rows)
        scores.append(abs(foretold - seen))
        differences += [100 * abs(a - b) for _, a, b in rows]
        told = " ".join(f"{n} {100 * a:.0f}>{100 * b:.0f}" for n, a, b in rows)
        print(f"{name:24} {foretold:8.0f} {seen:5.0f}   {told}", flush=True)
    print(
        f"\ncalibration error of a score: {np.mean(scores):.1f} of 100, at most {max(scores):.1f}"
    )
    print(
        f"of a condition's recall: {np.mean(differences):.1f} ({views_each} views each)"
    )


if __name__ == "__main__":
    main()
