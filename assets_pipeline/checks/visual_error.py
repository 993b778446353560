"""Check the visual error of each LOD and of the USDZ against its limit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assets_pipeline.errors.typography import french
from assets_pipeline.findings.diagnose import diagnose
from assets_pipeline.findings.visual_error import (
    ERROR_OVER_LIMIT,
    ERROR_OVER_LIMIT_AFTER_SEARCH,
    OCCLUSION_CHANGES_MODEL,
)
from assets_pipeline.lod.budgets import PROFILES, USDZ

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assets_pipeline.lod.budgets import LevelName
    from tours.bundle import Bundle
    from tours.diagnostics import Diagnostic
    from tours.model import ModelScene

MOST_ERRORS: Final[dict[LevelName, float]] = {
    profile.name: profile.most_error for profile in (*PROFILES, USDZ)
}
"""What the error of each level is to stay within."""
_SEARCHED: Final[dict[LevelName, float]] = {
    "preview": 1.875,
    "phone": 1.05,
    "high": 1.05,
    "usdz": 2.0,
}
"""Times that, from where on what a search left is told: of what visitors look at, a few
per cent; a preview stands for moments, up to an error of 0.15, and what USD can't say is
lost at any weight. Of the example's four models, searched, previews reach 1.8 and USDZ
2.1."""
_MOST_WITH_OCCLUSION: Final = 0.15
"""Where occlusion was asked for, which is meant to be seen."""
_PLACES: Final[dict[LevelName, tuple[str, str]]] = {
    "preview": ("dans l'aperçu", "in the preview"),
    "phone": ("sur téléphone", "on phones"),
    "high": ("en version détaillée", "in detail"),
    "usdz": ("dans le fichier pour iPhone (USDZ)", "in the file for iPhones (USDZ)"),
}


def check_visual_error(scene: ModelScene, bundle: Bundle) -> Iterator[Diagnostic]:
    """Yield a finding where a level of a scene's model errs more than its limit."""
    asked = scene.source.occlusion
    has_occlusion = asked is not None and asked.is_so
    over: list[tuple[LevelName, float]] = [
        (name, error)
        for name, error in visual_errors_of(bundle).items()
        if error is not None
        and error
        > (_MOST_WITH_OCCLUSION if has_occlusion else _most_error(name, bundle))
    ]
    if over:
        rule = ERROR_OVER_LIMIT_AFTER_SEARCH if bundle.is_searched else ERROR_OVER_LIMIT
        if has_occlusion:
            rule = OCCLUSION_CHANGES_MODEL
        yield diagnose(
            rule,
            scene.source.file.location,
            file=scene.source.file.path,
            errors_fr=", ".join(_in_french(*one) for one in over),
            errors_en=", ".join(_in_english(*one) for one in over),
        )


def _most_error(name: LevelName, bundle: Bundle) -> float:
    """Return up to what error nothing is said of a level."""
    return MOST_ERRORS[name] * (_SEARCHED[name] if bundle.is_searched else 1)


def visual_errors_of(bundle: Bundle) -> dict[LevelName, float | None]:
    """Return the visual error of each level and of the USDZ; None where nobody looked."""
    found: dict[LevelName, float | None] = {
        lod.name: lod.visual_error for lod in bundle.lods
    }
    facts = bundle.usdz_facts
    found["usdz"] = None if facts is None else facts.visual_error
    return found


def _in_french(name: LevelName, error: float) -> str:
    most = MOST_ERRORS[name]
    place = french(_PLACES[name][0], "", "").what
    return f"{error:.3f} {place} (au lieu de {most:.3f})".replace(".", ",")


def _in_english(name: LevelName, error: float) -> str:
    return f"{error:.3f} {_PLACES[name][1]} (instead of {MOST_ERRORS[name]:.3f})"
