"""Measure the placement error of objects far behind a label.

    python -m benchmarks.image_targets.placement

A label of 10 cm is seen from one metre, 640 px for 60 degrees, corners within 0.25 px, a
phone's gravity within half a degree, the label mounted within one degree of what is said.
The error is the distance between where the object is drawn and where it is, both in the
camera; the lean is how far the top of a tower of 21 m stands from above its foot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from assets_pipeline.image_targets.placement import (
    Mounting,
    PlacementEstimate,
    PlacementEstimator,
)
from assets_pipeline.image_targets.tracker import Tracker
from benchmarks.image_targets.handheld_views import (
    Errors,
    FloatArray,
    HeldView,
    Visitor,
    matrix,
    rotation_about,
    still,
    sweep,
    turn_deg,
)
from benchmarks.image_targets.rendered_label import RenderedLabel, rendered_label

AHEAD_M = (10.0, 20.0)
TARGET_M = (0.25, 0.5)
TOWER_M = 21.0
SEED = 4
SINGLE_RENDERED = 30
Walk = Callable[[np.random.Generator], FloatArray]
Faults = Mapping[str, float]


@dataclass(frozen=True)
class PlacementError:
    """Error of one placement, and the standard deviation it reports.

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
    """Print a row for each way to look at a label, then with the tracker's own corners."""
    tracker = Tracker()
    print(
        "metres and degrees: median, 95th percentile; errors over what was said of them\n\n"
        f"{'':44}{'10 m behind':>14}{'20 m behind':>14}{'heading':>14}"
        f"{'lean of 21 m':>14}{'over said':>11}"
    )
    for slope_deg in (0.0, 30.0):
        mounting = Mounting(0.1, 0.1, 1.4, slope_deg)
        visitor = Visitor(mounting)
        for name, walk, trials in ways(slope_deg, 300, 60):
            _report(name, [_drawn(tracker, visitor, walk, i) for i in range(trials)])
    lasting = Visitor(Mounting(0.1, 0.1, 1.4), errors=Errors(lasting_frames=5.0))
    walk = _swept(0)
    misses = [_drawn(tracker, lasting, walk, i) for i in range(60)]
    _report("slope 0, a sweep of 3 s, errors that last", misses)
    print("\nframes rendered, corners those that the tracker finds")
    label = rendered_label(tracker)
    for slope_deg, camera, faults in (
        (0.0, "", {}),
        (30.0, "", {}),
        (0.0, ", phone's lens", {"k1": -0.05, "shutter_deg": 0.5}),
    ):
        for way, walk, trials in ways(slope_deg, SINGLE_RENDERED, 6):
            name = way + camera
            tried = [
                _rendered(label, slope_deg, walk, i, faults) for i in range(trials)
            ]
            found = [both for both in tried if both]
            _report(name, [error for error, _ in found])
            if trials == SINGLE_RENDERED:
                _report(
                    "   by the print alone, without gravity", [one for _, one in found]
                )
    print(f"\ntargets: median {TARGET_M[0]} m at 10 m, {TARGET_M[1]} m at 20 m")


def ways(slope_deg: float, single: int, swept: int) -> Iterator[tuple[str, Walk, int]]:
    """Yield ways to view a label, and the number of trials of each."""
    above = 5.0 + slope_deg / 2
    yield f"slope {slope_deg:.0f}, one frontal view", _about(0, above), single
    name = f"slope {slope_deg:.0f}, one view from 35 degrees aside"
    yield name, _about(35, above), single
    yield f"slope {slope_deg:.0f}, a sweep of 3 s", _swept(slope_deg / 2), swept


def _drawn(
    tracker: Tracker, visitor: Visitor, walk: Walk, trial: int
) -> PlacementError:
    random = np.random.default_rng((SEED, trial))
    views = list(visitor.views(random, walk(random)))
    return place(tracker, visitor.mounting, views)


def _rendered(
    label: RenderedLabel, slope_deg: float, walk: Walk, trial: int, faults: Faults
) -> tuple[PlacementError, PlacementError] | None:
    """Return the miss after a third of the frames, and that of the last print alone."""
    random = np.random.default_rng((SEED, trial))
    mounting = label.mounting(1.4, slope_deg)
    eyes = walk(random)[::-1][::3][::-1]
    found = list(label.found(random, Visitor(mounting), eyes, **faults))
    if not found:
        return None
    last = found[-1]
    # The scene's frame as the print alone would have it: leant forward by the slope.
    scene = last.alone @ rotation_about((1, 0, 0), slope_deg)
    foot = last.alone_place - mounting.above_ground_m * scene[:, 1]
    alone = frame_error(scene, foot, mounting, last.view)
    return place(label.tracker, mounting, [one.view for one in found]), alone


def _report(name: str, misses: list[PlacementError]) -> None:
    far = np.array([error.object_m[-1] for error in misses])
    said = np.array([error.said_m for error in misses])
    print(
        f"{name:44}"
        + _spread([error.object_m[0] for error in misses])
        + _spread(far)
        + _spread([abs(error.heading_deg) for error in misses])
        + _spread([error.lean_m for error in misses])
        + (
            f"{np.sqrt(np.mean((far / said) ** 2)):11.2f}"
            if np.isfinite(said).all()
            else ""
        ),
        flush=True,
    )


def place(
    tracker: Tracker, mounting: Mounting, views: list[HeldView]
) -> PlacementError:
    """Return the placement error after these views, in the last of them."""
    estimator = PlacementEstimator(tracker, mounting)
    estimator.set_origin(right_m=0, up_m=0, ahead_m=AHEAD_M[-1])
    told = [estimator.add_view(view.told) for view in views]
    return placement_error(told[-1], mounting, views[-1])


def placement_error(
    told: PlacementEstimate, mounting: Mounting, view: HeldView
) -> PlacementError:
    """Return the error of an estimate from a view's truth."""
    erring = frame_error(matrix(told.orientation), told.position, mounting, view)
    return replace(
        erring,
        heading_sd_deg=told.heading_sd_deg,
        said_m=told.object_sd_m,
        range_ratio=told.range_m / float(np.linalg.norm(view.place)) - 1,
    )


def frame_error(
    scene: FloatArray, foot: FloatArray, mounting: Mounting, view: HeldView
) -> PlacementError:
    """Return the error of a scene's frame in the camera, without reported deviations."""
    true_foot = view.place - mounting.above_ground_m * view.scene[:, 1]
    apart = scene - view.scene
    objects = tuple(
        float(np.linalg.norm(foot - true_foot - ahead * apart[:, 2]))
        for ahead in AHEAD_M
    )
    return PlacementError(
        heading_deg=float(turn_deg(view.scene.T @ scene)[1]),
        heading_sd_deg=np.inf,
        object_m=objects,
        said_m=np.inf,
        lean_m=TOWER_M * float(np.linalg.norm(apart[:, 1])),
        range_ratio=0.0,
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


def _spread(values: FloatArray | list[float]) -> str:
    return f"{np.median(values):8.2f}{np.percentile(values, 95):6.2f}"


if __name__ == "__main__":
    main()
