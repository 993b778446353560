"""A sheet of paper that takes ink, hatching and washes, and becomes a small PNG.

Pixels everywhere, y growing downwards. What is random comes from the sheet's own seed:
the same drawing comes out every time.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFilter
from PIL.PngImagePlugin import PngInfo

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    Points = Sequence[tuple[float, float]] | np.ndarray

INKS = {"black": (46, 36, 31), "red": (150, 42, 34), "blue": (44, 70, 96)}
PAPER = (241, 230, 205)


class Sheet:
    """Paper, washes, then inks, each drawn in any order."""

    def __init__(self, size: tuple[int, int], seed: int, oversampling: int = 3) -> None:
        self.size = size
        self.oversampling = oversampling
        self.rng = np.random.default_rng(seed)
        self._washes = np.ones((size[1], size[0], 3), np.float32)
        big = (size[0] * self.oversampling, size[1] * self.oversampling)
        self._inks = {name: Image.new("L", big) for name in INKS}
        self._pens = {name: ImageDraw.Draw(ink) for name, ink in self._inks.items()}

    # Ink

    def line(
        self,
        points: Points,
        width: float = 2.0,
        ink: str = "black",
        *,
        hand: float = 0.7,
        closed: bool = False,
    ) -> None:
        """Draw through points, with a hand that strays by ``hand`` pixels."""
        path = np.asarray(points, float)
        if closed:
            path = np.vstack([path, path[:1]])
        path = self._strayed(_dense(path, 14), hand)
        pressure = width * (1 + 0.16 * self._slow(len(path)))
        pen = self._pens[ink]
        scaled = path * self.oversampling
        for p, q, w in zip(scaled, scaled[1:], pressure, strict=False):
            _capsule(pen, p, q, w * self.oversampling)

    def nib_stroke(
        self, path: np.ndarray, nib: np.ndarray, hairline: float, ink: str
    ) -> None:
        """Draw with a broad nib held at one angle: ``nib`` is half of its edge."""
        pen = self._pens[ink]
        scaled, edge = path * self.oversampling, nib * self.oversampling
        for p, q in pairwise(scaled):
            corners = (p + edge, q + edge, q - edge, p - edge)
            pen.polygon([tuple(c) for c in corners], fill=255)
            for side in (edge, -edge):
                _capsule(pen, p + side, q + side, hairline * self.oversampling)

    def fill(self, points: Points, ink: str = "black") -> None:
        """Fill a polygon with ink."""
        scaled = np.asarray(points, float) * self.oversampling
        self._pens[ink].polygon([tuple(p) for p in scaled], fill=255)

    def erase(self, points: Points) -> None:
        """Leave the paper bare inside a polygon, for what stands above the rest."""
        corners = np.asarray(points, float)
        for pen in self._pens.values():
            pen.polygon([tuple(p) for p in corners * self.oversampling], fill=0)
        low, high = self._box(corners, 3)
        mask = Image.new("L", tuple(high - low))
        ImageDraw.Draw(mask).polygon([tuple(p) for p in corners - low], fill=255)
        bare = _array(mask.filter(ImageFilter.GaussianBlur(0.8)))[..., None]
        view = self._washes[low[1] : high[1], low[0] : high[0]]
        view += (1 - view) * bare

    def hatch(
        self,
        polygon: Points,
        angle_deg: float,
        gap: float,
        width: float = 1.2,
        ink: str = "black",
        *,
        broken: float = 0.0,
    ) -> None:
        """Hatch a polygon; ``broken`` is the part of its lines that stop short."""
        corners = np.asarray(polygon, float)
        turn = np.radians(angle_deg)
        along = np.array([np.cos(turn), -np.sin(turn)])
        across = np.array([-along[1], along[0]])
        low, high = (corners @ across).min(), (corners @ across).max()
        first, last = (corners @ along).min(), (corners @ along).max()
        at = low + gap * self.rng.uniform(0.2, 0.8)
        while at < high:
            for start, end in _inside(corners, along, across, at, (first, last)):
                cut = np.zeros(2)
                if self.rng.random() < broken:
                    cut = self.rng.uniform(0, 0.45, 2) * (end - start)
                lean = self.rng.normal(0, 0.4, 2)
                p = along * (start + cut[0]) + across * (at + lean[0])
                q = along * (end - cut[1]) + across * (at + lean[1])
                self.line([p, q], width, ink, hand=0.35)
            at += gap * self.rng.uniform(0.75, 1.3)

    def press(self, inked: np.ndarray, opaque: np.ndarray, at: tuple[int, int]) -> None:
        """Print a picture made elsewhere, over what it hides.

        Parameters
        ----------
        inked, opaque
            (h, w) bool, ``oversampling`` pixels to a finished one.
        at
            Where its upper left corner goes.
        """
        corner = (at[0] * self.oversampling, at[1] * self.oversampling)
        hidden, ink = (
            Image.fromarray(m.astype(np.uint8) * 255) for m in (opaque, inked)
        )
        for layer in self._inks.values():
            layer.paste(0, corner, hidden)
        self._inks["black"].paste(255, corner, ink)

    # Washes

    def wash(
        self,
        polygon: Points,
        color: tuple[int, int, int],
        strength: float = 0.6,
        *,
        edge: float = 0.35,
        stray: float = 1.6,
    ) -> None:
        """Lay a wash: uneven, and darker where it dried at its edge."""
        path = self._strayed(_closed_dense(polygon), stray)
        low, high = self._box(path, 24)
        mask = Image.new("L", tuple(high - low))
        ImageDraw.Draw(mask).polygon([tuple(p) for p in path - low], fill=255)
        sharp = _array(mask.filter(ImageFilter.GaussianBlur(1.0)))
        soft = _array(mask.filter(ImageFilter.GaussianBlur(7.0)))
        rim = np.clip(sharp - soft, 0, 1) * 2 * edge
        pools = (
            1
            + 0.22 * self._cloud(sharp.shape, 60)
            + 0.08 * self._cloud(sharp.shape, 12)
        )
        alpha = np.clip(sharp * strength * pools + rim * strength, 0, 1)[..., None]
        tint = np.array(color, np.float32) / 255
        view = self._washes[low[1] : high[1], low[0] : high[0]]
        view *= 1 - alpha * (1 - tint)

    def _box(self, path: np.ndarray, margin: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the least and greatest pixel around a path, on the sheet."""
        low = np.floor(path.min(axis=0)).astype(int) - margin
        high = np.ceil(path.max(axis=0)).astype(int) + margin
        return np.clip(low, 0, self.size), np.clip(high, 1, self.size)

    # The finished sheet

    def save(
        self, path: Path, *, colors: int, about: dict[str, str], dpi: float
    ) -> None:
        """Write a PNG with a palette, its size on paper and what it says of itself."""
        image = Image.fromarray(
            (np.clip(self._composed(), 0, 1) * 255).astype(np.uint8)
        )
        image = image.quantize(colors, kmeans=3, dither=Image.Dither.NONE)
        told = PngInfo()
        for key, value in about.items():
            told.add_text(key, value)
        image.save(path, optimize=True, dpi=(dpi, dpi), pnginfo=told)

    def _composed(self) -> np.ndarray:
        picture = self._paper() * self._washes
        flow = 1 - 0.14 * np.clip(self._cloud(picture.shape[:2], 40), 0, 1)
        for name, ink in self._inks.items():
            small = ink.resize(self.size, Image.Resampling.BOX)
            alpha = (_array(small) * flow)[..., None]
            picture = picture * (1 - alpha) + np.array(INKS[name]) / 255 * alpha
        return picture.astype(np.float32)

    def _paper(self) -> np.ndarray:
        """Return the bare paper: clouded, darker at its edges, spotted by age."""
        shape = (self.size[1], self.size[0])
        y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
        to_edge = np.minimum.reduce([x, y, shape[1] - x, shape[0] - y])
        age = 0.10 * np.exp(-to_edge / 110) + 0.035 * np.clip(
            self._cloud(shape, 260), -1, 1
        )
        spots = Image.new("L", self.size)
        pen = ImageDraw.Draw(spots)
        for _ in range(46):
            at = self.rng.uniform((0, 0), self.size)
            r = self.rng.gamma(2.0, 3.2)
            pen.ellipse((*(at - r), *(at + r)), fill=int(self.rng.uniform(40, 120)))
        age = age + 0.16 * _array(spots.filter(ImageFilter.GaussianBlur(3.2)))
        stain = np.array([0.45, 0.8, 1.3], np.float32)
        return np.array(PAPER, np.float32) / 255 * (1 - age[..., None] * stain)

    # Chance

    def _strayed(self, path: np.ndarray, by: float) -> np.ndarray:
        if by <= 0 or len(path) < 3:
            return path
        stray = np.stack([self._slow(len(path)), self._slow(len(path))], axis=1)
        return path + by * stray

    def _slow(self, n: int) -> np.ndarray:
        """Return ``n`` values around 0 that wander slowly."""
        knots = self.rng.normal(0, 1, n // 6 + 3)
        return np.interp(
            np.linspace(0, len(knots) - 1, n), np.arange(len(knots)), knots
        )

    def _cloud(self, shape: tuple[int, int], grain: int) -> np.ndarray:
        """Return smooth noise of about -1..1, whose blots are ``grain`` pixels wide."""
        small = (shape[1] // grain + 2, shape[0] // grain + 2)
        noise = self.rng.normal(0, 0.6, small[::-1]).astype(np.float32)
        big = Image.fromarray(noise).resize(shape[::-1], Image.Resampling.BICUBIC)
        return np.asarray(big)


def _array(mask: Image.Image) -> np.ndarray:
    return np.asarray(mask, np.float32) / 255


def _dense(path: np.ndarray, step: float) -> np.ndarray:
    """Return the path with points at most ``step`` pixels apart."""
    lengths = np.hypot(*np.diff(path, axis=0).T)
    pieces = [
        p + (q - p) * np.linspace(0, 1, max(int(n / step), 1), endpoint=False)[:, None]
        for p, q, n in zip(path, path[1:], lengths, strict=False)
    ]
    return np.vstack([*pieces, path[-1:]])


def _closed_dense(polygon: Points) -> np.ndarray:
    path = np.asarray(polygon, float)
    return _dense(np.vstack([path, path[:1]]), 10)


def _capsule(
    pen: ImageDraw.ImageDraw, p: np.ndarray, q: np.ndarray, width: float
) -> None:
    """Draw a thick line with round ends."""
    pen.line([tuple(p), tuple(q)], fill=255, width=max(round(width), 1))
    r = width / 2 - 0.5
    if r > 0.8:
        for end in (p, q):
            pen.ellipse((end[0] - r, end[1] - r, end[0] + r, end[1] + r), fill=255)


def _inside(
    corners: np.ndarray,
    along: np.ndarray,
    across: np.ndarray,
    at: float,
    reach: tuple[float, float],
) -> list[tuple[float, float]]:
    """Return where a line runs inside a polygon, as (start, end) along it."""
    crossings = []
    for p, q in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        a, b = p @ across - at, q @ across - at
        if (a > 0) != (b > 0):
            crossings.append(float((p + (q - p) * (a / (a - b))) @ along))
    crossings = sorted(c for c in crossings if reach[0] <= c <= reach[1])
    return list(zip(crossings[::2], crossings[1::2], strict=False))
