"""What is told of a file that can't be used where its cause has no words of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assets_pipeline.errors.causes import Cause, CauseText, define_cause
from assets_pipeline.findings import extensions, occlusion

if TYPE_CHECKING:
    from collections.abc import Mapping


UNTOLD_OF_MEDIA: Final = define_cause(
    "Son contenu est abîmé, incomplet ou d'une sorte qui ne se lit pas ici.",
    "Its content is damaged, cut short or of a kind that is not read ({reason}).",
)
UNTOLD: Final[dict[str, Cause]] = {
    "A010": define_cause(
        "À « {place} », ce qu'il dit n'est pas permis dans ce format, ou contredit le reste.",
        "At '{place}' it says what is not allowed, or contradicts the rest: {reason}.",
    ),
    "A011": define_cause(
        "Ce qu'il demande à « {place} » ne se lit pas ici.",
        "What it asks for at '{place}' is not read: {reason}.",
    ),
    "A012": define_cause(
        "À « {place} », il demande plus que ce qui se lit ici.",
        "At '{place}' it asks for more than is read: {reason}.",
    ),
    "A013": define_cause(
        "Il ne contient rien que l'on puisse montrer.",
        "It holds nothing that can be shown: {reason}.",
    ),
    "A061": define_cause(
        "Le programme qui la fait n'y parvient pas.",
        "The program that makes it does not manage ({reason}).",
    ),
}
"""Instead of a reason that only a programmer could follow, by the finding's code."""
NO_REMEDY: Final = Cause(CauseText("", ""), CauseText("", ""))
REASONS: Final[Mapping[str, tuple[dict[str, str], ...]]] = {
    occlusion.LEFT_PALE.code: tuple(occlusion.WHY_LEFT_PALE.values()),
    extensions.EXTENSIONS_LEFT_OUT.code: extensions.WHY_LEFT_OUT,
}
"""By the finding's code: each has ``why_fr``, ``remedy_fr``, ``why_en`` and ``remedy_en``."""


def _remedy(fr: str, en: str) -> Cause:
    return define_cause("", "", (fr, en))


REMEDIES: Final[dict[str, Cause]] = {
    "A010": _remedy(
        "Copiez-le de nouveau en entier, ou exportez-le de nouveau.",
        "Copy it again whole, or export it again.",
    ),
    "A011": _remedy(
        "Exportez-le en GLB (glTF 2.0), avec des textures PNG ou JPEG.",
        "Export it as GLB (glTF 2.0), with PNG or JPEG textures.",
    ),
    "A012": _remedy(
        "Réduisez-le dans le logiciel 3D : quelques millions de triangles et des textures de 8192 px suffisent.",
        "Reduce it in the 3D program: a few million triangles and textures of 8192 px are plenty.",
    ),
    "A013": _remedy(
        "Vérifiez dans le logiciel 3D que l'objet est visible et fait de surfaces, puis exportez de nouveau.",
        "Check in the 3D program that the object is visible and made of surfaces, then export again.",
    ),
    "A017": _remedy(
        "Convertissez-le en GLB dans le logiciel qui l'a fait, ou rendez-lui la fin de nom de son format.",
        "Convert it to GLB in the program that made it, or give its name the ending of its format.",
    ),
    "A018": _remedy(
        "Ouvrez-la dans un autre logiciel et enregistrez-la de nouveau en PNG ou en JPEG, sous le même nom ; si elle est dans le modèle, exportez celui-ci de nouveau.",
        "Open it in another program and save it again as PNG or JPEG, under the same name; if it is inside the model, export that again.",
    ),
    "A030": _remedy(
        "Ouvrez-la dans un autre logiciel et enregistrez-la de nouveau en JPEG ou en PNG.",
        "Open it in another program and save it again as JPEG or PNG.",
    ),
    "A031": _remedy(
        "Pour le son, exportez en .m4a ou .mp3 ; pour la transcription, en WebVTT (.vtt).",
        "For sound, export as .m4a or .mp3; for the transcript, as WebVTT (.vtt).",
    ),
    "A050": _remedy(
        "Exportez-la en MP4 (H.264 et AAC), de 30 minutes au plus.",
        "Export it as MP4 (H.264 and AAC), of 30 minutes at most.",
    ),
}
"""What to do instead, by the finding's code."""
