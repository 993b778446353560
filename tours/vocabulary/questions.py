"""Keys of questions, of their choices, and of the treasure hunts that they belong to."""

from __future__ import annotations

from tours.vocabulary.keys import Key, Table

CHOICE = Table(
    "le choix",
    "the choice",
    (
        Key(
            "text",
            "texts",
            "La réponse proposée, en quelques mots.",
            "The answer offered, in a few words.",
            "text: { fr: Du charbon, en: Coal }",
            required=True,
            french=("texte", "réponse", "reponse"),
        ),
        Key(
            "right",
            "flag",
            "yes : c’est une bonne réponse.",
            "yes: it is a right answer.",
            "right: yes",
            french=("juste", "vrai", "bon", "bonne", "correct"),
        ),
    ),
    "choices",
)
ANSWERS = ("choices", "number", "place", "detail", "find")
"""The keys that tell how a question is answered: one of them."""
QUESTION = Table(
    "la question",
    "the question",
    (
        Key(
            "hunt",
            "name",
            "La chasse au trésor dont elle fait partie : le nom court d’une chasse de « hunts ».",
            "The treasure hunt that it belongs to: the short name of one under “hunts”.",
            "hunt: petits-mineurs",
            french=("chasse", "chasse-au-trésor", "quiz", "jeu"),
        ),
        Key(
            "ask",
            "texts",
            "La question, telle que les visiteurs la lisent.",
            "The question, as visitors read it.",
            'ask: { fr: "Que porte la berline ?", en: "What does the tub carry?" }',
            required=True,
            french=("demande", "énoncé", "enonce", "texte", "intitulé"),
        ),
        Key(
            "choices",
            "list",
            "Les réponses proposées ; « right: yes » marque la bonne, ou les bonnes.",
            "The answers offered; “right: yes” marks the right one, or ones.",
            "choices: [{ text: …, right: yes }, { text: … }]",
            french=("choix", "réponses", "reponses", "propositions"),
            inside=(CHOICE,),
        ),
        Key(
            "number",
            "amount",
            "La réponse est un nombre, avec son unité s’il en a une.",
            "The answer is a number, with its unit where it has one.",
            "number: 21 m",
            french=("nombre", "chiffre"),
        ),
        Key(
            "tolerance",
            "amount",
            "De combien on peut s’écarter d’un nombre (dans son unité) ou d’un endroit du panorama (en degrés). 0 : pas du tout.",
            "By how much one may miss a number (in its unit) or a place in the panorama (in degrees). 0: not at all.",
            "tolerance: 2 m",
            french=("tolérance", "marge", "écart", "ecart"),
        ),
        Key(
            "place",
            "spot",
            "L’endroit du panorama à toucher : le nom (name) d’un point sensible, ou « azimut, hauteur ».",
            "The place of the panorama to touch: a hot spot’s name, or “azimuth, elevation”.",
            "place: berline",
            french=("endroit", "lieu", "direction"),
        ),
        Key(
            "detail",
            "name",
            "Le détail du modèle 3D à toucher : son nom (name) dans « details ».",
            "The detail of the 3D model to touch: its name under “details”.",
            "detail: molette",
            french=("détail", "partie"),
        ),
        Key(
            "find",
            "name",
            "L’étiquette à trouver : le nom court d’un arrêt de cette visite.",
            "The label to find: the short name of a stop of this tour.",
            "find: cones",
            french=("trouver", "chercher", "étiquette"),
        ),
        Key(
            "hints",
            "list",
            "Les indices, donnés un par un à qui les demande.",
            "The hints, given one by one to those who ask.",
            "hints: [{ fr: Il est noir., en: It is black. }]",
            french=("indices", "indice", "aide", "aides", "hint"),
        ),
        Key(
            "explained",
            "texts",
            "Ce qu’on lit quand on a trouvé, ou demandé la réponse : pourquoi c’est celle-là.",
            "What one reads on finding the answer, or on asking for it: why it is that one.",
            "explained: { fr: Le charbon sortait par ce puits., en: Coal came up this shaft. }",
            required=True,
            french=("explication", "explications", "solution", "expliqué"),
        ),
    ),
    "question",
)
HUNT = Table(
    "la chasse au trésor",
    "the treasure hunt",
    (
        Key(
            "hunt",
            "name",
            "Le nom court de la chasse ; les questions le reprennent.",
            "The hunt’s short name; questions repeat it.",
            "hunt: petits-mineurs",
            required=True,
            french=("chasse", "name", "nom", "id"),
        ),
        Key(
            "title",
            "texts",
            "Le titre de la chasse ; il est imprimé sur le diplôme.",
            "The hunt’s title; the certificate bears it.",
            "title: { fr: Les petits mineurs, en: The young miners }",
            required=True,
            french=("titre",),
        ),
        Key(
            "age",
            "count",
            "À partir de quel âge.",
            "From which age.",
            "age: 7",
            french=("âge", "dès", "ans"),
        ),
        Key(
            "text",
            "texts",
            "Ce qu’on lit avant de commencer la chasse.",
            "What one reads before setting out on the hunt.",
            "text: { fr: Cinq questions vous attendent., en: Five questions await you. }",
            french=("texte", "description", "résumé"),
        ),
    ),
    "hunts",
)
