"""What a stop's page states of its scene: model size and files, hotspot directions."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from publishing.text.localization import ADULT_M, HAND_M

if TYPE_CHECKING:
    from tours.manifest import (
        AnchorView,
        HotspotView,
        ImageVariant,
        LodView,
        ModelView,
        PanoramaView,
        StopView,
    )

_MAX_HEIGHT = 220.0
_MAX_WIDTH = 264.0
_GAP = 8.0
"""Between the outline and who stands beside it."""
_ARROW = 18.0
"""Room for the arrow along the length that is told."""
_TIP = 4.0
_LARGEST_HELD_M = 0.9
"""What is no larger is drawn beside a hand."""
_SMALLEST = 3.0
"""Under this the outline or its companion is a speck, and the drawing says nothing."""
_FLAT = 0.05
"""Height as a share of the longer side, under which a scene is flat."""
_LONG = 0.5
"""The same, under which its length is told beside its height."""
_FIGURES = 2
"""Significant figures of an estimate."""
Side = Literal["ahead", "right", "behind", "left"]
SIDES: tuple[Side, ...] = ("ahead", "right", "behind", "left")
_QUARTER_DEG = 90.0
_LEVEL_DEG = 20.0
"""Under this elevation a hot spot is neither high nor low."""


@dataclass(frozen=True, slots=True)
class ScaleFigure:
    """A hand or an adult drawn beside a model for scale."""

    kind: Literal["adult", "hand"]
    height_m: float
    breadth: float
    """Width of the template's drawing, as a share of its height."""


_ADULT = ScaleFigure("adult", ADULT_M, 0.4)
_HAND = ScaleFigure("hand", HAND_M, 0.5)


@dataclass(frozen=True, slots=True)
class ScaleDrawing:
    """A model's outline beside its scale figure, in 16ths of a ``rem``."""

    width: float
    height: float
    outline_left: float
    outline_top: float
    outline_width: float
    outline_height: float
    arrow: str
    """Path of the arrow along the length that is told."""
    companion: ScaleFigure
    companion_width: float
    companion_height: float

    @property
    def companion_left(self) -> float:
        """Where its drawing begins."""
        return round(self.width - self.companion_width, 2)

    @property
    def companion_top(self) -> float:
        """Where its head, or its fingertips, are: it stands on the same ground."""
        ground = self.outline_top + self.outline_height
        return round(ground - self.companion_height, 2)


@dataclass(frozen=True, slots=True)
class Size:
    """Height and width in metres."""

    height_m: float
    width_m: float
    """The longer side on the ground."""

    @property
    def tells(self) -> Literal["high", "long", "both"]:
        """Which of them tell how big a thing is: of a map, its height says nothing."""
        if self.height_m < _FLAT * self.width_m:
            return "long"
        return "both" if self.height_m < _LONG * self.width_m else "high"

    @property
    def told_m(self) -> float:
        """The one to say first."""
        return self.width_m if self.tells == "long" else self.height_m

    def times(self, ratio: float) -> Size:
        """Return the size of the same at another scale."""
        return Size(self.height_m * ratio, self.width_m * ratio)

    def rounded(self) -> Size:
        """Return it as an estimate is told: in two figures."""
        return Size(_rounded(self.height_m), _rounded(self.width_m))


@dataclass(frozen=True, slots=True)
class SceneFacts:
    """A model's view with its sizes, scale drawing and Quick Look address."""

    view: ModelView
    shown: Size
    true: Size
    drawing: ScaleDrawing | None
    """None where the outline or who stands beside it would be a speck."""
    quick_look_url: str
    finest: LodView | None

    @property
    def is_true_size(self) -> bool:
        """Whether it is shown as big as it is."""
        return self.view.scale == 1

    @property
    def scale(self) -> str:
        """The scale as maps write it: ``1:200`` for 0.005, ``3:1`` for 3."""
        ratio = self.view.scale
        return f"1:{1 / ratio:.4g}" if ratio <= 1 else f"{ratio:.4g}:1"


def scene_facts(view: ModelView, page_address: str) -> SceneFacts:
    """Return what a page shows of a model.

    Parameters
    ----------
    view
        The scene, as the manifest gives it.
    page_address
        Absolute address of the stop's page, which Quick Look shares in place of the
        model's file.
    """
    sizes = zip(view.extents.least, view.extents.greatest, strict=True)
    width_m, height_m, depth_m = (greatest - least for least, greatest in sizes)
    exact = Size(height_m, max(width_m, depth_m))
    true = _displayed_size(exact, view)
    # At true size a pinch must not shrink what is there to be believed.
    scaling = "allowsContentScaling=0&" if view.scale == 1 else ""
    return SceneFacts(
        view=view,
        shown=true.times(view.scale),
        true=true,
        drawing=_drawing(view, exact.times(view.scale)),
        quick_look_url=f"{view.usdz.url}#{scaling}canonicalWebPageURL={page_address}",
        finest=view.lods[-1] if view.lods else None,
    )


