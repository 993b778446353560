"""Words of findings about a model's size and its distance from the origin."""

from __future__ import annotations

from assets_pipeline.errors.typography import english, french
from tours.diagnostics import Rule, Severity

SIZE_DISAGREES = Rule(
    "A001",
    Severity.ERROR,
    french(
        "La hauteur écrite est {written}, celle du modèle {measured}.",
        "Posé sur place, l'objet aurait {percent} % de la hauteur écrite.",
        "Écrivez « height: {measured} » si le modèle dit vrai ; sinon, corrigez le modèle.",
    ),
    english(
        "The height written is {written}, that of the model {measured}.",
        "Placed on site, the object would have {percent} % of the height written.",
        "Write `height: {measured}` if the model is right; if not, mend the model.",
    ),
)
SIZE_SUGGESTS_UNITS = Rule(
    "A002",
    Severity.ERROR,
    french(
        "La hauteur écrite est {written}, celle du modèle {measured}.",
        "L'écart s'explique : avec {explained_fr}, elle serait de {would_be}.",
        "Au même retrait que « model: », {edits_fr}.",
    ),
    english(
        "The height written is {written}, that of the model {measured}.",
        "The difference has a likely cause: with {explained_en} it would be {would_be}.",
        "Indented as `model:` is, {edits_en}.",
    ),
)
SIZE_UNLIKELY = Rule(
    "A003",
    Severity.WARNING,
    french(
        "Le modèle « {file} » fait {measured} dans sa plus grande dimension.",
        "Sans « height: », rien ne vérifie cette taille : est-ce bien la sienne ?",
        "Mesurez l'objet et écrivez par exemple « height: 2 m » ; ajoutez « units: » si le fichier n'est pas en mètres.",
    ),
    english(
        "The model '{file}' measures {measured} in its greatest dimension.",
        "Without `height:` nothing checks this size: is it right?",
        "Measure the object and write for instance `height: 2 m`; add `units:` if the file is not in metres.",
    ),
)
FAR_FROM_ORIGIN = Rule(
    "A004",
    Severity.WARNING,
    french(
        "Le modèle « {file} » se trouve à {distance} de l'origine de son fichier.",
        "C'est l'origine que l'on pose sur place : l'objet apparaîtrait aussi loin du visiteur.",
        "Dans le logiciel 3D, placez l'origine au pied de l'objet, puis exportez de nouveau.",
    ),
    english(
        "The model '{file}' stands {distance} from its file's origin.",
        "The origin is what is placed on site: the object would appear that far from the visitor.",
        "In the 3D program, put the origin at the object's foot, then export again.",
    ),
)
MODEL_RECENTERED = Rule(
    "A028",
    Severity.WARNING,
    french(
        "Le modèle « {file} » se trouve à {km_fr} km de l'origine de son fichier, comme un relevé en Lambert 93 ou en UTM.",
        "Placé ainsi, personne ne le verrait : son pied, au point ({x} ; {y} ; {z}) du fichier, est mis à l'origine.",
        "Rien n'est à changer. Pour que plusieurs relevés gardent leur place entre eux, réunissez-les en un seul fichier.",
    ),
    english(
        "The model '{file}' stands {km_en} km from its file's origin, as surveys in UTM do.",
        "Placed so, nobody would see it: its foot, at ({x}; {y}; {z}) in the file, is made the origin.",
        "Nothing needs to be changed. To keep the places of several surveys beside each other, join them in one file.",
    ),
)
