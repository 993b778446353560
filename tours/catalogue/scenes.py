"""T130 to T139: what stops show, where they are."""

from tours.diagnostics import Rule, Severity, Wording

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
UNKNOWN_SITE_NO_NEAR = Rule(
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
