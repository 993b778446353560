"""The hammer's two materials, drawn: painted iron that repeats, and a sheet of trims.

A height field gives each normal map, noise that repeats gives wear and rust. All
arrays are square; row 0 is the top; colours are sRGB from 0 to 1.
"""

from __future__ import annotations

import numpy as np
from kit import masonry, metal_and_wood
from kit.maps import Array, Maps, blended, cloud, smooth

EDGE_PX = 1024


def painted_iron(size: int = EDGE_PX, tile_m: float = 2.0) -> Maps:
    """Return riveted plate under dark paint: seams, chips, rust that runs down."""
    pixel = tile_m / size
    y = (np.arange(size) + 0.5)[:, None] * pixel
    x = (np.arange(size) + 0.5)[None, :] * pixel
    height = 0.0006 * cloud(11, size, 1.6) + 0.00012 * cloud(12, size, 0.6)
    shade = np.ones((size, size))
    heads = np.zeros((size, size))
    for seam in (0.5, 1.5):  # a lap every metre, with a row of rivets on each side
        offset = y - seam
        lap = smooth(offset, -0.004, 0.004) * smooth(-offset, -0.16, -0.152)
        height = height + 0.006 * lap
        shade = shade - 0.45 * np.exp(-(((offset + 0.006) / 0.010) ** 2))
        for row in (0.04, 0.118):
            pitch = tile_m / 20
            dx = (x + pitch / 2 * (row > 0.1)) % pitch - pitch / 2
            away = np.hypot(dx, offset - row)
            dome = np.sqrt(np.clip(1 - (away / 0.021) ** 2, 0, 1))
            height = height + 0.011 * dome
            heads = np.maximum(heads, dome)
            shade = shade - 0.4 * np.exp(-(((away - 0.024) / 0.007) ** 2))
    shade = np.clip(shade, 0, 1)

    rust_noise = cloud(21, size, 1.35) + 0.35 * cloud(22, size, 0.4)
    worn = rust_noise + 1.1 * (1 - shade) + 0.5 * smooth(heads, 0.2, 0.9)
    rust = smooth(worn, 1.35, 2.3)
    streaks = (
        smooth(cloud(23, size, 1.15, stretch=9.0) + 0.6 * (1 - shade), 1.1, 2.4) * 0.55
    )
    chips = smooth(cloud(24, size, 0.9) + 0.8 * heads, 2.4, 2.7) * (1 - rust)

    tone = 0.5 + 0.5 * np.tanh(0.7 * cloud(25, size, 1.8))
    color = blended(
        np.broadcast_to([0.415, 0.405, 0.396], (size, size, 3)),
        (0.495, 0.479, 0.462),
        tone,
    )
    grain = 0.012 * cloud(26, size, 0.35)
    color = color + grain[..., None]
    color = blended(color, (0.430, 0.300, 0.215), streaks)
    color = blended(color, (0.395, 0.285, 0.215), 0.72 * rust)
    color = blended(color, (0.50, 0.47, 0.44), 0.7 * chips)
    color = color * (0.55 + 0.45 * shade)[..., None]
    rough = (
        0.50
        + 0.10 * (1 - tone)
        + 0.28 * rust
        + 0.18 * streaks
        + 0.02 * cloud(27, size, 0.5)
    )
    height = height - 0.0008 * chips + 0.0005 * rust * cloud(28, size, 0.5)
    return Maps(color, height, shade, rough, 0.85 * chips)


def trims(size: int = EDGE_PX) -> Maps:
    """Return four finishes on one sheet: steel, wood, stone, cast iron.

    Left to right, top to bottom, each half as wide as the sheet; see ``finishes``.
    """
    half = size // 2
    quarters = (
        metal_and_wood.steel(half),
        metal_and_wood.wood(half),
        masonry.stone(half),
        metal_and_wood.cast(half),
    )

    def sheet(name: str) -> Array:
        a, b, c, d = (getattr(q, name) for q in quarters)
        return np.concatenate([np.concatenate([a, b], 1), np.concatenate([c, d], 1)], 0)

    return Maps(*(sheet(name) for name in Maps.__dataclass_fields__))
