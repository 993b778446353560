"""The vocabulary: every key that curators may write, for reading, schemas and messages.

A shape names how a value is written; `tours.reading` reads each shape in one function
and `tours.schemas` describes it by one JSON Schema.
"""

from tours.vocabulary.keys import Key, Table
from tours.vocabulary.museums import ACCESS, MUSEUM, PLAN, SITE, TOUR
from tours.vocabulary.questions import ANSWERS, CHOICE, HUNT, QUESTION
from tours.vocabulary.scenes import (
    COMPARE,
    COMPARED,
    DETAIL,
    HOTSPOT,
    SCENES,
    SHOWS_COMPARE,
    SHOWS_MODEL,
    SHOWS_PANORAMA,
    SHOWS_PICTURE,
    SHOWS_VIDEO,
    UNITS,
)
from tours.vocabulary.stops import (
    BY_LABEL,
    BY_PICTURE,
    LABEL,
    STOP,
    WITHDRAWN,
    WITHDRAWN_STOP,
)

__all__ = [
    "ACCESS",
    "ANSWERS",
    "BY_LABEL",
    "BY_PICTURE",
    "CHOICE",
    "COMPARE",
    "COMPARED",
    "DETAIL",
    "HOTSPOT",
    "HUNT",
    "LABEL",
    "MUSEUM",
    "PLAN",
    "QUESTION",
    "SCENES",
    "SHOWS_COMPARE",
    "SHOWS_MODEL",
    "SHOWS_PANORAMA",
    "SHOWS_PICTURE",
    "SHOWS_VIDEO",
    "SITE",
    "STOP",
    "TOUR",
    "UNITS",
    "WITHDRAWN",
    "WITHDRAWN_STOP",
    "Key",
    "Table",
]
