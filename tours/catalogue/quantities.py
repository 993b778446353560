"""T060 to T079: messages about lengths, angles, durations, coordinates and dates."""

from tours.diagnostics import Rule, Severity, Wording

NO_UNIT = Rule(
    "T060",
    Severity.ERROR,
    fr=Wording(
        "{key} : {value} quoi ?",
        "Sans unité, {risk_fr}.",
        "Écrivez par exemple  {key}: {example}",
    ),
    en=Wording(
        "{key}: {value} what?",
        "Without a unit {risk_en}.",
        "Write for instance  {key}: {example}",
    ),
)
NOT_A_LENGTH = Rule(
    "T061",
    Severity.ERROR,
    fr=Wording(
        "« {value} » n’est pas une longueur.",
        "Une longueur est un nombre suivi de mm, cm, m, km, in ou ft.",
        "Écrivez par exemple  {key}: {example}",
    ),
    en=Wording(
        "“{value}” is not a length.",
        "A length is a number followed by mm, cm, m, km, in or ft.",
        "Write for instance  {key}: {example}",
    ),
)
NOT_AN_ANGLE = Rule(
    "T062",
    Severity.ERROR,
    fr=Wording(
        "« {value} » n’est pas un angle.",
        "Un angle est un nombre suivi de « ° ».",
        "Écrivez par exemple  {key}: {example}",
    ),
    en=Wording(
        "“{value}” is not an angle.",
        "An angle is a number followed by “°”.",
        "Write for instance  {key}: {example}",
    ),
)
NOT_A_DIRECTION = Rule(
    "T063",
    Severity.ERROR,
    fr=Wording(
        "« {value} » n’est pas une direction.",
        "Une direction est un point cardinal en anglais (north, south-west…) ou un angle compté depuis le nord vers l’est (225°).",
        "Écrivez  {key}: {example}",
    ),
    en=Wording(
        "“{value}” is not a direction.",
        "A direction is a compass point (north, south-west…) or an angle counted from north towards east (225°).",
        "Write  {key}: {example}",
    ),
)
NOT_A_DURATION = Rule(
    "T064",
    Severity.ERROR,
    fr=Wording(
        "« {value} » n’est pas une durée.",
        "Une durée se compte en heures et en minutes.",
        "Écrivez par exemple  {key}: {example}",
    ),
    en=Wording(
        "“{value}” is not a duration.",
        "A duration is counted in hours and minutes.",
        "Write for instance  {key}: {example}",
    ),
)
NOT_A_SCALE = Rule(
    "T065",
    Severity.ERROR,
    fr=Wording(
        "« {value} » n’est pas une échelle.",
        "Une échelle se lit comme sur un plan : 1:200 pour une maquette deux cents fois plus petite.",
        "Écrivez par exemple  {key}: {example}",
    ),
    en=Wording(
        "“{value}” is not a scale.",
        "A scale reads as on a plan: 1:200 for a model two hundred times smaller.",
        "Write for instance  {key}: {example}",
    ),
)
NOT_COORDINATES = Rule(
    "T066",
    Severity.ERROR,
    fr=Wording(
        "« {value} » n’est pas un point sur la carte.",
        "Un point s’écrit « latitude, longitude » en degrés, avec des points décimaux.",
        "Collez-le depuis une carte, par exemple  {key}: {example}",
    ),
    en=Wording(
        "“{value}” is not a point on the map.",
        "A point is written “latitude, longitude” in degrees, with decimal points.",
        "Paste it from a map, for instance  {key}: {example}",
    ),
)
OUT_OF_RANGE = Rule(
    "T067",
    Severity.ERROR,
    fr=Wording(
        "« {value} » est hors des limites de « {key} ».",
        "Il faut une valeur entre {low} et {high}.",
        "Corrigez la valeur.",
    ),
    en=Wording(
        "“{value}” is beyond the limits of “{key}”.",
        "A value between {low} and {high} is needed.",
        "Correct the value.",
    ),
)
SURPRISING = Rule(
    "T068",
    Severity.WARNING,
    fr=Wording(
        "« {value} » étonne pour « {key} ».",
        "On attend d’ordinaire entre {low} et {high} ; une unité prise pour une autre rendrait la scène géante ou minuscule.",
        "Vérifiez la valeur et son unité ; si elle est juste, ne changez rien.",
    ),
    en=Wording(
        "“{value}” is surprising for “{key}”.",
        "Between {low} and {high} is usual; one unit taken for another would make the scene huge or tiny.",
        "Check the value and its unit; if it is right, change nothing.",
    ),
)
SWAPPED_COORDINATES = Rule(
    "T069",
    Severity.ERROR,
    fr=Wording(
        "Ce point serait à {km} km du reste de la visite.",
        "Latitude et longitude semblent inversées.",
        "Écrivez  {key}: {swapped}",
    ),
    en=Wording(
        "This point would be {km} km from the rest of the tour.",
        "Latitude and longitude look swapped.",
        "Write  {key}: {swapped}",
    ),
)
FAR_AWAY = Rule(
    "T070",
    Severity.WARNING,
    fr=Wording(
        "Ce point est à {km} km du reste de la visite.",
        "Une carte y enverrait les visiteurs.",
        "Recollez la position depuis la carte ; si elle est juste, ne changez rien.",
    ),
    en=Wording(
        "This point is {km} km from the rest of the tour.",
        "A map would send visitors there.",
        "Paste the position from the map again; if it is right, change nothing.",
    ),
)
NOT_A_COUNT = Rule(
    "T071",
    Severity.ERROR,
    fr=Wording(
        "« {value} » n’est pas un nombre entier.",
        "« {key} » se compte : 0, 1, 2…",
        "Écrivez par exemple  {key}: 12",
    ),
    en=Wording(
        "“{value}” is not a whole number.",
        "“{key}” is counted: 0, 1, 2…",
        "Write for instance  {key}: 12",
    ),
)
NOT_A_DATE = Rule(
    "T072",
    Severity.ERROR,
    fr=Wording(
        "« {value} » n’est pas écrit comme une date.",
        "Une date s’écrit année-mois-jour, pour être lue de même partout.",
        "Écrivez par exemple  {key}: {example}",
    ),
    en=Wording(
        "“{value}” is not written as a date.",
        "A date is written year-month-day, to be read alike everywhere.",
        "Write for instance  {key}: {example}",
    ),
)
NOT_A_VIEW_DIRECTION = Rule(
    "T073",
    Severity.ERROR,
    fr=Wording(
        "« {value} » n’est pas un point du panorama.",
        "Un point s’écrit « azimut, hauteur » : deux angles, chacun avec « ° ». 0°, 0° est le milieu de l’image.",
        "Écrivez par exemple  {key}: {example}",
    ),
    en=Wording(
        "“{value}” is not a point of the panorama.",
        "A point is written “azimuth, elevation”: two angles, each with “°”. 0°, 0° is the picture’s middle.",
        "Write for instance  {key}: {example}",
    ),
)
