"""Small pictures, and frames of them drawn with numpy alone: no code of the tracker's."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Grey: TypeAlias = npt.NDArray[np.uint8]

WIDTH_PX, HEIGHT_PX = 640, 480


def drawn_picture(seed: int, width: int = 256, height: int = 192) -> Grey:
    """Return a poster of some sixty discs and bars, 8-bit grey."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[:height, :width].astype(float)
    picture = np.full((height, width), 210.0)
    for _ in range(60):
        across, down = random.uniform(0, width), random.uniform(0, height)
        angle, size = random.uniform(0, np.pi), random.uniform(4, 22)
        u = (x - across) * np.cos(angle) + (y - down) * np.sin(angle)
        v = (y - down) * np.cos(angle) - (x - across) * np.sin(angle)
        if random.random() < 0.5:
            size_away = np.hypot(u, v) - size
        else:
            size_away = np.maximum(np.abs(u) - size, np.abs(v) - size / 4)
        cover = np.clip(0.5 - size_away, 0, 1)
        picture += cover * (random.uniform(10, 240) - picture)
    return picture.round().astype(np.uint8)


def _homography_between(source: Floats, target: Floats) -> Floats:
    """Return the homography that moves four points to four others: 8 equations."""
    rows, right = [], []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y]]
        rows += [[0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    return np.append(np.linalg.solve(np.array(rows), right), 1).reshape(3, 3)


def corners_under(homography: Floats, picture: Grey) -> Floats:
    """Return where a picture's corners, its outer edges, land: (4, 2) px."""
    height, width = picture.shape
    x = np.array([-0.5, width - 0.5, width - 0.5, -0.5])
    y = np.array([-0.5, -0.5, height - 0.5, height - 0.5])
    moved = homography @ np.stack([x, y, np.ones(4)])
    return np.asarray((moved[:2] / moved[2]).T)


def picture_placed(picture: Grey, corners: Floats) -> Floats:
    """Return the homography from a picture's px to a frame in which its corners lie so."""
    return _homography_between(corners_under(np.eye(3), picture), corners)


def frame_of(
    picture: Grey,
    homography: Floats,
    *,
    noise_grey: float = 2.0,
    seed: int = 7,
    samples: int = 3,
) -> Grey:
    """Return a frame showing the picture before a wall of soft blotches.

    Each pixel is the mean of `samples` x `samples` bilinear looks into the picture.
    """
    random = np.random.default_rng(seed)
    blotches = random.uniform(60, 200, (HEIGHT_PX // 16 + 2, WIDTH_PX // 16 + 2))
    row, column = np.mgrid[:HEIGHT_PX, :WIDTH_PX].astype(float)
    wall = _looked_up(blotches, column / 16, row / 16)
    back, total = np.linalg.inv(homography), np.zeros((HEIGHT_PX, WIDTH_PX))
    height, width = picture.shape
    for i in range(samples * samples):
        x = column + (i % samples + 0.5) / samples - 0.5
        y = row + (i // samples + 0.5) / samples - 0.5
        u, v, w = np.tensordot(back, np.stack([x, y, np.ones_like(x)]), 1)
        u, v = u / w, v / w
        shows = (np.abs(u - width / 2 + 0.5) < width / 2) & (w > 0)
        shows &= np.abs(v - height / 2 + 0.5) < height / 2
        total += np.where(shows, _looked_up(picture.astype(float), u, v), wall)
    noisy = total / samples**2 + random.normal(0, noise_grey, total.shape)
    return np.clip(noisy, 0, 255).round().astype(np.uint8)


def _looked_up(image: Floats, x: Floats, y: Floats) -> Floats:
    """Return an image's values between its pixels; its edge goes on beyond."""
    height, width = image.shape
    x, y = np.clip(x, 0, width - 1.001), np.clip(y, 0, height - 1.001)
    i, j = x.astype(int), y.astype(int)
    u, v = x - i, y - j
    upper = image[j, i] * (1 - u) + image[j, i + 1] * u
    lower = image[j + 1, i] * (1 - u) + image[j + 1, i + 1] * u
    return np.asarray(upper * (1 - v) + lower * v)
