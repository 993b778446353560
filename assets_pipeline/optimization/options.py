"""Options of an optimization, and the profiles of LODs that they ask for."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from assets_pipeline.lod.budgets import FREE
from assets_pipeline.tasks.task import Task

if TYPE_CHECKING:
    from pathlib import Path

    from assets_pipeline.lod.budgets import Profile

MAX_LODS: Final = 8
_COARSER: Final = 2.0
"""Times the visual error of the LOD before that one may have."""


@dataclass(frozen=True, slots=True)
class OptimizeOptions:
    """What an optimized model must keep, and which files are made of it.

    Raises
    ------
    ValueError
        If a limit is not positive or a number of LODs is out of range.
    """

    max_error: float | None = None
    """Visual error from 0 to 1 that the file should stay under; None: 0.02."""
    max_bytes: int | None = None
    max_triangles: int | None = None
    """None: 100,000."""
    lods: int = 1
    """Each may have twice the visual error of the one before."""
    usdz: bool = False
    occlusion: bool = False
    """Whether hollows are darkened by a texture."""
    pictures: bool = False
    """Whether pictures of the source and of each file are rendered."""
    metres_per_unit: float = 1.0
    up: Literal["x", "y", "z"] = "y"

    def __post_init__(self) -> None:
        error, scale = self.max_error, self.metres_per_unit
        if error is not None and not 0 < error <= 1:
            problem = f"max_error is {error}, and must be over 0 and at most 1"
            raise ValueError(problem)
        if not (math.isfinite(scale) and scale > 0):
            problem = f"metres_per_unit is {scale}, and must be positive"
            raise ValueError(problem)
        for name, most in (
            ("max_bytes", self.max_bytes),
            ("max_triangles", self.max_triangles),
        ):
            if most is not None and most < 1:
                problem = f"{name} is {most}, and must be at least 1"
                raise ValueError(problem)
        if not 1 <= self.lods <= MAX_LODS:
            problem = f"lods is {self.lods}, and must be from 1 to {MAX_LODS}"
            raise ValueError(problem)

    def profiles(self) -> list[Profile]:
        """Return the profile of each LOD, the finest first."""
        error = FREE.most_error if self.max_error is None else self.max_error
        finest = replace(
            FREE,
            most_bytes=self.max_bytes or FREE.most_bytes,
            most_triangles=self.max_triangles or FREE.most_triangles,
        )
        return [
            replace(finest, most_error=min(1.0, error * _COARSER**number))
            for number in range(self.lods)
        ]


def model_task(path: Path, options: OptimizeOptions) -> Task:
    """Return the task of a model's file."""
    return Task(
        "model",
        str(path.absolute().parent),
        path.name,
        metres_per_unit=options.metres_per_unit,
        up=options.up,
        occlusion=options.occlusion,
        searches=True,
    )
