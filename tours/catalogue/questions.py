"""T193 to T217: messages about questions, their answers and hints, and treasure hunts."""

from tours.diagnostics import Rule, Severity, Wording

NO_ANSWER = Rule(
    "T193",
    Severity.ERROR,
    fr=Wording(
        "Cette question ne dit pas sa réponse ({subject_fr}).",
        "Sans réponse, rien ne pourrait dire au visiteur s’il a trouvé.",
        "Ajoutez l’une de ces clés : {known}.",
    ),
    en=Wording(
        "This question does not tell its answer ({subject_en}).",
        "Without an answer nothing could tell visitors whether they found it.",
        "Add one of these keys: {known}.",
    ),
)

TWO_ANSWERS = Rule(
    "T194",
    Severity.ERROR,
    fr=Wording(
        "La question donne à la fois « {first} » et « {key} » ({subject_fr}).",
        "On répond à une question d’une seule façon.",
        "Faites-en deux questions, ou retirez l’une des deux clés.",
    ),
    en=Wording(
        "The question gives both “{first}” and “{key}” ({subject_en}).",
        "A question is answered in one way.",
        "Make two questions, or remove one of the keys.",
    ),
)

KEY_OF_ANOTHER_ANSWER = Rule(
    "T195",
    Severity.ERROR,
    fr=Wording(
        "« {key} » n’a pas d’effet avec « {kind} » ({subject_fr}).",
        "Une tolérance vaut pour un nombre ou pour un endroit du panorama ; ici elle serait ignorée.",
        "Effacez cette ligne.",
    ),
    en=Wording(
        "“{key}” has no effect with “{kind}” ({subject_en}).",
        "A tolerance is for a number or for a place in the panorama; here it would be ignored.",
        "Delete this line.",
    ),
)

TOO_FEW_CHOICES = Rule(
    "T196",
    Severity.ERROR,
    fr=Wording(
        "Cette question n’a qu’un seul choix ({subject_fr}).",
        "Il n’y aurait rien à choisir.",
        "Ajoutez au moins une autre réponse, fausse mais possible.",
    ),
    en=Wording(
        "This question has one choice only ({subject_en}).",
        "There would be nothing to choose.",
        "Add at least one other answer, wrong but likely.",
    ),
)

NO_RIGHT_CHOICE = Rule(
    "T197",
    Severity.ERROR,
    fr=Wording(
        "Aucun de ces choix n’est le bon ({subject_fr}).",
        "Personne ne pourrait trouver : le visiteur essaierait tout en vain.",
        "Ajoutez  right: yes  sous le bon choix.",
    ),
    en=Wording(
        "None of these choices is right ({subject_en}).",
        "Nobody could find: visitors would try everything in vain.",
        "Add  right: yes  under the right choice.",
    ),
)

ALL_CHOICES_RIGHT = Rule(
    "T198",
    Severity.WARNING,
    fr=Wording(
        "Tous ces choix sont bons ({subject_fr}).",
        "Il n’y aurait rien à trouver.",
        "Effacez « right: yes » sous les mauvaises réponses, ou ajoutez-en une.",
    ),
    en=Wording(
        "All of these choices are right ({subject_en}).",
        "There would be nothing to find.",
        "Delete “right: yes” under the wrong answers, or add one.",
    ),
)

SAME_CHOICE_TWICE = Rule(
    "T199",
    Severity.ERROR,
    fr=Wording(
        "Deux choix disent la même chose : « {value} » ({subject_fr}).",
        "Le visiteur ne saurait pas lequel prendre, et l’un des deux serait compté faux.",
        "Changez l’un des deux, ou effacez-le.",
    ),
    en=Wording(
        "Two choices say the same: “{value}” ({subject_en}).",
        "Visitors would not know which to take, and one of the two would count as wrong.",
        "Change one of the two, or delete it.",
    ),
)

NOT_AN_AMOUNT = Rule(
    "T200",
    Severity.ERROR,
    fr=Wording(
        "« {value} » n’est pas un nombre ({subject_fr}).",
        "La réponse du visiteur est comparée à ce nombre.",
        "Écrivez-le en chiffres, avec son unité s’il en a une : {example}",
    ),
    en=Wording(
        "“{value}” is not a number ({subject_en}).",
        "The visitor’s answer is compared with this number.",
        "Write it in digits, with its unit where it has one: {example}",
    ),
)

UNKNOWN_UNIT = Rule(
    "T201",
    Severity.ERROR,
    fr=Wording(
        "« {unit} » n’est pas une unité connue ({subject_fr}).",
        "Elle s’affiche à côté de la case où l’on répond, dans toutes les langues : seuls les symboles se lisent partout.",
        "Prenez un symbole ({known}) ; pour des choses que l’on compte, écrivez le nombre seul et dites dans la question ce que l’on compte.",
    ),
    en=Wording(
        "“{unit}” is not a known unit ({subject_en}).",
        "It stands beside the field for the answer, in every language: only symbols are read everywhere.",
        "Take a symbol ({known}); for things one counts, write the number alone and say in the question what is counted.",
    ),
)

