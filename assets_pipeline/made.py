"""What a task gave, and how it is written in the store's records."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from tours.bundle import (
    Bundle,
    Extents,
    Lod,
    MediaFile,
    Picture,
    PictureVariant,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Product = Bundle | Picture | MediaFile
Json = dict[str, Any]  # of our own writing, read back under `from_json`'s guard


@dataclass(frozen=True, slots=True)
class Note:
    """A finding before it has a place: a code of the catalogue and its values."""

    code: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Made:
    """What one task gave."""

    product: Product
    notes: tuple[Note, ...] = ()


def files_of(product: Product) -> Iterator[MediaFile]:
    """Give every file that a product is made of."""
    if isinstance(product, MediaFile):
        yield product
    elif isinstance(product, Picture):
        yield from (variant.file for variant in product.variants)
    else:
        yield from (lod.file for lod in product.lods)
        yield product.usdz
        yield from files_of(product.poster)


def to_json(made: Made) -> Json:
    """Return a record's JSON."""
    kind = type(made.product).__name__
    return {
        "kind": kind,
        "product": asdict(made.product),
        "notes": [asdict(note) for note in made.notes],
    }


def from_json(record: Json) -> Made | None:
    """Return what a record says, None when it is damaged or of another version."""
    try:
        product = record["product"]
        notes = tuple(Note(n["code"], dict(n["values"])) for n in record["notes"])
        return Made(_READERS[record["kind"]](product), notes)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _bundle(record: Json) -> Bundle:
    return Bundle(
        extents=Extents(
            _three(record["extents"]["least"]), _three(record["extents"]["greatest"])
        ),
        lods=tuple(_lod(lod) for lod in record["lods"]),
        usdz=_file(record["usdz"]),
        poster=_picture(record["poster"]),
        source_triangles=int(record["source_triangles"]),
    )


def _lod(record: Json) -> Lod:
    return Lod(
        name=record["name"],
        file=_file(record["file"]),
        triangles=int(record["triangles"]),
        draw_calls=int(record["draw_calls"]),
        gpu_bytes=int(record["gpu_bytes"]),
    )


def _picture(record: Json) -> Picture:
    return Picture(
        tuple(
            PictureVariant(
                _file(item["file"]), int(item["width_px"]), int(item["height_px"])
            )
            for item in record["variants"]
        )
    )


def _file(record: Json) -> MediaFile:
    return MediaFile(
        sha256=str(record["sha256"]),
        size_bytes=int(record["size_bytes"]),
        extension=str(record["extension"]),
        media_type=str(record["media_type"]),
    )


def _three(values: list[float]) -> tuple[float, float, float]:
    x, y, z = (float(value) for value in values)
    return x, y, z


_READERS: dict[str, Callable[[Json], Product]] = {
    "Bundle": _bundle,
    "Picture": _picture,
    "MediaFile": _file,
}
