"""Collect every finding about assets (codes A) by its code.

A code never changes its meaning and is never used again. Where a file can't be used,
its cause says why and what to do (``assets_pipeline.errors.causes``); a reason that only the
program that exported it would understand is quoted in English, as a technical detail.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assets_pipeline.findings import (
    animations,
    budgets,
    extensions,
    image_targets,
    media,
    model_size,
    occlusion,
    recorded_settings,
    referenced_files,
    unreadable_files,
    visual_error,
)
from assets_pipeline.findings.diagnose import diagnose
from tours.diagnostics import Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assets_pipeline.tasks.result import Note
    from tours.diagnostics import Diagnostic, Location

_FAMILIES: Final = (
    animations,
    budgets,
    extensions,
    image_targets,
    media,
    model_size,
    occlusion,
    recorded_settings,
    referenced_files,
    unreadable_files,
    visual_error,
)
RULES: Final[tuple[Rule, ...]] = tuple(
    sorted(
        (
            value
            for family in _FAMILIES
            for value in vars(family).values()
            if isinstance(value, Rule)
        ),
        key=lambda rule: rule.code,
    )
)
"""The whole catalogue, by code."""
BY_CODE: Final = {rule.code: rule for rule in RULES}
REASONS: Final[Mapping[str, tuple[dict[str, str], ...]]] = {
    occlusion.OCCLUSION_NOT_BAKED.code: tuple(occlusion.OCCLUSION_REFUSALS.values()),
    extensions.EXTENSIONS_LEFT_OUT.code: extensions.LEFT_OUT_REASONS,
}
"""By the finding's code: each has ``why_fr``, ``remedy_fr``, ``why_en`` and ``remedy_en``."""


def place_note(note: Note, location: Location) -> Diagnostic:
    """Return the finding of a note at the place that it is about."""
    return diagnose(BY_CODE[note.code], location, **note.values)
