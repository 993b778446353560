"""Look up COLLADA elements by id, and read their tables of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.readers.xml import Element, raise_damaged

if TYPE_CHECKING:
    from assets_pipeline.arrays import Float64Array

_MOST_STRIDE: Final = 64
_MOST_NUMBERS: Final = 100_000_000
_MOST_OFFSET: Final = 63


class Library:
    """Finds elements by ``#id``."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self._elements: dict[str, Element] = {}
        for element in root.iterate():
            if "id" in element.attributes:
                self._elements.setdefault(element.attributes["id"], element)
        self._tables: dict[Element, Float64Array] = {}

    def find(self, reference: str, *tags: str) -> Element | None:
        """Return the referenced element if its tag is one of some; else None.

        Other files are not opened: libraries shared between files are rare, and what
        they hold is then missing, not wrong.
        """
        found = self._elements.get(reference.strip().removeprefix("#"))
        return found if found is not None and found.tag in tags else None

    def find_reference(self, element: Element, attribute: str, *tags: str) -> Element:
        """Return the element that an attribute references.

        Raises
        ------
        DamagedFileError
            If there is none.
        """
        reference = element.attributes.get(attribute, "")
        found = self.find(reference, *tags)
        if found is None:
            raise_damaged(
                element, f"{attribute}={reference[:60]!r} names nothing in the file"
            )
        return found

    def table(self, source: Element) -> Float64Array:
        """Return (n, k) float64, the rows of a ``source``.

        Raises
        ------
        DamagedFileError
            If it holds fewer numbers than it says.
        """
        if source not in self._tables:
            self._tables[source] = self._rows(source)
        return self._tables[source]

    def _rows(self, source: Element) -> Float64Array:
        access = source.find("technique_common", "accessor")
        held = source.find("float_array")
        if held is None and access is not None:
            held = self.find(access.attributes.get("source", ""), "float_array")
        if access is None or held is None:
            raise_damaged(source, "a source holds no table of numbers")
        numbers = held.numbers()
        count, stride, offset = (
            read_integer(access, name, default)
            for name, default in (("count", 0), ("stride", 1), ("offset", 0))
        )
        if not 1 <= stride <= _MOST_STRIDE or count > _MOST_NUMBERS:
            raise_damaged(access, f"a table of {count} rows of {stride} numbers")
        if offset + count * stride > len(numbers):
            raise_damaged(
                access,
                f"{count} rows of {stride} announced, {len(numbers)} numbers there",
            )
        rows = numbers[offset : offset + count * stride].reshape(count, stride)
        # Parameters without a name are to be passed over (COLLADA 1.4.1, `param`); a
        # matrix is one parameter.
        parameters = access.find_all("param")
        named = [i for i, p in enumerate(parameters) if "name" in p.attributes]
        return rows[:, named] if named and len(parameters) == stride else rows


def read_integer(element: Element, name: str, default: int) -> int:
    """Return the value of an attribute as an integer of at least 0.

    Raises
    ------
    DamagedFileError
        If it says anything else.
    """
    text = element.attributes.get(name)
    if text is None:
        return default
    if not (text.strip().isdecimal() and len(text) < 12):  # noqa: PLR2004  # no longer number counts anything
        raise_damaged(element, f"{name}={text[:40]!r} is not a whole number")
    return int(text)


def input_offset(element: Element) -> int:
    """Return the offset of an ``input`` within a row of indices.

    Raises
    ------
    DamagedFileError
        If it is beyond any.
    """
    offset = read_integer(element, "offset", 0)
    if offset > _MOST_OFFSET:
        raise_damaged(element, f"offset={offset} is beyond any")
    return offset


def fit_width(table: Float64Array, width: int) -> Float64Array:
    """Return a table with some number of columns, cut or padded with 0."""
    found = np.zeros((len(table), width))
    taken = min(width, table.shape[1])
    found[:, :taken] = table[:, :taken]
    return found
