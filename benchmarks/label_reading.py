"""Measure the pixels a phone needs for each module of a label's QR code.

Usage: ``python benchmarks/label_reading.py``. Codes of versions 1 to 4 are seen through a
camera's faults (a blur of one pixel, noise, less contrast, any rotation, a tilt up to 30
degrees) at several sizes; prints how many of 60 views zxing reads.
"""

from __future__ import annotations

import cv2
import numpy as np
import zxingcpp

from publishing.labels.formats import PIXELS_PER_MODULE
from publishing.qr import QUIET_ZONE_MODULES, Matrix, matrix, payload, version

HOSTS = (
    "ecm.fr",
    "ecm.example",
    "visite.ecomusee-creusot-montceau.fr",
    "a" * 68 + ".museum",
)
PIXELS = (1.5, 2.0, 2.5, 3.0, PIXELS_PER_MODULE, 4.0)
VIEWS = 60
SCALE = 24
"""Pixels a square of the picture that views are taken from."""


def main() -> None:
    """Print a table: a line a version, a column a size."""
    print("pixels a square", *(f"{pixels:>5}" for pixels in PIXELS))
    for host in HOSTS:
        text = payload(f"https://{host}", "K7QM")
        modules = matrix(text)
        read = [reads(modules, text, pixels) for pixels in PIXELS]
        name = f"version {version(modules)}"
        print(f"{name:<15}", *(f"{count / VIEWS:>5.0%}" for count in read))


def reads(modules: Matrix, text: str, pixels: float) -> int:
    """Return in how many views the code reads."""
    random = np.random.default_rng(1)
    views = (view(modules, pixels, random) for _ in range(VIEWS))
    return sum(
        any(code.text == text for code in zxingcpp.read_barcodes(seen))
        for seen in views
    )


def view(modules: Matrix, pixels: float, random: np.random.Generator) -> np.ndarray:
    """Return a code as a camera sees it, `pixels` for each of its squares."""
    code = np.pad(~np.array(modules), QUIET_ZONE_MODULES, constant_values=True)
    sharp = np.kron(code, np.ones((SCALE, SCALE))).astype(np.float32) * 255
    side, seen = len(sharp), len(code) * pixels
    canvas = int(seen * 2)
    turn, tilt = random.uniform(0, 2 * np.pi), np.radians(random.uniform(0, 30))
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * seen / 2
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    x, y = (corners @ spin.T).T
    # A tilt about the vertical axis, seen from ten times the code's size.
    depth = 1 + x * np.sin(tilt) / (10 * seen)
    placed = np.stack([x * np.cos(tilt) / depth, y / depth], 1) + canvas / 2
    placed += random.uniform(-0.5, 0.5, 2)
    source = np.array([[0, 0], [side, 0], [side, side], [0, side]], np.float32)
    # Oversampled four times, then averaged, as a sensor's pixels do.
    warp = cv2.getPerspectiveTransform(source, (placed * 4).astype(np.float32))
    wide = cv2.warpPerspective(
        cv2.GaussianBlur(sharp, (0, 0), SCALE / pixels / 4),
        warp,
        (canvas * 4, canvas * 4),
        borderValue=(255,),
    )
    small = cv2.resize(wide, (canvas, canvas), interpolation=cv2.INTER_AREA)
    blurred = cv2.GaussianBlur(small, (0, 0), 1.0)
    noisy = blurred * 0.7 + 40 + random.normal(0, 6, blurred.shape)
    return np.clip(noisy, 0, 255).astype(np.uint8)


if __name__ == "__main__":
    main()
