"""What is foretold of a museum's own labels; light, to be read where nothing is tried."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tours.bundle import Recognition


@dataclass(frozen=True, slots=True)
class LabelPrint:
    """A label as it is printed."""

    text: str
    """What its code says."""
    width_m: float
    """Of the code, from dark edge to dark edge."""


@dataclass(frozen=True, slots=True)
class LabelForecast:
    """What is foretold of one label."""

    recognition: Recognition
    worst: str
    """The condition in which labels are found least, by its name in `conditions`."""
    worst_recall: float
    alike: tuple[str, ...]
    """What the codes say of labels that it is taken for."""
