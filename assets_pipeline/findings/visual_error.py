"""Words of findings about models whose visual error is too large."""

from __future__ import annotations

from assets_pipeline.errors.typography import english, french
from tours.diagnostics import Rule, Severity

ERROR_OVER_LIMIT = Rule(
    "A038",
    Severity.WARNING,
    french(
        "Le modèle « {file} », réduit, ne ressemble pas assez à votre fichier : écart de {errors_fr}.",
        "0 : aucune différence ; 1 : la plus grande. Sans recherche, les réglages sont les mêmes pour tous les modèles ; et le format des iPhones (USDZ) ne sait pas tout dire.",
        "Lancez « ecomusee build --search », qui cherche les réglages de ce modèle, une fois pour toutes. Puis regardez dans « ecomusee report » ce qui se voit encore.",
    ),
    english(
        "The model '{file}', once reduced, does not look enough like your file: its error is {errors_en}.",
        "0 is no difference, 1 the greatest. Without a search the same settings serve all models; and the format of iPhones (USDZ) can't tell everything.",
        "Run `ecomusee build --search`, which searches for this model's own settings, once. Then look in `ecomusee report` at what still shows.",
    ),
)
OCCLUSION_CHANGES_MODEL = Rule(
    "A046",
    Severity.WARNING,
    french(
        "Les creux assombris du modèle « {file} » l'éloignent de votre fichier : écart de {errors_fr}.",
        "0 : aucune différence ; 1 : la plus grande. Les ombres que demande « occlusion: yes » comptent dans cet écart, comme tout ce que les visiteurs voient.",
        "Regardez dans « ecomusee report » l'écart sans elles. Si elles en disent trop, retirez « occlusion: yes ».",
    ),
    english(
        "The darkened hollows of the model '{file}' take it away from your file: its error is {errors_en}.",
        "0 is no difference, 1 the greatest. Shadows that `occlusion: yes` asks for count as an error, as all that visitors see.",
        "Look in `ecomusee report` at the error without them. If they say too much, remove `occlusion: yes`.",
    ),
)
ERROR_OVER_LIMIT_AFTER_SEARCH = Rule(
    "A039",
    Severity.WARNING,
    french(
        "Le modèle « {file} », réduit après recherche, ne ressemble toujours pas assez à votre fichier : écart de {errors_fr}.",
        "0 : aucune différence ; 1 : la plus grande. C'est ce que la recherche a trouvé de mieux dans ce qu'un téléphone peut télécharger et afficher, et dans ce que le format des iPhones (USDZ) sait dire : la relancer n'y changera rien. Le modèle est publié ainsi.",
        "Regardez dans « ecomusee report » ce qui se voit. Si cela gêne, ôtez dans le logiciel 3D ce que personne ne voit (l'intérieur, les très petites pièces, les détails minuscules des textures), ou montrez l'objet en deux arrêts.",
    ),
    english(
        "The model '{file}', reduced after a search, still does not look enough like your file: its error is {errors_en}.",
        "0 is no difference, 1 the greatest. It is the best that the search found within what a phone can fetch and draw, and what the format of iPhones (USDZ) can tell: another search will change nothing. The model is published so.",
        "Look in `ecomusee report` at what shows. If it disturbs you, take away in the 3D program what nobody sees (the inside, very small parts, minute details of textures), or show the object at two stops.",
    ),
)
