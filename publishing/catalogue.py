"""Catalogue of publishing's findings: code, severity, French and English text; codes begin with P.

A code never changes its meaning and is never used again. The French is written with
plain spaces here and given the spacing of its language by `_french`.
"""

from publishing.text.typography import typeset
from tours.diagnostics import Rule, Severity, Wording


def _french(what: str, why: str, remedy: str) -> Wording:
    return Wording(*(typeset(text, "fr") for text in (what, why, remedy)))


ADDRESS_TOO_LONG = Rule(
    "P001",
    Severity.ERROR,
    _french(
        "L'adresse « {address} » est trop longue pour les étiquettes : {length} signes, {most} au plus.",
        "Un code QR plus dense ne se lit plus d'un mètre, ni par temps gris.",
        "Publiez sous un nom de domaine plus court. Une fois imprimée, l'adresse ne change plus.",
    ),
    Wording(
        "The address '{address}' is too long for labels: {length} signs, {most} at most.",
        "A denser QR code no longer reads from a metre away, nor in dull light.",
        "Publish under a shorter domain name. Once printed, the address never changes.",
    ),
)

STOP_WITHOUT_CODE = Rule(
    "P002",
    Severity.WARNING,
    _french(
        "Pas encore de code imprimé : {stops_fr}.",
        "Sur place, rien n'y mène : on n'y arrive que par la page de la visite.",
        "Lancez « ecomusee labels » : il attribue à chaque arrêt un code définitif et prépare les étiquettes.",
    ),
    Wording(
        "No printed code yet: {stops}.",
        "Nothing on site leads there: visitors arrive from the tour's page only.",
        "Run `ecomusee labels`: it gives each stop its final code and makes the labels.",
    ),
)

COLOR_SHADED = Rule(
    "P003",
    Severity.WARNING,
    _french(
        "La couleur {color} se lit mal sur fond clair : contraste de {ratio_fr}, il faut {least_fr}.",
        "Une personne qui voit mal ne lirait ni les liens ni les boutons. Les pages emploient donc la nuance lisible la plus proche, {shade}.",
        "Écrivez la couleur {shade} si elle vous convient, ou choisissez-en une plus foncée.",
    ),
    Wording(
        "The colour {color} is hard to read on a light ground: contrast {ratio}, {least} is needed.",
        "People who see poorly could read neither links nor buttons. So pages use the nearest readable shade, {shade}.",
        "Write the colour {shade} if you like it, or choose a darker one.",
    ),
)

PAGE_OVER_WEIGHT = Rule(
    "P004",
    Severity.WARNING,
    _french(
        "La page de l'arrêt « {stop} » ({language}) pèse {kilobytes_fr} ko, {most} ko au plus sont souhaités.",
        "Sur un réseau faible, on la regarde se charger au lieu de regarder autour de soi.",
        "Raccourcissez son texte, ou partagez-le entre deux arrêts.",
    ),
    Wording(
        "The page of the stop '{stop}' ({language}) weighs {kilobytes} kB, at most {most} kB is wished for.",
        "On a weak network people watch it load instead of looking around.",
        "Shorten its text, or share it between two stops.",
    ),
)

CODE_LOST = Rule(
    "P005",
    Severity.ERROR,
    _french(
        "Le code {code}, déjà publié, n'est plus dans codes.lock.yaml.",
        "Il est peut-être imprimé sur un mur : qui le scannerait ne trouverait rien.",
        "Remettez sa ligne, telle qu'elle était (arrêt « {stop} » de la visite « {tour} »). Un arrêt retiré garde son code.",
    ),
    Wording(
        "The code {code}, published already, is no longer in codes.lock.yaml.",
        "It may be printed on a wall: who scans it would find nothing.",
        "Put its line back as it was (stop '{stop}' of the tour '{tour}'). A withdrawn stop keeps its code.",
    ),
)

DEAD_LINK = Rule(
    "P006",
    Severity.ERROR,
    _french(
        "Un lien de cet arrêt mène à « {link} », une page que le musée ne publie pas.",
        "Le visiteur y trouverait une page d'erreur.",
        "Corrigez l'adresse ou retirez le lien. La page d'un arrêt : {example}",
    ),
    Wording(
        "A link of this stop leads to '{link}', a page that the museum does not publish.",
        "A visitor would find an error page there.",
        "Mend the address or remove the link. The page of a stop: {example}",
    ),
)

