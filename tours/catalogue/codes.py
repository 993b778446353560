"""T110 to T129: messages about the codes printed on labels and codes.lock.yaml."""

from tours.diagnostics import Rule, Severity, Wording

_RESTORE_FR = "Remettez codes.lock.yaml tel qu’il était (sauvegarde, ou historique du dossier) ; ne le corrigez pas à la main."
_RESTORE_EN = "Put codes.lock.yaml back as it was (from a backup, or the folder’s history); don’t mend it by hand."

BROKEN_LOCK = Rule(
    "T110",
    Severity.ERROR,
    fr=Wording(
        "codes.lock.yaml est abîmé ici.",
        "Il garde les codes déjà imprimés ; sans lui, des étiquettes en place ne mèneraient plus nulle part.",
        _RESTORE_FR,
    ),
    en=Wording(
        "codes.lock.yaml is damaged here.",
        "It keeps the codes already printed; without it, labels on site would lead nowhere.",
        _RESTORE_EN,
    ),
)
INVALID_CODE = Rule(
    "T111",
    Severity.ERROR,
    fr=Wording(
        "« {code} » n’est pas un code possible ({tour} / {stop}).",
        "Un signe a changé : l’étiquette imprimée de cet arrêt ne mènerait plus nulle part.",
        _RESTORE_FR,
    ),
    en=Wording(
        "“{code}” is not a possible code ({tour} / {stop}).",
        "A sign has changed: this stop’s printed label would lead nowhere.",
        _RESTORE_EN,
    ),
)
CHANGED_ENTRY = Rule(
    "T112",
    Severity.ERROR,
    fr=Wording(
        "Le code {code} ({tour} / {stop}) a été modifié à la main.",
        "Changer un code, un arrêt ou une date rend muettes les étiquettes déjà posées, ou les fait mentir.",
        _RESTORE_FR,
    ),
    en=Wording(
        "The code {code} ({tour} / {stop}) was changed by hand.",
        "Changing a code, a stop or a date silences the labels already on site, or makes them lie.",
        _RESTORE_EN,
    ),
)
REPEATED_CODE = Rule(
    "T113",
    Severity.ERROR,
    fr=Wording(
        "Le code {code} sert déjà à l’arrêt « {other} » (ligne {first}).",
        "Un visiteur qui scanne cette étiquette ouvrirait l’autre arrêt.",
        _RESTORE_FR,
    ),
    en=Wording(
        "The code {code} is already that of stop “{other}” (line {first}).",
        "A visitor scanning this label would open the other stop.",
        _RESTORE_EN,
    ),
)
SECOND_CODE = Rule(
    "T114",
    Severity.ERROR,
    fr=Wording(
        "L’arrêt « {stop} » a déjà le code {other} (ligne {first}).",
        "Rien ne dirait lequel des deux imprimer.",
        _RESTORE_FR,
    ),
    en=Wording(
        "Stop “{stop}” already has the code {other} (line {first}).",
        "Nothing would tell which of the two to print.",
        _RESTORE_EN,
    ),
)
WITHDRAWN_STOP = Rule(
    "T115",
    Severity.WARNING,
    fr=Wording(
        "L’arrêt « {stop} » de la visite « {tour} » n’existe plus, mais son code {code} est attribué.",
        "Ses étiquettes, si elles sont posées, diront aux visiteurs que l’arrêt est retiré.",
        "Si vous l’avez renommé, rendez-lui son nom d’avant ; s’il est retiré, remettez-le dans la visite avec  withdrawn: {{ since: …, why: … }}  et les visiteurs liront pourquoi.",
    ),
    en=Wording(
        "Stop “{stop}” of tour “{tour}” is no longer there, but its code {code} is taken.",
        "Its labels, if they are on site, will tell visitors that the stop is withdrawn.",
        "If you renamed it, give it its former name back; if it is withdrawn, put it back into the tour with  withdrawn: {{ since: …, why: … }}  and visitors will read why.",
    ),
)
ADDRESS_DIFFERS = Rule(
    "T116",
    Severity.ERROR,
    fr=Wording(
        "L’adresse publique a changé : {value}.",
        "Les étiquettes imprimées portent {locked} : elles ne mèneraient plus ici.",
        "Remettez  address: {locked}",
    ),
    en=Wording(
        "The public address has changed: {value}.",
        "Printed labels carry {locked}: they would no longer lead here.",
        "Put back  address: {locked}",
    ),
)
LOST_ENTRIES = Rule(
    "T117",
    Severity.ERROR,
    fr=Wording(
        "codes.lock.yaml annonce {announced} codes et en contient {found}.",
        "Des lignes ont été effacées ou ajoutées : des étiquettes en place ne mèneraient plus nulle part.",
        _RESTORE_FR,
    ),
    en=Wording(
        "codes.lock.yaml announces {announced} codes and holds {found}.",
        "Lines were deleted or added: labels on site would lead nowhere.",
        _RESTORE_EN,
    ),
)