NO_TOLERANCE = Rule(
    "T202",
    Severity.ERROR,
    fr=Wording(
        "Il manque « tolerance » : de combien peut-on se tromper ? ({subject_fr})",
        "Sans elle, qui répond presque juste ne saurait pas s’il a trouvé.",
        "Ajoutez une ligne : {example}",
    ),
    en=Wording(
        "“tolerance” is missing: by how much may one be wrong? ({subject_en})",
        "Without it, those who answer nearly right would not know whether they found it.",
        "Add a line: {example}",
    ),
)

TOLERANCE_OF_OTHER_UNIT = Rule(
    "T203",
    Severity.ERROR,
    fr=Wording(
        "La tolérance « {value} » n’est pas dans l’unité de la réponse, « {answer} » ({subject_fr}).",
        "On ne peut pas comparer l’une à l’autre : la question n’aurait pas de bonne réponse.",
        "Écrivez par exemple : {example}",
    ),
    en=Wording(
        "The tolerance “{value}” is not in the answer’s unit, “{answer}” ({subject_en}).",
        "One can’t be compared with the other: the question would have no right answer.",
        "Write for instance: {example}",
    ),
)

NO_PANORAMA_TO_SEARCH = Rule(
    "T204",
    Severity.ERROR,
    fr=Wording(
        "« place » cherche un endroit dans un panorama, mais l’arrêt n’en montre pas ({subject_fr}).",
        "Il n’y aurait rien à toucher.",
        "Montrez un panorama (« panorama: » sous « shows: »), ou posez la question autrement.",
    ),
    en=Wording(
        "“place” looks for a place in a panorama, but the stop shows none ({subject_en}).",
        "There would be nothing to touch.",
        "Show a panorama (“panorama:” under “shows:”), or ask in another way.",
    ),
)

UNKNOWN_HOTSPOT = Rule(
    "T205",
    Severity.ERROR,
    fr=Wording(
        "Aucun point sensible de ce panorama ne s’appelle « {value} » ({subject_fr}).",
        "La question n’aurait pas de réponse.",
        "Prenez l’un de ces noms : {known} ; ou donnez ce nom au point, sous son titre :  name: {value}",
    ),
    en=Wording(
        "No hot spot of this panorama is named “{value}” ({subject_en}).",
        "The question would have no answer.",
        "Take one of these names: {known}; or give the spot this name, below its title:  name: {value}",
    ),
)

NO_MODEL_TO_TOUCH = Rule(
    "T206",
    Severity.ERROR,
    fr=Wording(
        "« detail » cherche un détail d’un modèle 3D, mais l’arrêt n’en montre pas ({subject_fr}).",
        "Il n’y aurait rien à toucher.",
        "Montrez un modèle (« model: » sous « shows: »), ou posez la question autrement.",
    ),
    en=Wording(
        "“detail” looks for a detail of a 3D model, but the stop shows none ({subject_en}).",
        "There would be nothing to touch.",
        "Show a model (“model:” under “shows:”), or ask in another way.",
    ),
)

UNKNOWN_DETAIL = Rule(
    "T207",
    Severity.ERROR,
    fr=Wording(
        "Aucun détail de ce modèle ne s’appelle « {value} » ({subject_fr}).",
        "La question n’aurait pas de réponse.",
        "Prenez l’un de ces noms : {known} ; ou ajoutez-le à la liste « details: » du modèle.",
    ),
    en=Wording(
        "No detail of this model is named “{value}” ({subject_en}).",
        "The question would have no answer.",
        "Take one of these names: {known}; or add it to the model’s “details:” list.",
    ),
)

ONE_PLACE_ONLY = Rule(
    "T208",
    Severity.WARNING,
    fr=Wording(
        "« {value} » est le seul endroit nommé : le trouver ne demande rien ({subject_fr}).",
        "Qui ne peut pas toucher l’image choisit dans la liste des endroits nommés ; elle n’en aurait qu’un.",
        "Nommez-en au moins un autre, dans « {home}: ».",
    ),
    en=Wording(
        "“{value}” is the only named place: finding it asks for nothing ({subject_en}).",
        "Those who can’t touch the picture choose from the list of named places; it would have one only.",
        "Name at least one other, under “{home}:”.",
    ),
)

UNKNOWN_STOP_TO_FIND = Rule(
    "T209",
    Severity.ERROR,
    fr=Wording(
        "Cette visite n’a pas d’arrêt « {value} » ({subject_fr}).",
        "L’étiquette à trouver n’existerait pas.",
        "Prenez le nom court d’un autre arrêt de cette visite : {known}.",
    ),
    en=Wording(
        "This tour has no stop “{value}” ({subject_en}).",
        "The label to find would not exist.",
        "Take the short name of another stop of this tour: {known}.",
    ),
)

