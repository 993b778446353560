"""T080 to T099: the files that a tour names."""

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
NOT_FOUND_NO_NEAR = Rule(
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
