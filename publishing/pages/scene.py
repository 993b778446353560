"""What a stop's page says of a 3D model: how high, beside whom, and which files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publishing.pages.measures import ADULT_M, STOREY_M

if TYPE_CHECKING:
    from tours.manifest import LodView, ModelView

_FRAME = 100.0
_AIR = 4.0
_SHOULDERS = 0.38
"""Width of the adult that templates draw, as a share of the height."""
_SMALLEST_DRAWN_M = 0.3
_LARGEST_ASPECT = 2.5
_FLAT = 0.05
"""Height as a share of the longer side, under which a scene is flat."""
_MOST_STOREYS = 60
"""Beyond, lines would only make a grey."""
_TALL_M = 2 * STOREY_M


@dataclass(frozen=True, slots=True)
class Drawing:
    """The scene's outline beside an adult, to one scale, in drawing units."""

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
    """None for what is too small to be seen beside an adult."""
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
    drawn_width_m = min(width_m, _LARGEST_ASPECT * tallest)
    unit = _FRAME / tallest
    adult, box = ADULT_M * unit, drawn_width_m * unit
    shoulders = adult * _SHOULDERS
    storeys = int(height_m / STOREY_M + 0.5)
    has_floors = height_m >= _TALL_M and storeys <= _MOST_STOREYS
    floors = range(1, storeys) if has_floors else ()
    return Drawing(
        width=round(box + _AIR + shoulders, 2),
        height=_FRAME,
        box_width=round(box, 2),
        box_height=round(height_m * unit, 2),
        adult_height=round(adult, 2),
        adult_left=round(box + _AIR + (shoulders - adult) / 2, 2),
        storeys=tuple(round(_FRAME - floor * STOREY_M * unit, 2) for floor in floors),
    )
