"""T050 to T057, T140 to T156, T191: messages about texts, their languages and licences."""

from tours.diagnostics import Rule, Severity, Wording

FACT_WITHOUT_SOURCE = Rule(
    "T140",
    Severity.WARNING,
    fr=Wording(
        "« {seen} » est un fait sans source ({subject_fr}).",
        "Sans source, ni un visiteur ni un collègue ne peut vérifier ce chiffre, et personne ne saura le corriger.",
        "Ajoutez une ligne : sources: [livre, page ; archives, cote ; adresse]",
    ),
    en=Wording(
        "“{seen}” is a fact without a source ({subject_en}).",
        "Without a source neither a visitor nor a colleague can check this figure, and nobody will know how to correct it.",
        "Add a line: sources: [book, page; archives, shelf mark; address]",
    ),
)
ALT_REPEATS_TITLE = Rule(
    "T141",
    Severity.WARNING,
    fr=Wording(
        "« alt » répète le titre ({subject_fr}).",
        "Un lecteur d’écran vient de lire ce titre : qui ne voit pas l’image n’apprend rien d’elle.",
        "Décrivez ce que l’on voit : formes, matières, couleurs, taille.",
    ),
    en=Wording(
        "“alt” repeats the title ({subject_en}).",
        "A screen reader has just read that title: who can’t see the picture learns nothing of it.",
        "Describe what one sees: shapes, materials, colours, size.",
    ),
)
EASY_IS_HARD = Rule(
    "T142",
    Severity.WARNING,
    fr=Wording(
        "Cette phrase de « easy » a {count} mots : « {seen} » ({subject_fr}).",
        "Le facile à lire (FALC) demande des phrases courtes, une idée par phrase ; au-delà de {most} mots, ses lecteurs perdent le fil.",
        "Coupez-la en deux ou trois phrases.",
    ),
    en=Wording(
        "This sentence of “easy” has {count} words: “{seen}” ({subject_en}).",
        "Easy-to-read texts need short sentences, one idea each; beyond {most} words their readers lose the thread.",
        "Cut it into two or three sentences.",
    ),
)
EASY_IS_THE_TEXT = Rule(
    "T143",
    Severity.WARNING,
    fr=Wording(
        "« easy » répète « text » ({subject_fr}).",
        "Qui a besoin d’un texte facile aurait deux fois le même.",
        "Écrivez-le plus simplement : phrases courtes, mots de tous les jours ; ou effacez « easy: ».",
    ),
    en=Wording(
        "“easy” repeats “text” ({subject_en}).",
        "People who need an easy text would get the same one twice.",
        "Write it more simply: short sentences, everyday words; or delete “easy:”.",
    ),
)
OTHER_LANGUAGE = Rule(
    "T144",
    Severity.WARNING,
    fr=Wording(
        "Sous « {tag} », ce texte semble écrit en {other_fr} ({subject_fr}).",
        "Les visiteurs qui choisissent « {tag} » ne le comprendraient pas, et un lecteur d’écran le lirait avec le mauvais accent.",
        "Échangez les textes, traduisez celui-ci, ou corrigez le code de langue.",
    ),
    en=Wording(
        "Under “{tag}” this text seems to be written in {other_en} ({subject_en}).",
        "Visitors who choose “{tag}” would not understand it, and a screen reader would read it with the wrong accent.",
        "Swap the texts, translate this one, or correct the language code.",
    ),
)
SAME_IN_TWO_LANGUAGES = Rule(
    "T145",
    Severity.WARNING,
    fr=Wording(
        "« {key} » dit mot pour mot la même chose en « {first} » et en « {tag} » ({subject_fr}).",
        "La traduction a sans doute été oubliée après un copier-coller : rien ne signalerait aux visiteurs qu’elle manque.",
        "Traduisez ce texte, ou effacez cette ligne : le texte de secours sera montré, signalé comme tel.",
    ),
    en=Wording(
        "“{key}” says the same word for word in “{first}” and in “{tag}” ({subject_en}).",
        "The translation was probably forgotten after pasting: nothing would tell visitors that it is missing.",
        "Translate this text, or delete this line: the fallback will be shown, marked as such.",
    ),
)
PLACEHOLDER = Rule(
    "T146",
    Severity.WARNING,
    fr=Wording(
        "« {seen} » attend encore son texte ({subject_fr}).",
        "Les visiteurs le liraient tel quel.",
        "Écrivez le texte, ou effacez la ligne.",
    ),
    en=Wording(
        "“{seen}” still awaits its text ({subject_en}).",
        "Visitors would read it as it is.",
        "Write the text, or delete the line.",
    ),
)
HTML_IN_TEXT = Rule(
    "T147",
    Severity.WARNING,
    fr=Wording(
        "« {seen} » est une balise HTML ({subject_fr}).",
        "Les textes ne s’écrivent pas en HTML : les visiteurs verraient la balise elle-même.",
        "Effacez-la. Pour du gras : **mot** ; de l’italique : *mot* ; un paragraphe : une ligne vide, sous « | ».",
    ),
    en=Wording(
        "“{seen}” is an HTML tag ({subject_en}).",
        "Texts are not written in HTML: visitors would see the tag itself.",
        "Delete it. For bold: **word**; italics: *word*; a paragraph: an empty line, under “|”.",
    ),
)
STARS_LEFT_OPEN = Rule(
    "T148",
    Severity.WARNING,
    fr=Wording(
        "Ces deux étoiles ( ** ) ne sont pas refermées ({subject_fr}).",
        "Les visiteurs verraient les étoiles, et pas de gras.",
        "Ajoutez ** juste après le dernier mot en gras, ou effacez celles-ci.",
    ),
    en=Wording(
        "These two stars ( ** ) are not closed ({subject_en}).",
        "Visitors would see the stars, and nothing in bold.",
        "Add ** right after the last bold word, or delete these.",
    ),
)
CURLY_QUOTES = Rule(
    "T149",
    Severity.ERROR,
    fr=Wording(
        "« {key} » est entre guillemets courbes ( {quote} ).",
        "Un traitement de texte les met à la place des guillemets droits ; ici ils feraient partie de la valeur, qui ne serait pas comprise.",
        "Écrivez  {key}: {example}",
    ),
    en=Wording(
        "“{key}” is between curly quotes ( {quote} ).",
        "A word processor puts them in place of straight ones; here they would be part of the value, which would not be understood.",
        "Write  {key}: {example}",
    ),
)
SAME_TITLE = Rule(
    "T150",
    Severity.WARNING,
    fr=Wording(
        "Deux arrêts ont le même titre : « {seen} » (l’autre est à la ligne {first}).",
        "Dans la liste des arrêts et sur les étiquettes, rien ne les distinguerait.",
        "Changez l’un des deux.",
    ),
    en=Wording(
        "Two stops have the same title: “{seen}” (the other is on line {first}).",
        "In the list of stops and on labels nothing would tell them apart.",
        "Change one of them.",
    ),
)
SAME_TEXT = Rule(
    "T151",
    Severity.WARNING,
    fr=Wording(
        "Deux arrêts ont le même texte (l’autre est à la ligne {first}).",
        "Il reste sans doute d’un copier-coller : les visiteurs liraient deux fois la même chose.",
        "Écrivez ce qui est propre à cet arrêt.",
    ),
    en=Wording(
        "Two stops have the same text (the other is on line {first}).",
        "It is probably left from pasting: visitors would read the same thing twice.",
        "Write what is this stop’s own.",
    ),
)
NO_CREDITS = Rule(
    "T152",
    Severity.WARNING,
    fr=Wording(
        "La licence {license} demande de citer l’auteur, et personne n’est cité ({subject_fr}).",
        "Publier sans ce crédit n’est pas permis par la licence.",
        "Ajoutez une ligne : credits: le nom de l’auteur, l’année",
    ),
    en=Wording(
        "The licence {license} asks to credit the author, and nobody is credited ({subject_en}).",
        "Publishing without this credit is not allowed by the licence.",
        "Add a line: credits: the author’s name, the year",
    ),
)
LICENSE_OF_FILE_DIFFERS = Rule(
    "T153",
    Severity.WARNING,
    fr=Wording(
        "Le fichier dit lui-même être sous {found}, et la page annoncerait {written} ({subject_fr}).",
        "Les visiteurs croiraient permis ce que l’auteur du modèle n’a pas permis.",
        "Vérifiez auprès de l’auteur ; si le fichier dit vrai, écrivez sous « shows: »  license: {found}",
    ),
    en=Wording(
        "The file itself says that it is under {found}, and the page would say {written} ({subject_en}).",
        "Visitors would believe allowed what the model’s author has not allowed.",
        "Ask the author; if the file is right, write under “shows:”  license: {found}",
    ),
)
LICENSES_CLASH = Rule(
    "T154",
    Severity.WARNING,
    fr=Wording(
        "Ces licences ne vont pas ensemble : {first} et {second}.",
        "Chacune exige que l’ensemble soit partagé sous elle seule ; personne ne pourrait réutiliser cette œuvre sans enfreindre l’une des deux.",
        "Demandez aux auteurs une licence commune, ou séparez les deux œuvres, chacune avec sa licence.",
    ),
    en=Wording(
        "These licences do not go together: {first} and {second}.",
        "Each demands that the whole be shared under itself alone; nobody could reuse this work without breaking one of them.",
        "Ask the authors for a common licence, or part the two works, each with its own.",
    ),
)
NOT_REVIEWED = Rule(
    "T155",
    Severity.WARNING,
    fr=Wording(
        "Personne n’a signé la relecture de cette langue : {missing} ({subject_fr}).",
        "« reviewed » dit qui a relu, et quand ; sans lui, rien ne distingue un brouillon d’un texte sûr.",
        "Après relecture, ajoutez sous « reviewed: »  {example}",
    ),
    en=Wording(
        "Nobody has signed off this language: {missing} ({subject_en}).",
        "“reviewed” says who read it through, and when; without it nothing tells a draft from a text that is sure.",
        "Once it is read through, add under “reviewed:”  {example}",
    ),
)
NOT_A_REVIEW = Rule(
    "T156",
    Severity.ERROR,
    fr=Wording(
        "« {value} » ne dit pas qui a relu, et quand.",
        "Une signature donne un jour et un nom, pour que l’on sache à qui demander.",
        "Écrivez par exemple  {example}",
    ),
    en=Wording(
        "“{value}” does not say who signed off, and when.",
        "A signature gives a day and a name, so that one knows whom to ask.",
        "Write for instance  {example}",
    ),
)
CURLY_QUOTES_AROUND = Rule(
    "T191",
    Severity.WARNING,
    fr=Wording(
        "Tout ce texte est entre guillemets courbes ( {quote} ).",
        "Un traitement de texte les met à la place des guillemets droits ; ici les visiteurs les liraient.",
        "Écrivez  {example} — ou, si c’est une citation, gardez-les ainsi :  {kept}",
    ),
    en=Wording(
        "This whole text is between curly quotes ( {quote} ).",
        "A word processor puts them in place of straight ones; here visitors would read them.",
        "Write  {example} — or, if it is a quotation, keep them this way:  {kept}",
    ),
)
UNKNOWN_LANGUAGE = Rule(
    "T050",
    Severity.ERROR,
    fr=Wording(
        "« {key} » n’est pas une langue annoncée.",
        "« languages » annonce : {known}. Ce texte ne serait jamais montré.",
        "Vouliez-vous « {near} » ? Sinon, ajoutez « {key} » à « languages ».",
    ),
    en=Wording(
        "“{key}” is not one of the languages announced.",
        "“languages” announces: {known}. This text would never be shown.",
        "Did you mean “{near}”? Otherwise add “{key}” to “languages”.",
    ),
)
MISSING_TRANSLATION = Rule(
    "T051",
    Severity.WARNING,
    fr=Wording(
        "« {key} » n’est pas traduit : {missing} ({subject_fr}).",
        "Les visiteurs liront le texte dans une autre langue ({shown}), signalée comme telle.",
        "Ajoutez une ligne : {example}",
    ),
    en=Wording(
        "“{key}” is not translated: {missing} ({subject_en}).",
        "Visitors will read the text in another language ({shown}), marked as such.",
        "Add a line: {example}",
    ),
)
NOT_A_LANGUAGE = Rule(
    "T052",
    Severity.ERROR,
    fr=Wording(
        "« {value} » n’est pas un code de langue.",
        "Les téléphones reconnaissent les langues à leur code : fr, en, de, it, es, nl…",
        "Vouliez-vous écrire « {near} » ?",
    ),
    en=Wording(
        "“{value}” is not a language code.",
        "Phones know languages by their codes: fr, en, de, it, es, nl…",
        "Did you mean “{near}”?",
    ),
)
REPEATED_LANGUAGE = Rule(
    "T053",
    Severity.ERROR,
    fr=Wording(
        "La langue « {value} » est annoncée deux fois.",
        "L’ordre des langues compte : la première sert de secours.",
        "Gardez-la une seule fois.",
    ),
    en=Wording(
        "The language “{value}” is announced twice.",
        "The order of languages matters: the first serves where a translation is missing.",
        "Keep it once.",
    ),
)
LANGUAGE_NOT_OF_MUSEUM = Rule(
    "T054",
    Severity.ERROR,
    fr=Wording(
        "« {value} » n’est pas une langue du musée.",
        "museum.yaml annonce : {known}. Il n’y aurait pas de page d’accueil dans cette langue.",
        "Ajoutez « {value} » à « languages » dans museum.yaml, ou retirez-la d’ici.",
    ),
    en=Wording(
        "“{value}” is not a language of the museum.",
        "museum.yaml announces: {known}. There would be no home page in this language.",
        "Add “{value}” to “languages” in museum.yaml, or remove it here.",
    ),
)
UNANNOUNCED_LANGUAGE = Rule(
    "T055",
    Severity.ERROR,
    fr=Wording(
        "« {key} » sert dans {count} textes, mais n’est pas une langue annoncée.",
        "« languages » annonce : {known}. Ces textes ne seraient jamais montrés.",
        "Ajoutez « {key} » à « languages ».",
    ),
    en=Wording(
        "“{key}” is used in {count} texts, but is not one of the languages announced.",
        "“languages” announces: {known}. These texts would never be shown.",
        "Add “{key}” to “languages”.",
    ),
)
ABSENT_LANGUAGE = Rule(
    "T056",
    Severity.WARNING,
    fr=Wording(
        "« {value} » est annoncée, mais aucun texte n’est écrit dans cette langue.",
        "Les visiteurs qui la choisissent liraient tout dans une autre, signalée comme telle.",
        "Retirez « {value} » de « languages » en attendant les traductions.",
    ),
    en=Wording(
        "“{value}” is announced, but no text is written in this language.",
        "Visitors who choose it would read everything in another, marked as such.",
        "Remove “{value}” from “languages” until the translations are there.",
    ),
)
STRAY_LANGUAGE = Rule(
    "T057",
    Severity.ERROR,
    fr=Wording(
        "« {key} » est une langue, et n’a pas sa place ici ({subject_fr}).",
        "Une langue s’écrit sous le texte qu’elle traduit ; ici elle serait ignorée.",
        "Décalez cette ligne sous « title: », « text: » ou le texte dont elle est la traduction.",
    ),
    en=Wording(
        "“{key}” is a language, and does not belong here ({subject_en}).",
        "A language is written under the text that it translates; here it would be ignored.",
        "Shift this line under “title:”, “text:” or the text that it translates.",
    ),
)
