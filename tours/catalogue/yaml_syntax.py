"""T002 to T029, T157 to T159 and T190: messages about YAML syntax."""

from tours.diagnostics import Rule, Severity, Wording

TAB = Rule(
    "T002",
    Severity.ERROR,
    fr=Wording(
        "Une tabulation sert d’espace (lignes touchées : {count}).",
        "YAML n’accepte que des espaces ordinaires pour décaler une ligne ; la suite du fichier serait mal comprise.",
        "Effacez la tabulation et tapez des espaces, alignés sur les lignes voisines.",
    ),
    en=Wording(
        "A tab is used as a space (lines concerned: {count}).",
        "YAML only takes ordinary spaces to shift a line; the rest of the file would be misread.",
        "Delete the tab and type spaces, lined up with the neighbouring lines.",
    ),
)
NO_BREAK_INDENT = Rule(
    "T003",
    Severity.ERROR,
    fr=Wording(
        "Des espaces insécables commencent la ligne (lignes touchées : {count}).",
        "Elles viennent souvent d’un collage depuis un traitement de texte et ressemblent à des espaces ordinaires, mais YAML y voit des lettres.",
        "Effacez-les et tapez des espaces ordinaires.",
    ),
    en=Wording(
        "No-break spaces start the line (lines concerned: {count}).",
        "They often come from pasting out of a word processor and look like ordinary spaces, but YAML takes them for letters.",
        "Delete them and type ordinary spaces.",
    ),
)
COLON_IN_TEXT = Rule(
    "T004",
    Severity.ERROR,
    fr=Wording(
        "Un deux-points coupe le texte.",
        "Suivi d’une espace, le deux-points annonce une nouvelle clé : le texte serait perdu.",
        "Mettez le texte entre guillemets droits : {remedy}",
    ),
    en=Wording(
        "A colon cuts the text.",
        "A colon followed by a space announces a new key: the text would be lost.",
        "Put the text in straight quotes: {remedy}",
    ),
)
REPEATED_KEY = Rule(
    "T005",
    Severity.ERROR,
    fr=Wording(
        "« {key} » est écrit deux fois dans le même groupe.",
        "La première fois est à la ligne {first} ; rien ne dit laquelle montrer aux visiteurs.",
        "Gardez-en une seule ; si c’est un autre arrêt, il manque peut-être sa ligne « - stop: … ».",
    ),
    en=Wording(
        "“{key}” is written twice in the same group.",
        "The first is on line {first}; nothing tells which one to show visitors.",
        "Keep one of them; if this is another stop, its “- stop: …” line may be missing.",
    ),
)
WRONG_INDENT = Rule(
    "T006",
    Severity.ERROR,
    fr=Wording(
        "Cette ligne ne commence pas au bon endroit (colonne {column}).",
        "La ligne d’avant commence à la colonne {above} : le décalage dit ce qui appartient à quoi, et celui-ci ne correspond à rien.",
        "Alignez la ligne sur les autres clés du même groupe.",
    ),
    en=Wording(
        "This line does not start in the right place (column {column}).",
        "The line above starts in column {above}: the shift tells what belongs to what, and this one matches nothing.",
        "Line it up with the other keys of the same group.",
    ),
)
UNCLOSED_QUOTE = Rule(
    "T007",
    Severity.ERROR,
    fr=Wording(
        "Ce guillemet ( {quote} ) n’est jamais refermé.",
        "Tout ce qui suit serait pris pour du texte.",
        "Ajoutez {quote} à la fin du texte.",
    ),
    en=Wording(
        "This quote ( {quote} ) is never closed.",
        "All that follows would be taken for text.",
        "Add {quote} at the end of the text.",
    ),
)
UNCLOSED_BRACKET = Rule(
    "T008",
    Severity.ERROR,
    fr=Wording(
        "« {sign} » n’est pas refermé par « {partner} », ou ce qu’il contient est mal séparé.",
        "La suite serait prise pour une partie de la même liste.",
        "Ajoutez « {partner} » à la fin, et une virgule entre les éléments.",
    ),
    en=Wording(
        "“{sign}” is not closed by “{partner}”, or what it holds is badly separated.",
        "What follows would be taken for a part of the same list.",
        "Add “{partner}” at the end, and a comma between the items.",
    ),
)
TEXT_AFTER_QUOTE = Rule(
    "T009",
    Severity.ERROR,
    fr=Wording(
        "Le texte continue après le guillemet ( {quote} ) qui le ferme.",
        "Une apostrophe ou un guillemet à l’intérieur du texte y met fin trop tôt : la suite serait perdue.",
        "Dans le texte, tapez l’apostrophe courbe ( ’ ) ou des guillemets « … » ; ou entourez-le ainsi : {remedy}",
    ),
    en=Wording(
        "The text goes on after the quote ( {quote} ) that closes it.",
        "An apostrophe or a quote inside the text ends it too early: the rest would be lost.",
        "Inside the text, type a curly apostrophe ( ’ ) or curly quotes “…”; or surround it this way: {remedy}",
    ),
)
RESERVED_SIGN = Rule(
    "T012",
    Severity.ERROR,
    fr=Wording(
        "Ce qui suit commence par « {sign} », un signe que YAML garde pour lui.",
        "Il n’y verrait pas du texte : les visiteurs ne liraient rien.",
        "Si c’est du texte, mettez-le entre guillemets droits, ou sous la clé après « | ». Sinon, écrivez la valeur en entier, sans raccourci.",
    ),
    en=Wording(
        "What follows starts with “{sign}”, a sign that YAML keeps for itself.",
        "It would not be read as text: visitors would read nothing.",
        "If it is text, put it in straight quotes, or under the key after “|”. Otherwise write the value in full, without shorthand.",
    ),
)
NO_SPACE_AFTER_COLON = Rule(
    "T013",
    Severity.ERROR,
    fr=Wording(
        "Il manque une espace ordinaire après « {key}: ».",
        "Sans elle, la ligne entière est prise pour du texte.",
        "Écrivez : {remedy}",
    ),
    en=Wording(
        "An ordinary space is missing after “{key}:”.",
        "Without it the whole line is taken for text.",
        "Write: {remedy}",
    ),
)
LINE_WITHOUT_KEY = Rule(
    "T014",
    Severity.ERROR,
    fr=Wording(
        "« {text} » n’est sous aucune clé.",
        "Chaque ligne doit dire ce qu’elle donne : « clé: valeur ». Celle-ci serait perdue.",
        "Ajoutez la clé et son deux-points. Si c’est la suite d’un texte, décalez-la sous ce texte, et mettez « | » après sa clé.",
    ),
    en=Wording(
        "“{text}” stands under no key.",
        "Each line must say what it gives: “key: value”. This one would be lost.",
        "Add the key and its colon. If it continues a text, shift it under that text, and put “|” after its key.",
    ),
)
SEVERAL_DOCUMENTS = Rule(
    "T015",
    Severity.ERROR,
    fr=Wording(
        "Cette ligne de trois signes ( --- ou ... ) coupe le fichier en deux.",
        "Un fichier ne décrit qu’une chose ; la suite serait ignorée.",
        "Effacez cette ligne, ou mettez la suite dans un autre fichier.",
    ),
    en=Wording(
        "This line of three signs ( --- or ... ) cuts the file in two.",
        "A file describes one thing; what follows would be ignored.",
        "Delete this line, or move what follows to another file.",
    ),
)
TOO_DEEP = Rule(
    "T017",
    Severity.ERROR,
    fr=Wording(
        "Trop de niveaux emboîtés (plus de {most}).",
        "Aucune visite n’en demande autant : le décalage ou les crochets ont dérapé.",
        "Revenez au bon niveau en alignant les lignes sur leurs voisines.",
    ),
    en=Wording(
        "Too many nested levels (more than {most}).",
        "No tour needs as many: the shift or the brackets went astray.",
        "Come back to the right level by lining the lines up with their neighbours.",
    ),
)
KEY_IS_NOT_A_WORD = Rule(
    "T018",
    Severity.ERROR,
    fr=Wording(
        "Ici, une clé devrait être un mot.",
        "Une liste ou un groupe ne peut pas servir de clé : ce qui suit serait perdu.",
        "Écrivez « clé: valeur » ; un texte qui commence par un crochet va entre guillemets droits.",
    ),
    en=Wording(
        "A key should be a word here.",
        "A list or a group can’t serve as a key: what follows would be lost.",
        "Write “key: value”; a text that starts with a bracket goes in straight quotes.",
    ),
)
UNREADABLE_HERE = Rule(
    "T019",
    Severity.ERROR,
    fr=Wording(
        "La lecture s’arrête ici.",
        "Ce qui précède ou ce qui suit ne forme pas « clé: valeur » ; le reste du fichier n’a pas pu être vérifié.",
        "Regardez cette ligne et celle d’avant : guillemets, crochets, deux-points suivi d’une espace, décalage.",
    ),
    en=Wording(
        "Reading stops here.",
        "What comes before or after does not make “key: value”; the rest of the file could not be checked.",
        "Look at this line and the one above: quotes, brackets, colon followed by a space, shift.",
    ),
)
VALUE_IN_COMMENT = Rule(
    "T020",
    Severity.ERROR,
    fr=Wording(
        "La valeur de « {key} » est prise pour un commentaire.",
        "Après une espace, « # » annonce un commentaire : il ne reste rien à lire.",
        "Mettez la valeur entre guillemets droits : {remedy}",
    ),
    en=Wording(
        "The value of “{key}” is taken for a comment.",
        "After a space, “#” announces a comment: nothing is left to read.",
        "Put the value in straight quotes: {remedy}",
    ),
)
NO_SPACE_AFTER_DASH = Rule(
    "T024",
    Severity.ERROR,
    fr=Wording(
        "Il manque une espace après le tiret : « {key} ».",
        "Sans elle, le tiret fait partie du mot et aucun élément de liste ne commence.",
        "Écrivez : {remedy}",
    ),
    en=Wording(
        "A space is missing after the dash: “{key}”.",
        "Without it the dash is a part of the word and no list item begins.",
        "Write: {remedy}",
    ),
)
BACKSLASH = Rule(
    "T025",
    Severity.ERROR,
    fr=Wording(
        "Une barre oblique inverse ( \\ ) se trouve entre des guillemets doubles.",
        "Elle y annonce un signe spécial ; celui-ci n’existe pas.",
        "Entourez le texte d’apostrophes droites ( ' ), ou doublez la barre ( \\\\ ).",
    ),
    en=Wording(
        "A backslash ( \\ ) stands inside double quotes.",
        "There it announces a special sign; this one does not exist.",
        "Surround the text with straight apostrophes ( ' ), or double the backslash ( \\\\ ).",
    ),
)
COMMA_IN_TEXT = Rule(
    "T026",
    Severity.ERROR,
    fr=Wording(
        "« {text} » est coupé du texte par une virgule.",
        "Entre accolades, la virgule sépare les éléments : la suite du texte serait perdue.",
        "Mettez le texte entre guillemets droits, ou écrivez une langue par ligne, sans accolades.",
    ),
    en=Wording(
        "“{text}” is cut from its text by a comma.",
        "Between braces a comma separates items: the rest of the text would be lost.",
        "Put the text in straight quotes, or write one language a line, without braces.",
    ),
)
LINES_UNDER_NO_KEY = Rule(
    "T027",
    Severity.ERROR,
    fr=Wording(
        "Un groupe de lignes décalées commence ici, sous aucune clé.",
        "La ligne d’avant a déjà sa valeur : ces lignes seraient perdues.",
        "Ajoutez au-dessus la ligne qui les annonce, par exemple « text: » ; ou alignez-les sur leurs voisines.",
    ),
    en=Wording(
        "A group of shifted lines starts here, under no key.",
        "The line above already has its value: these lines would be lost.",
        "Add above them the line that announces them, for instance “text:”; or line them up with their neighbours.",
    ),
)
TOO_MANY_VALUES = Rule(
    "T028",
    Severity.ERROR,
    fr=Wording(
        "Ce fichier donne plus de {most} valeurs.",
        "C’est bien plus qu’une visite ; il n’a pas été lu jusqu’au bout.",
        "Vérifiez que ce n’est pas un autre fichier renommé, ou faites-en plusieurs visites.",
    ),
    en=Wording(
        "This file gives more than {most} values.",
        "That is far more than a tour; it was not read to its end.",
        "Check that it is not another file renamed, or make several tours of it.",
    ),
)
NO_COLON = Rule(
    "T029",
    Severity.ERROR,
    fr=Wording(
        "Il manque un deux-points après « {key} ».",
        "Sans lui, ce mot n’annonce rien : la ligne serait perdue.",
        "Écrivez « {key}: », puis une espace avant la valeur.",
    ),
    en=Wording(
        "A colon is missing after “{key}”.",
        "Without it this word announces nothing: the line would be lost.",
        "Write “{key}:”, then a space before the value.",
    ),
)
TEXT_NOT_SHIFTED = Rule(
    "T157",
    Severity.ERROR,
    fr=Wording(
        "Ce texte n’est pas décalé sous sa clé.",
        "Après « | », le texte est ce qui commence plus à droite que la clé : celui-ci serait perdu.",
        "Décalez chaque ligne du texte de deux espaces par rapport à sa clé.",
    ),
    en=Wording(
        "This text is not shifted under its key.",
        "After “|” the text is what starts further right than the key: this one would be lost.",
        "Shift each line of the text by two spaces from its key.",
    ),
)
FALSE_DASH = Rule(
    "T158",
    Severity.ERROR,
    fr=Wording(
        "« {sign} » n’est pas le tiret qui commence un élément de liste.",
        "Un traitement de texte l’a mis à la place du tiret simple : l’élément ne serait pas vu.",
        "Écrivez : {remedy}",
    ),
    en=Wording(
        "“{sign}” is not the dash that starts a list item.",
        "A word processor has put it in place of the plain hyphen: the item would not be seen.",
        "Write: {remedy}",
    ),
)
NO_DASH = Rule(
    "T159",
    Severity.ERROR,
    fr=Wording(
        "Il manque un tiret devant « {key} ».",
        "« {home} » est une liste : chaque élément y commence par un tiret et une espace, même s’il est seul.",
        "Écrivez « - {key}: … », et alignez les lignes suivantes sur « {key} ».",
    ),
    en=Wording(
        "A dash is missing before “{key}”.",
        "“{home}” is a list: each item starts with a dash and a space, even when it is alone.",
        "Write “- {key}: …”, and line up the lines below with “{key}”.",
    ),
)
NO_BAR = Rule(
    "T190",
    Severity.ERROR,
    fr=Wording(
        "Il manque « | » après « {key}: ».",
        "Ce texte tient sur plusieurs lignes : sans ce signe, un deux-points le couperait, et ses paragraphes n’en feraient qu’un.",
        "Écrivez « {remedy} », et laissez le texte dessous tel qu’il est.",
    ),
    en=Wording(
        "“|” is missing after “{key}:”.",
        "This text has several lines: without this sign a colon would cut it, and its paragraphs would become one.",
        "Write “{remedy}”, and leave the text below as it is.",
    ),
)
