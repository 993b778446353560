"""Measure, and cache, how well phones recognise the labels that carry a scene."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from assets_pipeline.errors.exceptions import MissingToolError
from assets_pipeline.image_targets.forecast import LabelForecast, LabelPrint
from assets_pipeline.tasks.result import parse_recognition
from assets_pipeline.tasks.versions import versions_for
from publishing.labels import formats

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from assets_pipeline.tasks.store import Json, Store
    from tours.codes import Registry
    from tours.manifest import Manifest
    from tours.model import Museum

TrackedLabels = dict[tuple[str, str], tuple[str, float]]
"""By tour and stop: what a label's code says, and how wide it is printed, in metres."""
RecognitionByStop = dict[tuple[str, str], LabelForecast]
"""By tour and stop."""


def tracked_labels(manifests: Iterable[Manifest]) -> TrackedLabels:
    """Return QR text and printed width of the labels that anchor a scene."""
    return {
        (manifest.tour.id, view.id): (anchor.code_text, anchor.code_width_m)
        for manifest in manifests
        for view in manifest.tour.stops
        for anchor in view.anchors
        if anchor.by == "label" and anchor.code_text and anchor.code_width_m
    }


def measure_recognition(
    museum: Museum,
    manifests: Sequence[Manifest],
    registry: Registry,
    store: Store,
) -> RecognitionByStop | None:
    """Return the recognition of each tracked label, measured unless cached.

    Tried now where it is not remembered, which takes ten seconds or so for all labels;
    None where this machine can't run the tracker.
    """
    stops = tracked_labels(manifests)
    remembered = cached_recognition(museum, manifests, registry, store)
    if remembered is not None or not stops:
        return remembered
    try:
        from assets_pipeline.image_targets.label_trackability import (  # noqa: PLC0415  # heavy
            forecast_labels,
        )

        labels = [LabelPrint(*label) for label in sorted(set(stops.values()))]
        results = forecast_labels(labels, _texts(museum, registry, stops))
    except (ImportError, MissingToolError):
        return None
    store.write_record(_key(museum, registry, stops), _written(results))
    return {name: results[LabelPrint(*label)] for name, label in stops.items()}


def scale_to_print(
    trials: RecognitionByStop, stops: TrackedLabels, printed_m: Mapping[str, float]
) -> RecognitionByStop:
    """Return recognition scaled to the widths at which codes are printed.

    Parameters
    ----------
    printed_m
        The width of each code, by what it says; of those left out, as phones are told.
    """
    found: RecognitionByStop = {}
    for name, one in trials.items():
        text, told_m = stops[name]
        told = one.recognition
        farthest_m = told.farthest_m * printed_m.get(text, told_m) / told_m
        found[name] = replace(one, recognition=replace(told, farthest_m=farthest_m))
    return found


def cached_recognition(
    museum: Museum,
    manifests: Sequence[Manifest],
    registry: Registry,
    store: Store,
) -> RecognitionByStop | None:
    """Return the cached recognition of the same labels, or None."""
    stops = tracked_labels(manifests)
    record = store.read_record(_key(museum, registry, stops)) if stops else {}
    if record is None:
        return None
    try:
        return {name: _read(record[_name(*label)]) for name, label in stops.items()}
    except (KeyError, TypeError, ValueError):
        return None


def _texts(museum: Museum, registry: Registry, stops: TrackedLabels) -> list[str]:
    """Return what all labels of a museum say: any of them may hang beside another."""
    printed = formats.printed_codes(museum, registry).values()
    return sorted(
        {code.text for code in printed} | {text for text, _ in stops.values()}
    )


def _key(museum: Museum, registry: Registry, stops: TrackedLabels) -> str:
    parts = [
        "labels",
        sorted(set(stops.values())),
        _texts(museum, registry, stops),
        versions_for("target"),
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _name(text: str, width_m: float) -> str:
    return f"{text} {width_m}"


def _written(results: Mapping[LabelPrint, LabelForecast]) -> Json:
    return {_name(p.text, p.width_m): asdict(one) for p, one in results.items()}


def _read(record: object) -> LabelForecast:
    if not isinstance(record, dict):
        raise TypeError(record)
    return LabelForecast(
        parse_recognition(record["recognition"]),
        str(record["worst"]),
        float(record["worst_recall"]),
        tuple(str(text) for text in record["alike"]),
    )
