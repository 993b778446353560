"""What a panorama's page says of it without turning: which way each hot spot lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from tours.manifest import HotspotView, ImageVariant, PanoramaView

Side = Literal["ahead", "right", "behind", "left"]
_SIDES: tuple[Side, ...] = ("ahead", "right", "behind", "left")
_QUARTER_DEG = 90.0
_LEVEL_DEG = 20.0
"""Under this elevation a hot spot is neither high nor low."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A hot spot and where to look for it, from the view that opens."""

    view: HotspotView
    side: Side
    height: Literal["above", "level", "below"]


def spots(view: PanoramaView) -> tuple[Spot, ...]:
    """Return the hot spots of a panorama, in the manifest's order, which numbers them."""
    return tuple(
        Spot(
            spot,
            _side(spot.azimuth_deg - view.starts_deg),
            _height(spot.elevation_deg),
        )
        for spot in view.hotspots
    )


def whole_picture(view: PanoramaView) -> ImageVariant | None:
    """Return the largest level that every program opens; None if there is none."""
    everywhere = [v for v in view.levels if v.type == "image/jpeg"] or view.levels
    return max(everywhere, key=lambda v: v.width_px, default=None)


def _side(turn_deg: float) -> Side:
    return _SIDES[int((turn_deg + _QUARTER_DEG / 2) % 360 // _QUARTER_DEG) % 4]


def _height(elevation_deg: float) -> Literal["above", "level", "below"]:
    if abs(elevation_deg) < _LEVEL_DEG:
        return "level"
    return "above" if elevation_deg > 0 else "below"
