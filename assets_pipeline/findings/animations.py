"""Words of findings about animations that visitors do not see."""

from __future__ import annotations

from assets_pipeline.errors.typography import english, french
from tours.diagnostics import Rule, Severity

STILL_ON_IPHONES = Rule(
    "A025",
    Severity.WARNING,
    french(
        "Le modèle « {file} » ne bouge pas derrière le bouton « Voir ici, sur iPhone ou iPad ».",
        "Avec son animation, ce qu'un iPhone charge pèserait {megabytes} Mo, pour {most} Mo au plus : il y est donc montré au repos. Partout ailleurs, le modèle bouge.",
        "Dans le logiciel 3D, raccourcissez l'animation, gardez moins d'images clés, ou simplifiez l'objet.",
    ),
    english(
        "The model '{file}' does not move behind the button 'See it here, on iPhone or iPad'.",
        "With its animation, what an iPhone loads would weigh {megabytes} MB, for {most} MB at most: there it shows it at rest. Everywhere else the model moves.",
        "In the 3D program, shorten the animation or keep fewer of its key frames, or simplify the object.",
    ),
)
TOO_LONG = Rule(
    "A026",
    Severity.WARNING,
    french(
        "Une animation du modèle « {file} » dure {minutes} minutes : elle n'est jouée nulle part.",
        "Le modèle est montré au repos. Une telle durée vient souvent d'images comptées comme des secondes.",
        "Vérifiez à l'exportation le nombre d'images par seconde, ou coupez l'animation : {most} minutes au plus.",
    ),
    english(
        "An animation of the model '{file}' lasts {minutes} minutes: it is played nowhere.",
        "The model is shown at rest. Such a length often comes from frames counted as seconds.",
        "Check the frames per second when exporting, or cut the animation: {most} minutes at most.",
    ),
)
