"""Words of findings about settings that no longer apply to a model."""

from __future__ import annotations

from assets_pipeline.errors.typography import english, french
from tours.diagnostics import Rule, Severity

SETTINGS_OUTDATED = Rule(
    "A023",
    Severity.WARNING,
    french(
        "Ce qui est décidé dans « {decisions} » pour le modèle « {file} » ne vaut plus.",
        "Le fichier a changé, ou le programme, depuis la recherche : le modèle est préparé par règle, plus lourd ou moins fidèle.",
        "Lancez « ecomusee build --search », et gardez le nouveau « {decisions} » avec le contenu.",
    ),
    english(
        "What '{decisions}' decides about the model '{file}' no longer applies.",
        "The file has changed, or the program, since the search: the model is made by rule, heavier or less true.",
        "Run `ecomusee build --search`, and keep the new '{decisions}' with the content.",
    ),
)
