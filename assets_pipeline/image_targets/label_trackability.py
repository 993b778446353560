"""Forecast how well phones recognise a museum's labels, by simulated views.

Labels of one museum differ by the squares of their codes alone, so they are tried
together: each view is of another of them, in turn, and what is foretold is foretold of
all. Another label of the tour, in view in a label's place, must not be taken for it:
those whose squares agree the most are shown to the tracker in its stead.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image

from assets_pipeline.image_targets.forecast import LabelForecast, LabelPrint
from assets_pipeline.image_targets.heat_map import (
    HeatMap,
    encode_heat,
    reference_features,
)
from assets_pipeline.image_targets.simulated_views import (
    View,
    corners_of,
    homography_of,
    render_view,
)
from assets_pipeline.image_targets.trackability import is_correct, recall_crossing
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
from assets_pipeline.image_targets.verdict import TOO_ALIKE
from tours.bundle import Recognition

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assets_pipeline.arrays import BoolArray


QUIET_MODULES: Final = 4
"""White around a code: part of what is tracked."""
_INK, _PAPER = 20, 245
_MODULE_PX: Final = 32
_SEED: Final = 1
_LEAST_VIEWS: Final = 6
"""Of a condition, by all labels together; one of each label where there are more."""
_VIEWS_OF_LADDER: Final = 8
_DISTANCES: Final = DISTANCES[1:-1]
_ANGLES: Final = ANGLES[1:]
_STRANGERS: Final = 2
_VIEWS_OF_STRANGER: Final = 4
_STRANGER: Final = Condition("stranger", tilt_deg=(0, 40))


def forecast_labels(
    labels: Sequence[LabelPrint], others: Iterable[str]
) -> dict[LabelPrint, LabelForecast]:
    """Return the forecast of each label.

    Parameters
    ----------
    labels
        Those that carry a scene.
    others
        What the codes of all labels say that may hang beside them.

    Raises
    ------
    MissingToolError
        If this machine can't run the tracker.
    WrongShapeError
        If a text is none that labels say.
    """
    tracker = Tracker()
    strangers = {text: np.array(tracker.label_modules(text)) for text in others}
    series: dict[int, list[LabelPrint]] = defaultdict(list)
    for label in labels:
        series[len(tracker.label_modules(label.text))].append(label)
    foretold: dict[LabelPrint, LabelForecast] = {}
    for size, alike in series.items():
        foretold |= _Series(tracker, size, alike).foretold(strangers)
    return foretold


class _Series:
    """Labels whose codes have as many squares."""

    def __init__(
        self, tracker: Tracker, size: int, labels: Sequence[LabelPrint]
    ) -> None:
        self._tracker = tracker
        self._labels = labels
        self._whole = (size + 2 * QUIET_MODULES) / size
        """The print's width, for each of the code's."""
        self._found: dict[str, list[bool]] = defaultdict(list)
        self._heat: HeatMap | None = None

    def foretold(
        self, strangers: dict[str, BoolArray]
    ) -> dict[LabelPrint, LabelForecast]:
        alike = {}
        for turn, label in enumerate(self._labels):
            self._tracker.forget()
            slot = self._tracker.add_label(label.text, label.width_m)
            self._try(turn, slot)
            alike[label] = tuple(self._taken_for(label, slot, strangers))
        recalls = {name: float(np.mean(found)) for name, found in self._found.items()}
        worst = min((c.name for c in CONDITIONS), key=lambda name: recalls[name])
        return {
            label: LabelForecast(
                self._recognition(label, recalls), worst, recalls[worst], alike[label]
            )
            for label in self._labels
        }

    def _try(self, turn: int, slot: int) -> None:
        """Look at a label's share of all views."""
        label = self._labels[turn]
        print_, width_m = self._print(label.text), label.width_m * self._whole
        if self._heat is None:
            self._heat = self._heat_map(print_, width_m)
        for condition in (*CONDITIONS, *_DISTANCES, *_ANGLES):
            is_ladder = condition not in CONDITIONS
            count = _VIEWS_OF_LADDER if is_ladder else self._views_each
            views = list(views_of(condition, count, print_.size, width_m, _SEED))
            for view in views[turn :: len(self._labels)]:
                homography = homography_of(view, print_.size, width_m)
                sighting = self._tracker.find(render_view(print_, view, width_m)).get(
                    slot
                )
                truth = corners_of(homography, print_.size)
                is_found = sighting is not None and is_correct(sighting.corners, truth)
                self._found[condition.name].append(is_found)
                if turn == 0 and not is_ladder:
                    self._heat.add(self._tracker.frame_features(), homography)

    @property
    def _views_each(self) -> int:
        return max(_LEAST_VIEWS, len(self._labels))

    def _heat_map(self, print_: Image.Image, width_m: float) -> HeatMap:
        clear = View(distance_m(0.9, print_.size, width_m), noise=0.5, defocus_px=0.3)
        self._tracker.find(render_view(print_, clear, width_m))
        homography = homography_of(clear, print_.size, width_m)
        features = self._tracker.frame_features()
        return HeatMap(reference_features(features, homography), print_.size)

    def _taken_for(
        self, label: LabelPrint, slot: int, strangers: dict[str, BoolArray]
    ) -> Iterable[str]:
        """Give the labels in whose views this one is seen, of those most like it."""
        own, width_m = strangers[label.text], label.width_m * self._whole
        agreeing = sorted(
            (-int((other == own).sum()), text)
            for text, other in strangers.items()
            if text != label.text and other.shape == own.shape
        )
        for _, text in agreeing[:_STRANGERS]:
            print_ = self._print(text)
            views = views_of(_STRANGER, _VIEWS_OF_STRANGER, print_.size, width_m, _SEED)
            seen = [
                slot in self._tracker.find(render_view(print_, view, width_m))
                for view in views
            ]
            if np.mean(seen) >= TOO_ALIKE:
                yield text

    def _print(self, text: str) -> Image.Image:
        """Return what is printed of a label that the tracker looks at."""
        dark = np.pad(np.array(self._tracker.label_modules(text)), QUIET_MODULES)
        squares = np.where(dark, _INK, _PAPER).astype(np.uint8)
        pixels = np.kron(squares, np.ones((_MODULE_PX, _MODULE_PX), np.uint8))
        return Image.fromarray(pixels)

    def _recognition(self, label: LabelPrint, recalls: dict[str, float]) -> Recognition:
        steps = [recalls[step.name] for step in _DISTANCES]
        reached = recall_crossing(
            [float(np.log(step.fills[0])) for step in _DISTANCES], steps
        )
        width_m, square = label.width_m * self._whole, (1, 1)
        farthest_m = (
            0.0
            if reached is None
            else distance_m(
                float(np.exp(reached)), square, width_m, USUAL_FIELD_OF_VIEW_DEG
            )
        )
        tilts = [step.tilt_deg[0] for step in _ANGLES]
        angle = recall_crossing(tilts, [recalls[step.name] for step in _ANGLES])
        score = round(100 * float(np.mean([recalls[c.name] for c in CONDITIONS])))
        heat = () if self._heat is None else encode_heat(self._heat.heat)
        return Recognition(score, farthest_m, float(angle or 0.0), heat)
