"""Measure how well the tracker recognises a print in simulated views.

The tracker's own WebAssembly looks at seeded views of the print (see `views` and
`conditions`); a view counts where it finds all corners within a few pixels. The score
is the recall over all conditions of a visit, in per cent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.image_targets.heat_map import HeatMap, reference_features
from assets_pipeline.image_targets.pack_encoder import encode_pack
from assets_pipeline.image_targets.simulated_views import (
    View,
    corners_of,
    homography_of,
    render_view,
)
from assets_pipeline.image_targets.template import make_template
from assets_pipeline.image_targets.tracker import Tracker
from assets_pipeline.image_targets.trial_conditions import (
    ANGLES,
    CONDITIONS,
    DISTANCES,
    USUAL_FIELD_OF_VIEW_DEG,
    Condition,
    distance_m,
    views_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image

    from assets_pipeline.arrays import Float64Array, Uint8Array
    from assets_pipeline.image_targets.tracker import Sighting

PASSES: Final = 80
"""A score from which on a print needs no word."""
WARNS: Final = 60
"""A score below which it is refused."""
CORRECT_PX: Final = 5.0
"""Of the corners, root mean square: what is off by more would show."""
VIEWS_EACH: Final = 10
_VIEWS_OF_LADDER: Final = 8
_SEED: Final = 1
_EDGE_PX: Final = 1200
"""Prints are tried at this size: the frame shows no finer detail."""
_WANTED_RECALL: Final = 0.9
_HOPELESS: Final = 0.3
_LIGHTEST_LADDER_TILT: Final = 10.0


@dataclass(frozen=True, slots=True)
class ConditionResult:
    """Results of the views of one condition."""

    condition: Condition
    views: int
    found: int
    wrong: int
    """Of those not found: taken for something elsewhere in the frame."""
    missed: tuple[View, ...]

    @property
    def recall(self) -> float:
        """Share of the views in which the print was found where it is."""
        return self.found / self.views


@dataclass(frozen=True, slots=True)
class Trackability:
    """Measured recognition of one print."""

    score: int
    """0 to 100."""
    results: tuple[ConditionResult, ...]
    """By condition, in the order of `CONDITIONS`."""
    farthest_m: float
    """From the front, at nine times in ten; 0 where it is less even near by."""
    largest_angle_deg: float
    """From the normal, at nine times in ten; 0 where it is less even from the front."""
    heat: Float64Array
    """Where it holds: (rows, columns) float, 0 to 1."""
    feature_count: int
    """Of a clear frontal view."""

    @property
    def worst(self) -> ConditionResult:
        """The condition with the least recall."""
        return min(self.results, key=lambda tried: tried.recall)

    def recall_of(self, name: str) -> float:
        """Return the recall in a condition, by its name."""
        return next(t.recall for t in self.results if t.condition.name == name)


class Trial:
    """One print alone before the tracker.

    Parameters
    ----------
    picture
        Upright, of any mode and size.
    width_m
        Of the print.
    """

    def __init__(self, picture: Image.Image, width_m: float) -> None:
        self.width_m = width_m
        self.print_ = trial_picture(picture)
        self.tracker = Tracker()
        self.slot = self.tracker.add_pack(encode_pack(make_template(picture), width_m))

    def measure(self) -> Trackability:
        """Return the print's trackability."""
        heat = self.heat_map()
        tried = tuple(
            self.measure_condition(condition, heat=heat) for condition in CONDITIONS
        )
        score = round(100 * float(np.mean([t.recall for t in tried])))
        farthest_m = self._farthest_m()
        # The ladder of angles starts from a print that is found from the front.
        angle_deg = self._largest_angle_deg() if farthest_m else 0.0
        return Trackability(
            score,
            tried,
            farthest_m,
            angle_deg,
            heat.heat,
            heat.feature_count,
        )

    def measure_condition(
        self,
        condition: Condition,
        views_each: int = VIEWS_EACH,
        heat: HeatMap | None = None,
    ) -> ConditionResult:
        """Return the results of a condition's views."""
        size = self.print_.size
        views = tuple(views_of(condition, views_each, size, self.width_m, _SEED))
        missed, wrong = [], 0
        for view in views:
            sighting = self.sighting(render_view(self.print_, view, self.width_m))
            homography = homography_of(view, size, self.width_m)
            if heat is not None:
                heat.add(self.tracker.frame_features(), homography)
            truth = corners_of(homography, size)
            if sighting is None or not is_correct(sighting.corners, truth):
                missed.append(view)
                wrong += sighting is not None
        return ConditionResult(
            condition, len(views), len(views) - len(missed), wrong, tuple(missed)
        )

    def heat_map(self) -> HeatMap:
        """Return an empty heat map of the print's reference features."""
        size = self.print_.size
        clear = View(distance_m(0.9, size, self.width_m), noise=0.5, defocus_px=0.3)
        self.tracker.find(render_view(self.print_, clear, self.width_m))
        homography = homography_of(clear, size, self.width_m)
        return HeatMap(
            reference_features(self.tracker.frame_features(), homography), size
        )

    def sighting(self, frame: Uint8Array) -> Sighting | None:
        """Return where the tracker finds the print in a frame, as if it were the first."""
        return self.tracker.find(frame).get(self.slot)

    def false_match_ratio(
        self, other: Image.Image, width_m: float, views_each: int = 6
    ) -> float:
        """Return the share of another print's views in which this one is found."""
        print_ = trial_picture(other)
        condition = Condition("alike", tilt_deg=(0, 40))
        views = tuple(views_of(condition, views_each, print_.size, width_m, _SEED))
        frames = (render_view(print_, view, width_m) for view in views)
        return sum(self.sighting(frame) is not None for frame in frames) / len(views)

    def _farthest_m(self) -> float:
        recalls = self._ladder(DISTANCES)
        fills = [condition.fills[0] for condition in DISTANCES]
        reached = recall_crossing([float(np.log(part)) for part in fills], recalls)
        if reached is None:
            return 0.0
        size, field = self.print_.size, USUAL_FIELD_OF_VIEW_DEG
        return distance_m(float(np.exp(reached)), size, self.width_m, field)

    def _largest_angle_deg(self) -> float:
        tilts = [_LIGHTEST_LADDER_TILT, *(c.tilt_deg[0] for c in ANGLES)]
        reached = recall_crossing(tilts, [1.0, *self._ladder(ANGLES)])
        return 0.0 if reached is None else float(reached)

    def _ladder(self, conditions: Sequence[Condition]) -> list[float]:
        """Return the recall of ever harder conditions; 0 after two that are hopeless."""
        recalls: list[float] = []
        for condition in conditions:
            if len(recalls) > 1 and max(recalls[-2:]) <= _HOPELESS:
                recalls.append(0.0)
            else:
                recalls.append(
                    self.measure_condition(condition, _VIEWS_OF_LADDER).recall
                )
        return recalls