LABEL_OF_OTHER_TOUR = Rule(
    "T210",
    Severity.ERROR,
    fr=Wording(
        "L’étiquette « {value} » est celle d’une autre visite, « {tour} » ({subject_fr}).",
        "Qui la cherche quitterait cette visite, et sa chasse ne la compterait pas.",
        "Prenez un arrêt de cette visite : {known}.",
    ),
    en=Wording(
        "The label “{value}” is one of another tour, “{tour}” ({subject_en}).",
        "Those who look for it would leave this tour, and its hunt would not count it.",
        "Take a stop of this tour: {known}.",
    ),
)

LABEL_OF_THIS_STOP = Rule(
    "T211",
    Severity.ERROR,
    fr=Wording(
        "L’étiquette à trouver est celle que le visiteur vient de scanner ({subject_fr}).",
        "La question serait résolue avant d’être lue.",
        "Prenez un autre arrêt de cette visite : {known}.",
    ),
    en=Wording(
        "The label to find is the one that the visitor has just scanned ({subject_en}).",
        "The question would be answered before it is read.",
        "Take another stop of this tour: {known}.",
    ),
)

LABEL_WITHDRAWN = Rule(
    "T212",
    Severity.ERROR,
    fr=Wording(
        "L’arrêt « {value} » est retiré : son étiquette n’est plus là ({subject_fr}).",
        "Le visiteur chercherait en vain.",
        "Prenez un arrêt ouvert de cette visite : {known}.",
    ),
    en=Wording(
        "The stop “{value}” is withdrawn: its label is gone ({subject_en}).",
        "Visitors would look for it in vain.",
        "Take an open stop of this tour: {known}.",
    ),
)

UNKNOWN_HUNT = Rule(
    "T213",
    Severity.ERROR,
    fr=Wording(
        "Cette visite n’a pas de chasse au trésor « {value} » ({subject_fr}).",
        "La question ne serait comptée nulle part.",
        "Prenez l’une de celles-ci : {known} ; ou annoncez-la dans la visite, sous « hunts: ».",
    ),
    en=Wording(
        "This tour has no treasure hunt “{value}” ({subject_en}).",
        "The question would count nowhere.",
        "Take one of these: {known}; or announce it in the tour, under “hunts:”.",
    ),
)

HUNT_WITHOUT_QUESTION = Rule(
    "T214",
    Severity.WARNING,
    fr=Wording(
        "Aucun arrêt ouvert n’a de question pour la chasse « {value} ».",
        "Elle ne sera pas proposée aux visiteurs.",
        "Ajoutez  hunt: {value}  à une question, ou effacez cette chasse.",
    ),
    en=Wording(
        "No open stop has a question for the hunt “{value}”.",
        "It will not be offered to visitors.",
        "Add  hunt: {value}  to a question, or delete this hunt.",
    ),
)

HINT_GIVES_NOTHING = Rule(
    "T215",
    Severity.WARNING,
    fr=Wording(
        "Cet indice répète {what_fr} ({subject_fr}).",
        "Qui le demande n’apprendrait rien de plus.",
        "Dites où regarder, à quoi cela ressemble, ou ce que ce n’est pas ; ou effacez cet indice.",
    ),
    en=Wording(
        "This hint repeats {what_en} ({subject_en}).",
        "Those who ask for it would learn nothing more.",
        "Say where to look, what it is like, or what it is not; or delete this hint.",
    ),
)

HINT_GIVES_ANSWER = Rule(
    "T216",
    Severity.WARNING,
    fr=Wording(
        "Cet indice donne déjà la réponse, « {value} » ({subject_fr}).",
        "Il n’y aurait plus rien à trouver ; « Voir la réponse » est toujours proposé.",
        "Dites seulement de quoi s’en approcher.",
    ),
    en=Wording(
        "This hint gives the answer already, “{value}” ({subject_en}).",
        "There would be nothing left to find; “See the answer” is always offered.",
        "Say only what brings one nearer.",
    ),
)

NOT_A_POSITION = Rule(
    "T217",
    Severity.ERROR,
    fr=Wording(
        "« {value} » n’est pas une position sur le modèle ({subject_fr}).",
        "Il faut trois longueurs avec leur unité : vers la droite, vers le haut, vers soi ; depuis le milieu du pied.",
        "Écrivez par exemple : {example}",
    ),
    en=Wording(
        "“{value}” is not a position on the model ({subject_en}).",
        "It takes three lengths with their unit: to the right, upwards, towards you; from the middle of its foot.",
        "Write for instance: {example}",
    ),
)
