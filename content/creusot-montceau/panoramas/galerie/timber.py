"""What people brought in: timber, rails, tub, lamps, pipes, tools."""

from __future__ import annotations

import itertools

import numpy as np
from kit.canvas import Finish
from kit.solids import Array, Part

from galerie import figures as f

LOG = Finish("log", 2.0)
BOARD = Finish("board", 2.0)
IRON = Finish("iron", 1.5)
RAIL = Finish("rail", 1.7)
ZINC = Finish("zinc", 1.5)
COAL = Finish("coal lumps", 0.4)
BRASS = Finish("brass", 1.0)
GLASS = Finish("lit glass", 1.0)


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


def track() -> Part:
    """Return rails, sleepers, and the cast turn-plate where the tracks meet."""
    part = Part("track")
    gauge = f.GAUGE / 2
    for low, high in ((f.MAIN[0], -0.82), (0.82, f.MAIN[1])):
        for side in (-1, 1):
            _rail(part, (side * gauge, low), (side * gauge, high))
        for z in np.arange(low + 0.2, high, 0.68):
            _sleeper(part, 0.0, float(z), across_x=True)
    for side in (-1, 1):
        _rail(
            part,
            (0.82, f.SIDE_AXIS_Z * 0 + side * gauge),
            (1.6, f.SIDE_AXIS_Z + side * gauge),
        )
        _rail(
            part,
            (1.6, f.SIDE_AXIS_Z + side * gauge),
            (5.7, f.SIDE_AXIS_Z + side * gauge),
        )
    for x in np.arange(1.0, 5.7, 0.68):
        _sleeper(part, float(x), f.SIDE_AXIS_Z * min(1.0, x - 0.8), across_x=False)
    part.turned(
        IRON,
        (0, 0.03, 0),
        [
            (0.80, 0),
            (0.80, 0.055),
            (0.785, 0.062),
            (0.70, 0.062),
            (0.695, 0.055),
            (0.12, 0.055),
            (0.11, 0.066),
            (0.0, 0.068),
        ],
        sides=72,
    )
    for quarter in range(4):
        c, s = np.cos(quarter * np.pi / 2), np.sin(quarter * np.pi / 2)
        for side in (-1, 1):
            middle = np.array(
                [0.42 * c - side * gauge * s, 0.095, 0.42 * s + side * gauge * c]
            )
            half = np.array([0.22 * c, 0, 0.22 * s])
            part.beam(
                RAIL,
                middle - half,
                middle + half,
                (0.02, 0.035),
                side=(0.0, 1.0, 0.0),
                soft=0.004,
            )
    for k in range(40):  # raised studs
        angle, r = k * 2.399963, 0.12 + 0.50 * np.sqrt((k + 0.5) / 40)
        part.turned(
            IRON,
            (r * np.cos(angle), 0.084, r * np.sin(angle)),
            [(0.018, 0), (0.014, 0.006), (0.0, 0.007)],
            sides=8,
        )
    return part


