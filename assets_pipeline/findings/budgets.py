"""Words of findings about bytes, triangles and graphics memory over budget."""

from __future__ import annotations

from assets_pipeline.errors.typography import english, french
from tours.diagnostics import Rule, Severity

OVER_BYTES = Rule(
    "A020",
    Severity.WARNING,
    french(
        "Le modèle « {file} », même réduit, pèse {kilobytes} ko en version « {lod} » ; le but est {most} ko.",
        "Il s'ouvrira plus lentement, surtout là où le réseau est faible.",
        "Simplifiez l'objet ou réduisez ses textures et ses animations.",
    ),
    english(
        "The model '{file}', even reduced, weighs {kilobytes} kB in its '{lod}' version; the aim is {most} kB.",
        "It will open more slowly, above all where the network is poor.",
        "Simplify the object, or reduce its textures and animations.",
    ),
)
OVER_TRIANGLES = Rule(
    "A021",
    Severity.WARNING,
    french(
        "Le modèle « {file} », même réduit, garde {triangles} triangles en version « {lod} » ; le but est {most}.",
        "Il pourrait saccader sur un téléphone modeste.",
        "Simplifiez l'objet dans le logiciel 3D, en premier lieu ses très petites pièces.",
    ),
    english(
        "The model '{file}', even reduced, keeps {triangles} triangles in its '{lod}' version; the aim is {most}.",
        "It may stutter on a modest phone.",
        "Simplify the object in the 3D program, its very small parts first.",
    ),
)
OVER_GPU_MEMORY = Rule(
    "A022",
    Severity.WARNING,
    french(
        "Le modèle « {file} » prend {megabytes} Mo de la mémoire graphique d'un {phone_fr} ; le but est {most} Mo au plus.",
        "S'il est modeste, il pourrait fermer la page ou cesser de montrer le modèle.",
        "Réunissez ses images en un plus petit nombre dans le logiciel 3D : chacune coûte jusqu'à {each} Mo, quoi qu'elle montre.",
    ),
    english(
        "The model '{file}' takes {megabytes} MB of {phone_en} graphics memory; the aim is {most} MB at most.",
        "A modest one may close the page, or cease to show the model.",
        "Put its pictures together into fewer in the 3D program: each costs up to {each} MB, whatever it shows.",
    ),
)
