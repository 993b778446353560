"""Timber and what miners leave by it: frames, wedges, lagging, tools."""

from __future__ import annotations

import itertools

import numpy as np
from kit.solids import Array, Part

from galerie import figures as f
from galerie.finishes import BOARD, LOG, RAIL


def frames() -> Part:
    """Return the timber frames: two leaning props and a cap each, and their wedges."""
    part = Part("frames")
    for z in f.FRAMES_Z:
        _frame(part, (0.0, z), along_x=True, half=1.17, cap_y=f.CAP_Y)
    for x in f.SIDE_FRAMES_X:
        _frame(part, (x, f.SIDE_AXIS_Z), along_x=False, half=0.93, cap_y=f.CAP_Y - 0.22)
    return part


def _frame(
    part: Part, at: tuple[float, float], *, along_x: bool, half: float, cap_y: float
) -> None:
    random = part.random
    lean, radius = 0.17, float(random.uniform(0.095, 0.115))

    def point(across: float, y: float, out: float = 0.0) -> tuple[float, float, float]:
        if along_x:
            return at[0] + across, y, at[1] + out
        return at[0] + out, y, at[1] + across

    for side in (-1, 1):
        shift = float(random.uniform(-0.04, 0.04))
        foot = point(side * half, -0.08, shift)
        head = point(side * (half - lean), cap_y - 0.10)
        _log(part, foot, head, radius)
        part.block(
            BOARD,
            point(side * (half + 0.13), cap_y - 0.16, 0.0),
            (0.09, 0.30, 0.16) if along_x else (0.16, 0.30, 0.09),
            soft=0.008,
        )
    droop = float(random.uniform(-0.02, 0.02))
    _log(
        part,
        point(-half - 0.10, cap_y + droop),
        point(half + 0.10, cap_y - droop),
        radius * 1.06,
    )
    for k in range(3):  # wedges between the cap and the roof
        across = (k - 1) * half * 0.62 + float(random.uniform(-0.1, 0.1))
        tall = float(random.uniform(0.10, 0.16))
        low = point(across, cap_y + radius * 0.9)
        high = point(across + 0.03, cap_y + radius * 0.9 + tall)
        size = (0.22, 0.10) if along_x else (0.10, 0.22)
        part.frustum(
            BOARD,
            (
                low[0] - size[0] / 2,
                low[0] + size[0] / 2,
                low[2] - size[1] / 2,
                low[2] + size[1] / 2,
                low[1],
            ),
            (
                high[0] - size[0] / 3,
                high[0] + size[0] / 4,
                high[2] - size[1] / 2,
                high[2] + size[1] / 2,
                high[1],
            ),
            soft=0.006,
        )


def _log(part: Part, start: Array, end: Array, radius: float) -> None:
    """Add a debarked log: not quite round, not quite straight, tapering."""
    a, b = np.asarray(start, float), np.asarray(end, float)
    along = (b - a) / np.linalg.norm(b - a)
    length = float(np.linalg.norm(b - a))
    helper = np.array([0.0, 0, 1]) if abs(along[2]) < 0.9 else np.array([1.0, 0, 0])
    across = np.cross(along, helper)
    across /= np.linalg.norm(across)
    other = np.cross(across, along)
    angle = np.linspace(0, 2 * np.pi, 29)
    t = np.linspace(0, 1, 26)[:, None]
    phase = part.random.uniform(0, 2 * np.pi, 5)
    r = (
        radius
        * (1.06 - 0.12 * t)
        * (
            1
            + 0.035 * np.sin(2 * angle + phase[0] + 1.5 * t)
            + 0.022 * np.sin(3 * angle + phase[1] - 2 * t)
            + 0.020 * np.sin(9 * t * np.pi + phase[2])
        )
    )
    bow = 0.02 * np.sin(np.pi * t + phase[3] * 0.1) * np.cos(phase[4])
    around = (
        np.cos(angle)[None, :, None] * across + np.sin(angle)[None, :, None] * other
    )
    points = a + along * (length * t)[..., None] + across * bow[..., None]
    points = points + around * r[..., None]
    normals = np.broadcast_to(around, points.shape)
    part.shift = part.random.uniform(0, 1, 2)
    uv_m = np.zeros((*points.shape[:2], 2))
    uv_m[..., 0], uv_m[..., 1] = angle * radius, -length * t
    part.chart(LOG, points, normals, uv_m)
    for i, sign in ((0, -1.0), (-1, 1.0)):
        ring = points[i]
        middle = np.broadcast_to(ring.mean(0), ring.shape)
        cap = np.stack([ring, middle])
        part.chart(
            BOARD, cap, np.broadcast_to(sign * along, cap.shape), cap[..., [0, 1]]
        )


