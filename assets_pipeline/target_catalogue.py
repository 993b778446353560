"""Findings about pictures to recognise on site; codes A, as catalogue."""

from __future__ import annotations

from assets_pipeline.wordings import english, french
from tours.diagnostics import Rule, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

TARGET_NARROW = Rule(
    "A070",
    _ERROR,
    french(
        "L'image à reconnaître « {file} » mesure {size} : c'est une bande trop étroite.",
        "Vue d'assez loin pour tenir dans l'écran, elle n'aurait plus aucun détail.",
        "Choisissez une image au plus douze fois plus longue que large, d'au moins 32 px.",
    ),
    english(
        "The picture to recognise '{file}' measures {size}: it is too narrow a strip.",
        "Seen from far enough to fit a screen, no detail of it would be left.",
        "Choose a picture at most twelve times as long as wide, of at least 32 px.",
    ),
)