def _displayed_size(exact: Size, view: ModelView) -> Size:
    """Return a size as people are told: of an estimate, the height that was written."""
    if not view.has_estimated_size:
        return exact
    likely = exact.rounded()
    written_m = view.estimated_height_m
    return likely if written_m is None else replace(likely, height_m=written_m)


def scene_kind(stop: StopView) -> str:
    """Return the kind of a stop's scene, as cards name it."""
    if stop.scene is None:
        return "sound" if stop.audio else "text"
    if stop.scene.kind == "model" and any(a.by == "picture" for a in stop.anchors):
        return "printed"
    return stop.scene.kind


def is_tracked(stop: StopView) -> bool:
    """Return whether a stop's scene is anchored to a label or an image target."""
    return any(_is_found(anchor) for anchor in stop.anchors)


def _is_found(anchor: AnchorView) -> bool:
    if anchor.by == "label":
        return anchor.code_text is not None and anchor.code_width_m is not None
    return anchor.target is not None


def _drawing(view: ModelView, size: Size) -> ScaleDrawing | None:
    if view.outline is None:
        return None
    is_held = max(size.height_m, size.width_m) <= _LARGEST_HELD_M
    companion = _HAND if is_held else _ADULT
    beside_m = companion.breadth * companion.height_m
    tallest_m = max(size.height_m, companion.height_m)
    unit = min(_MAX_HEIGHT / tallest_m, (_MAX_WIDTH - _GAP) / (size.width_m + beside_m))
    width, height, tallest = (
        round(length_m * unit, 2)
        for length_m in (size.width_m, size.height_m, tallest_m)
    )
    if min(height, companion.height_m * unit) < _SMALLEST:
        return None
    is_long = size.tells == "long"
    left, top = 0.0 if is_long else _ARROW, round(tallest - height, 2)
    beside = round(beside_m * unit, 2)
    return ScaleDrawing(
        width=round(left + width + _GAP + beside, 2),
        height=tallest + (_ARROW if is_long else 0.0),
        outline_left=left,
        outline_top=top,
        outline_width=width,
        outline_height=height,
        arrow=_across(width, tallest + _ARROW - _TIP)
        if is_long
        else _upright(height, top),
        companion=companion,
        companion_width=beside,
        companion_height=round(companion.height_m * unit, 2),
    )


def _upright(length: float, top: float) -> str:
    """Return an arrow with two heads from `top` down."""
    tip, start = f"{_TIP:g}", f"M{_TIP + 1:g} {top:g}"
    head = f"{start}l-{tip} {tip}m{tip}-{tip}l{tip} {tip}"
    foot = f"{start}v{length:g}l-{tip}-{tip}m{tip} {tip}l{tip}-{tip}"
    return head + foot


def _across(length: float, y: float) -> str:
    """Return an arrow with two heads from the left edge."""
    tip = f"{_TIP:g}"
    left = f"M0 {y:g}l{tip}-{tip}m-{tip} {tip}l{tip} {tip}"
    right = f"M0 {y:g}h{length:g}l-{tip}-{tip}m{tip} {tip}l-{tip} {tip}"
    return left + right


def _rounded(value: float) -> float:
    if not value:
        return value
    return round(value, _FIGURES - 1 - math.floor(math.log10(abs(value))))


@dataclass(frozen=True, slots=True)
class HotspotDirection:
    """A hotspot with its direction from the opening view."""

    view: HotspotView
    side: Side
    height: Literal["above", "level", "below"]


def hotspot_directions(view: PanoramaView) -> tuple[HotspotDirection, ...]:
    """Return the hotspots of a panorama with their directions, in manifest order."""
    return tuple(
        HotspotDirection(
            spot,
            side_of(spot.azimuth_deg - view.starts_deg),
            _height(spot.elevation_deg),
        )
        for spot in view.hotspots
    )


def full_panorama(view: PanoramaView) -> ImageVariant | None:
    """Return the largest JPEG level of a panorama; None if there is none."""
    everywhere = [v for v in view.levels if v.type == "image/jpeg"] or view.levels
    return max(everywhere, key=lambda v: v.width_px, default=None)


def side_of(turn_deg: float) -> Side:
    """Return on which side lies what one turns to, from the opening view."""
    return SIDES[int((turn_deg + _QUARTER_DEG / 2) % 360 // _QUARTER_DEG) % 4]


def _height(elevation_deg: float) -> Literal["above", "level", "below"]:
    if abs(elevation_deg) < _LEVEL_DEG:
        return "level"
    return "above" if elevation_deg > 0 else "below"
