"""T160 to T176, T218: messages about syntax of other formats: comments, fences, templates, JSON."""

from tours.diagnostics import Rule, Severity, Wording

LAST_COMMA = Rule(
    "T160",
    Severity.ERROR,
    fr=Wording(
        "Un signe de trop ( {sign} ) suit la valeur de « {key} ».",
        "En fin de ligne rien ne sépare les clés : ce signe serait pris pour une partie de la valeur.",
        "Effacez-le : {remedy}",
    ),
    en=Wording(
        "A sign too many ( {sign} ) follows the value of “{key}”.",
        "Nothing parts keys at the end of a line: this sign would be taken for a part of the value.",
        "Delete it: {remedy}",
    ),
)
TEXT_BESIDE_SIGN = Rule(
    "T161",
    Severity.ERROR,
    fr=Wording(
        "Le texte commence sur la même ligne que « {sign} ».",
        "Après ce signe, un texte commence à la ligne suivante : celui-ci serait perdu.",
        "Passez à la ligne juste après « {sign} », et décalez le texte de deux espaces. S’il n’a qu’une ligne, effacez « {sign} » ; si ce signe en fait partie, mettez tout entre guillemets droits.",
    ),
    en=Wording(
        "The text begins on the same line as “{sign}”.",
        "After this sign a text begins on the next line: this one would be lost.",
        "Break the line right after “{sign}”, and shift the text by two spaces. If it has but one line, delete “{sign}”; if the sign is part of it, put all of it in straight quotes.",
    ),
)
FOREIGN_COMMENT = Rule(
    "T162",
    Severity.ERROR,
    fr=Wording(
        "« {sign} » n’annonce pas une note.",
        "Dans ces fichiers une note pour soi commence par un dièse ( # ) ; celle-ci serait prise pour une partie de la visite.",
        "Écrivez : {remedy}",
    ),
    en=Wording(
        "“{sign}” does not begin a note.",
        "In these files a note to oneself begins with a hash sign ( # ); this one would be taken for a part of the tour.",
        "Write: {remedy}",
    ),
)
FENCE = Rule(
    "T163",
    Severity.ERROR,
    fr=Wording(
        "Cette ligne ( {sign} ) ne fait pas partie de la visite.",
        "Elle entoure les exemples que l’on copie d’une page ou d’une conversation ; la visite ne pourrait pas être lue.",
        "Effacez-la, et celle qui lui répond à la fin de l’exemple.",
    ),
    en=Wording(
        "This line ( {sign} ) is no part of the tour.",
        "It frames examples copied from a page or a conversation; the tour could not be read.",
        "Delete it, and the one that answers it at the example’s end.",
    ),
)
TWO_VERSIONS = Rule(
    "T164",
    Severity.ERROR,
    fr=Wording(
        "Deux versions du même passage sont restées l’une sous l’autre, de la ligne {first} à la ligne {last}.",
        "Deux personnes ont changé ces lignes en même temps, et rien ne dit laquelle a raison ; les visiteurs ne verraient rien.",
        "Gardez la version voulue, au-dessus ou au-dessous de la ligne « ======= » ; effacez l’autre, et les trois lignes de signes.",
    ),
    en=Wording(
        "Two versions of one passage were left one under the other, from line {first} to line {last}.",
        "Two people changed these lines at the same time, and nothing tells who is right; visitors would see nothing.",
        "Keep the version that is wanted, above or below the line “=======”; delete the other, and the three lines of signs.",
    ),
)
ONLY_A_NOTE = Rule(
    "T165",
    Severity.ERROR,
    fr=Wording(
        "« {key} » n’est suivi que d’une note : {note}",
        "Après une espace, « # » annonce une note que personne d’autre ne lit : il ne reste rien pour les visiteurs.",
        "Si c’est le texte, effacez « # » ou mettez tout entre guillemets droits ; sinon, complétez la clé ou effacez la ligne.",
    ),
    en=Wording(
        "“{key}” is followed by a note alone: {note}",
        "After a space, “#” begins a note that nobody else reads: nothing is left for visitors.",
        "If it is the text, delete “#” or put all of it in straight quotes; if not, complete the key or delete the line.",
    ),
)
NO_COLON_IN_BRACES = Rule(
    "T166",
    Severity.ERROR,
    fr=Wording(
        "Entre ces accolades, « {text} » n’a pas de clé suivie d’un deux-points et d’une espace.",
        "Sans elle, rien ne dit ce qui est donné : tout serait perdu.",
        "Écrivez : {remedy}",
    ),
    en=Wording(
        "Between these braces, “{text}” has no key followed by a colon and a space.",
        "Without one, nothing tells what is given: all would be lost.",
        "Write: {remedy}",
    ),
)
QUOTED_LINE = Rule(
    "T167",
    Severity.ERROR,
    fr=Wording(
        "Des guillemets entourent la clé avec sa valeur.",
        "Toute la ligne serait prise pour un texte, et la clé « {key} » ne serait pas vue.",
        "Écrivez : {remedy}",
    ),
    en=Wording(
        "Quotes stand around the key and its value.",
        "The whole line would be taken for a text, and the key “{key}” would not be seen.",
        "Write: {remedy}",
    ),
)
LANGUAGE_IN_KEY = Rule(
    "T168",
    Severity.ERROR,
    fr=Wording(
        "« {key} » réunit une clé et une langue ({subject_fr}).",
        "La langue s’écrit sous la clé, pour que toutes restent ensemble ; ce texte ne serait jamais montré.",
        "Écrivez une seule fois « {home}: », puis dessous, décalée, une ligne par langue : {tag}: …",
    ),
    en=Wording(
        "“{key}” joins a key and a language ({subject_en}).",
        "The language is written under the key, so that all stay together; this text would never be shown.",
        "Write “{home}:” only once, then under it, shifted, a line for each language: {tag}: …",
    ),
)
VALUE_AND_GROUP = Rule(
    "T169",
    Severity.ERROR,
    fr=Wording(
        "« {key} » a une valeur sur sa ligne, et d’autres lignes dessous.",
        "Une clé est suivie d’une valeur, ou d’un groupe de lignes décalées : ici l’un des deux serait perdu.",
        "Écrivez « {key}: » seul sur sa ligne, et « {value} » dessous, décalé, après sa propre clé.",
    ),
    en=Wording(
        "“{key}” has a value on its line, and more lines below.",
        "A key is followed by a value, or by a group of shifted lines: here one of the two would be lost.",
        "Write “{key}:” alone on its line, and “{value}” below, shifted, after a key of its own.",
    ),
)
PARENTHESES = Rule(
    "T170",
    Severity.ERROR,
    fr=Wording(
        "Des parenthèses entourent ce groupe, au lieu d’accolades.",
        "Tout serait pris pour un seul texte, parenthèses et noms de langues compris.",
        "Écrivez : {remedy}",
    ),
    en=Wording(
        "Parentheses stand around this group instead of braces.",
        "All of it would be taken for one text, with its parentheses and names of languages.",
        "Write: {remedy}",
    ),
)
TWO_KEYS_ON_A_LINE = Rule(
    "T171",
    Severity.ERROR,
    fr=Wording(
        "« {inner}: » suit « {key}: » sur la même ligne.",
        "Une ligne ne peut donner qu’une clé : la suite serait perdue.",
        "Passez à la ligne après « {key}: » et décalez la suite de deux espaces ; ou écrivez : {remedy}",
    ),
    en=Wording(
        "“{inner}:” follows “{key}:” on the same line.",
        "A line can give but one key: the rest would be lost.",
        "Break the line after “{key}:” and shift the rest by two spaces; or write: {remedy}",
    ),
)
NO_COMMA = Rule(
    "T172",
    Severity.ERROR,
    fr=Wording(
        "Il manque une virgule avant « {key}: ».",
        "Entre accolades, c’est elle qui sépare les éléments : les deux seraient confondus.",
        "Écrivez : {remedy}",
    ),
    en=Wording(
        "A comma is missing before “{key}:”.",
        "Between braces it is what parts the items: the two would be taken for one.",
        "Write: {remedy}",
    ),
)
PICTURE_IN_TEXT = Rule(
    "T173",
    Severity.WARNING,
    fr=Wording(
        "« {seen} » ne montrera pas d’image ({subject_fr}).",
        "Un texte est lu, grossi, écouté : les images n’y ont pas de place, et seule leur description resterait.",
        "Effacez-la d’ici ; une image se montre avec « shows: », par exemple  shows: {{ picture: images/atelier.jpg, alt: … }}",
    ),
    en=Wording(
        "“{seen}” will show no picture ({subject_en}).",
        "A text is read, enlarged, listened to: pictures have no place in it, and only their description would be left.",
        "Delete it here; a picture is shown by “shows:”, for instance  shows: {{ picture: images/workshop.jpg, alt: … }}",
    ),
)
BRACKET_TOO_MANY = Rule(
    "T174",
    Severity.ERROR,
    fr=Wording(
        "« {sign} » ferme ce qui est déjà fermé.",
        "La ligne ne peut plus être lue comme une liste ou un groupe.",
        "Effacez ce signe : {remedy}",
    ),
    en=Wording(
        "“{sign}” closes what is closed already.",
        "The line can’t be read any more as a list or a group.",
        "Delete this sign: {remedy}",
    ),
)
TEMPLATE = Rule(
    "T175",
    Severity.ERROR,
    fr=Wording(
        "« {seen} » vient d’un autre programme.",
        "Ces doubles signes y sont remplacés par autre chose ; ici rien ne les remplace : les visiteurs les liraient tels quels.",
        "Écrivez à la place ce que les visiteurs doivent lire.",
    ),
    en=Wording(
        "“{seen}” comes from another program.",
        "There these double signs are replaced by something; here nothing replaces them: visitors would read them as they are.",
        "Write instead what visitors are to read.",
    ),
)
LINK_LOST = Rule(
    "T176",
    Severity.WARNING,
    fr=Wording(
        "« {seen} » n’est pas une adresse que les visiteurs peuvent ouvrir ({subject_fr}).",
        "Un lien commence par https:// ou mailto: ; de celui-ci ne resteraient que les mots.",
        "Donnez l’adresse entière, ou ne gardez que les mots.",
    ),
    en=Wording(
        "“{seen}” is no address that visitors can open ({subject_en}).",
        "A link begins with https:// or mailto:; of this one only the words would be left.",
        "Give the whole address, or keep the words alone.",
    ),
)
DASH_BESIDE_KEY = Rule(
    "T177",
    Severity.ERROR,
    fr=Wording(
        "La liste commence sur la même ligne que « {key}: ».",
        "Un tiret ne commence un élément qu’au début de sa ligne : celui-ci serait perdu.",
        "Passez à la ligne après « {key}: », et décalez : - {item}",
    ),
    en=Wording(
        "The list begins on the same line as “{key}:”.",
        "A dash begins an item only at the start of its line: this one would be lost.",
        "Break the line after “{key}:”, and shift: - {item}",
    ),
)
NESTED = Rule(
    "T178",
    Severity.ERROR,
    fr=Wording(
        "Tout est décalé sous « {key}: », et rien n’y serait lu.",
        "« {home}: » n’attend qu’un nom court ; les autres clés s’écrivent à côté de lui, pas dessous.",
        "Écrivez « {example} », et alignez les lignes suivantes sur « {home} ».",
    ),
    en=Wording(
        "All is shifted under “{key}:”, and nothing would be read there.",
        "“{home}:” expects a short name alone; the other keys stand beside it, not below.",
        "Write “{example}”, and line up the next lines with “{home}”.",
    ),
)
CUT_BY_HASH = Rule(
    "T179",
    Severity.WARNING,
    fr=Wording(
        "La fin du texte, « {cut} », est prise pour une note ({subject_fr}).",
        "Après une espace, « # » annonce une note que les visiteurs ne lisent pas : le texte s’arrêterait là.",
        "Si c’est du texte, mettez-le en entier entre guillemets droits ; si c’est une note, écrivez deux espaces avant « # », et une après.",
    ),
    en=Wording(
        "The end of the text, “{cut}”, is taken for a note ({subject_en}).",
        "After a space, “#” begins a note that visitors do not read: the text would stop there.",
        "If it is text, put all of it in straight quotes; if it is a note, write two spaces before “#”, and one after.",
    ),
)
QUESTION_IN_BRACES = Rule(
    "T218",
    Severity.ERROR,
    fr=Wording(
        "Entre accolades, ce texte finit par un point d’interrogation.",
        "Ce signe a un autre sens entre accolades : le fichier ne peut pas être lu plus loin.",
        "Mettez le texte entre guillemets droits : {remedy}",
    ),
    en=Wording(
        "Between braces, this text ends with a question mark.",
        "That sign means something else between braces: the file can’t be read any further.",
        "Put the text in straight quotes: {remedy}",
    ),
)
