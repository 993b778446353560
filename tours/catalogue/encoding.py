"""T001 to T023: messages about how a file was saved: encoding, size, stray characters."""

from tours.diagnostics import Rule, Severity, Wording

NOT_UTF8 = Rule(
    "T001",
    Severity.ERROR,
    fr=Wording(
        "Ce fichier n’est pas enregistré en UTF-8.",
        "Il l’a sans doute été en « ANSI » (Windows-1252), qui code les accents autrement : les visiteurs verraient des signes étranges.",
        "Dans le Bloc-notes : Fichier › Enregistrer sous › Encodage : UTF-8.",
    ),
    en=Wording(
        "This file is not saved as UTF-8.",
        "It was probably saved as “ANSI” (Windows-1252), which spells accents differently: visitors would see strange signs.",
        "In Notepad: File › Save as › Encoding: UTF-8.",
    ),
)
UTF16 = Rule(
    "T010",
    Severity.ERROR,
    fr=Wording(
        "Ce fichier est enregistré en UTF-16 (« Unicode »), ou n’est pas du texte.",
        "Il ne peut pas être lu.",
        "Dans le Bloc-notes : Fichier › Enregistrer sous › Encodage : UTF-8.",
    ),
    en=Wording(
        "This file is saved as UTF-16 (“Unicode”), or is not text.",
        "It can’t be read.",
        "In Notepad: File › Save as › Encoding: UTF-8.",
    ),
)
STRANGE_SIGN = Rule(
    "T011",
    Severity.ERROR,
    fr=Wording(
        "Un signe invisible ({sign}) se cache ici.",
        "Il vient d’un collage ou d’un fichier abîmé ; les téléphones l’affichent mal ou pas du tout.",
        "Effacez-le : placez le curseur juste après, puis retour arrière.",
    ),
    en=Wording(
        "An invisible sign ({sign}) hides here.",
        "It comes from pasting or from a damaged file; phones show it badly or not at all.",
        "Delete it: put the cursor right after it and press backspace.",
    ),
)
TOO_BIG = Rule(
    "T016",
    Severity.ERROR,
    fr=Wording(
        "Ce fichier dépasse {most} ko.",
        "C’est bien plus qu’une visite ; il n’a pas été lu.",
        "Vérifiez que ce n’est pas un autre fichier renommé, ou faites-en plusieurs visites.",
    ),
    en=Wording(
        "This file is larger than {most} kB.",
        "That is far more than a tour; it was not read.",
        "Check that it is not another file renamed, or make several tours of it.",
    ),
)
UNREADABLE = Rule(
    "T021",
    Severity.ERROR,
    fr=Wording(
        "« {name} » ne peut pas être ouvert.",
        "Le fichier est absent, protégé, ou c’est un dossier.",
        "Vérifiez qu’il est là et que vous avez le droit de le lire.",
    ),
    en=Wording(
        "“{name}” can’t be opened.",
        "The file is absent or protected, or it is a folder.",
        "Check that it is there and that you may read it.",
    ),
)
EMPTY_FILE = Rule(
    "T022",
    Severity.ERROR,
    fr=Wording(
        "Ce fichier ne dit rien.",
        "Il est vide, ou tout y est en commentaire.",
        "Écrivez-le, ou effacez-le.",
    ),
    en=Wording(
        "This file says nothing.",
        "It is empty, or all of it is comments.",
        "Write it, or delete it.",
    ),
)
MOJIBAKE = Rule(
    "T023",
    Severity.WARNING,
    fr=Wording(
        "« {seen} » ressemble à un accent abîmé.",
        "Le fichier a été ouvert avec un mauvais encodage puis enregistré : les visiteurs verront ces signes.",
        "Retapez les accents, et enregistrez en UTF-8.",
    ),
    en=Wording(
        "“{seen}” looks like a damaged accent.",
        "The file was opened with a wrong encoding, then saved: visitors will see these signs.",
        "Type the accents again, and save as UTF-8.",
    ),
)
OTHER_KIND = Rule(
    "T189",
    Severity.ERROR,
    fr=Wording(
        "Ce fichier est {kind_fr}, et non du texte simple.",
        "Son nom finit par .yaml, mais un autre programme l’a enregistré dans sa propre forme : rien ne peut y être lu.",
        "Ouvrez-le dans ce programme, copiez le texte, collez-le dans un éditeur simple (Bloc-notes, VS Code), et enregistrez en UTF-8.",
    ),
    en=Wording(
        "This file is {kind_en}, and no plain text.",
        "Its name ends with .yaml, but another program saved it in a form of its own: nothing can be read in it.",
        "Open it in that program, copy the text, paste it into a plain editor (Notepad, VS Code), and save as UTF-8.",
    ),
)
