"""Keys of a stop, its label and its anchors."""

from __future__ import annotations

from dataclasses import replace

from tours.vocabulary.keys import SAFETY, Key, Table
from tours.vocabulary.questions import QUESTION
from tours.vocabulary.scenes import SCENES

GROUNDS = ("ground", "wall", "table")
_OFFSETS = (
    Key(
        "ahead",
        "offset",
        "Derrière l’étiquette ou l’image, quand on la regarde.",
        "Behind the label or picture, as one looks at it.",
        "ahead: 12 m",
        french=("devant", "derrière", "avance"),
    ),
    Key(
        "right",
        "offset",
        "Vers la droite, quand on la regarde.",
        "To the right, as one looks at it.",
        "right: 2 m",
        french=("droite",),
    ),
    Key(
        "up",
        "offset",
        "Vers le haut.",
        "Upwards.",
        "up: 50 cm",
        french=("haut", "dessus"),
    ),
    Key(
        "turn",
        "angle",
        "Tourné sur soi-même, dans le sens inverse des aiguilles vu d’en haut.",
        "Turned about the vertical, counter-clockwise seen from above.",
        "turn: 90°",
        french=("rotation", "tourne", "tourner"),
    ),
)
_BY = Key(
    "by",
    "choice",
    "Ce qui tient la scène : label (l’étiquette) ou picture (une image).",
    "What holds the scene: label or picture.",
    "by: label",
    required=True,
    french=("par",),
    choices=("label", "picture"),
)
BY_LABEL = Table(
    "le placement par l’étiquette",
    "placing by the label",
    (
        _BY,
        *_OFFSETS,
        Key(
            "on",
            "choice",
            "Sur quoi la scène est posée : ground (sol), wall (mur) ou table.",
            "What the scene stands on: ground, wall or table.",
            "on: ground",
            french=("sur",),
            choices=GROUNDS,
        ),
    ),
    "placed",
    "label",
)
BY_PICTURE = Table(
    "le placement par une image",
    "placing by a picture",
    (
        _BY,
        Key(
            "picture",
            "picture_file",
            "L’image affichée sur place, que le téléphone reconnaît.",
            "The picture on site, which the phone recognises.",
            "picture: image_targets/plan-1890.jpg",
            required=True,
            french=("image", "marqueur", "photo"),
        ),
        Key(
            "width",
            "length",
            "La largeur de l’image, mesurée sur place d’un bord à l’autre.",
            "The picture’s width, measured on site from edge to edge.",
            "width: 42 cm",
            required=True,
            french=("largeur",),
        ),
        Key(
            "tracking",
            "choice",
            "forced : publier même si l’image est trop difficile à reconnaître, "
            "parce qu’elle est déjà affichée.",
            "forced: publish even if the picture is too hard to recognise, "
            "because it is already on the wall.",
            "tracking: forced",
            french=("suivi", "reconnaissance"),
            choices=("forced",),
        ),
        *_OFFSETS,
    ),
    "placed",
    "picture",
)
LABEL = Table(
    "l’étiquette",
    "the label",
    (
        Key(
            "height",
            "length",
            "La hauteur du centre de l’étiquette au-dessus du sol.",
            "The height of the label’s centre above the ground.",
            "height: 1.40 m",
            required=True,
            french=("hauteur",),
        ),
        Key(
            "slope",
            "angle",
            "L’inclinaison : 0° contre un mur, 90° à plat.",
            "The slope: 0° against a wall, 90° flat.",
            "slope: 30°",
            french=("pente", "inclinaison"),
        ),
        Key(
            "faces",
            "direction",
            "D’où on la lit : un point cardinal (south-west) ou un angle (225°).",
            "Where one reads it from: a compass point (south-west) or an angle (225°).",
            "faces: south-west",
            french=("orientation", "face", "regarde"),
        ),
        Key(
            "qr",
            "length",
            "La largeur du QR code imprimé, mesurée d’un bord noir à l’autre, "
            "si l’étiquette n’a pas été imprimée à 100 % pour un mètre.",
            "The printed QR code’s width, measured from dark edge to dark edge, "
            "if the label was not printed at 100 % for one metre.",
            "qr: 63 mm",
            french=("largeur", "code"),
        ),
    ),
    "label",
)
WITHDRAWN = Table(
    "le retrait",
    "the withdrawal",
    (
        Key(
            "since",
            "date",
            "Depuis quel jour, en année-mois-jour.",
            "Since which day, as year-month-day.",
            "since: 2026-11-01",
            required=True,
            french=("depuis", "date", "le"),
        ),
        Key(
            "why",
            "texts",
            "Pourquoi, et ce que l’on peut voir à la place : les visiteurs le lisent.",
            "Why, and what can be seen instead: visitors read it.",
            "why: { fr: Travaux jusqu’au printemps., en: Works until spring. }",
            required=True,
            french=("pourquoi", "raison", "motif", "cause"),
        ),
    ),
    "withdrawn",
)
SITE_OF = Key(
    "site",
    "name",
    "Le lieu : le nom court d’un fichier de sites/.",
    "The place: the short name in a file of sites/.",
    "site: le-creusot",
)
"""What tours and stops say of where they are."""
STOP = Table(
    "l’arrêt",
    "the stop",
    (
        Key(
            "stop",
            "name",
            "Le nom court de l’arrêt ; il ne change plus une fois publié.",
            "The stop’s short name; it never changes once published.",
            "stop: marteau",
            required=True,
            french=(
                "arrêt",
                "arret",
                "étape",
                "etape",
                "id",
                "identifiant",
                "name",
                "nom",
                "slug",
            ),
        ),
        Key(
            "title",
            "texts",
            "Le titre de l’arrêt.",
            "The stop’s title.",
            "title: { fr: Le marteau-pilon, en: The steam hammer }",
            required=True,
            french=("titre", "intitulé", "heading"),
        ),
        Key(
            "text",
            "texts",
            "Ce que les visiteurs lisent ; **gras** et paragraphes possibles (Markdown).",
            "What visitors read; **bold** and paragraphs are possible (Markdown).",
            "text: { fr: Ici se dresse un marteau., en: A hammer stands here. }",
            required=True,
            french=("texte", "contenu", "content", "body", "description", "corps"),
        ),
        Key(
            "easy",
            "texts",
            "Le même texte, facile à lire et à comprendre (FALC).",
            "The same text, easy to read and understand.",
            "easy: { fr: Voici une très grande machine. }",
            french=("falc", "facile", "facile-à-lire", "simple"),
        ),
        Key(
            "at",
            "coordinates",
            "Où se trouve l’arrêt : « latitude, longitude », collé depuis une carte.",
            "Where the stop is: “latitude, longitude”, pasted from a map.",
            "at: 46.7867, 4.4328",
            french=(
                "position",
                "lieu",
                "où",
                "ou",
                "coordonnées",
                "coordonnees",
                "gps",
                "location",
            ),
        ),
        Key(
            "label",
            "group",
            "L’étiquette, telle qu’elle est posée sur place.",
            "The label, as it is mounted on site.",
            "label: { height: 1.40 m, slope: 30° }",
            french=("étiquette", "etiquette"),
            inside=(LABEL,),
        ),
        Key(
            "sources",
            "list",
            "D’où viennent les faits ; chaque source s’écrit une fois pour toutes les langues, ou une fois par langue.",
            "Where the facts come from; each source is written once for all languages, or once for each.",
            "sources: [le-creusot.fr/le-marteau-pilon]",
            french=("source", "références", "bibliographie", "references"),
        ),
        Key(
            "audio",
            "audio_files",
            "L’enregistrement à écouter ; {lang} devient chaque langue.",
            "The recording to listen to; {lang} becomes each language.",
            "audio: audio/marteau.{lang}.m4a",
            french=("son", "enregistrement", "sound", "mp3", "audioguide"),
        ),
        Key(
            "transcript",
            "transcript_files",
            "Le texte de l’enregistrement, avec ses minutages (WebVTT).",
            "The recording’s text, with its timings (WebVTT).",
            "transcript: audio/marteau.{lang}.vtt",
            french=("transcription", "transcrit", "sous-titres"),
        ),
        Key(
            "shows",
            "group",
            "Ce que l’arrêt montre : une seule scène.",
            "What the stop shows: one scene.",
            "shows: { model: models/marteau.glb }",
            french=("montre", "scène", "scene"),
            inside=SCENES,
        ),
        Key(
            "placed",
            "list",
            "Ce qui tient la scène, dans l’ordre des essais ; le sol est toujours offert.",
            "What holds the scene, in the order tried; the floor is always offered.",
            "placed: [{ by: label, ahead: 12 m }]",
            french=("placé", "place", "placement", "posé"),
            inside=(BY_LABEL, BY_PICTURE),
        ),
        SAFETY,
        SITE_OF,
        Key(
            "way",
            "texts",
            "Le chemin vers l’arrêt suivant ; montré à la fin de l’arrêt.",
            "How to get to the next stop; shown at the stop’s end.",
            "way: { fr: Traversez la cour., en: Cross the courtyard. }",
            french=("chemin", "itinéraire", "itineraire", "suite"),
        ),
        Key(
            "offline",
            "flag",
            "Pas de réseau à cet arrêt : tout est chargé avant d’y aller.",
            "No network at this stop: all is loaded before one goes there.",
            "offline: true",
            french=("hors-ligne", "hors_ligne", "horsligne", "sans-réseau"),
        ),
        Key(
            "voice",
            "choice",
            "synthetic : là où l’enregistrement manque, publier une voix de synthèse qui lit le texte, signalée comme telle.",
            "synthetic: where the recording is missing, publish a machine’s voice that reads the text, marked as such.",
            "voice: synthetic",
            french=("voix",),
            choices=("synthetic",),
        ),
        Key(
            "question",
            "groups",
            "Une question du quiz ou de la chasse au trésor ; ou plusieurs, dans une liste.",
            "A question of the quiz or the treasure hunt; or several, in a list.",
            "question: { ask: …, number: 21 m, tolerance: 2 m, explained: … }",
            french=("questions", "quiz", "devinette", "énigme", "enigme"),
            inside=(QUESTION,),
        ),
        Key(
            "withdrawn",
            "group",
            "L’arrêt n’existe plus : son code reste, sa page dit depuis quand et pourquoi.",
            "The stop is gone: its code stays, its page says since when and why.",
            "withdrawn: { since: 2026-11-01, why: … }",
            french=("retiré", "retire", "supprimé", "fermé", "retrait"),
            inside=(WITHDRAWN,),
        ),
    ),
)
WITHDRAWN_STOP = replace(
    STOP,
    keys=tuple(
        replace(key, required=key.name in ("stop", "title", "withdrawn"))
        for key in STOP.keys
    ),
)
"""A stop that is gone needs no text."""
