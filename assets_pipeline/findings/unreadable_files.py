"""Words of findings about files that can't be used, with default reasons and remedies."""

from __future__ import annotations

from typing import Final

from assets_pipeline.errors.causes import Cause, CauseText, define_cause
from assets_pipeline.errors.typography import english, french
from tours.diagnostics import Rule, Severity

DEFAULT_MEDIA_REASON: Final = define_cause(
    "Son contenu est abîmé, incomplet ou d'une sorte qui ne se lit pas ici.",
    "Its content is damaged, cut short or of a kind that is not read ({reason}).",
)
DEFAULT_REASONS: Final[dict[str, Cause]] = {
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
MODEL_DAMAGED = Rule(
    "A010",
    Severity.ERROR,
    french(
        "Le modèle « {file} » est abîmé ou incomplet.",
        "Il ne peut pas être montré. {reason_fr}",
        "{remedy_fr}",
    ),
    english(
        "The model '{file}' is damaged or cut short.",
        "It can't be shown. {reason_en}",
        "{remedy_en}",
    ),
)
MODEL_UNSUPPORTED = Rule(
    "A011",
    Severity.ERROR,
    french(
        "Le modèle « {file} » ne peut pas être lu tel qu'il est.",
        "{reason_fr}",
        "{remedy_fr}",
    ),
    english(
        "The model '{file}' can't be read as it is.",
        "{reason_en}",
        "{remedy_en}",
    ),
)
MODEL_TOO_LARGE = Rule(
    "A012",
    Severity.ERROR,
    french(
        "Le modèle « {file} » est trop lourd.",
        "Aucun téléphone ne l'ouvrirait. {reason_fr}",
        "{remedy_fr}",
    ),
    english(
        "The model '{file}' is too heavy.",
        "No phone would open it. {reason_en}",
        "{remedy_en}",
    ),
)
MODEL_EMPTY = Rule(
    "A013",
    Severity.ERROR,
    french(
        "Le modèle « {file} » ne montre rien.",
        "{reason_fr}",
        "{remedy_fr}",
    ),
    english(
        "The model '{file}' shows nothing.",
        "{reason_en}",
        "{remedy_en}",
    ),
)
PATH_REFUSED = Rule(
    "A014",
    Severity.ERROR,
    french(
        "Le fichier « {file} » renvoie hors du dossier du musée.",
        "Par sécurité, rien n'est lu ailleurs, ni sur le disque ni sur le réseau : {place}.",
        "Déposez le fichier voulu à côté du modèle et exportez de nouveau, avec des chemins relatifs.",
    ),
    english(
        "The file '{file}' points outside the museum's folder.",
        "For safety nothing is read elsewhere, on disk or on a network: {place}.",
        "Put the file that is meant beside the model and export again, with relative paths.",
    ),
)
PART_MISSING = Rule(
    "A015",
    Severity.ERROR,
    french(
        "Le modèle « {file} » a besoin d'un fichier qui manque : {place}",
        "Sans lui, le modèle ne peut pas être montré.",
        "Déposez ce fichier dans le dossier du musée, ou exportez le modèle en un seul fichier GLB.",
    ),
    english(
        "The model '{file}' needs a file that is missing: {place}",
        "Without it the model can't be shown.",
        "Add this file to the museum's folder, or export the model as one GLB file.",
    ),
)
MODEL_MISNAMED = Rule(
    "A017",
    Severity.ERROR,
    french(
        "Le modèle « {file} » n'est pas ce que dit son nom.",
        "{reason_fr}",
        "{remedy_fr}",
    ),
    english(
        "The model '{file}' is not what its name says.",
        "{reason_en}",
        "{remedy_en}",
    ),
)
MODEL_PICTURE_UNREADABLE = Rule(
    "A018",
    Severity.ERROR,
    french(
        "L'image « {place} » du modèle « {file} » ne peut pas être lue.",
        "{reason_fr} Sans elle, le modèle n'aurait pas ses couleurs.",
        "{remedy_fr}",
    ),
    english(
        "The picture '{place}' of the model '{file}' can't be read.",
        "{reason_en} Without it the model would lack its colours.",
        "{remedy_en}",
    ),
)
PICTURE_UNREADABLE = Rule(
    "A030",
    Severity.ERROR,
    french(
        "L'image « {file} » ne peut pas être lue.",
        "Elle manquerait sur la page. {reason_fr}",
        "{remedy_fr}",
    ),
    english(
        "The picture '{file}' can't be read.",
        "It would be missing from the page. {reason_en}",
        "{remedy_en}",
    ),
)
RECORDING_UNREADABLE = Rule(
    "A031",
    Severity.ERROR,
    french(
        "Le fichier « {file} » n'est pas ce que dit son nom.",
        "Il ne se lirait sur aucun téléphone. {reason_fr}",
        "{remedy_fr}",
    ),
    english(
        "The file '{file}' is not what its name says.",
        "No phone would play it. {reason_en}",
        "{remedy_en}",
    ),
)
TOOL_MISSING = Rule(
    "A090",
    Severity.ERROR,
    french(
        "Il manque une partie du programme pour préparer « {file} ».",
        "Ce qui manque : « {place} ».",
        "Lancez « ecomusee doctor », qui dit quoi installer.",
    ),
    english(
        "A part of the program is missing to prepare '{file}'.",
        "Detail: {place}: {reason}.",
        "Run `ecomusee doctor`, which says what to install.",
    ),
)
PROGRAM_FAILED = Rule(
    "A091",
    Severity.ERROR,
    french(
        "Le programme a échoué sur « {file} ». La faute est la sienne.",
        "Les autres fichiers n'en souffrent pas. Détail : {reason}.",
        "Signalez-le en joignant le fichier ; en attendant, exportez-le autrement.",
    ),
    english(
        "The program failed on '{file}'. The fault is its own.",
        "No other file suffers from it. Detail: {reason}.",
        "Report it with the file attached; meanwhile, export it differently.",
    ),
)
VIDEO_UNREADABLE = Rule(
    "A050",
    Severity.ERROR,
    french(
        "La vidéo « {file} » ne peut pas être lue.",
        "Elle manquerait sur la page. {reason_fr}",
        "{remedy_fr}",
    ),
    english(
        "The film '{file}' can't be read.",
        "It would be missing from the page. {reason_en}",
        "{remedy_en}",
    ),
)
VOICE_FAILED = Rule(
    "A061",
    Severity.WARNING,
    french(
        "La voix de synthèse de « {file} » n'a pas pu être faite.",
        "L'arrêt reste sans voix dans cette langue. {reason_fr}",
        "Raccourcissez son texte, ou enregistrez une personne et déposez le son avec « audio: ».",
    ),
    english(
        "The synthetic voice of '{file}' could not be made.",
        "The stop stays without a voice in this language. {reason_en}",
        "Shorten its text, or record a person and add the sound with `audio:`.",
    ),
)
PROGRAM_ABSENT = Rule(
    "A092",
    Severity.ERROR,
    french(
        "Il manque un programme de cet ordinateur pour préparer « {file} ».",
        "Ce fichier en dépend, et ne serait pas publié.",
        "Demandez à qui s'occupe de l'ordinateur de lancer « apt install {package} ».",
    ),
    english(
        "A program is missing on this computer to prepare '{file}'.",
        "This file depends on it, and would not be published. Detail: {reason}.",
        "Ask whoever looks after the computer to run `apt install {package}`.",
    ),
)


def _remedy(fr: str, en: str) -> Cause:
    return define_cause("", "", (fr, en))


DEFAULT_REMEDIES: Final[dict[str, Cause]] = {
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
