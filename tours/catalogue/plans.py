"""T180 to T184: the file that a tour's plan is drawn on."""

from tours.diagnostics import Rule, Severity, Wording

NOT_JSON = Rule(
    "T180",
    Severity.ERROR,
    fr=Wording(
        "{path} n’est pas du GeoJSON : quelque chose manque ou est en trop à cet endroit.",
        "Le plan de la visite ne peut pas être dessiné.",
        "Exportez-le à nouveau en GeoJSON depuis le logiciel de cartes, sans le retoucher à la main.",
    ),
    en=Wording(
        "{path} is not GeoJSON: something is missing or too much at this place.",
        "The tour’s plan can’t be drawn.",
        "Export it again as GeoJSON from the map program, without editing it by hand.",
    ),
)
NOT_GEOJSON = Rule(
    "T181",
    Severity.ERROR,
    fr=Wording(
        "{path} n’est pas un plan en GeoJSON : « {value} » n’y a pas sa place.",
        "Le plan de la visite ne peut pas être dessiné.",
        "Dans le logiciel de cartes, choisissez l’export « GeoJSON » (lignes, surfaces, points).",
    ),
    en=Wording(
        "{path} is not a plan in GeoJSON: “{value}” has no place there.",
        "The tour’s plan can’t be drawn.",
        "In the map program, choose the export “GeoJSON” (lines, areas, points).",
    ),
)
PROJECTED = Rule(
    "T182",
    Severity.ERROR,
    fr=Wording(
        "{path} n’est pas en degrés : « {value} » n’est pas un point du globe.",
        "Ces nombres sont sans doute des mètres (Lambert 93, par exemple) : le plan serait vide.",
        "Exportez-le à nouveau dans le système « WGS 84 » (EPSG:4326).",
    ),
    en=Wording(
        "{path} is not in degrees: “{value}” is no point on the globe.",
        "These numbers are probably metres (Lambert 93, for instance): the plan would be empty.",
        "Export it again in the system “WGS 84” (EPSG:4326).",
    ),
)
TOO_DETAILED = Rule(
    "T183",
    Severity.ERROR,
    fr=Wording(
        "{path} est trop détaillé : plus de {value} points.",
        "Le plan est envoyé avec la page ; les visiteurs l’attendraient longtemps.",
        "N’exportez que les alentours de la visite, ou simplifiez le tracé.",
    ),
    en=Wording(
        "{path} is too detailed: more than {value} points.",
        "The plan is sent with the page; visitors would wait for it.",
        "Export only what lies around the tour, or simplify the lines.",
    ),
)
FAR_PLAN = Rule(
    "T184",
    Severity.WARNING,
    fr=Wording(
        "{path} ne montre rien de ce qui entoure les arrêts de la visite.",
        "Les visiteurs verraient les arrêts sur un plan vide.",
        "Vérifiez que c’est le bon fichier, et que chaque arrêt a sa position (« at: »).",
    ),
    en=Wording(
        "{path} shows nothing of what lies around the tour’s stops.",
        "Visitors would see the stops on an empty plan.",
        "Check that it is the right file, and that each stop has its position (“at:”).",
    ),
)
