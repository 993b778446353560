"""What holds a scene on site."""

from __future__ import annotations

from tours.vocabulary.keys import Key, Table

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
