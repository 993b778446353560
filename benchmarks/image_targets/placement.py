"""How far from where it should be a label places what stands far behind it.

    python -m benchmarks.image_targets.placement

A label of 10 cm is seen from one metre, 640 px for 60 degrees, corners within 0.25 px, a
phone's gravity within half a degree, the label mounted within one degree of what is said.
The error is the distance between where the object is drawn and where it is, both in the
camera; the lean is how far the top of a tower of 21 m stands from above its foot.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from assets_pipeline.image_targets.placing import Mounting, Placer, Placing
from assets_pipeline.image_targets.tracker import Tracker
from benchmarks.image_targets.held_phone import (
    Errors,
    FloatArray,
    HeldView,
    Visitor,
    matrix,
    still,
    sweep,
    turn_deg,
)

AHEAD_M = (10.0, 20.0)
TARGET_M = (0.25, 0.5)
TOWER_M = 21.0
SEED = 4
Walk = Callable[[np.random.Generator], FloatArray]


@dataclass(frozen=True)
class Miss:
    """By how much one placing errs, and by how much it says it may.

    Parameters
    ----------
    object_m
        At each distance of AHEAD_M.
    said_m
        One standard deviation of the farthest one, as told.
    lean_m
        Of the top of a tower, against its foot.
    """

    heading_deg: float
    heading_sd_deg: float
    object_m: tuple[float, ...]
    said_m: float
    lean_m: float
    range_ratio: float


def main() -> None:
    """Print a row for each way to look at a label."""
    print(
        "one row a way to look; metres, median and 95th percentile\n\n"
        f"{'':42}{'10 m behind':>14}{'20 m behind':>14}{'heading, deg':>16}"
        f"{'lean of 21 m':>16}{'error/said':>12}"
    )
    for slope_deg in (0.0, 30.0):
        mounting = Mounting(0.1, 0.1, 1.4, slope_deg)
        above = 5.0 + slope_deg / 2
        for name, walk, trials in (
            ("one frontal view", _about(0, above), 300),
            ("one view from 35 degrees aside", _about(35, above), 300),
            ("a sweep of 3 s", _swept(slope_deg / 2), 60),
        ):
            _report(f"slope {slope_deg:.0f}, {name}", mounting, walk, trials)
    wall = Mounting(0.1, 0.1, 1.4, 0.0)
    lasting = Errors(lasting_frames=5.0)
    _report("slope 0, sweep, errors last", wall, _swept(0), 60, lasting)
    print(f"\ntargets: median {TARGET_M[0]} m at 10 m, {TARGET_M[1]} m at 20 m")


def _report(
    name: str,
    mounting: Mounting,
    walk: Walk,
    trials: int,
    errors: Errors | None = None,
) -> None:
    random = np.random.default_rng(SEED)
    visitor = Visitor(mounting, errors=errors or Errors())
    tracker = Tracker()
    misses = [
        placed(tracker, mounting, list(visitor.views(random, walk(random))))
        for _ in range(trials)
    ]
    far = np.array([miss.object_m[-1] for miss in misses])
    said = np.array([miss.said_m for miss in misses])
    print(
        f"{name:42}"
        + _spread([miss.object_m[0] for miss in misses])
        + _spread(far)
        + _spread([abs(miss.heading_deg) for miss in misses], 16)
        + _spread([miss.lean_m for miss in misses], 16)
        + f"{np.sqrt(np.mean((far / said) ** 2)):12.2f}"
    )


def placed(tracker: Tracker, mounting: Mounting, views: list[HeldView]) -> Miss:
    """Return how a placing after these views errs, in the last of them."""
    placer = Placer(tracker, mounting)
    placer.show(right_m=0, up_m=0, ahead_m=AHEAD_M[-1])
    told = [placer.see(view.told) for view in views]
    return miss(told[-1], mounting, views[-1])


def miss(told: Placing, mounting: Mounting, view: HeldView) -> Miss:
    """Return by how much a placing errs from a view's truth."""
    foot = view.place - mounting.above_ground_m * view.scene[:, 1]
    scene = matrix(told.orientation)
    erring = turn_deg(view.scene.T @ scene)
    objects = tuple(
        float(np.linalg.norm(told.position - foot - ahead * (scene - view.scene)[:, 2]))
        for ahead in AHEAD_M
    )
    lean = TOWER_M * float(np.linalg.norm((scene - view.scene)[:, 1]))
    true_range = float(np.linalg.norm(view.place))
    return Miss(
        float(erring[1]),
        told.heading_sd_deg,
        objects,
        told.object_sd_m,
        lean,
        told.range_m / true_range - 1,
    )


def _about(aside_deg: float, above_deg: float) -> Walk:
    def eyes(random: np.random.Generator) -> FloatArray:
        aside = random.choice([-1, 1]) * aside_deg + random.uniform(-2, 2)
        return still(aside, above_deg, 1.0)

    return eyes


def _swept(above_deg: float) -> Walk:
    tilted = np.radians(above_deg)
    cos, sin = np.cos(tilted), np.sin(tilted)
    lift = np.array([[1, 0, 0], [0, cos, sin], [0, -sin, cos]])
    return lambda random: sweep(random) @ lift.T


def _spread(values: FloatArray | list[float], width: int = 14) -> str:
    return f"{np.median(values):{width - 6}.2f}{np.percentile(values, 95):6.2f}"


if __name__ == "__main__":
    main()
