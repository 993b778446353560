"""What curators are told of hollows that can't be darkened, in French and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets_pipeline.findings.wordings import english as _english
from assets_pipeline.findings.wordings import french as _french
from tours.diagnostics import Rule, Severity

if TYPE_CHECKING:
    from assets_pipeline.baking.detail import Refusal

LEFT_PALE = Rule(
    "A024",
    Severity.WARNING,
    _french(
        "Les creux du modèle « {file} » restent clairs, malgré « occlusion: yes ».",
        "{why_fr}",
        "Retirez « occlusion: yes », ou {else_fr}.",
    ),
    _english(
        "The hollows of the model '{file}' stay pale, in spite of `occlusion: yes`.",
        "{why_en}",
        "Remove `occlusion: yes`, or {else_en}.",
    ),
)


def _why(french: tuple[str, str], english: tuple[str, str]) -> dict[str, str]:
    """Return why hollows stay pale and what else may be done, as `LEFT_PALE` takes it."""
    of_french, of_english = _french(*french, ""), _english(*english, "")
    return {
        "why_fr": of_french.what,
        "else_fr": of_french.why,
        "why_en": of_english.what,
        "else_en": of_english.why,
    }


WHY_LEFT_PALE: dict[Refusal, dict[str, str]] = {
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
            "Il a des images (textures), qui disent seules ses ombres et ses couleurs.",
            "calculez l'occlusion dans le logiciel 3D, sur les mêmes images",
        ),
        (
            "It has pictures (textures), which alone tell its shadows and its colours.",
            "bake the occlusion in the 3D program, over the same pictures",
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
            "Une même pièce y est répétée : chaque place aurait besoin de son ombre.",
            "réunissez ses pièces en une seule dans le logiciel 3D",
        ),
        (
            "One part is repeated in it: each place would need a shadow of its own.",
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
            "laissez-le tel qu'il est montré",
        ),
        (
            "Light comes to all of it: it has hardly any hollows.",
            "leave it as it is shown",
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
