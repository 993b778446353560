"""Bars that each measure must reach, and what peers reached when they were set.

Recorded in November 2026 over this bench: MindAR 1.2.5 (nine crops of a frame, its better
figure) and ORB-2000 + LK. A run with `--peers` prints its own figures instead.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Bar:
    """A number to reach: at least, or at most."""

    value: float
    is_ceiling: bool = False

    def is_met(self, value: float) -> bool:
        """Return whether a figure reaches it; NaN does not."""
        return value <= self.value if self.is_ceiling else value >= self.value

    def __str__(self) -> str:
        return f"{'<=' if self.is_ceiling else '>='} {figure(self.value)}"


def at_least(value: float) -> Bar:
    """Return a floor."""
    return Bar(value)


def at_most(value: float) -> Bar:
    """Return a ceiling."""
    return Bar(value, is_ceiling=True)


def figure(value: float) -> str:
    """Return a number as the table shows it: three digits that count."""
    if math.isnan(value):
        return "-"
    if math.isinf(value):
        return "never"
    if value == int(value) and abs(value) >= 10:
        return str(int(value))
    return f"{value:.3g}"


EVEN = at_least(0.97)

RECALL: Mapping[str, Bar] = {
    "scale60": EVEN,
    "scale40": EVEN,
    "scale25": EVEN,
    "scale15": at_least(0.85),
    "scale8": at_least(0.40),
    "tilt20": EVEN,
    "tilt40": EVEN,
    "tilt55": EVEN,
    "tilt68": at_least(0.55),
    "motion4": EVEN,
    "motion8": EVEN,
    "motion14": at_least(0.85),
    "defocus2": EVEN,
    "defocus4": at_least(0.95),
    "noise12": EVEN,
    "noise28": EVEN,
    "dark": EVEN,
    "gamma": at_least(0.92),
    "glare": at_least(0.95),
    "occ25": EVEN,
    "occ50": at_least(0.80),
    "jpeg30": EVEN,
    "mixed_easy": at_least(0.98),
    "mixed_mid": at_least(0.80),
    "mixed_hard": at_least(0.30),
}
RECALL_OF_ALL = at_least(0.88)
RECALL_OF_PHONES = at_least(0.95)
HIT_MEDIAN_PX = at_most(0.25)
HIT_P95_PX = at_most(1.3)
JITTER_PX = at_most(0.10)
FALSE_POSITIVES = at_most(0)
WRONG_POSES = at_most(0.002)
TWINS = at_most(1)
LABELS_TAKEN = at_most(0)
SEQUENCE_RECALL = at_least(0.985)
SEQUENCE_WRONG = at_most(0)
SEQUENCE_RECOVERY_FRAMES = at_most(3)
CODE_BYTES = at_most(40_000)
TARGET_BYTES = at_most(20_000)
LABEL_BYTES = at_most(0)
DETECT_RATIO = at_most(0.35)
TRACK_MS = at_most(6)
COMPILE_S = at_most(1)

RECORDED: Mapping[str, float] = {
    "scale60": 0.88,
    "scale40": 0.92,
    "scale25": 0.96,
    "scale15": 0.46,
    "scale8": 0,
    "tilt68": 0.17,
    "motion14": 0.50,
    "defocus4": 0.75,
    "dark": 0.71,
    "gamma": 0.67,
    "glare": 0.71,
    "occ50": 0.50,
    "mixed_easy": 0.83,
    "mixed_mid": 0.54,
    "mixed_hard": 0.04,
    "recall, all bins": 0.67,
    "corner error of hits, median, px": 0.32,
    "corner error of hits, p95, px": 1.38,
    "jitter of the worst print, px": 1.4,
    "false positives": 0,
    "poses > 20 px wrong": 0.0095,
    "twins taken": 2,
    "recall, phones' cameras": 0.83,
    "sequences: frames within 5 px": 0.99,
    "sequences: jitter, px": 0.43,
    "sequences: frames > 20 px wrong": 10,
    "sequences: frames until back": 0,
    "code, bytes brotli": 280_000,
    "a print, bytes": 100_000,
}
"""The best peer's figure where the bars' source tells one."""
