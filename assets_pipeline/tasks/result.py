"""The result of a task, and its JSON in the store's records."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from tours.bundle import (
    Bundle,
    Extents,
    ImageTarget,
    Lod,
    MediaFile,
    Outline,
    Panorama,
    Picture,
    PictureVariant,
    Recognition,
    Recording,
    UsdzFacts,
    Video,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Json = dict[str, Any]  # of our own writing, read back under `from_json`'s guard


@dataclass(frozen=True, slots=True)
class Film:
    """A video and whether it has audible sound."""

    video: Video
    is_audible: bool


Product = Bundle | Picture | Panorama | Recording | Film | ImageTarget


@dataclass(frozen=True, slots=True)
class Note:
    """A finding of a task, before it has a location: a code and its values."""

    code: str
    values: dict[str, str]
    line: int | None = None
    """Of the file itself, where it is text that a person can mend."""


@dataclass(frozen=True, slots=True)
class TaskResult:
    """The product of one task and its findings."""

    product: Product
    notes: tuple[Note, ...] = ()
    decided: str = ""
    """What was decided on the way, as ``decisions`` writes it; for models."""


def product_files(product: Product) -> Iterator[MediaFile]:
    """Yield every file of a product."""
    match product:
        case Picture():
            yield from (variant.file for variant in product.variants)
        case Panorama():
            yield from (level.file for level in product.levels)
            yield from product_files(product.poster)
        case Recording():
            named = (product.file, product.fallback, product.words)
            yield from (file for file in named if file is not None)
        case ImageTarget():
            yield product.file
        case Film():
            yield from product.video.files
            yield from product_files(product.video.poster)
        case Bundle():
            yield from (lod.file for lod in product.lods)
            yield product.usdz
            yield from product_files(product.poster)


def to_json(result: TaskResult) -> Json:
    """Return the JSON of a task's result."""
    kind = type(result.product).__name__
    return {
        "kind": kind,
        "product": asdict(result.product),
        "notes": [asdict(note) for note in result.notes],
        "decided": result.decided,
    }


def from_json(record: Json) -> TaskResult | None:
    """Return a task's result from its JSON; None if it is damaged or outdated."""
    try:
        product = record["product"]
        notes = tuple(
            Note(n["code"], dict(n["values"]), n["line"]) for n in record["notes"]
        )
        decided = str(record["decided"])
        return TaskResult(_READERS[record["kind"]](product), notes, decided)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _bundle(record: Json) -> Bundle:
    return Bundle(
        extents=Extents(
            _to_tuple(record["extents"]["least"]),
            _to_tuple(record["extents"]["greatest"]),
        ),
        lods=tuple(_lod(lod) for lod in record["lods"]),
        usdz=_file(record["usdz"]),
        poster=_picture(record["poster"]),
        source_triangles=int(record["source_triangles"]),
        outline=_outline(record["outline"]),
        usdz_facts=_usdz_facts(record["usdz_facts"]),
        is_searched=bool(record["is_searched"]),
    )


def _usdz_facts(record: Json | None) -> UsdzFacts | None:
    if record is None:
        return None
    return UsdzFacts(
        triangles=int(record["triangles"]),
        draw_calls=int(record["draw_calls"]),
        gpu_bytes=int(record["gpu_bytes"]),
        visual_error=_error(record["visual_error"]),
    )


def _outline(record: Json | None) -> Outline | None:
    if record is None:
        return None
    return Outline(str(record["path"]), int(record["width"]), int(record["height"]))


def _lod(record: Json) -> Lod:
    return Lod(
        name=record["name"],
        file=_file(record["file"]),
        triangles=int(record["triangles"]),
        draw_calls=int(record["draw_calls"]),
        gpu_bytes=int(record["gpu_bytes"]),
        visual_error=_error(record["visual_error"]),
    )


def _error(value: float | None) -> float | None:
    return None if value is None else float(value)


def _picture(record: Json) -> Picture:
    return Picture(tuple(_variant(item) for item in record["variants"]))


def _variant(record: Json) -> PictureVariant:
    return PictureVariant(
        _file(record["file"]), int(record["width_px"]), int(record["height_px"])
    )


def _panorama(record: Json) -> Panorama:
    levels = tuple(_variant(level) for level in record["levels"])
    return Panorama(levels, _picture(record["poster"]))


def _recording(record: Json) -> Recording:
    fallback, words = record["fallback"], record["words"]
    return Recording(
        _file(record["file"]),
        float(record["duration_s"]),
        fallback=None if fallback is None else _file(fallback),
        words=None if words is None else _file(words),
    )


def _film(record: Json) -> Film:
    video = record["video"]
    return Film(
        Video(
            files=tuple(_file(file) for file in video["files"]),
            width_px=int(video["width_px"]),
            height_px=int(video["height_px"]),
            duration_s=float(video["duration_s"]),
            poster=_picture(video["poster"]),
        ),
        is_audible=bool(record["is_audible"]),
    )


def _target(record: Json) -> ImageTarget:
    recognition = record["recognition"]
    return ImageTarget(
        _file(record["file"]),
        int(record["width_px"]),
        int(record["height_px"]),
        None if recognition is None else parse_recognition(recognition),
    )


def parse_recognition(record: Json) -> Recognition:
    """Return the trackability of an image target from its JSON."""
    return Recognition(
        int(record["score"]),
        float(record["farthest_m"]),
        float(record["largest_angle_deg"]),
        tuple(str(row) for row in record["heat"]),
    )


def _file(record: Json) -> MediaFile:
    return MediaFile(
        sha256=str(record["sha256"]),
        size_bytes=int(record["size_bytes"]),
        extension=str(record["extension"]),
        media_type=str(record["media_type"]),
    )


def _to_tuple(values: list[float]) -> tuple[float, float, float]:
    x, y, z = (float(value) for value in values)
    return x, y, z


_READERS: dict[str, Callable[[Json], Product]] = {
    "Bundle": _bundle,
    "Picture": _picture,
    "Panorama": _panorama,
    "Recording": _recording,
    "Film": _film,
    "ImageTarget": _target,
}
