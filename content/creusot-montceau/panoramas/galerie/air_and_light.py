"""What keeps miners alive: air duct, compressed air, safety lamps."""

from __future__ import annotations

import numpy as np
from kit.solids import Part

from galerie import figures as f
from galerie.finishes import BRASS, GLASS, IRON, RAIL, ZINC


def pipes() -> Part:
    """Return the air duct under the roof and the pipe for compressed air, low down."""
    part = Part("pipes")
    x, y, r = -0.74, 1.97, 0.125
    for z0 in np.arange(f.MAIN[0], f.MAIN[1] - 1, 1.9):
        droop = float(part.random.uniform(-0.012, 0.012))
        part.pipe(ZINC, [(x, y + droop, z0), (x, y + droop, z0 + 1.86)], r, 36)
        for at in (z0 + 0.0, z0 + 1.78):
            part.turned(
                ZINC,
                (x, y + droop, at),
                [(r, 0), (r + 0.018, 0.005), (r + 0.018, 0.05), (r, 0.055)],
                sides=36,
                axis=(0.0, 0.0, 1.0),
            )
    for z in f.FRAMES_Z:
        angle = np.linspace(-np.pi * 0.05, np.pi * 1.05, 13)
        hoop = [
            (x - (r + 0.012) * np.cos(a), y - (r + 0.012) * np.sin(a), z + 0.02)
            for a in angle
        ]
        part.pipe(
            RAIL,
            [
                (x - 0.09, f.CAP_Y - 0.05, z + 0.02),
                *hoop,
                (x + 0.09, f.CAP_Y - 0.05, z + 0.02),
            ],
            0.004,
            6,
        )
    x, y = -1.06, 0.42
    part.pipe(IRON, [(x, y, f.MAIN[0]), (x, y, f.MAIN[1])], 0.038, 16)
    for z in np.arange(-13.0, 11, 3.0):
        part.turned(
            IRON,
            (x, y, z),
            [(0.038, 0), (0.075, 0), (0.075, 0.03), (0.038, 0.03)],
            sides=18,
            axis=(0.0, 0.0, 1.0),
        )
    part.pipe(ZINC, [(-0.98, 2.02, f.MAIN[0]), (-0.98, 2.0, f.MAIN[1])], 0.012, 8)
    return part


def lamps() -> Part:
    """Return the miners' safety lamps: brass foot, lit glass, bars, bonnet, hook."""
    part = Part("lamps")
    for (x, y, z), _ in f.LAMPS:
        base = np.array([x, y - 0.085, z])
        part.turned(
            BRASS,
            base,
            [
                (0.0, 0),
                (0.044, 0.0),
                (0.046, 0.006),
                (0.046, 0.052),
                (0.040, 0.060),
                (0.036, 0.062),
            ],
            sides=28,
        )
        part.turned(
            GLASS,
            base,
            [(0.016, 0.062), (0.019, 0.075), (0.014, 0.105), (0.0, 0.122)],
            sides=20,
        )
        part.turned(
            BRASS,
            base,
            [
                (0.040, 0.128),
                (0.044, 0.130),
                (0.044, 0.142),
                (0.034, 0.146),
                (0.032, 0.215),
                (0.036, 0.218),
                (0.036, 0.226),
                (0.018, 0.236),
                (0.0, 0.238),
            ],
            sides=28,
        )
        for k in range(5):
            a = k * 2 * np.pi / 5 + 0.4
            post = base + [0.041 * np.cos(a), 0, 0.041 * np.sin(a)]
            part.pipe(BRASS, [post + [0, 0.055, 0], post + [0, 0.135, 0]], 0.0028, 6)
        hook = [
            base + [0, 0.236, 0],
            base + [0, 0.28, 0],
            base + [0.018, 0.30, 0],
            base + [0.0, 0.322, 0],
            base + [-0.016, 0.305, 0],
        ]
        part.pipe(BRASS, hook, 0.003, 6)
    return part
