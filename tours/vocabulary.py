"""The keys that curators may write: one table for reading, schemas and messages.

A shape names how a value is written; `tours.reading` reads each shape in one function
and `tours.schemas` describes it by one JSON Schema.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Shape = Literal[
    "name",
    "text",
    "texts",
    "languages",
    "language_texts",
    "length",
    "offset",
    "angle",
    "direction",
    "duration",
    "scale",
    "coordinates",
    "count",
    "address",
    "color",
    "license",
    "model_file",
    "picture_file",
    "poster",
    "audio_files",
    "transcript_files",
    "choice",
    "group",
    "list",
    "later",
]


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its name, what it means to a visitor, and how its value is written."""

    name: str
    shape: Shape
    fr: str
    """A sentence in French: the editor's hover text, and why its absence matters."""
    en: str
    example: str
    """A whole line to write."""
    required: bool = False
    french: tuple[str, ...] = ()
    """What French speakers are likely to type instead."""
    choices: tuple[str, ...] = ()
    inside: tuple[Table, ...] = ()
    """For a group its table; for a list of groups the table of each kind of item."""


@dataclass(frozen=True, slots=True)
class Table:
    """The keys of one group."""

    fr: str
    """What the group is, in a phrase: « le musée »."""
    en: str
    keys: tuple[Key, ...]
    home: str = ""
    """The key that the group stands under."""

    @property
    def names(self) -> tuple[str, ...]:
        """The keys' names, in the order people write them."""
        return tuple(key.name for key in self.keys)

    def key(self, name: str) -> Key:
        """Return the key of that name, which must be one of the table's."""
        return next(key for key in self.keys if key.name == name)


WHEELCHAIR = ("yes", "partial", "no")
GROUNDS = ("ground", "wall", "table")
UNITS = {"mm": 0.001, "cm": 0.01, "m": 1.0, "in": 0.0254, "ft": 0.3048}
"""Metres per unit of a model's file."""
AXES = ("x", "y", "z")

_LICENSE = Key(
    "license",
    "license",
    "La licence (SPDX) de tout ce qui n’en donne pas une autre.",
    "The licence (SPDX) of all that gives no other.",
    "license: CC-BY-SA-4.0",
    french=("licence",),
)
_CREDITS = Key(
    "credits",
    "text",
    "Les personnes et les institutions à créditer.",
    "The people and institutions to credit.",
    "credits: Écomusée, textes 2026",
    french=("crédits", "credit", "crédit"),
)
_SAFETY_FRENCH = ("sécurité", "securite", "prudence")
_SAFETY = Key(
    "safety",
    "texts",
    "Ce qu’il faut dire avant que les gens bougent en regardant leur téléphone.",
    "What to say before people move while looking at their phone.",
    "safety: { fr: Restez sur le trottoir. }",
    french=_SAFETY_FRENCH,
)

