"""What curators are told of a model that does not look enough like itself."""

from __future__ import annotations

from assets_pipeline.findings.wordings import english as _english
from assets_pipeline.findings.wordings import french as _french
from tours.diagnostics import Rule, Severity

LOOKS_UNLIKE = Rule(
    "A038",
    Severity.WARNING,
    _french(
        "Le modèle « {file} », réduit, ne ressemble pas assez à votre fichier : écart de {errors_fr}.",
        "0 : aucune différence ; 1 : la plus grande. Sans recherche, les réglages sont les mêmes pour tous les modèles ; et le format des iPhones (USDZ) ne sait pas tout dire.",
        "Lancez « ecomusee build --search », qui cherche les réglages de ce modèle, une fois pour toutes. Puis regardez dans « ecomusee report » ce qui se voit encore.",
    ),
    _english(
        "The model '{file}', once reduced, does not look enough like your file: its error is {errors_en}.",
        "0 is no difference, 1 the greatest. Without a search the same settings serve all models; and the format of iPhones (USDZ) can't tell everything.",
        "Run `ecomusee build --search`, which searches for this model's own settings, once. Then look in `ecomusee report` at what still shows.",
    ),
)
