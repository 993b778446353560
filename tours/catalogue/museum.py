"""T100 to T109, T130 to T139: messages about the museum's folder, its sites and its scenes."""

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
NOTHING_SHOWN = Rule(
    "T130",
    Severity.ERROR,
    fr=Wording(
        "« shows » ne dit pas ce que l’on voit ({subject_fr}).",
        "Un arrêt montre un modèle 3D, un panorama, deux images à comparer ou une vidéo ; sinon, il n’a pas de « shows ».",
        "Ajoutez l’une de ces clés : {known}. Sans rien à montrer, effacez « shows: ».",
    ),
    en=Wording(
        "“shows” does not say what one sees ({subject_en}).",
        "A stop shows a 3D model, a panorama, two pictures to compare, a video or a picture; otherwise it has no “shows”.",
        "Add one of these keys: {known}. With nothing to show, delete “shows:”.",
    ),
)
SAME_PICTURE_TWICE = Rule(
    "T131",
    Severity.ERROR,
    fr=Wording(
        "« then » et « now » donnent la même image : {path} ({subject_fr}).",
        "Il n’y aurait rien à comparer.",
        "Donnez deux images différentes, prises du même endroit.",
    ),
    en=Wording(
        "“then” and “now” give the same picture: {path} ({subject_en}).",
        "There would be nothing to compare.",
        "Give two different pictures, taken from the same place.",
    ),
)
UNKNOWN_SITE = Rule(
    "T132",
    Severity.ERROR,
    fr=Wording(
        "Le lieu « {value} » n’existe pas ({subject_fr}).",
        "Aucun fichier de sites/ ne porte ce nom court ; la page du lieu manquerait.",
        "Vouliez-vous écrire « {near} » ?",
    ),
    en=Wording(
        "There is no site “{value}” ({subject_en}).",
        "No file of sites/ has this short name; the site’s page would be missing.",
        "Did you mean “{near}”?",
    ),
)
UNKNOWN_SITE_NO_SUGGESTION = Rule(
    "T133",
    Severity.ERROR,
    fr=Wording(
        "Le lieu « {value} » n’existe pas ({subject_fr}).",
        "Aucun fichier de sites/ ne porte ce nom court ; la page du lieu manquerait.",
        "Écrivez le fichier {example}, ou effacez cette ligne.",
    ),
    en=Wording(
        "There is no site “{value}” ({subject_en}).",
        "No file of sites/ has this short name; the site’s page would be missing.",
        "Write the file {example}, or delete this line.",
    ),
)
UNUSED_SITE = Rule(
    "T134",
    Severity.WARNING,
    fr=Wording(
        "Aucune visite ne passe par le lieu « {value} ».",
        "Ce lieu n’aura pas de page.",
        "Ajoutez  site: {value}  à une visite ou à un arrêt, ou laissez-le pour plus tard.",
    ),
    en=Wording(
        "No tour goes by the site “{value}”.",
        "This site will have no page.",
        "Add  site: {value}  to a tour or to a stop, or leave it for later.",
    ),
)
NOT_PLACED = Rule(
    "T135",
    Severity.WARNING,
    fr=Wording(
        "« placed » n’a pas d’effet ici ({subject_fr}).",
        "Seul un modèle 3D se pose dans le lieu ; un panorama, une comparaison, une vidéo ou une image se regarde à l’écran.",
        "Effacez « placed: », ou montrez un modèle (« model »).",
    ),
    en=Wording(
        "“placed” has no effect here ({subject_en}).",
        "Only a 3D model is placed on site; a panorama, a comparison, a video or a picture is watched on the screen.",
        "Delete “placed:”, or show a model (“model”).",
    ),
)
KEY_OF_ANOTHER_SCENE = Rule(
    "T136",
    Severity.ERROR,
    fr=Wording(
        "« {key} » ne va pas avec ce qui est montré ici ({subject_fr}).",
        "Cette clé vaut pour {kind_fr} ; ici elle serait ignorée.",
        "Effacez cette ligne.",
    ),
    en=Wording(
        "“{key}” does not go with what is shown here ({subject_en}).",
        "This key is for {kind_en}; here it would be ignored.",
        "Delete this line.",
    ),
)
UNIT_TOLD_TWICE = Rule(
    "T137",
    Severity.WARNING,
    fr=Wording(
        "« {key}: » s’ajoute à ce que « {file} » dit déjà lui-même ({subject_fr}).",
        "Un DAE ou un 3MF indique son unité et son axe ; le modèle serait mis à l’échelle deux fois, ou couché.",
        "Effacez cette ligne. Si elle corrige ce que le fichier dit de faux, donnez aussi la hauteur, par exemple « height: 2 m » : elle sera contrôlée.",
    ),
    en=Wording(
        "“{key}:” adds to what “{file}” says itself already ({subject_en}).",
        "A DAE or a 3MF tells its unit and its axis; the model would be scaled twice, or lie down.",
        "Delete this line. If it mends what the file says wrongly, give the height too, for instance “height: 2 m”: it will be checked.",
    ),
)
