"""T030 to T049 and T058: messages about keys (unknown, missing, misplaced), choices and names.

T042 and T043, of what could not be shown yet, are retired.
"""

from tours.diagnostics import Rule, Severity, Wording

UNKNOWN_KEY = Rule(
    "T030",
    Severity.ERROR,
    fr=Wording(
        "« {key} » n’est pas une clé connue ici ({subject_fr}).",
        "Elle serait ignorée, et les visiteurs n’en verraient rien.",
        "Vouliez-vous écrire « {near} » ?",
    ),
    en=Wording(
        "“{key}” is not a known key here ({subject_en}).",
        "It would be ignored and visitors would see nothing of it.",
        "Did you mean “{near}”?",
    ),
)
UNKNOWN_KEY_NO_SUGGESTION = Rule(
    "T031",
    Severity.ERROR,
    fr=Wording(
        "« {key} » n’est pas une clé connue ici ({subject_fr}).",
        "Elle serait ignorée, et les visiteurs n’en verraient rien.",
        "Effacez-la, ou prenez l’une de celles-ci : {known}.",
    ),
    en=Wording(
        "“{key}” is not a known key here ({subject_en}).",
        "It would be ignored and visitors would see nothing of it.",
        "Delete it, or take one of these: {known}.",
    ),
)
MISPLACED_KEY = Rule(
    "T032",
    Severity.ERROR,
    fr=Wording(
        "« {key} » n’a pas sa place ici ({subject_fr}).",
        "Cette clé va sous « {home} » ; ici elle serait ignorée.",
        "Déplacez-la sous « {home}: », décalée comme ses voisines.",
    ),
    en=Wording(
        "“{key}” does not belong here ({subject_en}).",
        "This key goes under “{home}”; here it would be ignored.",
        "Move it under “{home}:”, shifted like its neighbours.",
    ),
)
MISSING_KEY = Rule(
    "T033",
    Severity.ERROR,
    fr=Wording(
        "Il manque « {key} » ({subject_fr}).",
        "{about_fr} Rien n’est publié tant que cette clé manque.",
        "Ajoutez une ligne : {example}",
    ),
    en=Wording(
        "“{key}” is missing ({subject_en}).",
        "{about_en} Nothing is published while this key is missing.",
        "Add a line: {example}",
    ),
)
EMPTY_VALUE = Rule(
    "T034",
    Severity.ERROR,
    fr=Wording(
        "« {key} » ne dit rien ({subject_fr}).",
        "La clé est là, mais rien ne la suit.",
        "Complétez-la, ou effacez la ligne.",
    ),
    en=Wording(
        "“{key}” says nothing ({subject_en}).",
        "The key is there, but nothing follows it.",
        "Complete it, or delete the line.",
    ),
)
EXPECTED_TEXT = Rule(
    "T035",
    Severity.ERROR,
    fr=Wording(
        "« {key} » attend une valeur simple, sur sa ligne.",
        "Une liste ou un groupe de clés s’y trouve, qui ne peut pas être compris.",
        "Écrivez par exemple : {example}{quoting_fr}.",
    ),
    en=Wording(
        "“{key}” expects a simple value, on its own line.",
        "A list or a group of keys is there, which can’t be understood.",
        "Write for instance: {example}{quoting_en}.",
    ),
)
EXPECTED_LIST = Rule(
    "T036",
    Severity.ERROR,
    fr=Wording(
        "« {key} » attend une liste.",
        "Même un seul élément s’écrit dans une liste, pour qu’on puisse en ajouter.",
        "Écrivez par exemple : {example}",
    ),
    en=Wording(
        "“{key}” expects a list.",
        "Even a single item is written in a list, so that others can be added.",
        "Write for instance: {example}",
    ),
)
EXPECTED_GROUP = Rule(
    "T037",
    Severity.ERROR,
    fr=Wording(
        "« {key} » attend un groupe de clés, une par ligne, décalées dessous.",
        "Ce qui s’y trouve ne peut pas être compris.",
        "Écrivez par exemple : {example}",
    ),
    en=Wording(
        "“{key}” expects a group of keys, one a line, shifted below it.",
        "What is there can’t be understood.",
        "Write for instance: {example}",
    ),
)
UNKNOWN_CHOICE = Rule(
    "T038",
    Severity.ERROR,
    fr=Wording(
        "« {value} » n’est pas une valeur possible de « {key} ».",
        "Les valeurs possibles sont : {known}.",
        "Vouliez-vous écrire « {near} » ?",
    ),
    en=Wording(
        "“{value}” is not a possible value of “{key}”.",
        "The possible values are: {known}.",
        "Did you mean “{near}”?",
    ),
)
BAD_NAME = Rule(
    "T039",
    Severity.ERROR,
    fr=Wording(
        "« {value} » ne convient pas comme nom court.",
        "Il sert dans les adresses des pages : des minuscules sans accent, des chiffres et des tirets, soixante signes au plus.",
        "Écrivez par exemple : {example}",
    ),
    en=Wording(
        "“{value}” does not suit as a short name.",
        "It is used in page addresses: lower-case letters without accents, digits and hyphens, sixty signs at most.",
        "Write for instance: {example}",
    ),
)
REPEATED_NAME = Rule(
    "T040",
    Severity.ERROR,
    fr=Wording(
        "Le nom « {value} » sert déjà ({other}).",
        "Deux pages auraient la même adresse : l’une des deux serait inaccessible.",
        "Donnez un autre nom à l’une des deux ; gardez celui qui est déjà publié.",
    ),
    en=Wording(
        "The name “{value}” is already in use ({other}).",
        "Two pages would have the same address: one of them could not be reached.",
        "Give one of the two another name; keep the one that is already published.",
    ),
)
RESERVED_NAME = Rule(
    "T041",
    Severity.ERROR,
    fr=Wording(
        "Le nom « {value} » est réservé au programme.",
        "Une page du site porte déjà cette adresse.",
        "Choisissez un autre nom.",
    ),
    en=Wording(
        "The name “{value}” is reserved for the program.",
        "A page of the site already has this address.",
        "Choose another name.",
    ),
)
TWO_SCENES = Rule(
    "T044",
    Severity.ERROR,
    fr=Wording(
        "« shows » donne à la fois « {first} » et « {key} » ({subject_fr}).",
        "Un arrêt ne montre qu’une chose.",
        "Faites-en deux arrêts, ou retirez l’une des deux.",
    ),
    en=Wording(
        "“shows” gives both “{first}” and “{key}” ({subject_en}).",
        "A stop shows one thing.",
        "Make two stops, or remove one of them.",
    ),
)
MISSING_ALT = Rule(
    "T045",
    Severity.ERROR,
    fr=Wording(
        "Il manque « alt », la description pour les personnes qui ne voient pas l’image ({subject_fr}).",
        "Sans elle, un lecteur d’écran ne dit rien (RGAA 1.1, WCAG 1.1.1).",
        "Ajoutez « alt: » sous « shows: », et dites en une phrase par langue ce que l’on voit.",
    ),
    en=Wording(
        "“alt” is missing, the description for people who can’t see the picture ({subject_en}).",
        "Without it a screen reader says nothing (WCAG 1.1.1).",
        "Add “alt:” under “shows:”, and say in one sentence a language what one sees.",
    ),
)
CODE_IN_TOUR = Rule(
    "T046",
    Severity.ERROR,
    fr=Wording(
        "Le code de l’étiquette ne s’écrit pas ici.",
        "Il est attribué une fois pour toutes et gardé dans codes.lock.yaml : un code imprimé ne change plus.",
        "Effacez cette ligne ; « ecomusee labels » attribue le code.",
    ),
    en=Wording(
        "The label’s code is not written here.",
        "It is given once and for all and kept in codes.lock.yaml: a printed code never changes.",
        "Delete this line; “ecomusee labels” gives the code.",
    ),
)
NOTHING_TO_PLACE = Rule(
    "T047",
    Severity.ERROR,
    fr=Wording(
        "« placed » dit où tenir une scène, mais l’arrêt n’en montre pas ({subject_fr}).",
        "Il n’y a rien à placer.",
        "Ajoutez « shows: », ou retirez « placed: ».",
    ),
    en=Wording(
        "“placed” says what holds a scene, but the stop shows none ({subject_en}).",
        "There is nothing to place.",
        "Add “shows:”, or remove “placed:”.",
    ),
)
NO_LABEL_TO_PLACE_BY = Rule(
    "T048",
    Severity.ERROR,
    fr=Wording(
        "La scène est placée par l’étiquette, mais on ne sait pas comment celle-ci est posée ({subject_fr}).",
        "Sans sa hauteur, la scène flotterait ou s’enfoncerait dans le sol.",
        "Ajoutez à l’arrêt :  label: {{ height: 1.40 m, slope: 30° }}",
    ),
    en=Wording(
        "The scene is placed by the label, but how the label is mounted is unknown ({subject_en}).",
        "Without its height, the scene would float or sink into the ground.",
        "Add to the stop:  label: {{ height: 1.40 m, slope: 30° }}",
    ),
)
FLOOR_IS_ALWAYS_OFFERED = Rule(
    "T049",
    Severity.ERROR,
    fr=Wording(
        "« by: {value} » ne s’écrit pas.",
        "Poser la scène librement, au sol, est toujours offert aux visiteurs.",
        "Effacez cet élément de la liste « placed ».",
    ),
    en=Wording(
        "“by: {value}” is not written.",
        "Placing the scene freely, on the floor, is always offered to visitors.",
        "Delete this item from the “placed” list.",
    ),
)
TOO_MANY_ITEMS = Rule(
    "T058",
    Severity.ERROR,
    fr=Wording(
        "« {key} » a plus de {most} éléments.",
        "C’est bien plus qu’une visite ; la suite n’a pas été lue.",
        "Faites-en plusieurs visites, ou retirez ce qui est en trop.",
    ),
    en=Wording(
        "“{key}” has more than {most} items.",
        "That is far more than a tour; the rest was not read.",
        "Make several tours of it, or remove what is too much.",
    ),
)
