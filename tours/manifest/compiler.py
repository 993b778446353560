"""Compile a tour and its bundles to the manifest of one language."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tours.manifest.question_compiler import hunt_views, question_views
from tours.manifest.scenes import SceneCompiler
from tours.manifest.values import Translator, media, variants
from tours.manifest.wire import (
    RIGHT_TO_LEFT,
    WIRE_VERSION,
    AccessView,
    Alternate,
    AnchorView,
    LabelAnchorView,
    LabelView,
    Manifest,
    MuseumView,
    PictureAnchorView,
    Point,
    Pose,
    SiteRef,
    SiteView,
    StopView,
    TourView,
    WithdrawnView,
    site_url,
    stop_url,
    tour_url,
)
from tours.model import LabelAnchor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tours import model
    from tours.bundle import BundleIndex, Recording
    from tours.codes import Registry
    from tours.manifest.values import Media


@dataclass(frozen=True, slots=True)
class PrintedCode:
    """A stop's QR code as its labels print it."""

    text: str
    width_m: float
    """From dark edge to dark edge."""


def compile_tour(
    museum: model.Museum,
    tour: model.Tour,
    language: str,
    index: BundleIndex,
    registry: Registry,
    printed: Mapping[str, PrintedCode] | None = None,
) -> Manifest:
    """Return what a client reads for one tour in one of its languages.

    `printed` tells of each code how its labels print it.

    Where a translation is missing the tour's own order of languages decides, and the
    `Text` says which language it is in.
    """
    order = (language, *tour.languages, *museum.languages)
    translator = Translator(order)
    compiler = _Compiler(
        museum, tour, language, index, registry, printed or {}, translator
    )
    return Manifest(
        wire_version=WIRE_VERSION,
        language=language,
        direction="rtl"
        if language.split("-", maxsplit=1)[0] in RIGHT_TO_LEFT
        else "ltr",
        museum=compiler.museum_view(),
        tour=compiler.tour_view(),
        alternates=tuple(
            Alternate(other, tour_url(tour.id, other)) for other in tour.languages
        ),
    )