def lagging() -> Part:
    """Return the boards behind the frames that keep loose rock off, some missing."""
    part = Part("lagging")
    bays = [p for p in itertools.pairwise(f.FRAMES_Z) if p[1] - p[0] < 2]
    for z0, z1 in bays:
        for side in (-1, 1):
            for k in range(9):
                if part.random.uniform() < (
                    0.62 if side < 0 and 0.25 < k / 9 < 0.8 else 0.30
                ):
                    continue
                y = 0.22 + 0.235 * k
                x = side * (1.30 - 0.085 * y + float(part.random.uniform(-0.01, 0.02)))
                _board(part, (x, y, z0), (x, y, z1), (0.0, 1.0, 0.0))
        for k in range(8):
            if part.random.uniform() < 0.22:
                continue
            x = -0.98 + 0.28 * k
            y = f.CAP_Y + 0.14 + float(part.random.uniform(-0.01, 0.02))
            _board(part, (x, y, z0), (x, y, z1), (1.0, 0.0, 0.0))
    for x0, x1 in itertools.pairwise(f.SIDE_FRAMES_X):
        for k in range(7):
            if part.random.uniform() < 0.25:
                continue
            z = f.SIDE_AXIS_Z - 0.8 + 0.27 * k
            y = f.CAP_Y - 0.08 + float(part.random.uniform(-0.01, 0.02))
            _board(part, (x0, y, z), (x1, y, z), (0.0, 0.0, 1.0))
    return part


def _board(
    part: Part,
    start: tuple[float, float, float],
    end: tuple[float, float, float],
    wide: tuple[float, float, float],
) -> None:
    a, b = np.asarray(start), np.asarray(end)
    reach = (b - a) / np.linalg.norm(b - a)
    skew = part.random.uniform(-0.035, 0.035, 2)
    w = np.asarray(wide)
    a = a - reach * part.random.uniform(0.05, 0.16) + w * skew[0]
    b = b + reach * part.random.uniform(0.05, 0.16) + w * skew[1]
    width = float(part.random.uniform(0.15, 0.215))
    part.beam(BOARD, a, b, (0.028, width), side=tuple(w), soft=0.004)


def tools() -> Part:
    """Return pick, shovel and a spare prop, leaning on the coal wall to the left."""
    part = Part("tools")
    # The pick: helve and a curved head.
    a, b = np.array([-0.86, 0.03, -0.30]), np.array([-1.12, 0.93, -0.36])
    _log(part, a, b, 0.017)
    head = b + (b - a) / np.linalg.norm(b - a) * 0.02
    t = np.linspace(-1, 1, 13)
    path = [head + [0.02, -0.085 * k * k, 0.30 * k] for k in t]
    part.pipe(RAIL, path, 0.013, 8)
    part.beam(
        RAIL,
        head + [0.02, 0, -0.04],
        head + [0.02, 0, 0.04],
        (0.045, 0.04),
        side=(0.0, 1.0, 0.0),
        soft=0.006,
    )
    # The shovel: a heart-shaped blade on a long helve.
    a, b = np.array([-0.90, 0.38, 0.05]), np.array([-1.14, 1.42, 0.02])
    _log(part, a, b, 0.017)
    v = np.linspace(0, 1, 9)[:, None]
    u = np.linspace(-1, 1, 9)[None, :]
    wide = 0.135 * np.sqrt(np.clip(1 - (1.08 * v - 0.15) ** 2, 0, 1))
    blade = np.zeros((9, 9, 3))
    down = (a - b) / np.linalg.norm(a - b)
    blade += a + down * (0.36 * v)[..., None]
    blade[..., 2] += wide * u
    blade[..., 0] += 0.03 * (1 - u * u) * (1 - v) + 0.01
    blade[..., 0] += 0.0
    for sign in (-1, 1):
        normals = np.broadcast_to([sign * 0.97, 0.24 * sign, 0.0], blade.shape)
        part.chart(RAIL, blade + [sign * 0.0015, 0, 0], normals, blade[..., [2, 1]])
    # Two spare props on the ground along the wall.
    for k, x in enumerate((-1.02, -0.83)):
        _log(
            part,
            np.array([x, 0.12, 0.62 + 0.1 * k]),
            np.array([x + 0.05, 0.11, 1.72 + 0.05 * k]),
            0.085,
        )
    return part
