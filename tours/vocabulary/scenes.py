"""What a stop shows, and what holds it."""

from __future__ import annotations

from tours.vocabulary.keys import CREDITS, LICENSE, Key, Table

GROUNDS = ("ground", "wall", "table")
UNITS = {"mm": 0.001, "cm": 0.01, "m": 1.0, "in": 0.0254, "ft": 0.3048}
"""Metres per unit of a model's file."""
AXES = ("x", "y", "z")

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
            required=True,
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
            required=True,
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
        CREDITS,
        LICENSE,
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
        *_OFFSETS,
    ),
    "placed",
    "picture",
)
