"""Validate a file's JSON against the schemas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assets_pipeline.gltf_validator.extensions import EXTENSION_SHAPES, EXTENSIONS
from assets_pipeline.gltf_validator.schema import SHAPES, Property, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from assets_pipeline.errors.exceptions import AssetError
    from assets_pipeline.gltf.materials import Payload

_ALL_SHAPES: Final[Mapping[str, Shape]] = {**SHAPES, **EXTENSION_SHAPES}


@dataclass(frozen=True, slots=True)
class Fault:
    """A violation of the specification."""

    place: str
    """In the file's own words: ``accessors[3].count``."""
    reason: str
    reason_fr: str | None = None
    """None of the many that only a programmer could follow."""

    @classmethod
    def from_error(cls, error: AssetError, place: str | None = None) -> Fault:
        """Return a reader's error as a fault, at a place or where the error says."""
        cause = error.cause
        french = None if cause is None else cause.fr.reason.rstrip(".")
        return cls(error.place if place is None else place, error.reason, french)


def schema_faults(root: Mapping[str, Payload]) -> Iterator[Fault]:
    """Yield the faults of a file's JSON against the schemas."""
    yield from _SchemaWalk(root).object(dict(root), "glTF", "")


class _SchemaWalk:
    """One file's JSON being held against the tables."""

    def __init__(self, root: Mapping[str, Payload]) -> None:
        self._root = root

    def object(self, value: Payload, shape: str, place: str) -> Iterator[Fault]:
        """Give the faults of an object."""
        if not isinstance(value, dict):
            yield Fault(place, "is not an object")
            return
        yield from self._properties(value, _ALL_SHAPES[shape], place)
        extensions = value.get("extensions", {})
        if not isinstance(extensions, dict):
            yield Fault(_at(place, "extensions"), "is not an object")
            return
        for name, part in extensions.items():
            yield from self._extension(
                name, part, shape, _at(place, f"extensions.{name}")
            )

    def _extension(
        self, name: str, part: Payload, shape: str, place: str
    ) -> Iterator[Fault]:
        if not isinstance(part, dict):
            yield Fault(place, "is not an object")
        elif name in EXTENSIONS and shape not in EXTENSIONS[name]:
            yield Fault(place, f"{name} has no meaning here")
        elif name in EXTENSIONS:
            yield from self._properties(part, EXTENSIONS[name][shape], place)

    def _properties(
        self, value: dict[str, Payload], shape: Shape, place: str
    ) -> Iterator[Fault]:
        for name, wanted in shape.items():
            if name in value:
                yield from self._value(value[name], wanted, _at(place, name))
            elif wanted.is_needed:
                yield Fault(_at(place, name), "is missing")

    def _value(self, value: Payload, wanted: Property, place: str) -> Iterator[Fault]:
        match wanted.kind:
            case "object":
                yield from self.object(value, wanted.target, place)
            case "list":
                yield from self._list(value, wanted, place)
            case "map":
                yield from self._map(value, wanted, place)
            case "index":
                yield from self._index(value, wanted, place)
            case _:
                yield from _plain(value, wanted, place)

    def _list(self, value: Payload, wanted: Property, place: str) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield Fault(place, "is not a list")
            return
        if not value or (wanted.lengths and len(value) not in wanted.lengths):
            yield Fault(place, f"has {len(value)} items")
        if wanted.is_set and len({str(item) for item in value}) < len(value):
            yield Fault(place, "names something twice")
        for i, item in enumerate(value):
            if wanted.item is not None:
                yield from self._value(item, wanted.item, f"{place}[{i}]")

    def _map(self, value: Payload, wanted: Property, place: str) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault(place, "is not an object")
            return
        if not value:
            yield Fault(place, "is empty")
        for name, item in value.items():
            if wanted.item is not None:
                yield from self._value(item, wanted.item, _at(place, name))

    def _index(self, value: Payload, wanted: Property, place: str) -> Iterator[Fault]:
        listed = self._root.get(wanted.target, [])
        count = len(listed) if isinstance(listed, list) else 0
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            yield Fault(place, "is not a number from 0 on")
        elif value >= count:
            yield Fault(place, f"names number {value} of {count} {wanted.target}")


def _plain(value: Payload, wanted: Property, place: str) -> Iterator[Fault]:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    fits = {
        "integer": is_number and float(value) == int(value),  # type: ignore[arg-type]  # numbers only
        "number": is_number,
        "text": isinstance(value, str),
        "flag": isinstance(value, bool),
    }
    if not fits[wanted.kind]:
        yield Fault(place, f"is not of the right kind, {wanted.kind}")
    elif wanted.known and value not in wanted.known:
        yield Fault(place, f"is {str(value)[:40]}")
    elif is_number and not wanted.least <= value <= wanted.most:  # type: ignore[operator]  # a number
        yield Fault(place, f"is {value}, out of range")


def _at(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name
