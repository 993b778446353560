"""Typed access to the fields of parsed JSON, with errors that name the place.

A file that was damaged, or made to do harm, can hold anything anywhere. `Fields`
checks each value where it is used and says where it stood, so that no reader ever
meets text where it expects a number.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import msgspec
import numpy as np

from assets_pipeline.errors import causes
from assets_pipeline.errors.exceptions import (
    RE_EXPORT,
    DamagedFileError,
    LimitExceededError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from assets_pipeline.gltf.materials import Payload

MAX_JSON_BYTES = 128 << 20
MAX_DEPTH = 64
MAX_ITEMS = 1_000_000
FLOAT32_LIMIT = 3.4e38
INTEGER_LIMIT = 1 << 53
_NO_MARKS = bytes(set(range(256)) - set(b'"[]{}'))
_STEPS = bytes.maketrans(b"[{]}", b"\x01\x01\xff\xff")
_QUOTED = re.compile(rb'"[^"]*"')

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Fields:
    """One JSON object and its place in the file."""

    values: Mapping[str, Payload]
    place: str

    def has(self, name: str) -> bool:
        """Return whether the field exists."""
        return name in self.values

    def integer(self, name: str, default: int | None = None, *, least: int = 0) -> int:
        """Return an integer of at least `least`."""
        value = self._get(name, default)
        if type(value) is int and least <= value < INTEGER_LIMIT:
            return value
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.invalid(name, "is not a whole number")
        if value < least or value >= INTEGER_LIMIT:
            raise self.invalid(name, f"is {value:.6g}, out of range")
        return value

    def index(self, name: str) -> int | None:
        """Return an index, or None when the field is absent."""
        return self.integer(name) if name in self.values else None

    def number(self, name: str, default: float | None = None) -> float:
        """Return a finite number."""
        value = self._get(name, default)
        if not _is_number(value):
            raise self.invalid(name, "is not a number")
        return float(value)  # type: ignore[arg-type]  # just checked

    def numbers(
        self, name: str, default: tuple[float, ...] | None = None
    ) -> tuple[float, ...]:
        """Return finite numbers, as many as in `default` where that is given."""
        if name not in self.values and default is not None:
            return default
        value = self._get(name)
        if not isinstance(value, list) or not all(map(_is_number, value)):
            raise self.invalid(name, "is not a list of numbers")
        if default and len(value) != len(default):
            raise self.invalid(name, f"has {len(value)} numbers, not {len(default)}")
        return tuple(map(float, value))  # type: ignore[arg-type]  # just checked

    def integers(self, name: str) -> tuple[int, ...]:
        """Return integers of at least 0; absent is empty."""
        return tuple(int(item) for item in self.numbers(name, ()))

    def string(self, name: str, default: str | None = None) -> str:
        """Return a string."""
        value = self._get(name, default)
        if not isinstance(value, str):
            raise self.invalid(name, "is not a text")
        return value

    def strings(self, name: str) -> tuple[str, ...]:
        """Return a list of strings; absent is empty."""
        value = self.values.get(name, [])
        if not isinstance(value, list):
            raise self.invalid(name, "is not a list of texts")
        found = tuple(item for item in value if isinstance(item, str))
        if len(found) < len(value):
            raise self.invalid(name, "is not a list of texts")
        return found

    def optional_string(self, name: str) -> str | None:
        """Return a string, or None when the field is absent."""
        return self.string(name) if name in self.values else None

    def choice(self, name: str, default: Item, known: Mapping[str, Item]) -> Item:
        """Return the value of `known` for a string; `default` when absent."""
        if name not in self.values:
            return default
        value = self.string(name)
        if value not in known:
            raise self.invalid(name, f"is {value[:40]!r}")
        return known[value]

    def boolean(self, name: str, *, default: bool) -> bool:
        """Return a boolean."""
        value = self._get(name, default)
        if not isinstance(value, bool):
            raise self.invalid(name, "is neither true nor false")
        return value

    def child(self, name: str) -> Fields:
        """Return an object; absent is empty."""
        value = self.values.get(name, {})
        if not isinstance(value, dict):
            raise self.invalid(name, "is not an object")
        return Fields(value, self._at(name))

    def children(self, name: str) -> list[Fields]:
        """Return a list of objects; absent is empty."""
        value = self.values.get(name, [])
        if not isinstance(value, list) or len(value) > MAX_ITEMS:
            raise self.invalid(name, "is not a list of a usable length")
        return list(self._objects(name, value))

    def invalid(self, name: str, reason: str) -> DamagedFileError:
        """Return the error for a field of a wrong type or value."""
        return DamagedFileError(f"the value {reason}", self._at(name), RE_EXPORT)

    def inconsistent(self, name: str, reason: str) -> DamagedFileError:
        """Return the error for a field that contradicts other fields."""
        return DamagedFileError.from_cause(
            causes.FIELD_INCONSISTENT, self._at(name), reason=reason
        )

    def _objects(self, name: str, value: list[Payload]) -> Iterator[Fields]:
        for i, item in enumerate(value):
            place = f"{name}[{i}]"
            if not isinstance(item, dict):
                raise self.invalid(place, "is not an object")
            yield Fields(item, self._at(place))

    def _get(self, name: str, default: Payload = None) -> Payload:
        value = self.values.get(name, default)
        if value is None and name not in self.values:
            raise DamagedFileError.from_cause(causes.FIELD_MISSING, self._at(name))
        return value

    def _at(self, name: str) -> str:
        return f"{self.place}.{name}" if self.place else name


def get_item(items: list[Item], index: int, place: str) -> Item:
    """Return the item of a list at an index from the file."""
    if not 0 <= index < len(items):
        count = len(items)
        raise DamagedFileError.from_cause(
            causes.INDEX_OUT_OF_RANGE, place, index=index, count=count
        )
    return items[index]


def parse_json_object(text: bytes) -> Fields:
    """Return the root object of a JSON text.

    Raises
    ------
    DamagedFileError
        If the text is not UTF-8 JSON with an object at its root.
    LimitExceededError
        If it is larger than 128 MiB or nested deeper than 64.
    """
    check_json_limits(text)
    root = decode_json(text)
    if not isinstance(root, dict):
        reason = "the JSON does not hold an object"
        raise DamagedFileError(reason, "JSON", RE_EXPORT)
    return Fields(root, "")


def check_json_limits(text: bytes) -> None:
    """Raise `LimitExceededError` for a JSON text over 128 MiB or nested deeper than 64."""
    if len(text) > MAX_JSON_BYTES:
        reason = f"the JSON has {len(text) >> 20} MiB"
        raise LimitExceededError(reason, "JSON", "Store arrays in binary buffers")
    if _depth(text) > MAX_DEPTH:
        raise _too_deep_error()


def decode_json(text: bytes) -> Payload:
    """Return the value of a JSON text.

    Raises
    ------
    DamagedFileError
        If the text is not UTF-8 JSON.
    LimitExceededError
        If it is nested too deep.
    """
    try:
        return _parse(text)
    except RecursionError as error:
        raise _too_deep_error() from error
    except ValueError as error:  # UnicodeDecodeError is one
        raise DamagedFileError.from_cause(causes.JSON_MALFORMED, "JSON") from error


def _parse(text: bytes) -> Payload:
    try:
        # A fifth of the time, and stricter: what it refuses the other may well read.
        return msgspec.json.decode(text)  # type: ignore[no-any-return]  # of JSON
    except (msgspec.DecodeError, UnicodeDecodeError):
        root = json.loads(text.decode("utf-8-sig"), parse_constant=_refuse_constant)
        return _writable(root) if b"\\u" in text else root


def _writable(root: Payload) -> Payload:
    """Return JSON with a question mark for each half of a sign: nothing can write one."""
    text = json.dumps(root, ensure_ascii=False).encode("utf-8", "replace")
    return json.loads(text)  # type: ignore[no-any-return]  # of JSON


def map_objects(payload: Payload, change: Callable[[str, Payload], Payload]) -> Payload:
    """Return a copy of JSON in which `change(name, value)` replaced each object.

    `change` is asked about every object, from the outside in; it returns the object
    itself to have its parts visited, and anything else to stand in its place.
    """
    return _map_value("", payload, change)


def _map_value(
    name: str, value: Payload, change: Callable[[str, Payload], Payload]
) -> Payload:
    if isinstance(value, list):
        return [_map_value(name, item, change) for item in value]
    if not isinstance(value, dict):
        return value
    changed = change(name, value)
    if changed is not value:
        return changed
    return {key: _map_value(key, item, change) for key, item in value.items()}


def _is_number(value: Payload) -> bool:
    is_number = type(value) is float or type(value) is int
    return is_number and -FLOAT32_LIMIT < value < FLOAT32_LIMIT  # type: ignore[operator]


def _refuse_constant(name: str) -> None:
    message = f"{name} is not JSON"
    raise ValueError(message)


def _depth(text: bytes) -> int:
    """Return how deep a JSON text is nested: to walk what it holds takes far longer."""
    if b"\\" in text:
        text = text.replace(rb"\\", b"").replace(rb"\"", b"")
    # Two strings that meet become one, and most become none.
    marks = text.translate(None, _NO_MARKS).replace(b'""', b"")
    steps = _QUOTED.sub(b"", marks).translate(_STEPS)
    return int(np.frombuffer(steps, np.int8).cumsum(dtype=np.int64).max(initial=0))


def _too_deep_error() -> LimitExceededError:
    return LimitExceededError.from_cause(causes.NESTED_TOO_DEEP, "JSON", most=MAX_DEPTH)
