"""Words of findings about ambient occlusion that can't be baked."""

from __future__ import annotations

from typing import Final, Literal

from assets_pipeline.errors.typography import english as _english
from assets_pipeline.errors.typography import french as _french
from tours.diagnostics import Rule, Severity

OCCLUSION_NOT_BAKED = Rule(
    "A024",
    Severity.WARNING,
    _french(
        "Les creux du modèle « {file} » restent clairs, malgré « occlusion: yes ».",
        "{why_fr}",
        "{remedy_fr}",
    ),
    _english(
        "The hollows of the model '{file}' stay pale, in spite of `occlusion: yes`.",
        "{why_en}",
        "{remedy_en}",
    ),
)
_REMOVE_FR: Final = _french("Retirez « occlusion: yes »", "", "").what
_REMOVE_EN: Final = "Remove `occlusion: yes`"
Refusal = Literal["moves", "textured", "clear", "repeated", "lines", "open", "pieces"]
"""Why hollows can't be darkened."""


def _why(french: tuple[str, str], english: tuple[str, str]) -> dict[str, str]:
    """Return why hollows stay pale and what to do, as `OCCLUSION_NOT_BAKED` takes it.

    Each is a reason, and what may be done instead of removing the line; "" for nothing.
    """
    of_french = _french(*french, "")
    of_english = _english(*english, "")
    other_fr, other_en = of_french.why, of_english.why
    return {
        "why_fr": of_french.what,
        "remedy_fr": f"{_REMOVE_FR}, ou {other_fr}." if other_fr else f"{_REMOVE_FR}.",
        "why_en": of_english.what,
        "remedy_en": f"{_REMOVE_EN}, or {other_en}." if other_en else f"{_REMOVE_EN}.",
    }


OCCLUSION_REFUSALS: dict[Refusal, dict[str, str]] = {
    "moves": _why(
        (
            "Il bouge : ce qui est dans l'ombre à un moment ne l'est plus à un autre.",
            "exportez-le sans animation ni squelette",
        ),
        (
            "It moves: what lies in shadow at one time does not at another.",
            "export it without animation or bones",
        ),
    ),
    "textured": _why(
        (
            "Il porte déjà des images (textures), d'où viennent ses couleurs et ses ombres.",
            "faites dessiner les ombres des creux (« occlusion ») dans ses images par le logiciel 3D",
        ),
        (
            "It already has pictures (textures), from which its colours and its shadows come.",
            "let the 3D program draw the shadows of the hollows ('occlusion') into its pictures",
        ),
    ),
    "clear": _why(
        (
            "On voit à travers une partie de sa surface, et la lumière y passe.",
            "exportez-le opaque",
        ),
        (
            "One sees through a part of its surface, and light comes through it.",
            "export it opaque",
        ),
    ),
    "repeated": _why(
        (
            "Une même pièce y sert plusieurs fois : il faudrait à chaque exemplaire ses propres ombres.",
            "réunissez ses pièces en une seule dans le logiciel 3D",
        ),
        (
            "One part serves several times in it: each copy would need shadows of its own.",
            "join its parts into one in the 3D program",
        ),
    ),
    "lines": _why(
        (
            "Une partie est faite de points ou de lignes, qui n'ont pas de creux.",
            "exportez-le en triangles",
        ),
        (
            "A part of it is made of points or lines, which have no hollows.",
            "export it as triangles",
        ),
    ),
    "open": _why(
        (
            "La lumière y vient partout : il n'a presque pas de creux.",
            "",
        ),
        (
            "Light comes to all of it: it has hardly any hollows.",
            "",
        ),
    ),
    "pieces": _why(
        (
            "Il est fait de trop de petites pièces : une image de leurs ombres ne tiendrait pas sur un téléphone.",
            "réunissez ou retirez les plus petites dans le logiciel 3D",
        ),
        (
            "It is made of too many small parts: no phone would hold a picture of their shadows.",
            "join or remove the smallest in the 3D program",
        ),
    ),
}
