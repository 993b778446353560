"""Why a picture, a sound, a video or captions can't be used, as `causes`."""

from __future__ import annotations

from assets_pipeline.errors.causes import define_cause

PICTURE_DAMAGED = define_cause(
    "Elle est abîmée ou incomplète.", "The picture is damaged or cut short."
)
PICTURE_FORMAT_UNSUPPORTED = define_cause(
    "L'image « {name} » est dans un format qui ne se lit pas ici.",
    "The picture '{name}' is in a format that is not read.",
)
PICTURE_TOO_LARGE = define_cause(
    "L'image « {name} » a plus de {millions} millions de pixels.",
    "The picture '{name}' has more than {millions} million pixels.",
    (
        "Réduisez-la à 8192 px de côté au plus.",
        "Reduce the picture to 8192 px or less.",
    ),
)
PICTURE_TOO_COSTLY = define_cause(
    "Elle demande plus de mémoire ou de calcul qu'une image n'en peut prendre.",
    "It takes more memory or computing than a picture may.",
    (
        "Réduisez-la à 8192 px de côté au plus.",
        "Reduce the picture to 8192 px or less.",
    ),
)
NOT_A_MEDIA_FILE = define_cause(
    "Son contenu n'est ni MP4, ni WebM, ni MP3, ni Ogg, ni FLAC, ni WAV.",
    "Its content is neither MP4, WebM, MP3, Ogg, FLAC nor WAV.",
)
NO_STREAM = define_cause(
    "Il ne contient ni son ni images animées.",
    "It holds neither sound nor moving pictures.",
)
NO_SOUND = define_cause("Il ne contient aucun son.", "It holds no sound.")
SILENT = define_cause(
    "Il ne contient aucun son que l'on puisse mesurer.",
    "It holds no sound that can be measured.",
)
DURATION_TOO_LONG = define_cause(
    "Il dure {minutes} minutes, pour {most} au plus.",
    "It lasts {minutes} minutes; {most} are the most.",
    (
        "Partagez-le en plusieurs, un par arrêt.",
        "Split it, one part a stop.",
    ),
)
CAPTIONS_TOO_LARGE = define_cause(
    "Il pèse plus de {mebibytes} Mio, ce qu'un texte ne fait jamais.",
    "The file is larger than {mebibytes} MiB, and words never are.",
)
NOT_UTF8 = define_cause(
    "Son texte n'est pas codé en UTF-8.",
    "It is not UTF-8 text.",
    (
        "Enregistrez-le de nouveau, en choisissant le codage UTF-8.",
        "Save it as UTF-8.",
    ),
)
NOT_WEBVTT = define_cause(
    "Il ne commence pas par WEBVTT.",
    "It does not begin with WEBVTT.",
)
TEXT_EMPTY = define_cause("Le texte n'a pas de mots.", "The text has no words.")
TEXT_TOO_LONG = define_cause(
    "Le texte a {signs} signes, pour {most} au plus.",
    "The text has {signs} characters; {most} are the most.",
)
