"""Words of findings about image targets."""

from __future__ import annotations

from assets_pipeline.errors.typography import english, french
from tours.diagnostics import Rule, Severity

TARGET_NARROW = Rule(
    "A070",
    Severity.ERROR,
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
TARGET_HARD = Rule(
    "A071",
    Severity.WARNING,
    french(
        "L'image « {file} » sera reconnue {score} fois sur 100 dans les conditions d'une visite.",
        "Le plus difficile : {worst_fr}, {times} fois sur 10. À partir de 80, rien ne serait dit.",
        "{advice_fr}",
    ),
    english(
        "The picture '{file}' will be recognised {score} times in 100 under the conditions of a visit.",
        "Hardest: {worst_en}, {times} times in 10. From 80 on nothing would be said.",
        "{advice_en}",
    ),
)
TARGET_REFUSED = Rule(
    "A072",
    Severity.ERROR,
    french(
        "L'image « {file} » ne sera reconnue que {score} fois sur 100 dans les conditions d'une visite.",
        "Les visiteurs viseraient pour rien. Le plus difficile : {worst_fr}, {times} fois sur 10.",
        "{advice_fr} Si elle est déjà affichée, écrivez « tracking: forced » sous « picture: ».",
    ),
    english(
        "The picture '{file}' will only be recognised {score} times in 100 under the conditions of a visit.",
        "Visitors would aim in vain. Hardest: {worst_en}, {times} times in 10.",
        "{advice_en} If it is on the wall already, write `tracking: forced` under `picture:`.",
    ),
)
TARGET_FORCED = Rule(
    "A073",
    Severity.WARNING,
    french(
        "L'image « {file} » est publiée comme demandé, mais ne sera reconnue que {score} fois sur 100.",
        "Le plus difficile : {worst_fr}, {times} fois sur 10.",
        "{advice_fr}",
    ),
    english(
        "The picture '{file}' is published as asked, but will only be recognised {score} times in 100.",
        "Hardest: {worst_en}, {times} times in 10.",
        "{advice_en}",
    ),
)
TARGETS_ALIKE = Rule(
    "A074",
    Severity.WARNING,
    french(
        "Les images « {file} » et « {other} » se ressemblent trop.",
        "Devant la seconde, un téléphone peut croire qu'il voit la première.",
        "Changez l'une des deux : un autre dessin, un autre titre en grand.",
    ),
    english(
        "The pictures '{file}' and '{other}' look too much alike.",
        "In front of the second, a phone may believe that it sees the first.",
        "Change one of them: another drawing, another large title.",
    ),
)
