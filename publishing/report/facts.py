"""Facts of the report: stops, tours, models, levels of detail, loading times."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Final

from assets_pipeline.checks.visual_error import MOST_ERRORS
from publishing.release.diff import scene_bytes
from tours.manifest import ModelView
from tours.translations import list_stop_texts, list_tour_texts, measure_completeness

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from assets_pipeline.build.partial_build import PartialBuild
    from assets_pipeline.inspection.before_after import FileComparison, OcclusionOffer
    from assets_pipeline.inspection.search_estimate import SearchEstimate
    from assets_pipeline.lod.budgets import LevelName
    from publishing.labels.code_lock import Reason
    from publishing.release.diff import Change
    from publishing.report.image_targets import TargetFacts
    from publishing.report.savings import Saving
    from tours.bundle import Bundle, Lod, UsdzFacts
    from tours.codes import Registry
    from tours.diagnostics import Diagnostic
    from tours.manifest import Manifest, StopView
    from tours.model import Museum, Stop, Tour
    from tours.release import Release
    from tours.translations import Completeness

_ROUND_TRIPS = 2
"""The request, and the slow start of a connection that is open already."""


@dataclass(frozen=True, slots=True)
class StopVoice:
    """Who reads a stop in a language."""

    language: str
    by: str | None
    """``person``, ``machine``, or None where nothing is heard."""


_SPARE_BYTES: Final = 1_000_000
_SPARE_ERROR: Final = 0.5
"""Of what a USDZ may err: below it, a search takes a good part of it away."""


@dataclass(frozen=True, slots=True)
class StopFacts:
    """Facts of one stop."""

    view: StopView
    missing: tuple[tuple[str, str], ...]
    """Pairs of a language and the key of a text that it lacks."""
    easy: tuple[str, ...]
    """Languages that have an easy-to-read text."""
    voices: tuple[StopVoice, ...]
    license: str
    code: str | None
    printed: date | None
    """When its label was first drawn with the words that it has."""
    phone_bytes: int
    """Of the scene, as a phone shows it whole."""
    usdz_bytes: int
    """That iPhones fetch besides, to place the model before one; 0 of other scenes."""
    is_pending: bool
    """Its files are not all made."""


@dataclass(frozen=True, slots=True)
class TourFacts:
    """Facts of one tour."""

    manifest: Manifest
    """In the tour's first language."""
    languages: tuple[Completeness, ...]
    machine: tuple[str, ...]
    """Languages that a machine wrote and nobody has read."""
    stops: tuple[StopFacts, ...]


@dataclass(frozen=True, slots=True)
class LevelFacts:
    """Size, triangles, memory and visual error of one level of detail."""

    name: LevelName
    size_bytes: int
    triangles: int | None
    """None of a USDZ that can't be read back, as the next two."""
    draw_calls: int | None
    gpu_bytes: int | None
    loading_s: tuple[tuple[str, float], ...]
    """By network."""
    visual_error: float | None
    """Of the file that is sent, against the museum's own; None when nobody looked."""
    compared: FileComparison | None = None
    """None where not drawn."""

    @property
    def is_true(self) -> bool:
        """Whether it looks as much alike as its level should; if nobody looked, too."""
        return (self.visual_error or 0.0) <= MOST_ERRORS[self.name]

    @property
    def error_without_occlusion(self) -> float | None:
        """The error without the occlusion that was asked for; None where none was added."""
        return None if self.compared is None else self.compared.error_without_occlusion


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """A model's source and the files built from it."""

    path: str
    bundle: Bundle
    source_bytes: int
    levels: tuple[LevelFacts, ...]
    usdz: LevelFacts
    photograph: bytes | None = None
    """Of the museum's own file; None where not drawn."""
    promised: SearchEstimate | None = None
    """The level for phones, had it been searched for; None where that was not tried."""
    occlusion_offer: OcclusionOffer | None = None
    """The level for phones with occlusion; None where that is not offered."""

    @property
    def every(self) -> tuple[LevelFacts, ...]:
        """All that phones may get: levels of detail, then the USDZ."""
        return (*self.levels, self.usdz)

    @property
    def has_usdz_to_spare(self) -> bool:
        """Whether its USDZ, made by rule, is heavy and much truer than it has to be."""
        error = self.usdz.visual_error
        is_truer = error is not None and error < _SPARE_ERROR * MOST_ERRORS["usdz"]
        is_heavy = self.usdz.size_bytes >= _SPARE_BYTES
        return is_truer and is_heavy and not self.bundle.is_searched

    @property
    def has_added_occlusion(self) -> bool:
        """Whether it is known that occlusion was added."""
        return any(level.error_without_occlusion is not None for level in self.every)


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """All facts of the report."""

    museum: Museum
    diagnostics: tuple[Diagnostic, ...]
    tours: tuple[TourFacts, ...]
    models: tuple[ModelFacts, ...]
    targets: tuple[TargetFacts, ...]
    """Pictures first, then labels."""
    savings: tuple[Saving, ...]
    """The most first."""
    changes: tuple[Change, ...]
    release: Release | None
    """The one that is served."""
    to_print: Mapping[str, Reason] = field(default_factory=dict)
    """The codes whose labels are not printed, or say other things since."""
    pending: tuple[str, ...] = ()
    """Paths of files that this program has yet to make: nothing more is told of them."""

    @property
    def usdz_to_spare(self) -> tuple[ModelFacts, ...]:
        """Models whose USDZ a search would make lighter; nobody tried by how much."""
        return tuple(asset for asset in self.heaviest if asset.has_usdz_to_spare)

    @property
    def stops(self) -> tuple[StopFacts, ...]:
        """The stops of all tours."""
        return tuple(stop for tour in self.tours for stop in tour.stops)

    @property
    def errors(self) -> int:
        """How many findings stop publication."""
        return sum(finding.is_error for finding in self.diagnostics)

    @property
    def heaviest(self) -> tuple[ModelFacts, ...]:
        """Models by what their finest level weighs: where there is most to save."""
        return tuple(sorted(self.models, key=lambda a: -a.levels[-1].size_bytes))

    @property
    def without_label(self) -> tuple[StopFacts, ...]:
        """Stops that no printed label leads to, or one that says other things."""
        return tuple(
            stop
            for stop in self.stops
            if stop.code is None or stop.code in self.to_print
        )


