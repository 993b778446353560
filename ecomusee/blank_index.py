"""An index of files for what needs none of them.

Labels are drawn from manifests, for they show what visitors read, but they show no
media: codes can be given and labels printed where models can't be built.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

from tours.bundle import (
    Bundle,
    BundleIndex,
    Extents,
    MediaFile,
    Picture,
    PictureVariant,
)

Key = TypeVar("Key")
Value = TypeVar("Value")

_FILE = MediaFile("0" * 64, 0, "", "application/octet-stream")
_PICTURE = Picture((PictureVariant(_FILE, 1, 1),))
_BUNDLE = Bundle(Extents((0, 0, 0), (1, 1, 1)), (), _FILE, _PICTURE, 0)


class _Everything(Mapping[Key, Value], Generic[Key, Value]):
    """The same value for every key."""

    def __init__(self, value: Value) -> None:
        self._value = value

    def __getitem__(self, _key: Key) -> Value:
        return self._value

    def __iter__(self) -> Iterator[Key]:
        return iter(())

    def __len__(self) -> int:
        return 0


def blank_index() -> BundleIndex:
    """Return an index that has an empty file for whatever is asked."""
    return BundleIndex(
        models=_Everything(_BUNDLE),
        pictures=_Everything(_PICTURE),
        recordings=_Everything(_FILE),
    )
