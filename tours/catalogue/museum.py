"""T100 to T109: the museum's folder and its own facts."""

from tours.diagnostics import Rule, Severity, Wording

NO_MUSEUM_FILE = Rule(
    "T100",
    Severity.ERROR,
    fr=Wording(
        "Il manque museum.yaml dans ce dossier.",
        "C’est lui qui dit le nom du musée, ses langues et son adresse publique.",
        "Vérifiez le dossier donné, ou créez ce fichier ({found}).",
    ),
    en=Wording(
        "museum.yaml is missing in this folder.",
        "It gives the museum’s name, its languages and its public address.",
        "Check the folder given, or create this file ({found}).",
    ),
)
NO_TOURS = Rule(
    "T101",
    Severity.ERROR,
    fr=Wording(
        "Ce musée n’a aucune visite.",
        "Les visites sont les fichiers .yaml du dossier tours/ ; il n’y aurait rien à publier.",
        "Écrivez une visite dans tours/, par exemple tours/ma-visite.yaml.",
    ),
    en=Wording(
        "This museum has no tour.",
        "Tours are the .yaml files of the tours/ folder; there would be nothing to publish.",
        "Write a tour in tours/, for instance tours/my-tour.yaml.",
    ),
)
NOT_READ = Rule(
    "T102",
    Severity.WARNING,
    fr=Wording(
        "« {name} » ne sera pas lu.",
        "Dans {folder}/, seuls les fichiers .yaml comptent.",
        "Renommez-le en {example} s’il doit être publié ; sinon, rangez-le ailleurs.",
    ),
    en=Wording(
        "“{name}” will not be read.",
        "In {folder}/, only .yaml files count.",
        "Rename it to {example} if it is to be published; otherwise keep it elsewhere.",
    ),
)
ENDING_ADDED = Rule(
    "T192",
    Severity.WARNING,
    fr=Wording(
        "« {name} » ne sera pas lu : son nom finit par « {ending} ».",
        "Un éditeur (souvent le Bloc-notes) l’a ajouté en enregistrant, et Windows peut le cacher. Dans {folder}/, seuls les fichiers .yaml comptent.",
        "Effacez « {ending} » à la fin du nom, qui devient {example}. Pour le voir sous Windows : Affichage › Extensions de noms de fichiers.",
    ),
    en=Wording(
        "“{name}” will not be read: its name ends with “{ending}”.",
        "An editor (often Notepad) added it while saving, and Windows may hide it. In {folder}/, only .yaml files count.",
        "Delete “{ending}” at the end of the name, which becomes {example}. To see it on Windows: View › File name extensions.",
    ),
)
BAD_ADDRESS = Rule(
    "T103",
    Severity.ERROR,
    fr=Wording(
        "« {value} » ne convient pas comme adresse publique.",
        "Elle est imprimée pour toujours sur les étiquettes : https://, un nom de domaine, et rien d’autre.",
        "Écrivez par exemple : {example}",
    ),
    en=Wording(
        "“{value}” does not suit as a public address.",
        "It is printed for ever on labels: https://, a domain name, and nothing else.",
        "Write for instance: {example}",
    ),
)
BAD_COLOR = Rule(
    "T104",
    Severity.ERROR,
    fr=Wording(
        "« {value} » n’est pas une couleur.",
        "Une couleur est un dièse suivi de six chiffres ou lettres de a à f, entre guillemets droits.",
        'Écrivez par exemple : color: "{example}"',
    ),
    en=Wording(
        "“{value}” is not a colour.",
        "A colour is a hash sign followed by six digits or letters from a to f, in straight quotes.",
        'Write for instance: color: "{example}"',
    ),
)
UNKNOWN_LICENSE = Rule(
    "T105",
    Severity.WARNING,
    fr=Wording(
        "« {value} » n’est pas une licence que le programme connaît.",
        "Un identifiant SPDX dit exactement ce que chacun peut faire des textes et des modèles.",
        "Vouliez-vous « {near} » ? Une licence à vous s’écrit LicenseRef-Nom.",
    ),
    en=Wording(
        "“{value}” is not a licence that the program knows.",
        "An SPDX identifier tells exactly what anyone may do with the texts and the models.",
        "Did you mean “{near}”? A licence of your own is written LicenseRef-Name.",
    ),
)
