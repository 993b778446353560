"""A plan's picture, and where on the ground its corners are."""

from __future__ import annotations

from tours.vocabulary.keys import CREDITS, Key, Table

PLAN = Table(
    "le plan de la visite",
    "the tour’s plan",
    (
        Key(
            "picture",
            "picture_file",
            "L’image du plan : un plan ancien, un dessin, une vue d’en haut ; ses bords sont ceux du terrain.",
            "The plan’s picture: an old plan, a drawing, a view from above; its edges are those of the ground.",
            "picture: plans/usine-1890.jpg",
            required=True,
            french=("image", "photo", "fichier", "file", "dessin"),
        ),
        Key(
            "top_left",
            "coordinates",
            "Où est, sur le terrain, son coin en haut à gauche : « latitude, longitude », collé depuis une carte.",
            "Where on the ground its upper left corner is: “latitude, longitude”, pasted from a map.",
            "top_left: 46.7880, 4.4300",
            required=True,
            french=(
                "haut-gauche",
                "haut-à-gauche",
                "nord-ouest",
                "northwest",
                "top-left",
            ),
        ),
        Key(
            "bottom_right",
            "coordinates",
            "Où est son coin en bas à droite.",
            "Where its lower right corner is.",
            "bottom_right: 46.7850, 4.4360",
            required=True,
            french=(
                "bas-droite",
                "bas-à-droite",
                "sud-est",
                "southeast",
                "bottom-right",
            ),
        ),
        Key(
            "top_right",
            "coordinates",
            "Où est son coin en haut à droite, si le nord n’est pas en haut de l’image.",
            "Where its upper right corner is, if north is not at the top of the picture.",
            "top_right: 46.7884, 4.4358",
            french=(
                "haut-droite",
                "haut-à-droite",
                "nord-est",
                "northeast",
                "top-right",
            ),
        ),
        Key(
            "lines",
            "plan_file",
            "Ce que l’on dessine par-dessus, en GeoJSON : le chemin de la visite, par exemple.",
            "What is drawn above it, as GeoJSON: the tour’s walk, for instance.",
            "lines: plans/chemin.geojson",
            french=("lignes", "chemin", "tracé", "geojson"),
        ),
        CREDITS,
    ),
    "plan",
)