def trial_picture(picture: Image.Image) -> Image.Image:
    """Return a picture in grey, at the size of the trials."""
    grey = picture.convert("L")
    grey.thumbnail((_EDGE_PX, _EDGE_PX))
    return grey


def is_correct(corners: Sequence[Sequence[float]] | object, truth: object) -> bool:
    """Whether corners are within a few pixels of the true ones.

    Parameters
    ----------
    corners, truth : (4, 2) float
        Frame px.
    """
    offsets = np.asarray(corners, np.float64) - np.asarray(truth, np.float64)
    return bool(np.sqrt(np.square(offsets).sum(1).mean()) <= CORRECT_PX)


def recall_crossing(places: Sequence[float], recalls: Sequence[float]) -> float | None:
    """Return where the recall falls below nine in ten, None if it never was above.

    A harder step can't be easier: chance ups and downs are evened out first, by pooling
    neighbours that disagree (Barlow et al., Statistical inference under order
    restrictions, 1972).
    """
    pooled: list[list[float]] = []
    for recall in recalls:
        pooled.append([recall, 1.0])
        while len(pooled) > 1 and pooled[-2][0] < pooled[-1][0]:
            value, weight = pooled.pop()
            before, weight_before = pooled[-1]
            whole = weight + weight_before
            pooled[-1] = [(value * weight + before * weight_before) / whole, whole]
    even = [value for value, weight in pooled for _ in range(int(weight))]
    if even[0] < _WANTED_RECALL:
        return None
    for step in range(1, len(even)):
        if even[step] < _WANTED_RECALL:
            part = (even[step - 1] - _WANTED_RECALL) / (even[step - 1] - even[step])
            return float(places[step - 1] + part * (places[step] - places[step - 1]))
    return float(places[-1])