def tour_facts(
    museum: Museum,
    ready: PartialBuild,
    manifests: dict[tuple[str, str], Manifest],
    registry: Registry,
) -> Iterator[TourFacts]:
    """Yield the facts of each tour; `manifests` are by tour and language."""
    for tour in museum.tours:
        manifest = manifests[tour.id, tour.languages[0]]
        views = {view.id: view for view in manifest.tour.stops}
        reduced = {s.id: s for t, s in ready.museum.stops() if t.id == tour.id}
        yield TourFacts(
            manifest,
            measure_completeness(list_tour_texts(tour), tour.languages),
            tour.machine_translated,
            tuple(
                _stop(tour, stop, views[stop.id], registry, reduced[stop.id] != stop)
                for stop in tour.stops
            ),
        )


def model_facts(
    ready: PartialBuild, source_bytes: dict[str, int]
) -> Iterator[ModelFacts]:
    """Yield the facts of each model, without pictures; `source_bytes` are by path."""
    for source, bundle in ready.index.models.items():
        path = str(source.file.path)
        yield ModelFacts(
            path,
            bundle,
            source_bytes.get(path, 0),
            tuple(_level(lod.name, lod.file.size_bytes, lod) for lod in bundle.lods),
            _level("usdz", bundle.usdz.size_bytes, bundle.usdz_facts),
        )


def _level(
    name: LevelName, size_bytes: int, drawn: Lod | UsdzFacts | None
) -> LevelFacts:
    """Return what is told of a file; `drawn` is None where nobody could read it."""
    return LevelFacts(
        name,
        size_bytes,
        None if drawn is None else drawn.triangles,
        None if drawn is None else drawn.draw_calls,
        None if drawn is None else drawn.gpu_bytes,
        loading_times(size_bytes),
        None if drawn is None else drawn.visual_error,
    )


def _stop(
    tour: Tour,
    stop: Stop,
    view: StopView,
    registry: Registry,
    is_pending: bool,  # noqa: FBT001 - one fact among others
) -> StopFacts:
    missing = tuple(
        (tag, item.key)
        for item in list_stop_texts(tour, stop)
        for tag in item.missing()
    )
    given = next(
        (c for c in registry.codes if (c.tour, c.stop) == (tour.id, stop.id)), None
    )
    scene = stop.scene
    return StopFacts(
        view,
        missing,
        tuple(tag for tag in tour.languages if stop.easy and stop.easy.get(tag)),
        tuple(StopVoice(tag, _voice(stop, tag)) for tag in tour.languages),
        (scene.license if scene else None) or tour.license,
        given.code if given else None,
        given.printed if given else None,
        phone_bytes(view),
        view.scene.usdz.bytes if isinstance(view.scene, ModelView) else 0,
        is_pending,
    )


def _voice(stop: Stop, language: str) -> str | None:
    if stop.audio and stop.audio.get(language):
        return "person"
    is_read = stop.has_synthetic_voice and stop.text.get(language)
    return "machine" if is_read else None


def phone_bytes(view: StopView) -> int:
    """Return the bytes that a phone fetches to show a stop's scene."""
    return 0 if view.scene is None else scene_bytes(asdict(view.scene))


@dataclass(frozen=True, slots=True)
class Network:
    """Bandwidth and round-trip time of a mobile network."""

    name: str
    megabits_a_second: float
    round_trip_ms: int
    source: str
    """Who says so, as the report names it."""

    def seconds(self, size_bytes: int) -> float:
        """Return how long a file takes, on a connection that is open already."""
        latency_s = _ROUND_TRIPS * self.round_trip_ms / 1000
        return latency_s + size_bytes * 8 / (self.megabits_a_second * 1e6)


NETWORKS = (
    Network("3G", 1.6, 150, "WebPageTest 3G Fast, Lighthouse"),
    Network("4G", 9.0, 170, "WebPageTest 4G"),
    Network("5G", 50.0, 30, "3GPP TS 22.261, 7.1-1, rural macro"),
)
"""The first is what Lighthouse simulates for phones, and what our own budgets are set by
(github.com/GoogleChrome/lighthouse, docs/throttling.md); the second is WebPageTest's
(github.com/WPO-Foundation/webpagetest, www/settings/connectivity.ini.sample). Of 5G, the
standard says the rate that the countryside is to have; the round trip is supposed."""


def loading_times(size_bytes: int) -> tuple[tuple[str, float], ...]:
    """Return the loading time of a file on each network."""
    return tuple((network.name, network.seconds(size_bytes)) for network in NETWORKS)
