"""T080 to T099, T180 to T188: messages about the files that a tour names, its plan's too."""

from tours.diagnostics import Rule, Severity, Wording

NOT_FOUND = Rule(
    "T080",
    Severity.ERROR,
    fr=Wording(
        "Fichier introuvable : {path}",
        "Aucun fichier de ce nom dans le dossier du musée : l’arrêt serait incomplet.",
        "Le plus proche est « {near} »{how_fr}. Vérifiez le nom, ou déposez le fichier.",
    ),
    en=Wording(
        "File not found: {path}",
        "There is no file of this name in the museum’s folder: the stop would be incomplete.",
        "The nearest is “{near}”{how_en}. Check the name, or add the file.",
    ),
)
IS_FOLDER = Rule(
    "T092",
    Severity.ERROR,
    fr=Wording(
        "« {path} » est un dossier, et non un fichier.",
        "« {key} » se prend dans un fichier.",
        "{remedy_fr}",
    ),
    en=Wording(
        "“{path}” is a folder, not a file.",
        "“{key}” is taken from a file.",
        "{remedy_en}",
    ),
)
NOT_FOUND_NO_SUGGESTION = Rule(
    "T081",
    Severity.ERROR,
    fr=Wording(
        "Fichier introuvable : {path}",
        "Aucun fichier de ce nom dans le dossier du musée : l’arrêt serait incomplet.",
        "Vérifiez le nom, ou déposez le fichier dans le dossier du musée.",
    ),
    en=Wording(
        "File not found: {path}",
        "There is no file of this name in the museum’s folder: the stop would be incomplete.",
        "Check the name, or add the file to the museum’s folder.",
    ),
)
CASE_DIFFERS = Rule(
    "T082",
    Severity.ERROR,
    fr=Wording(
        "Fichier introuvable : {path}",
        "Le nom ne diffère que par les majuscules : cela marche sous Windows, pas sur le serveur.",
        "Écrivez : {near}",
    ),
    en=Wording(
        "File not found: {path}",
        "The name differs only by its capitals: that works on Windows, not on the server.",
        "Write: {near}",
    ),
)
ACCENTS_DIFFER = Rule(
    "T083",
    Severity.ERROR,
    fr=Wording(
        "Fichier introuvable : {path}",
        "Un fichier a le même nom à l’œil, mais ses accents sont codés autrement (souvent par un Mac) : le serveur ne le trouverait pas.",
        "Renommez le fichier, sans accent si possible, et recopiez ce nom ici.",
    ),
    en=Wording(
        "File not found: {path}",
        "A file has the same name to the eye, but its accents are encoded differently (often by a Mac): the server would not find it.",
        "Rename the file, without accents if possible, and copy that name here.",
    ),
)
OUTSIDE_FOLDER = Rule(
    "T084",
    Severity.ERROR,
    fr=Wording(
        "« {path} » sort du dossier du musée.",
        "Une visite ne prend ses fichiers que dans le dossier de son musée, pour pouvoir être publiée d’ailleurs.",
        "Copiez le fichier dans le dossier du musée, et écrivez son chemin depuis ce dossier, par exemple : {example}",
    ),
    en=Wording(
        "“{path}” leaves the museum’s folder.",
        "A tour takes its files only from its museum’s folder, so that it can be published from elsewhere.",
        "Copy the file into the museum’s folder, and write its path from that folder, for instance: {example}",
    ),
)
WRONG_KIND = Rule(
    "T085",
    Severity.ERROR,
    fr=Wording(
        "« {path} » ne convient pas pour « {key} ».",
        "Ici, le nom du fichier doit finir par : {known}.",
        "{remedy_fr}",
    ),
    en=Wording(
        "“{path}” does not suit “{key}”.",
        "Here the file’s name must end with: {known}.",
        "{remedy_en}",
    ),
)
EMPTY_MEDIA = Rule(
    "T086",
    Severity.ERROR,
    fr=Wording(
        "Le fichier {path} est vide.",
        "Une copie ou un téléchargement s’est sans doute interrompu : les visiteurs ne verraient rien.",
        "Copiez-le à nouveau.",
    ),
    en=Wording(
        "The file {path} is empty.",
        "A copy or a download probably broke off: visitors would see nothing.",
        "Copy it again.",
    ),
)
WRONG_CONTENT = Rule(
    "T093",
    Severity.ERROR,
    fr=Wording(
        "Le fichier {path} est en réalité {what_fr}.",
        "Il faut ici {wanted_fr} ; le nom d’un fichier ne change pas ce qu’il contient, et les visiteurs n’auraient rien.",
        "{remedy_fr}",
    ),
    en=Wording(
        "The file {path} is really {what_en}.",
        "Here {wanted_en} is needed; a file’s name does not change what is in it, and visitors would get nothing.",
        "{remedy_en}",
    ),
)
BACKSLASH_IN_PATH = Rule(
    "T087",
    Severity.ERROR,
    fr=Wording(
        "« {path} » contient des barres obliques inverses ( \\ ).",
        "Elles ne marchent que sous Windows.",
        "Écrivez : {example}",
    ),
    en=Wording(
        "“{path}” holds backslashes ( \\ ).",
        "They only work on Windows.",
        "Write: {example}",
    ),
)
WEB_ADDRESS = Rule(
    "T088",
    Severity.ERROR,
    fr=Wording(
        "« {path} » est une adresse du web.",
        "Rien n’est pris ailleurs : la visite doit marcher sans réseau, sans dépendre d’un autre site.",
        "Téléchargez le fichier (si sa licence le permet) dans le dossier du musée, et écrivez son chemin, par exemple : {example}",
    ),
    en=Wording(
        "“{path}” is a web address.",
        "Nothing is taken from elsewhere: the tour must work without a network, and depend on no other site.",
        "Download the file (if its licence allows) into the museum’s folder, and write its path, for instance: {example}",
    ),
)
MISSING_RECORDING = Rule(
    "T089",
    Severity.WARNING,
    fr=Wording(
        "« {key} » n’existe pas dans toutes les langues : il manque {missing} ({subject_fr}).",
        "Les visiteurs auront une autre langue, signalée comme telle.",
        "Déposez le fichier {example} quand il sera prêt.",
    ),
    en=Wording(
        "“{key}” does not exist in every language: {missing} is missing ({subject_en}).",
        "Visitors will get another language, marked as such.",
        "Add the file {example} when it is ready.",
    ),
)
UNKNOWN_BRACES = Rule(
    "T090",
    Severity.ERROR,
    fr=Wording(
        "« {name} » n’est pas compris dans un nom de fichier.",
        "Seul {{lang}} est remplacé par chaque langue.",
        "Écrivez {{lang}}, ou le nom du fichier en entier.",
    ),
    en=Wording(
        "“{name}” is not understood in a file name.",
        "Only {{lang}} is replaced by each language.",
        "Write {{lang}}, or the file’s whole name.",
    ),
)
NO_TRANSCRIPT = Rule(
    "T091",
    Severity.WARNING,
    fr=Wording(
        "« audio » n’a pas de « transcript » ({subject_fr}).",
        "Les personnes sourdes ou malentendantes n’auront rien de cet enregistrement (RGAA 4.1, WCAG 1.2.1).",
        "Ajoutez  transcript: {example}",
    ),
    en=Wording(
        "“audio” has no “transcript” ({subject_en}).",
        "Deaf and hard-of-hearing people will get nothing of this recording (WCAG 1.2.1).",
        "Add  transcript: {example}",
    ),
)
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
NO_CORNERS = Rule(
    "T185",
    Severity.ERROR,
    fr=Wording(
        "{path} est une image, et rien ne dit où elle est sur le terrain.",
        "Les arrêts ne pourraient pas y être placés.",
        "Écrivez « plan: » seul sur sa ligne ; dessous, décalées, « picture: {path} », puis « top_left: 46.7880, 4.4300 » et « bottom_right: 46.7850, 4.4360 » : les coins de l’image, relevés sur une carte.",
    ),
    en=Wording(
        "{path} is a picture, and nothing tells where on the ground it is.",
        "The stops could not be placed on it.",
        "Write “plan:” alone on its line; below, shifted, “picture: {path}”, then “top_left: 46.7880, 4.4300” and “bottom_right: 46.7850, 4.4360”: the picture’s corners, read from a map.",
    ),
)
CORNERS_CHANGED = Rule(
    "T186",
    Severity.ERROR,
    fr=Wording(
        "Les coins du plan ne sont pas à leur place.",
        "Tels qu’ils sont donnés, on verrait le plan à l’envers ; les arrêts seraient placés n’importe où.",
        "« top_left » est le coin en haut à gauche de l’image, « bottom_right » celui en bas à droite. Si le nord n’est pas en haut, ajoutez « top_right ».",
    ),
    en=Wording(
        "The plan’s corners are not in their places.",
        "As they are given, the plan would be seen from behind; stops would be placed anywhere.",
        "“top_left” is the picture’s upper left corner, “bottom_right” its lower right one. If north is not at the top, add “top_right”.",
    ),
)
STOP_OFF_PICTURE = Rule(
    "T187",
    Severity.WARNING,
    fr=Wording(
        "L’arrêt « {title} » est hors de l’image du plan (arrêts dehors : {count}).",
        "Les visiteurs verraient son numéro à côté du plan, sur un fond vide.",
        "Vérifiez la position de l’arrêt (« at: ») et les coins du plan, ou prenez une image plus large.",
    ),
    en=Wording(
        "The stop “{title}” is off the plan’s picture (stops off it: {count}).",
        "Visitors would see its number beside the plan, on an empty ground.",
        "Check the stop’s position (“at:”) and the plan’s corners, or take a wider picture.",
    ),
)
NO_STOP_ON_PICTURE = Rule(
    "T188",
    Severity.ERROR,
    fr=Wording(
        "Aucun arrêt n’est sur l’image du plan ({path}).",
        "Les visiteurs verraient les arrêts sur un fond vide : les coins sont sans doute ceux d’un autre lieu.",
        "Relevez de nouveau les deux coins sur une carte, et vérifiez que chaque arrêt a sa position (« at: »).",
    ),
    en=Wording(
        "No stop is on the plan’s picture ({path}).",
        "Visitors would see the stops on an empty ground: the corners are probably those of another place.",
        "Read the two corners from a map again, and check that each stop has its position (“at:”).",
    ),
)
