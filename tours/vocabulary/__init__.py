"""The keys that curators may write: one table for reading, schemas and messages.

A shape names how a value is written; `tours.reading` reads each shape in one function
and `tours.schemas` describes it by one JSON Schema.
"""

from tours.vocabulary.keys import Key, Table
from tours.vocabulary.museums import ACCESS, MUSEUM, TOUR
from tours.vocabulary.scenes import (
    BY_LABEL,
    BY_PICTURE,
    LATER_SCENES,
    SHOWS,
    UNITS,
)
from tours.vocabulary.stops import LABEL, STOP

__all__ = [
    "ACCESS",
    "BY_LABEL",
    "BY_PICTURE",
    "LABEL",
    "LATER_SCENES",
    "MUSEUM",
    "SHOWS",
    "STOP",
    "TOUR",
    "UNITS",
    "Key",
    "Table",
]
