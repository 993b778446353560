"""What a stop's page says of a 3D model: how high, beside whom, and which files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publishing.pages.measures import ADULT_M, STOREY_M

if TYPE_CHECKING:
    from tours.manifest import LodView, ModelView

_HIGHEST_PX = 130.0
_WIDEST_PX = 240.0
_AIR_PX = 4.0
_SHOULDERS = 0.38
"""Width of the adult that templates draw, as a share of the height."""
_SMALLEST_DRAWN_M = 0.3
_SMALLEST_ADULT_PX = 3.0
"""Under this an adult is a speck, and the drawing says nothing."""
_FLAT = 0.05
"""Height as a share of the longer side, under which a scene is flat."""
_TALL_M = 2 * STOREY_M


@dataclass(frozen=True, slots=True)
class Drawing:
    """The scene's outline beside an adult, to one scale, in CSS pixels."""

    width: float
    height: float
    box_width: float
    box_height: float
    adult_height: float
    adult_left: float
    """Where the square stands that the adult is drawn in."""
    storeys: tuple[float, ...]
    """Heights of the floors of a building as high, from the top."""


@dataclass(frozen=True, slots=True)
class SceneFacts:
    """A scene with what is worked out of it for a page."""

    view: ModelView
    height_m: float
    """As shown."""
    width_m: float
    """The longer side on the ground, as shown."""
    is_true_size: bool
    drawing: Drawing | None
    """None for what is too small to be seen beside an adult, or too big."""
    quick_look_url: str
    finest: LodView | None

    @property
    def is_flat(self) -> bool:
        """Whether its height says nothing: a map, a floor, a medal that lies."""
        return self.height_m < _FLAT * self.width_m

    @property
    def told_m(self) -> float:
        """The length that tells its size, as shown."""
        return self.width_m if self.is_flat else self.height_m

    @property
    def true_m(self) -> float:
        """The length that tells its size, in reality."""
        return self.told_m / self.view.scale

    @property
    def scale(self) -> str:
        """The scale as maps write it: ``1:200`` for 0.005, ``3:1`` for 3."""
        ratio = self.view.scale
        return f"1:{1 / ratio:.4g}" if ratio <= 1 else f"{ratio:.4g}:1"


def scene_facts(view: ModelView, page_address: str) -> SceneFacts:
    """Return what a page shows of a scene.

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
    is_true_size = view.scale == 1
    # At true size a pinch must not shrink what is there to be believed.
    scaling = "allowsContentScaling=0&" if is_true_size else ""
    return SceneFacts(
        view=view,
        height_m=height_m * view.scale,
        width_m=max(width_m, depth_m) * view.scale,
        is_true_size=is_true_size,
        drawing=_drawing(width_m * view.scale, height_m * view.scale),
        quick_look_url=f"{view.usdz.url}#{scaling}canonicalWebPageURL={page_address}",
        finest=view.lods[-1] if view.lods else None,
    )


def _drawing(width_m: float, height_m: float) -> Drawing | None:
    if height_m < _SMALLEST_DRAWN_M:
        return None
    tallest = max(height_m, ADULT_M)
    across_px = _WIDEST_PX - _AIR_PX
    unit = min(_HIGHEST_PX / tallest, across_px / (width_m + _SHOULDERS * ADULT_M))
    adult, box, frame = ADULT_M * unit, width_m * unit, tallest * unit
    if adult < _SMALLEST_ADULT_PX:
        return None
    shoulders = adult * _SHOULDERS
    storeys = int(height_m / STOREY_M + 0.5) if height_m >= _TALL_M else 0
    floors = (frame - floor * STOREY_M * unit for floor in range(1, storeys))
    return Drawing(
        width=round(box + _AIR_PX + shoulders, 2),
        height=round(frame, 2),
        box_width=round(box, 2),
        box_height=round(height_m * unit, 2),
        adult_height=round(adult, 2),
        adult_left=round(box + _AIR_PX + (shoulders - adult) / 2, 2),
        storeys=tuple(round(floor, 2) for floor in floors),
    )
