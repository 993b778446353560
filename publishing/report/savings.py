"""Estimate which media files could be smaller, the largest saving first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from assets_pipeline.inspection.search_estimate import SearchEstimate
    from tours.bundle import BundleIndex, Picture, Recording

SavingKind = Literal["search", "mono", "grain"]


@dataclass(frozen=True, slots=True)
class Saving:
    """A file that could be smaller at equal quality."""

    what: SavingKind
    path: str
    size_bytes: int
    """That visitors fetch now."""
    saved_bytes: int
    """About; of a model, as it was tried."""
    visual_error: float | None = None
    """Of a model, as it was tried."""

    @property
    def is_tried(self) -> bool:
        """Whether the lighter file was made and looked at."""
        return self.visual_error is not None

    @property
    def percent(self) -> int:
        """Part of the file that would be saved."""
        return round(100 * self.saved_bytes / self.size_bytes)


_STEREO_BITS_A_SECOND: Final = 80_000
"""Sounds of one channel are sent at 64 kb/s, of two at 96 kb/s. Three that were made
mono saved 92, 92 and 98 % of what is foretold."""
_MONO_RATIO: Final = 64 / 96
_COLUMN_PX: Final = 960
_USUAL_BITS_A_PIXEL, _GRAINY_BITS_A_PIXEL = 0.6, 0.9
"""Three of four photographs of a museum stay below the first as AVIF at this width; film
grain and the noise of a phone in the dark go beyond the second. Four to which grain was
added, and taken away by a median of 5 pixels, saved 86 to 122 % of what is foretold."""
_LEAST_BYTES: Final = 5_000
"""Of a saving that is worth somebody's time."""


def find_savings(
    index: BundleIndex, promised: Mapping[str, SearchEstimate] | None = None
) -> tuple[Saving, ...]:
    """Return possible savings, the largest first.

    Parameters
    ----------
    index
        What was made of the museum's files.
    promised
        The level for phones of models, had it been searched for, by path, where that
        was tried.
    """
    found = [*_models(index, promised or {}), *_sounds(index), *_pictures(index)]
    worth = (saving for saving in found if saving.saved_bytes >= _LEAST_BYTES)
    return tuple(sorted(worth, key=lambda saving: -saving.saved_bytes))


def _models(
    index: BundleIndex, promised: Mapping[str, SearchEstimate]
) -> Iterator[Saving]:
    for source, bundle in index.models.items():
        path = str(source.file.path)
        size = bundle.lods[-1].file.size_bytes
        if path in promised:
            saved_bytes = size - promised[path].size_bytes
            error = promised[path].visual_error
            yield Saving("search", path, size, saved_bytes, error)


def _sounds(index: BundleIndex) -> Iterator[Saving]:
    for path, recording in index.recordings.items():
        size = recording.file.size_bytes
        if _bits_a_second(recording) > _STEREO_BITS_A_SECOND:
            yield Saving("mono", path, size, round(size * (1 - _MONO_RATIO)))


def _bits_a_second(recording: Recording) -> float:
    is_sound = recording.file.media_type.startswith("audio/")
    if not is_sound or recording.duration_s <= 0:
        return 0.0
    return recording.file.size_bytes * 8 / recording.duration_s


def _pictures(index: BundleIndex) -> Iterator[Saving]:
    targets = {path for path, _ in index.targets}
    for path, picture in index.pictures.items():
        if path in targets:
            continue  # its detail is what phones know it by
        size, pixels = _in_a_column(picture)
        if size * 8 > _GRAINY_BITS_A_PIXEL * pixels:
            usual = round(_USUAL_BITS_A_PIXEL * pixels / 8)
            yield Saving("grain", path, size, size - usual)


def _in_a_column(picture: Picture) -> tuple[int, int]:
    """Return the bytes and pixels of what a phone fetches for its column: (0, 1) if none."""
    fit = [
        variant
        for variant in picture.variants
        if variant.file.media_type == "image/avif" and variant.width_px <= _COLUMN_PX
    ]
    if not fit:
        return 0, 1
    one = max(fit, key=lambda variant: variant.width_px)
    return one.file.size_bytes, one.width_px * one.height_px
