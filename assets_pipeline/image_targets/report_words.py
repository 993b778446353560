"""What the report on a print says, in French and English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tours.diagnostics import Language

WORDS: Final[dict[Language, dict[str, str]]] = {
    "fr": {
        "size": "Imprimée sur {width} × {height}\u00a0cm",
        "passes": "Elle peut être imprimée.",
        "hard": "Elle sera parfois difficile à reconnaître.",
        "refused": "Elle ne serait presque jamais reconnue\u00a0: ne l’imprimez pas ainsi.",
        "farthest": "reconnue jusqu’à cette distance, de face, neuf fois sur dix",
        "angle": "de biais au plus, neuf fois sur dix",
        "worst": "le plus difficile\u00a0: {condition}",
        "no_worst": "reconnue dans toutes les conditions essayées",
        "where": "Où elle tient",
        "the_print": "L’image, comme un téléphone la compare",
        "the_heat": "En clair, ce que les téléphones retrouvent\u00a0; dans l’ombre, ce qui ne les aide pas",
        "how_often": "Combien de fois elle est reconnue, du premier coup",
        "gallery": "Ce que voit un téléphone",
        "gallery_note": "Vues calculées. Le contour est celui que trouve le programme du téléphone.",
        "found": "reconnue",
        "not_found": "non reconnue",
        "colon": "\u00a0: ",
        "footer": "Essais calculés avec le programme même qui tourne dans les téléphones. Rien n’a quitté cet ordinateur.",
    },
    "en": {
        "size": "Printed {width} × {height}\u00a0cm",
        "passes": "It can be printed.",
        "hard": "It will at times be hard to recognise.",
        "refused": "It would hardly ever be recognised: do not print it as it is.",
        "farthest": "recognised up to this distance, from the front, nine times in ten",
        "angle": "to the side at most, nine times in ten",
        "worst": "hardest: {condition}",
        "no_worst": "recognised under every condition tried",
        "where": "Where it holds",
        "the_print": "The picture, as a phone compares it",
        "the_heat": "Bright: what phones find again; dark: what is of no help",
        "how_often": "How often it is recognised, at first sight",
        "gallery": "What a phone sees",
        "gallery_note": "Computed views. The outline is what the phone's program finds.",
        "found": "recognised",
        "not_found": "not recognised",
        "colon": ": ",
        "footer": "Computed trials by the very program that runs in phones. Nothing has left this computer.",
    },
}


def number(text: str, language: Language) -> str:
    """Return a decimal number with the language's own sign, without trailing zeros."""
    bare = text.rstrip("0").rstrip(".") if "." in text else text
    return bare.replace(".", ",") if language == "fr" else bare
