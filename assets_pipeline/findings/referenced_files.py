"""Words of findings about the files that a model names or comes with."""

from __future__ import annotations

from assets_pipeline.errors.typography import english, french
from tours.diagnostics import Rule, Severity

TEXTURE_MISSING = Rule(
    "A016",
    Severity.WARNING,
    french(
        "Le modèle « {file} » nomme un fichier qui manque : {place}",
        "La forme sera montrée sans cette couleur ou cette texture.",
        "Déposez ce fichier dans le dossier du musée, ou exportez le modèle en un seul fichier GLB.",
    ),
    english(
        "The model '{file}' names a file that is missing: {place}",
        "The shape will be shown without that colour or texture.",
        "Add this file to the museum's folder, or export the model as one GLB file.",
    ),
)
MODEL_LEFT_OUT = Rule(
    "A019",
    Severity.WARNING,
    french(
        "Le zip « {file} » contient aussi le modèle « {place} », qui n'est pas montré.",
        "D'un zip, un seul modèle est montré : celui dont le format garde le plus.",
        "Si c'est l'autre qu'il faut montrer, ne gardez que lui dans le zip.",
    ),
    english(
        "The zip '{file}' also holds the model '{place}', which is not shown.",
        "Of a zip one model is shown: the one whose format keeps most.",
        "If the other is the one to show, keep that alone in the zip.",
    ),
)
TEXTURE_GUESSED = Rule(
    "A027",
    Severity.WARNING,
    french(
        "Le modèle « {file} » ne nomme aucune image ; il est habillé de la seule qui l'accompagne, « {place} ».",
        "Un OBJ ne nomme ses images que dans un fichier .mtl, qui manque ou ne dit rien.",
        "Regardez le modèle. Si l'image n'est pas la sienne, rangez-la ailleurs ; sinon, un export en GLB garde tout en un seul fichier.",
    ),
    english(
        "The model '{file}' names no picture; it is dressed in the only one that comes with it, '{place}'.",
        "An OBJ names its pictures only in a .mtl file, which is missing or says nothing.",
        "Look at the model. If the picture is not its own, keep it elsewhere; else, an export as GLB keeps all in one file.",
    ),
)