MUSEUM = Table(
    "le musée",
    "the museum",
    (
        Key(
            "museum",
            "name",
            "Le nom court du musée ; il ne change plus une fois publié.",
            "The museum’s short name; it never changes once published.",
            "museum: mon-musee",
            required=True,
            french=("musée", "musee"),
        ),
        Key(
            "name",
            "texts",
            "Le nom du musée, tel que les visiteurs le lisent.",
            "The museum’s name, as visitors read it.",
            "name: { fr: Mon musée, en: My museum }",
            required=True,
            french=("nom",),
        ),
        Key(
            "languages",
            "languages",
            "Les langues du site ; la première sert de secours.",
            "The site’s languages; the first serves where a translation is missing.",
            "languages: [fr, en]",
            required=True,
            french=("langues", "langue"),
        ),
        Key(
            "address",
            "address",
            "L’adresse publique, imprimée pour toujours sur les étiquettes.",
            "The public address, printed for ever on labels.",
            "address: https://visite.mon-musee.fr",
            required=True,
            french=("adresse", "site"),
        ),
        Key(
            "color",
            "color",
            "La couleur du musée, en six chiffres hexadécimaux entre guillemets.",
            "The museum’s colour, as six hexadecimal digits in quotes.",
            'color: "#9c2f1f"',
            french=("couleur",),
        ),
        Key(
            "license",
            "license",
            _LICENSE.fr,
            _LICENSE.en,
            _LICENSE.example,
            required=True,
            french=("licence",),
        ),
        _CREDITS,
        Key(
            "notice",
            "texts",
            "Un avis montré sur chaque page.",
            "A notice shown on every page.",
            "notice: { fr: Ceci est une démonstration. }",
            french=("avis", "mention"),
        ),
        Key(
            "contact",
            "text",
            "Une adresse de courriel ou une page pour écrire au musée.",
            "An e-mail address or a page to write to the museum.",
            "contact: accueil@mon-musee.fr",
            french=("courriel", "email", "mail"),
        ),
    ),
)
ACCESS = Table(
    "l’accès",
    "access",
    (
        Key(
            "wheelchair",
            "choice",
            "Un fauteuil roulant passe-t-il ? yes (oui), partial (en partie) ou no (non).",
            "Can a wheelchair pass? yes, partial or no.",
            "wheelchair: partial",
            required=True,
            french=("fauteuil", "fauteuil-roulant"),
            choices=WHEELCHAIR,
        ),
        Key(
            "steps",
            "count",
            "Le nombre de marches sur le chemin.",
            "How many steps there are on the way.",
            "steps: 12",
            french=("marches",),
        ),
        Key(
            "note",
            "texts",
            "Ce qu’il faut savoir : pavés, pente, détour.",
            "What to know: cobbles, slope, detour.",
            "note: { fr: Douze marches entre les arrêts 2 et 3. }",
            french=("remarque",),
        ),
    ),
    "access",
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
    ),
    "label",
)
SHOWS = Table(
    "ce que montre l’arrêt",
    "what the stop shows",
    (
        Key(
            "model",
            "model_file",
            "Le fichier du modèle 3D, depuis le dossier du musée.",
            "The 3D model’s file, from the museum’s folder.",
            "model: models/marteau.glb",
            french=("modèle", "modele", "fichier", "file"),
        ),
        Key(
            "height",
            "length",
            "La hauteur réelle ; elle est contrôlée contre le fichier.",
            "The true height; it is checked against the file.",
            "height: 21 m",
            french=("hauteur",),
        ),
        Key(
            "scale",
            "scale",
            "L’échelle d’une maquette ; sans elle, la taille réelle.",
            "The scale of a scale model; without it, true size.",
            "scale: 1:200",
            french=("échelle", "echelle"),
        ),
        Key(
            "units",
            "choice",
            "L’unité du fichier quand il n’est pas en mètres.",
            "The file’s unit where it is not the metre.",
            "units: mm",
            french=("unité", "unités", "unite", "unites", "unit"),
            choices=tuple(UNITS),
        ),
        Key(
            "up",
            "choice",
            "L’axe du fichier qui pointe vers le ciel quand ce n’est pas y.",
            "The file’s axis that points to the sky where it is not y.",
            "up: z",
            french=("haut", "vertical"),
            choices=AXES,
        ),
        Key(
            "alt",
            "texts",
            "Ce que l’on voit, pour les personnes qui ne voient pas l’image.",
            "What one sees, for people who can’t see the picture.",
            "alt: { fr: Marteau à vapeur à quatre pieds. }",
            french=("description", "texte-alternatif", "alternative"),
        ),
        Key(
            "poster",
            "poster",
            "L’image montrée en attendant la 3D : auto (le programme la fait) ou un fichier.",
            "The picture shown before the 3D: auto (made by the program) or a file.",
            "poster: auto",
            french=("affiche", "image", "vignette"),
        ),
        _CREDITS,
        _LICENSE,
        Key(
            "panorama",
            "later",
            "Une image à 360° (pas encore).",
            "A 360° picture (not yet).",
            "panorama: panoramas/galerie.jpg",
        ),
    ),
    "shows",
)
LATER_SCENES = ("panorama", "picture", "video", "points")
"""Other kinds of scenes that people may expect, told as such."""
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
        *_OFFSETS,
    ),
    "placed",
)
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
            french=("arrêt", "arret", "étape", "etape"),
        ),
        Key(
            "title",
            "texts",
            "Le titre de l’arrêt.",
            "The stop’s title.",
            "title: { fr: Le marteau-pilon, en: The steam hammer }",
            required=True,
            french=("titre",),
        ),
        Key(
            "text",
            "texts",
            "Ce que les visiteurs lisent ; **gras** et paragraphes possibles (Markdown).",
            "What visitors read; **bold** and paragraphs are possible (Markdown).",
            "text: { fr: Ici se dresse un marteau., en: A hammer stands here. }",
            required=True,
            french=("texte",),
        ),
        Key(
            "easy",
            "texts",
            "Le même texte, facile à lire et à comprendre (FALC).",
            "The same text, easy to read and understand.",
            "easy: { fr: Voici une très grande machine. }",
            french=("falc", "facile"),
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
            "D’où viennent les faits.",
            "Where the facts come from.",
            "sources: [le-creusot.fr/le-marteau-pilon]",
            french=("source",),
        ),
        Key(
            "audio",
            "audio_files",
            "L’enregistrement à écouter ; {lang} devient chaque langue.",
            "The recording to listen to; {lang} becomes each language.",
            "audio: audio/marteau.{lang}.m4a",
            french=("son", "enregistrement"),
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
            inside=(SHOWS,),
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
        _SAFETY,
        Key(
            "offline",
            "later",
            "Tout charger avant (pas encore).",
            "Load all beforehand (not yet).",
            "offline: true",
            french=("hors-ligne", "hors_ligne"),
        ),
    ),
)
TOUR = Table(
    "la visite",
    "the tour",
    (
        Key(
            "tour",
            "name",
            "Le nom court de la visite ; il ne change plus une fois publié.",
            "The tour’s short name; it never changes once published.",
            "tour: de-la-forge-a-la-ville",
            required=True,
            french=("visite", "parcours"),
        ),
        Key(
            "languages",
            "languages",
            "Les langues de la visite ; sans elles, celles du musée.",
            "The tour’s languages; without them, the museum’s.",
            "languages: [fr, en]",
            french=("langues", "langue"),
        ),
        Key(
            "title",
            "texts",
            "Le titre de la visite.",
            "The tour’s title.",
            "title: { fr: De la forge à la ville, en: From the forge to the town }",
            required=True,
            french=("titre",),
        ),
        Key(
            "summary",
            "texts",
            "La visite en une phrase.",
            "The tour in one sentence.",
            "summary: { fr: Trois arrêts pour revoir l’usine. }",
            french=("résumé", "resume"),
        ),
        Key(
            "duration",
            "duration",
            "Le temps qu’il faut.",
            "The time it takes.",
            "duration: 45 min",
            french=("durée", "duree"),
        ),
        Key(
            "start",
            "coordinates",
            "D’où l’on part : « latitude, longitude », collé depuis une carte.",
            "Where one starts: “latitude, longitude”, pasted from a map.",
            "start: 46.7867, 4.4328",
            french=("départ", "depart", "début", "debut"),
        ),
        Key(
            "access",
            "group",
            "Ce qu’il faut savoir avec un fauteuil, une poussette ou des jambes fatiguées.",
            "What to know with a wheelchair, a pram or tired legs.",
            "access: { wheelchair: partial, steps: 12 }",
            french=("accès", "acces", "accessibilité"),
            inside=(ACCESS,),
        ),
        _SAFETY,
        _LICENSE,
        _CREDITS,
        Key(
            "stops",
            "list",
            "Les arrêts, dans l’ordre où l’on marche.",
            "The stops, in walking order.",
            "stops: [{ stop: marteau, … }]",
            required=True,
            french=("arrêts", "arrets", "étapes", "etapes"),
            inside=(STOP,),
        ),
    ),
)