def _rail(part: Part, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Lay a flat-bottomed rail between two points (x, z)."""
    (x0, z0), (x1, z1) = start, end
    for y, wide, deep in (
        (0.060, 0.062, 0.010),
        (0.090, 0.012, 0.052),
        (0.121, 0.034, 0.022),
    ):
        part.beam(
            RAIL,
            (x0, y, z0),
            (x1, y, z1),
            (wide, deep),
            side=(0.0, 1.0, 0.0),
            soft=0.004,
        )


def _sleeper(part: Part, x: float, z: float, *, across_x: bool) -> None:
    turn = part.random.uniform(-0.03, 0.03, 2)
    half = 0.52 + part.random.uniform(-0.04, 0.05)
    a, b = (
        ((x - half, z + turn[0]), (x + half, z + turn[1]))
        if across_x
        else ((x + turn[0], z - half), (x + turn[1], z + half))
    )
    part.beam(
        BOARD,
        (a[0], 0.0, a[1]),
        (b[0], 0.0, b[1]),
        (0.15, 0.11),
        side=(0.0, 1.0, 0.0),
        soft=0.012,
    )


def tub() -> Part:
    """Return the tub in the side heading: riveted iron, heaped with coal."""
    part = Part("tub")
    x, z = f.TUB_X, f.SIDE_AXIS_Z
    low, high = 0.42, 1.06
    part.frustum(
        IRON,
        (x - 0.52, x + 0.52, z - 0.27, z + 0.27, low),
        (x - 0.66, x + 0.66, z - 0.44, z + 0.44, high),
        soft=0.012,
    )
    for level, t in ((high, 0.035), (high - 0.26, 0.016), (low + 0.02, 0.02)):
        s = (level - low) / (high - low)
        wide, deep = 1.04 + 0.28 * s, 0.54 + 0.34 * s
        part.block(IRON, (x, level, z), (wide + 2 * t, 0.045, deep + 2 * t), soft=0.008)
    for end in (-1, 1):
        for across in (-0.2, 0.2):
            part.beam(
                IRON,
                (x + end * 0.535, low, z + across),
                (x + end * 0.67, high, z + across * 1.5),
                (0.05, 0.016),
                side=(float(end), 0.0, 0.0),
                soft=0.004,
            )
        part.beam(
            BOARD,
            (x + end * 0.60, 0.33, z - 0.2),
            (x + end * 0.60, 0.33, z + 0.2),
            (0.10, 0.14),
            side=(0.0, 1.0, 0.0),
            soft=0.012,
        )
        part.pipe(
            RAIL,
            [
                (x + end * 0.66, 0.33, z),
                (x + end * 0.74, 0.33, z),
                (x + end * 0.78, 0.27, z),
            ],
            0.014,
            8,
        )
    for across in (-0.15, 0.15):
        part.beam(
            BOARD,
            (x - 0.62, 0.35, z + across),
            (x + 0.62, 0.35, z + across),
            (0.10, 0.12),
            side=(0.0, 1.0, 0.0),
            soft=0.01,
        )
    for along, side in itertools.product((-0.30, 0.30), (-1, 1)):
        _wheel(part, (x + along, 0.27, z + side * f.GAUGE / 2), side)
    for along in (-0.30, 0.30):
        part.pipe(
            RAIL, [(x + along, 0.27, z - 0.34), (x + along, 0.27, z + 0.34)], 0.025, 10
        )
    return part


def _wheel(part: Part, middle: tuple[float, float, float], side: int) -> None:
    x, y, z = middle
    part.turned(
        RAIL,
        (x, y, z - side * 0.045),
        [
            (0.0, 0),
            (0.165, 0),
            (0.168, 0.012),
            (0.145, 0.022),
            (0.140, 0.075),
            (0.115, 0.078),
            (0.11, 0.045),
            (0.05, 0.045),
            (0.05, 0.085),
            (0.0, 0.09),
        ],
        sides=36,
        axis=(0.0, 0.0, float(side)),
    )


def lumps() -> Part:
    """Return the coal in the tub, and what lies about the floor and the face."""
    part = Part("lumps")
    random = part.random
    for k in range(420):
        u, v = random.uniform(-1, 1, 2)
        heap = 1.00 + 0.26 * (1 - u * u) * (1 - v * v) + random.uniform(-0.05, 0.03)
        _lump(
            part,
            (f.TUB_X + u * 0.60, heap, f.SIDE_AXIS_Z + v * 0.38),
            random.uniform(0.03, 0.085) if k % 9 else 0.11,
        )
    for _ in range(520):
        x = random.uniform(4.2, 6.3)
        z = f.SIDE_AXIS_Z + random.normal(0, 0.55)
        y = 0.02 + 0.5 * np.clip((x - 4.9) / 1.4, 0, 1) ** 1.5 * random.uniform(0, 1)
        _lump(part, (x, y, z), random.uniform(0.025, 0.11))
    for _ in range(900):
        z = random.uniform(-8, 7)
        x = random.choice([-1, 1]) * abs(random.normal(1.05, 0.16))
        if abs(z - f.SIDE_AXIS_Z) < 1.0 and x > 0:
            x = random.uniform(0.9, 2.4)
        _lump(part, (x, 0.03, z), random.uniform(0.012, 0.055))
    return part


_GOLD = (1 + 5**0.5) / 2
_ICOSAHEDRON = np.array(
    [[s * a, t * b, 0] for s in (-1, 1) for t in (-1, 1) for a, b in ((1, _GOLD),)]
    + [[0, s, t * _GOLD] for s in (-1, 1) for t in (-1, 1)]
    + [[s * _GOLD, 0, t] for s in (-1, 1) for t in (-1, 1)]
) / np.hypot(1, _GOLD)


def _sides() -> Array:
    """Return the 20 triangles of the icosahedron: its triples of neighbours."""
    away = np.linalg.norm(_ICOSAHEDRON[:, None] - _ICOSAHEDRON[None], axis=-1)
    near = (away > 0.1) & (away < 1.1)
    return np.array(
        [
            t
            for t in itertools.combinations(range(12), 3)
            if all(near[i, j] for i, j in itertools.combinations(t, 2))
        ]
    )


_TRIANGLES = _sides()


def _lump(part: Part, at: tuple[float, float, float], size: float) -> None:
    """Drop a sharp-edged lump of coal."""
    corners = _ICOSAHEDRON * part.random.uniform(0.62, 1.15, (12, 1))
    corners = corners * part.random.uniform(0.6, 1.1, 3) * size
    turn, _ = np.linalg.qr(part.random.normal(size=(3, 3)))
    faces = (corners @ turn.T + at)[_TRIANGLES]
    normals = np.cross(faces[:, 1] - faces[:, 0], faces[:, 2] - faces[:, 0])
    out = faces.mean(1) - np.asarray(at)
    normals *= np.sign((normals * out).sum(1))[:, None]
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)
    flat = faces.reshape(-1, 3)
    part.surface(COAL).add(
        flat,
        np.repeat(normals, 3, 0),
        flat[:, [0, 2]] / 0.4,
        np.arange(60).reshape(-1, 3),
    )


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