@dataclass(frozen=True, slots=True)
class _Compiler:
    museum: model.Museum
    tour: model.Tour
    language: str
    index: BundleIndex
    registry: Registry
    printed: Mapping[str, PrintedCode]
    translator: Translator

    def museum_view(self) -> MuseumView:
        museum = self.museum
        return MuseumView(
            id=museum.id,
            name=self.translator.text(museum.name),
            address=museum.address,
            color=museum.color,
            notice=self.translator.maybe(museum.notice),
            contact=museum.contact,
            summary=self.translator.maybe(museum.summary),
        )

    def tour_view(self) -> TourView:
        tour, translator = self.tour, self.translator
        sites = {site.id: self.site(site) for site in self.sites()}
        return TourView(
            id=tour.id,
            url=tour_url(tour.id, self.language),
            title=translator.text(tour.title),
            license=tour.license,
            stops=tuple(self.stop(n, stop) for n, stop in enumerate(tour.stops, 1)),
            summary=translator.maybe(tour.summary),
            duration_min=tour.duration_min,
            start=_point(tour.start),
            access=_access(translator, tour.access),
            safety=translator.maybe(tour.safety),
            machine_translated=self.language in tour.machine_translated or None,
            credits=translator.wording(tour.credits),
            site=sites.get(tour.site or ""),
            other_sites=tuple(s for s in sites.values() if s.id != tour.site),
            hunts=hunt_views(tour, self.language, translator),
        )

    def sites(self) -> tuple[model.Site, ...]:
        """Return the tour's sites, in the order that it names them."""
        known = {site.id: site for site in self.museum.sites}
        return tuple(known[name] for name in self.tour.sites if name in known)

    def site(self, site: model.Site) -> SiteView:
        spoken = {
            tag
            for tour in self.museum.tours
            if site.id in tour.sites
            for tag in tour.languages
        }
        return SiteView(
            id=site.id,
            url=site_url(site.id, self.language),
            name=self.translator.text(site.name),
            sources=self.translator.wordings(site.sources),
            alternates=tuple(
                Alternate(tag, site_url(site.id, tag))
                for tag in self.museum.languages
                if tag in spoken
            ),
            text=self.translator.maybe(site.text),
            position=_point(site.position),
            address=site.address,
            access=_access(self.translator, site.access),
        )

    def stop(self, number: int, stop: model.Stop) -> StopView:
        translator = self.translator
        spoken, recording, is_synthetic = self.recording(stop)
        return StopView(
            id=stop.id,
            number=number,
            url=stop_url(self.tour.id, stop.id, self.language),
            title=translator.text(stop.title),
            text=translator.text(stop.text),
            anchors=tuple(self.anchor(stop, anchor) for anchor in stop.anchors),
            sources=translator.wordings(stop.sources),
            code=self.registry.code_of(self.tour.id, stop.id),
            easy=translator.maybe(stop.easy),
            position=_point(stop.position),
            label=_label(stop.label),
            audio=media(recording.file) if recording else None,
            audio_fallback=media(recording.fallback)
            if recording and recording.fallback
            else None,
            audio_duration_s=recording.duration_s if recording else None,
            audio_is_synthetic=is_synthetic,
            transcript=self.transcript(stop, spoken, recording),
            recording_language=spoken,
            scene=self.scenes.scene(stop.scene) if stop.scene else None,
            safety=translator.maybe(stop.safety),
            site=self.other_site(stop),
            way=translator.maybe(stop.way),
            offline=stop.offline,
            withdrawn=self.withdrawn(stop.withdrawn),
            questions=question_views(self.tour, stop, translator, self.registry),
        )

    def recording(self, stop: model.Stop) -> tuple[str | None, Recording | None, bool]:
        """Return the language heard, what is heard, and whether a machine reads it.

        In each language a person's voice comes first; a machine's comes before a
        person's in a language that the visitor did not ask for.
        """
        for language in self.translator.order:
            file = stop.audio.get(language) if stop.audio else None
            if file is not None:
                return language, self.index.recordings[str(file.path)], False
            voice = self.index.voices.get((self.tour.id, stop.id, language))
            if stop.has_synthetic_voice and voice is not None:
                return language, voice, True
        return None, None, False

    def transcript(
        self, stop: model.Stop, spoken: str | None, recording: Recording | None
    ) -> Media | None:
        """Return what is read along: in the language that is heard, if that exists.

        A machine's voice comes with its own words.
        """
        if recording is not None and recording.words is not None:
            return media(recording.words)
        order = self.translator.order
        found = Translator((spoken, *order) if spoken else order).file(stop.transcript)
        if found is None:
            return None
        return media(self.index.recordings[str(found[1].path)].file)

    @property
    def scenes(self) -> SceneCompiler:
        tour, translator = self.tour, self.translator
        credits_ = translator.wording(tour.credits)
        return SceneCompiler(translator, self.index, tour.license, credits_)

    def other_site(self, stop: model.Stop) -> SiteRef | None:
        """Return the stop's site where it is not the tour's."""
        known = {site.id: site for site in self.museum.sites}
        site = known.get(stop.site or "")
        if site is None or site.id == self.tour.site:
            return None
        name = self.translator.text(site.name)
        return SiteRef(site.id, name, site_url(site.id, self.language))

    def withdrawn(self, withdrawn: model.Withdrawn | None) -> WithdrawnView | None:
        if withdrawn is None:
            return None
        why = self.translator.text(withdrawn.why)
        return WithdrawnView(withdrawn.since.isoformat(), why)

    def anchor(self, stop: model.Stop, anchor: model.Anchor) -> AnchorView:
        pose = _pose(anchor)
        if isinstance(anchor, LabelAnchor):
            return self.label_anchor(stop, anchor.on, pose)
        path, width_m = str(anchor.picture.path), anchor.width.metres
        target = self.index.targets.get((path, width_m))
        return PictureAnchorView(
            "picture",
            pose,
            variants(self.index.pictures[path].variants),
            width_m,
            media(target.file) if target is not None else None,
        )

    def label_anchor(self, stop: model.Stop, on: str, pose: Pose) -> LabelAnchorView:
        """Return how the label holds the scene; what was measured on it comes first."""
        code = self.registry.code_of(self.tour.id, stop.id)
        printed = self.printed.get(code or "")
        if printed is None:
            return LabelAnchorView("label", pose, on)
        measured = stop.label.code_width if stop.label else None
        width_m = measured.metres if measured else printed.width_m
        return LabelAnchorView("label", pose, on, printed.text, width_m)


def _pose(anchor: model.Anchor) -> Pose:
    """Return the pose in the anchor's frame: +x right, +y up, +z to the person."""
    half = math.radians(anchor.turn_deg) / 2
    return Pose(
        (anchor.right_m, anchor.up_m, -anchor.ahead_m),
        (0.0, math.sin(half), 0.0, math.cos(half)),
    )


def _label(label: model.LabelMounting | None) -> LabelView | None:
    if label is None:
        return None
    facing = None if label.facing is None else label.facing.degrees
    return LabelView(label.height.metres, label.slope.degrees, facing)


def _point(place: model.Coordinates | None) -> Point | None:
    """Return a point on the map."""
    return None if place is None else Point(place.latitude_deg, place.longitude_deg)


def _access(translator: Translator, access: model.Access | None) -> AccessView | None:
    """Return how a place is reached."""
    if access is None:
        return None
    note = translator.maybe(access.note)
    return AccessView(access.wheelchair, access.steps, note)
