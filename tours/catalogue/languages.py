"""T050 to T057: the languages of texts."""

from tours.diagnostics import Rule, Severity, Wording

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
