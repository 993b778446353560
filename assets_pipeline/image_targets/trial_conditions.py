"""Conditions of the trials of a print: the usual ones of a visit, seeded.

How large a print looks says more than how far it hangs: conditions give the part of the
frame that it fills, and its printed width turns that into metres.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.image_targets.simulated_views import FRAME_PX, View

if TYPE_CHECKING:
    from collections.abc import Iterator

Range = tuple[float, float]
_NONE: Final = (0.0, 0.0)
USUAL_FIELD_OF_VIEW_DEG: Final = 62.0


@dataclass(frozen=True, slots=True)
class Condition:
    """Ranges of the views of one condition, drawn from evenly."""

    name: str
    fills: Range = (0.4, 0.6)
    """Part of the frame that the print fills, frontal, along the edge it fills most."""
    tilt_deg: Range = (0.0, 25.0)
    light: Range = (0.6, 1.0)
    shadow: Range = _NONE
    glare: Range = _NONE
    hidden: Range = _NONE
    defocus_px: Range = (0.4, 0.9)
    motion_px: Range = _NONE
    noise: Range = (2.0, 4.0)
    words: dict[str, str] = field(default_factory=dict, compare=False)
    """What a curator reads, by language."""


CONDITIONS: Final = (
    Condition(
        "near",
        fills=(0.75, 0.95),
        words={"fr": "de tout près", "en": "very near"},
    ),
    Condition(
        "usual", words={"fr": "à distance ordinaire", "en": "at a usual distance"}
    ),
    Condition(
        "far", fills=(0.16, 0.22), words={"fr": "de loin", "en": "from far away"}
    ),
    Condition(
        "aslant", tilt_deg=(32, 46), words={"fr": "de biais", "en": "from the side"}
    ),
    Condition(
        "steep",
        tilt_deg=(52, 60),
        words={"fr": "de très biais", "en": "from far to the side"},
    ),
    Condition(
        "dark",
        light=(0.16, 0.25),
        noise=(4, 6),
        words={"fr": "dans la pénombre", "en": "in half-light"},
    ),
    Condition(
        "shadow",
        shadow=(0.6, 0.75),
        words={"fr": "à moitié dans l’ombre", "en": "half in shadow"},
    ),
    Condition(
        "glare",
        glare=(0.2, 0.3),
        words={"fr": "avec un reflet", "en": "with a reflection"},
    ),
    Condition(
        "hidden",
        hidden=(0.25, 0.4),
        words={"fr": "en partie cachée par quelqu’un", "en": "partly behind somebody"},
    ),
    Condition(
        "blurred",
        defocus_px=(2.0, 3.2),
        words={"fr": "quand la mise au point est mauvaise", "en": "out of focus"},
    ),
    Condition(
        "shaken",
        motion_px=(6, 10),
        words={"fr": "quand la main tremble", "en": "in a shaking hand"},
    ),
)
"""All weigh the same in the score."""
BY_NAME: Final = {condition.name: condition for condition in CONDITIONS}
DISTANCES: Final = tuple(
    Condition(f"distance {fills}", fills=(fills, fills))
    for fills in (0.3, 0.22, 0.16, 0.12, 0.09, 0.065, 0.05)
)
"""Ever farther, with nothing else in the way."""
ANGLES: Final = tuple(
    Condition(f"angle {tilt}", tilt_deg=(tilt, tilt))
    for tilt in (40.0, 50.0, 58.0, 65.0, 70.0, 75.0)
)
"""Ever more from the side, at a usual distance."""


def views_of(
    condition: Condition,
    count: int,
    size_px: tuple[int, int],
    width_m: float,
    seed: int,
) -> Iterator[View]:
    """Yield views of a condition; the same every time.

    Parameters
    ----------
    size_px
        The print's shape, in any unit.
    width_m
        Of the print.
    """
    name = int.from_bytes(condition.name.encode()[-8:], "big")
    random = np.random.default_rng([seed, name])

    def drawn(limits: Range) -> float:
        return float(random.uniform(*limits))

    for _ in range(count):
        field_of_view_deg = drawn((55.0, 70.0))
        fills = drawn(condition.fills)
        room = 0.35 * max(0.0, 1 - fills)
        yield View(
            distance_m=distance_m(fills, size_px, width_m, field_of_view_deg),
            tilt_deg=drawn(condition.tilt_deg),
            side_deg=drawn((0, 360)),
            roll_deg=float(random.normal(0, 15)),
            field_of_view_deg=field_of_view_deg,
            aside=(
                drawn((-room, room)) * FRAME_PX[0],
                drawn((-room, room)) * FRAME_PX[1],
            ),
            light=drawn(condition.light),
            shadow=drawn(condition.shadow),
            glare=drawn(condition.glare),
            hidden=drawn(condition.hidden),
            defocus_px=drawn(condition.defocus_px),
            motion_px=drawn(condition.motion_px),
            motion_deg=drawn((0, 180)),
            noise=drawn(condition.noise),
            seed=int(random.integers(1 << 31)),
        )


def distance_m(
    fills: float,
    size_px: tuple[int, int],
    width_m: float,
    field_of_view_deg: float = USUAL_FIELD_OF_VIEW_DEG,
) -> float:
    """Return the distance from which a print fills this part of the frame."""
    focal_px = FRAME_PX[0] / 2 / np.tan(np.radians(field_of_view_deg / 2))
    height_m = width_m * size_px[1] / size_px[0]
    across, down = width_m / FRAME_PX[0], height_m / FRAME_PX[1]
    return float(focal_px * max(across, down) / fills)
