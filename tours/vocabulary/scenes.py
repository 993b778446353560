"""Keys of scenes: one table a kind, whose first key names the kind."""

from __future__ import annotations

from tours.vocabulary.keys import CREDITS, LICENSE, Key, Table

UNITS = {"mm": 0.001, "cm": 0.01, "m": 1.0, "in": 0.0254, "ft": 0.3048}
"""Metres per unit of a model's file."""
AXES = ("x", "y", "z")

_COMMON = (
    Key(
        "alt",
        "texts",
        "Ce que l’on voit, pour les personnes qui ne voient pas l’image.",
        "What one sees, for people who can’t see the picture.",
        "alt: { fr: Marteau à vapeur à quatre pieds. }",
        required=True,
        french=(
            "description",
            "texte-alternatif",
            "alternative",
            "légende",
            "caption",
        ),
    ),
    Key(
        "poster",
        "poster",
        "L’image montrée d’abord, et à qui ne peut pas voir la suite : auto (le programme la fait) ou un fichier.",
        "The picture shown at first, and to those who can’t see more: auto (made by the program) or a file.",
        "poster: auto",
        french=("affiche", "image", "vignette", "thumbnail", "cover", "miniature"),
    ),
    CREDITS,
    LICENSE,
)
"""Whatever is shown has a description and a poster: a plain page is never empty."""
DETAIL = Table(
    "le détail",
    "the detail",
    (
        Key(
            "name",
            "name",
            "Son nom court, que la question reprend.",
            "Its short name, which the question repeats.",
            "name: molette",
            required=True,
            french=("nom", "id"),
        ),
        Key(
            "at",
            "position",
            "Où il est sur le modèle, vu de face : « à droite, en haut, vers soi », depuis le milieu du pied, à la taille réelle.",
            "Where it is on the model, seen from the front: “right, up, towards you”, from the middle of its foot, at true size.",
            "at: 0 m, 20 m, 1.5 m",
            required=True,
            french=("position", "où", "ou", "lieu"),
        ),
        Key(
            "radius",
            "length",
            "Jusqu’à quelle distance de ce point un doigt le touche encore.",
            "How far from that point a finger still touches it.",
            "radius: 2 m",
            required=True,
            french=("rayon", "distance"),
        ),
        Key(
            "title",
            "texts",
            "Ce que l’on désigne, en quelques mots.",
            "What is pointed at, in a few words.",
            "title: { fr: La molette, en: The wheel }",
            required=True,
            french=("titre",),
        ),
    ),
    "details",
)
SHOWS_MODEL = Table(
    "le modèle 3D",
    "the 3D model",
    (
        Key(
            "model",
            "model_file",
            "Le fichier du modèle 3D, depuis le dossier du musée.",
            "The 3D model’s file, from the museum’s folder.",
            "model: models/marteau.glb",
            required=True,
            french=("modèle", "modele", "fichier", "file", "3d", "glb", "objet"),
        ),
        Key(
            "height",
            "height",
            "La hauteur réelle, contrôlée contre le fichier. Si elle n’est qu’estimée, écrivez « environ » devant : la page le dira.",
            "The true height, checked against the file. Where it is an estimate, write “about” before it: the page will say so.",
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
            "occlusion",
            "flag",
            "Assombrir les creux, où la lumière vient peu : un modèle gris s’en lit mieux, mais n’est plus tout à fait celui du fichier.",
            "Darken hollows, where little light comes: a grey model is read better, but is no longer quite that of the file.",
            "occlusion: yes",
            french=("creux", "ombres", "occlusion-ambiante", "ao", "ambient-occlusion"),
        ),
        Key(
            "details",
            "list",
            "Les détails du modèle qu’une question peut demander de toucher.",
            "The details of the model that a question may ask one to touch.",
            "details: [{ name: molette, at: …, radius: 2 m, title: … }]",
            french=("détails", "parties"),
            inside=(DETAIL,),
        ),
        *_COMMON,
    ),
    "shows",
)
HOTSPOT = Table(
    "le point sensible",
    "the hot spot",
    (
        Key(
            "at",
            "view_direction",
            "Où il est dans l’image : « azimut, hauteur ». 0°, 0° est le milieu de l’image ; 90° à droite, 10° au-dessus de l’horizon.",
            "Where it is in the picture: “azimuth, elevation”. 0°, 0° is the picture’s middle; 90° to the right, 10° above the horizon.",
            "at: 95°, -10°",
            required=True,
            french=("position", "où", "ou", "lieu"),
        ),
        Key(
            "title",
            "texts",
            "Ce que l’on désigne, en quelques mots.",
            "What is pointed at, in a few words.",
            "title: { fr: La berline, en: The tub }",
            required=True,
            french=("titre",),
        ),
        Key(
            "text",
            "texts",
            "Ce que l’on lit quand on le touche.",
            "What one reads on touching it.",
            "text: { fr: Un wagonnet., en: A small wagon. }",
            required=True,
            french=("texte",),
        ),
        Key(
            "name",
            "name",
            "Son nom court, si une question demande de le trouver.",
            "Its short name, where a question asks one to find it.",
            "name: berline",
            french=("nom", "id"),
        ),
    ),
    "hotspots",
)
SHOWS_PANORAMA = Table(
    "le panorama",
    "the panorama",
    (
        Key(
            "panorama",
            "panorama_file",
            "L’image d’un tour complet (360°), deux fois plus large que haute.",
            "The picture of a whole turn (360°), twice as wide as high.",
            "panorama: panoramas/galerie.jpg",
            required=True,
            french=("panoramique", "360", "photo-360", "image-360"),
        ),
        Key(
            "starts",
            "azimuth",
            "Ce que l’on voit d’abord : 0° est le milieu de l’image, 90° un quart de tour à droite.",
            "What is in front at first: 0° is the picture’s middle, 90° a quarter turn to the right.",
            "starts: 120°",
            french=("début", "debut", "départ", "depart", "start"),
        ),
        Key(
            "hotspots",
            "list",
            "Les points de l’image qui disent quelque chose quand on les touche.",
            "The points of the picture that say something when they are touched.",
            'hotspots: [{ at: "95°, -10°", title: …, text: … }]',
            french=("points", "points-sensibles", "points-d-intérêt"),
            inside=(HOTSPOT,),
        ),
        *_COMMON,
    ),
    "shows",
)
COMPARED = Table(
    "l’image à comparer",
    "the picture to compare",
    (
        Key(
            "picture",
            "picture_file",
            "L’image, depuis le dossier du musée.",
            "The picture, from the museum’s folder.",
            "picture: images/verrerie-1900.jpg",
            required=True,
            french=("image", "photo"),
        ),
        Key(
            "title",
            "texts",
            "De quand elle est, ou ce qu’elle montre.",
            "When it is of, or what it shows.",
            "title: { fr: En 1900, en: In 1900 }",
            required=True,
            french=("titre",),
        ),
    ),
)
COMPARE = Table(
    "la comparaison",
    "the comparison",
    (
        Key(
            "then",
            "group",
            "L’image d’autrefois.",
            "The picture of then.",
            "then: { picture: images/verrerie-1900.jpg, title: … }",
            required=True,
            french=("avant", "autrefois", "hier", "before"),
            inside=(COMPARED,),
        ),
        Key(
            "now",
            "group",
            "L’image d’aujourd’hui, prise du même endroit.",
            "The picture of today, from the same place.",
            "now: { picture: images/verrerie-2026.jpg, title: … }",
            required=True,
            french=(
                "après",
                "apres",
                "maintenant",
                "aujourd’hui",
                "aujourd'hui",
                "after",
            ),
            inside=(COMPARED,),
        ),
    ),
    "compare",
)
SHOWS_COMPARE = Table(
    "la comparaison",
    "the comparison",
    (
        Key(
            "compare",
            "group",
            "Deux images du même endroit, que l’on découvre l’une sous l’autre.",
            "Two pictures of one place, uncovered one under the other.",
            "compare: { then: …, now: … }",
            required=True,
            french=("comparer", "comparaison", "avant-après", "avant-apres"),
            inside=(COMPARE,),
        ),
        *_COMMON,
    ),
    "shows",
)
SHOWS_VIDEO = Table(
    "la vidéo",
    "the video",
    (
        Key(
            "video",
            "video_files",
            "Le film ; {lang} devient chaque langue. Sans {lang}, le même film pour toutes.",
            "The film; {lang} becomes each language. Without {lang}, one film for all.",
            "video: video/coulee.mp4",
            required=True,
            french=("vidéo", "film"),
        ),
        Key(
            "captions",
            "caption_files",
            "Les sous-titres (WebVTT) : obligatoires dès que le film a du son.",
            "The captions (WebVTT): required as soon as the film has sound.",
            "captions: video/coulee.{lang}.vtt",
            french=("sous-titres", "sous_titres", "soustitres", "subtitles"),
        ),
        Key(
            "described",
            "described_files",
            "Le film avec audiodescription, ou sa bande-son seule.",
            "The film with audio description, or its sound alone.",
            "described: video/coulee.described.{lang}.mp4",
            french=("audiodescription", "audio-description", "décrit"),
        ),
        Key(
            "sign",
            "video_files",
            "Le film en langue des signes ; l’interprète y tient au moins un tiers de l’image.",
            "The film in sign language; the interpreter fills at least a third of the frame.",
            "sign: video/coulee.lsf.mp4",
            french=("signes", "lsf", "langue-des-signes"),
        ),
        *_COMMON,
    ),
    "shows",
)
SHOWS_PICTURE = Table(
    "l’image",
    "the picture",
    (
        Key(
            "picture",
            "picture_file",
            "Une seule image : photographie, dessin ou document.",
            "One picture: a photograph, a drawing or a document.",
            "picture: images/locomotive.jpg",
            required=True,
            french=("image", "photo", "dessin"),
        ),
        *_COMMON,
    ),
    "shows",
)
SCENES = (SHOWS_MODEL, SHOWS_PANORAMA, SHOWS_COMPARE, SHOWS_VIDEO, SHOWS_PICTURE)
"""The kinds of scenes."""
