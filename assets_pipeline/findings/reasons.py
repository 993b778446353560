"""Why a finding may be told, and what to do then, where its rule leaves both to the cause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assets_pipeline.findings import extensions_catalogue, hollows_catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping

REASONS: Final[Mapping[str, tuple[dict[str, str], ...]]] = {
    hollows_catalogue.LEFT_PALE.code: tuple(hollows_catalogue.WHY_LEFT_PALE.values()),
    extensions_catalogue.EXTENSIONS_LEFT_OUT.code: extensions_catalogue.WHY_LEFT_OUT,
}
"""By the finding's code: each has ``why_fr``, ``remedy_fr``, ``why_en`` and ``remedy_en``."""
