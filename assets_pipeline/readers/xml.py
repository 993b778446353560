"""Parse untrusted XML to a tree: no entities, no external files, limited depth."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NoReturn
from xml.parsers import expat

import numpy as np

from assets_pipeline.errors import causes
from assets_pipeline.errors.exceptions import (
    RE_EXPORT,
    DamagedFileError,
    LimitExceededError,
    UnsupportedFormatError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy.typing as npt

    from assets_pipeline.arrays import Float64Array, Int64Array

MAX_DEPTH: Final = 200
MAX_ELEMENTS: Final = 500_000
_SEPARATOR: Final = ":"


@dataclass(slots=True, eq=False)
class Element:
    """An element, its tag and attributes without namespaces."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[Element] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Text within the element itself, stripped."""
        return "".join(self.pieces).strip()

    @property
    def place(self) -> str:
        """Line of the element, for errors."""
        return f"line {self.line}"

    def find_all(self, *tags: str) -> list[Element]:
        """Return the children with some tags, in order."""
        return [child for child in self.children if child.tag in tags]

    def find(self, *tags: str) -> Element | None:
        """Return the descendant along a path of tags, the first child at each step."""
        found: Element | None = self
        for tag in tags:
            if found is None:
                return None
            found = next((c for c in found.children if c.tag == tag), None)
        return found

    def iterate(self) -> Iterator[Element]:
        """Yield this element and all descendants, in document order."""
        pending: list[Element] = [self]
        while pending:
            element = pending.pop()
            yield element
            pending.extend(reversed(element.children))

    def numbers(self) -> Float64Array:
        """Return (n,) float64: the numbers in the element's text.

        Raises
        ------
        DamagedFileError
            If anything else does, or one of them is not finite.
        """
        found = self._parse_numbers(np.float64)
        if not np.isfinite(found).all():
            raise_damaged(self, "there are numbers that are not finite")
        return found

    def integers(self) -> Int64Array:
        """Return (n,) int64: the integers in the element's text.

        Raises
        ------
        DamagedFileError
            If anything else does.
        """
        return self._parse_numbers(np.int64)

    def _parse_numbers(self, kind: type[Number]) -> npt.NDArray[Number]:
        text = self.text
        if not text:
            return np.zeros(0, kind)
        if "," in text and "." not in text:
            text = text.replace(",", ".")  # by programs that write as France reads
        try:
            return np.fromstring(text, kind, sep=" ")
        except ValueError:
            raise_damaged(self, f"{text[:40]!r} is not a list of numbers")


if TYPE_CHECKING:
    from typing import TypeVar

    Number = TypeVar("Number", np.float64, np.int64)


def parse_xml(
    content: bytes, take: Callable[[Element, str, dict[str, str]], bool] | None = None
) -> Element:
    """Return the root element of an XML file.

    Parameters
    ----------
    content
        The file's bytes, in any encoding that they declare and Python knows.
    take
        Called with the element around, and the name and attributes of each one that
        begins; those for which it returns true leave nothing in the tree. Millions of
        vertices would not fit there.

    Raises
    ------
    DamagedFileError
        If it is no XML, or ends too early.
    UnsupportedFormatError
        If it declares entities: they read other files and grow without end.
    LimitExceededError
        If it holds more elements, or deeper ones, than any model.
    """
    builder = _Builder(take)
    try:
        builder.parser.Parse(content, True)  # noqa: FBT003  # expat's own
    except expat.ExpatError as error:
        said, line = expat.ErrorString(error.code), error.lineno
        raise DamagedFileError.from_cause(
            causes.XML_MALFORMED, f"line {line}", line=line, said=said
        ) from error
    except (ValueError, LookupError) as error:  # an encoding that nobody knows
        reason = "the text's encoding is not known"
        raise UnsupportedFormatError(reason, "line 1", "Save it as UTF-8") from error
    return builder.root.children[0]


def raise_damaged(element: Element, reason: str) -> NoReturn:
    """Raise `DamagedFileError` at an element.

    Raises
    ------
    DamagedFileError
        Always, at the element's line.
    """
    raise DamagedFileError(reason, element.place, RE_EXPORT)


class _Builder:
    """Follows the parser's events."""

    def __init__(
        self, take: Callable[[Element, str, dict[str, str]], bool] | None
    ) -> None:
        self.root = Element("", {}, 1)
        self._open: list[Element] = [self.root]
        self._taken = 0
        """Elements open now that are not kept."""
        self._count = 0
        self._take = take
        self.parser = (
            expat.ParserCreate()
        )  # samples of 3MF itself leave prefixes undeclared
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._add_text
        self.parser.EntityDeclHandler = self._refuse_entity

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        tag = _local(name)
        if self._take is not None and (
            self._taken or self._take(self._open[-1], tag, attributes)
        ):
            self._taken += 1
            return
        self._count += 1
        if self._count > MAX_ELEMENTS or len(self._open) > MAX_DEPTH:
            reason = f"more than {MAX_ELEMENTS} elements, or {MAX_DEPTH} deep"
            place = f"line {self.parser.CurrentLineNumber}"
            raise LimitExceededError(reason, place, RE_EXPORT)
        bare = {_local(key): value for key, value in attributes.items()}
        element = Element(tag, bare, self.parser.CurrentLineNumber)
        self._open[-1].children.append(element)
        self._open.append(element)

    def _end(self, _: str) -> None:
        if self._taken:
            self._taken -= 1
        else:
            self._open.pop()

    def _add_text(self, text: str) -> None:
        if not self._taken:
            self._open[-1].pieces.append(text)

    def _refuse_entity(self, *_: object) -> None:
        reason = "the XML declares entities"
        place = f"line {self.parser.CurrentLineNumber}"
        raise UnsupportedFormatError(reason, place, RE_EXPORT)


def _local(name: str) -> str:
    return name.rpartition(_SEPARATOR)[2]
