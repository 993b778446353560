"""Recipes of the sets of frames: prints, walls, bins and counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.image_targets import drawings
from benchmarks.image_targets.bins import BINS, PHONE_BINS, Sampler
from benchmarks.image_targets.pictures import (
    BACKDROPS,
    HELD_OUT_BACKDROPS,
    HELD_OUT_PRINTS,
    PRINTS,
    Loader,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True)
class Recipe:
    """One set of frames."""

    name: str
    seed: str
    prints: Mapping[str, Loader]
    backdrops: tuple[str, ...]
    bins: Mapping[str, Mapping[str, Sampler]] = field(default_factory=dict)
    repeats: int = 0
    """Frames of each print in each bin."""
    bare_repeats: tuple[int, ...] = ()
    """Which of the repeats show no clutter behind the print."""
    still_frames: int = 0
    """Frames of each print from a camera that stands still."""
    negatives: int = 0
    """Frames without any print."""
    twins: tuple[tuple[str, str], ...] = ()
    """Pairs: the print looked for, and the one of its series that is in view instead."""
    twin_repeats: int = 0


BENCH = Recipe(
    name="bench",
    seed="ecomusee-1",
    prints=PRINTS,
    backdrops=BACKDROPS,
    bins=BINS,
    repeats=2,
    still_frames=12,
    negatives=96,
)

HELD_OUT = Recipe(
    name="held_out",
    seed="ecomusee-other",
    prints=HELD_OUT_PRINTS,
    backdrops=HELD_OUT_BACKDROPS,
    bins={**BINS, **PHONE_BINS},
    repeats=2,
    bare_repeats=(1,),
    still_frames=6,
    negatives=60,
)

STOPS = {
    "7": "07 Marteau-pilon",
    "8": "08 Halle de forge",
    "9": "09 Grande grue",
    "12": "12 Puits Saint-Eloi",
}
SHORT_ADDRESSES = {
    f"short_{number}": f"HTTPS://ECM.FR/K7Q{'ABCDEFGHJKLMN'[int(number)]}"
    for number in STOPS
}
"""What the codes of the short labels say, as the program prints codes."""
ROOMS = ("une", "deux", "trois", "quatre")


def series() -> dict[str, Loader]:
    """Return prints that look alike: long labels, short labels, panels of one layout."""
    prints: dict[str, Loader] = {}
    for number, title in STOPS.items():
        page = f"https://visite.example/t/plaine-des-riaux/stop/{int(number):02d}"
        prints[f"label_{number}"] = bound(page, title)
        prints[f"short_{number}"] = bound(SHORT_ADDRESSES[f"short_{number}"], title)
    for room in ROOMS:
        prints[f"panel_{room}"] = bound_panel(room)
    return prints


def bound(text: str, title: str) -> Loader:
    """Draw a label later."""
    return lambda: drawings.label(text, title)


def bound_panel(seed: str) -> Loader:
    """Draw a panel later."""
    return lambda: drawings.panel(seed)


def ordered_pairs(names: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each print of a series with each other one."""
    for wanted in names:
        for other in names:
            if wanted != other:
                yield wanted, other


def twin_pairs() -> tuple[tuple[str, str], ...]:
    """Return 34 pairs: all of both series of labels, ten of the panels."""
    pairs: list[tuple[str, str]] = []
    for kind, names in (("label", STOPS), ("short", STOPS), ("panel", ROOMS)):
        of_kind = list(ordered_pairs([f"{kind}_{name}" for name in names]))
        pairs += of_kind[:10] if kind == "panel" else of_kind
    return tuple(pairs)


TWINS = Recipe(
    name="twins",
    seed="ecomusee-twins",
    prints=series(),
    backdrops=BACKDROPS,
    twins=twin_pairs(),
    twin_repeats=2,
)
"""68 frames in which the print that is looked for is not, but one of its series is."""

RECIPES = {recipe.name: recipe for recipe in (BENCH, HELD_OUT, TWINS)}
