"""What is foretold of the labels that carry a scene, tried once and remembered."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from assets_pipeline.errors.exceptions import MissingToolError
from assets_pipeline.image_targets.forecast import LabelForecast, LabelPrint
from assets_pipeline.tasks.result import recognition_of
from assets_pipeline.tasks.versions import versions
from publishing import compose

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from assets_pipeline.tasks.store import Json, Store
    from tours.codes import Registry
    from tours.manifest import Manifest
    from tours.model import Museum

Stops = dict[tuple[str, str], tuple[str, float]]
"""By tour and stop: what a label's code says, and how wide it is printed, in metres."""
Trials = dict[tuple[str, str], LabelForecast]
"""By tour and stop."""


def carrying(manifests: Iterable[Manifest]) -> Stops:
    """Return the labels that a scene stands by."""
    return {
        (manifest.tour.id, view.id): (anchor.code_text, anchor.code_width_m)
        for manifest in manifests
        for view in manifest.tour.stops
        for anchor in view.anchors
        if anchor.by == "label" and anchor.code_text and anchor.code_width_m
    }


def trials_of(
    museum: Museum,
    manifests: Sequence[Manifest],
    registry: Registry,
    store: Store,
) -> Trials | None:
    """Return what is foretold of each label that carries a scene.

    Tried now where it is not remembered, which takes ten seconds or so for all labels;
    None where this machine can't run the tracker.
    """
    stops = carrying(manifests)
    remembered = remembered_trials(museum, manifests, registry, store)
    if remembered is not None or not stops:
        return remembered
    try:
        from assets_pipeline.image_targets.label_trackability import forecast_labels  # noqa: PLC0415

        labels = [LabelPrint(*label) for label in sorted(set(stops.values()))]
        foretold = forecast_labels(labels, _texts(museum, registry, stops))
    except (ImportError, MissingToolError):
        return None
    store.remember(_key(museum, registry, stops), _written(foretold))
    return {name: foretold[LabelPrint(*label)] for name, label in stops.items()}


def as_printed(trials: Trials, stops: Stops, printed_m: Mapping[str, float]) -> Trials:
    """Return what is foretold of labels whose codes are printed at other widths.

    Parameters
    ----------
    printed_m
        The width of each code, by what it says; of those left out, as phones are told.
    """
    found: Trials = {}
    for name, one in trials.items():
        text, told_m = stops[name]
        told = one.recognition
        farthest_m = told.farthest_m * printed_m.get(text, told_m) / told_m
        found[name] = replace(one, recognition=replace(told, farthest_m=farthest_m))
    return found


def remembered_trials(
    museum: Museum,
    manifests: Sequence[Manifest],
    registry: Registry,
    store: Store,
) -> Trials | None:
    """Return what was foretold before of the same labels; None where nothing was."""
    stops = carrying(manifests)
    record = store.record(_key(museum, registry, stops)) if stops else {}
    if record is None:
        return None
    try:
        return {name: _read(record[_name(*label)]) for name, label in stops.items()}
    except (KeyError, TypeError, ValueError):
        return None


def _texts(museum: Museum, registry: Registry, stops: Stops) -> list[str]:
    """Return what all labels of a museum say: any of them may hang beside another."""
    printed = compose.printed_codes(museum, registry).values()
    return sorted(
        {code.text for code in printed} | {text for text, _ in stops.values()}
    )


def _key(museum: Museum, registry: Registry, stops: Stops) -> str:
    parts = [
        "labels",
        sorted(set(stops.values())),
        _texts(museum, registry, stops),
        versions("target"),
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _name(text: str, width_m: float) -> str:
    return f"{text} {width_m}"


def _written(foretold: Mapping[LabelPrint, LabelForecast]) -> Json:
    return {_name(p.text, p.width_m): asdict(one) for p, one in foretold.items()}


def _read(record: object) -> LabelForecast:
    if not isinstance(record, dict):
        raise TypeError(record)
    return LabelForecast(
        recognition_of(record["recognition"]),
        str(record["worst"]),
        float(record["worst_recall"]),
        tuple(str(text) for text in record["alike"]),
    )