FILE_LOST = Rule(
    "P007",
    Severity.WARNING,
    _french(
        "Ce fichier d'une publication passée est abîmé ; il n'est plus distribué.",
        "Un téléphone qui a gardé l'ancienne page peut encore le demander.",
        "Vérifiez le disque. S'il existe une sauvegarde du dossier, remettez ce fichier en place.",
    ),
    Wording(
        "This file of an earlier release is damaged; it is no longer handed out.",
        "A phone that kept the older page may still ask for it.",
        "Check the disk. If there is a backup of the folder, put this file back.",
    ),
)

FOREIGN_RELEASES = Rule(
    "P008",
    Severity.ERROR,
    _french(
        "Le musée s'appelle « {museum} », mais le dossier de publication est celui de « {other} ».",
        "Les pages et les codes de deux musées se mêleraient.",
        "Rendez au musée son nom court, qui ne change plus une fois publié, ou publiez dans un autre dossier.",
    ),
    Wording(
        "The museum is named '{museum}', but the build folder is that of '{other}'.",
        "Pages and codes of two museums would mix.",
        "Give the museum its short name back, which never changes once published, or publish into another folder.",
    ),
)

TITLE_NOT_PRINTED = Rule(
    "P009",
    Severity.WARNING,
    _french(
        "L'étiquette de l'arrêt « {stop} » laisse de côté son titre en « {language} ».",
        "La police des étiquettes n'a pas ces signes : {signs}",
        "Les pages montrent ce titre. Sur l'étiquette, les autres langues restent.",
    ),
    Wording(
        "The label of the stop '{stop}' leaves out its title in '{language}'.",
        "The labels' font does not have these signs: {signs}",
        "Pages show that title. On the label the other languages remain.",
    ),
)

CODE_OF_OTHER_WIDTH = Rule(
    "P010",
    Severity.WARNING,
    _french(
        "Le carré de l'étiquette « {stop} » aura {printed} mm de large, et les téléphones comptent sur {told}.",
        "Ils y mesurent les distances : ce que l'étiquette porte paraîtrait à une autre échelle, et ailleurs.",
        "Dès que cette étiquette est posée, écrivez « {line} » parmi les lignes de « label ».",
    ),
    Wording(
        "The square of the label of '{stop}' will be {printed} mm wide, and phones expect {told}.",
        "They measure distances by it: what the label carries would show at another scale, and elsewhere.",
        "As soon as this label hangs, write `{line}` among the lines of `label`.",
    ),
)

LABEL_SEEN_CLOSE = Rule(
    "P011",
    Severity.WARNING,
    _french(
        "L'étiquette de « {stop} » ne sera reconnue que jusqu'à {farthest_fr} m, de face.",
        "C'est par elle que le téléphone sait où poser la scène. De si près, elle tient à peine dans l'écran.",
        "Imprimez-la à sa taille ordinaire avec « ecomusee labels », puis retirez la ligne « {line} ».",
    ),
    Wording(
        "The label of '{stop}' will be recognised up to {farthest} m only, from the front.",
        "It is by the label that a phone knows where to stand the scene. From so near it hardly fits the screen.",
        "Print it at its ordinary size with `ecomusee labels`, then remove the line `{line}`.",
    ),
)

DETAIL_OFF_MODEL = Rule(
    "P012",
    Severity.WARNING,
    _french(
        "Le détail « {name} » est à côté du modèle, à {beside_fr} m de lui (arrêt « {stop} »).",
        "Un doigt qui le cherche ne toucherait que le vide. Le modèle a {width_fr} m de large, {height_fr} m de haut et {depth_fr} m de profondeur.",
        "Vu de face, mesurez depuis le milieu de son pied : vers la droite, vers le haut, vers soi.",
    ),
    Wording(
        "The detail '{name}' lies beside the model, {beside} m away from it (stop '{stop}').",
        "A finger that looks for it would touch nothing. The model is {width} m wide, {height} m high and {depth} m deep.",
        "Seen from the front, measure from the middle of its foot: to the right, upwards, towards you.",
    ),
)

RULES = (
    ADDRESS_TOO_LONG,
    STOP_WITHOUT_CODE,
    COLOR_SHADED,
    PAGE_OVER_WEIGHT,
    CODE_LOST,
    DEAD_LINK,
    FILE_LOST,
    FOREIGN_RELEASES,
    TITLE_NOT_PRINTED,
    CODE_OF_OTHER_WIDTH,
    LABEL_SEEN_CLOSE,
    DETAIL_OFF_MODEL,
)
"""Every rule, by code."""
