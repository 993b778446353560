"""Prints of the bench, and the walls they hang on."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np

from benchmarks.image_targets import drawings, posters
from benchmarks.image_targets.rendering import Picture

EDGE_PX = 1000
"""Every print's longer edge."""

MUSEUM = Path(__file__).parents[2] / "content" / "creusot-montceau" / "image_targets"

PACKAGES = {"skimage": "data", "sklearn": "datasets/images"}
"""Whose wheels carry photographs, and in which of their folders; licences lie beside."""

Loader = Callable[[], Picture]


def packaged(name: str) -> Loader:
    """Load a photograph from scikit-image's or scikit-learn's wheel."""

    def load() -> Picture:
        for package, folder in PACKAGES.items():
            spec = importlib.util.find_spec(package)
            if spec and spec.origin:
                path = Path(spec.origin).parent / folder / name
                if path.is_file():
                    return read(path)
        message = f"{name} is missing: install requirements/benchmarks.txt"
        raise FileNotFoundError(message)

    return load


def own(name: str) -> Loader:
    """Load a print of the demonstration museum."""
    return lambda: read(MUSEUM / name)


def read(path: Path) -> Picture:
    """Read a picture in colour, blue first."""
    picture = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if picture is None:
        message = f"{path} is not a picture"
        raise ValueError(message)
    return picture.astype(np.uint8)


PRINTS: Mapping[str, Loader] = {
    "astronaut": packaged("astronaut.png"),
    "camera": packaged("camera.png"),
    "chelsea": packaged("chelsea.png"),
    "coffee": packaged("coffee.png"),
    "rocket": packaged("rocket.jpg"),
    "hubble": packaged("hubble_deep_field.jpg"),
    "moon": packaged("moon.png"),
    "china": packaged("china.jpg"),
    "flower": packaged("flower.jpg"),
    "page": packaged("page.png"),
    "panel": drawings.panel,
    "qrlabel": drawings.label,
}
"""The twelve of the bench."""

BACKDROPS = (
    "brick.png",
    "grass.png",
    "gravel.png",
    "coins.png",
    "motorcycle_left.png",
    "motorcycle_right.png",
    "retina.jpg",
    "ihc.png",
    "text.png",
    "clock_motion.png",
)

HELD_OUT_PRINTS: Mapping[str, Loader] = {
    "motorcycle": packaged("motorcycle_left.png"),
    "retina": packaged("retina.jpg"),
    "tissue": packaged("ihc.png"),
    "coins": packaged("coins.png"),
    "brick": packaged("brick.png"),
    "text": packaged("text.png"),
    "tiles": posters.tiles,
    "notice": posters.notice,
    "horizon": posters.horizon,
    "logo": posters.logo,
    "comic": posters.comic,
    "plan": posters.plan,
    "panel_forge": lambda: drawings.panel("forge", "LA FORGE"),
    "hammer": own("planche-marteau.png"),
    "lock": own("plan-ecluse.png"),
}
"""Others, which nobody tunes to either."""

HELD_OUT_BACKDROPS = (
    "astronaut.png",
    "coffee.png",
    "chelsea.png",
    "rocket.jpg",
    "hubble_deep_field.jpg",
    "camera.png",
    "page.png",
    "china.jpg",
    "flower.jpg",
    "gravel.png",
)


def resized(picture: Picture) -> Picture:
    """Return a print at the bench's size."""
    scale = EDGE_PX / max(picture.shape[:2])
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    scaled = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=how)
    return scaled.astype(np.uint8)


@lru_cache(maxsize=64)
def photograph(name: str) -> Picture:
    """Return a wheel's photograph, read once."""
    return packaged(name)()


class Wall:
    """What is behind a print: a photograph, other pictures hung on it, lines."""

    def __init__(self, names: tuple[str, ...], width_px: int, height_px: int) -> None:
        self.names = names
        self.width_px = width_px
        self.height_px = height_px

    def __call__(self, random: np.random.Generator) -> Picture:
        """Draw one."""
        width, height = self.width_px, self.height_px
        part = self.part(random)
        wall = cv2.resize(part, (width, height), interpolation=cv2.INTER_CUBIC)
        for _ in range(int(random.integers(2, 6))):
            self.hang(random, wall.astype(np.uint8, copy=False))
        for _ in range(int(random.integers(0, 12))):
            ends = (random.integers([0, 0], [width, height]) for _ in range(2))
            start, end = (drawings.point(place) for place in ends)
            ink = random.integers(0, 255, 3).tolist()
            thick = int(random.integers(1, 6))
            cv2.line(wall, start, end, ink, thick, cv2.LINE_AA)
        return wall.astype(np.uint8, copy=False)

    def part(self, random: np.random.Generator) -> Picture:
        """Cut a part out of one of the photographs."""
        whole = photograph(self.names[random.integers(len(self.names))])
        height, width = whole.shape[:2]
        share = random.uniform(0.4, 1)
        rows, columns = int(height * share), int(width * share)
        top = random.integers(0, height - rows + 1)
        left = random.integers(0, width - columns + 1)
        return whole[top : top + rows, left : left + columns]

    def hang(self, random: np.random.Generator, wall: Picture) -> None:
        """Put another picture on the wall; it may stick out."""
        width, height = int(random.integers(60, 260)), int(random.integers(60, 220))
        left = int(random.integers(-40, self.width_px - 40))
        top = int(random.integers(-40, self.height_px - 40))
        part = self.part(random)
        other = cv2.resize(part, (width, height), interpolation=cv2.INTER_AREA)
        x, y = max(left, 0), max(top, 0)
        right, bottom = (
            min(left + width, self.width_px),
            min(top + height, self.height_px),
        )
        wall[y:bottom, x:right] = other[y - top : bottom - top, x - left : right - left]


class BareWall:
    """Plaster: one tone, a lamp's slow gradient, no clutter."""

    def __init__(self, width_px: int, height_px: int) -> None:
        self.width_px = width_px
        self.height_px = height_px

    def __call__(self, random: np.random.Generator) -> Picture:
        """Draw one."""
        y, x = np.mgrid[: self.height_px, : self.width_px]
        slope = random.uniform(-0.08, 0.08, 2)
        tone = random.uniform(120, 215, 3)
        light = slope[0] * (x - self.width_px / 2) + slope[1] * (y - self.height_px / 2)
        return np.clip(tone + light[..., None], 0, 255).astype(np.uint8)
