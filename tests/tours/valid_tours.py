"""Eighty tours, each right and each written in another way: nothing may be told of any.

The ways are those that people ask about who write for Home Assistant, MkDocs, GitHub
Actions or Hugo: what other programs misread, or refuse, or warn of.
"""

from __future__ import annotations

STOP = """\
  - stop: pont
    title: Le pont
    text: Un pont.
"""


def tour(head: str = "", stops: str = STOP, title: str = "title: Promenade") -> str:
    """Return a small tour."""
    return f"tour: promenade\n{title}\n{head}stops:\n{stops}"


def text(written: str) -> str:
    """Return a tour whose only stop says something."""
    return tour(stops=f"  - stop: pont\n    title: Le pont\n    text: {written}\n")


def more(lines: str) -> str:
    """Return a tour whose only stop has some more lines."""
    return tour(stops=STOP + "".join(f"    {line}\n" for line in lines.split("\n")))


VALID = {
    # YAML's own ways of writing one thing.
    "small": tour(),
    "crlf": tour().replace("\n", "\r\n"),
    "old-mac-line-breaks": tour().replace("\n", "\r"),
    "byte-order-mark": "\ufeff" + tour(),
    "document-start": f"---\n{tour()}",
    "comments-everywhere": "# a\n\n" + tour().replace("\n", "   # b: c\n").replace("stops", "  # d\nstops"),
    "no-last-line-break": tour().rstrip("\n"),
    "many-empty-lines": tour().replace("\n", "\n\n\n"),
    "spaces-at-line-ends": tour().replace("\n", "   \n"),
    "list-not-indented": tour(stops=STOP.replace("\n  ", "\n")[2:]),
    "list-far-in": tour(stops="".join(f"        {line}\n" for line in STOP.splitlines())),
    "dash-alone-on-its-line": tour(stops="  -\n    stop: pont\n    title: Le pont\n    text: Un pont.\n"),
    "spaces-after-dash": tour(stops="  -   stop: pont\n      title: Le pont\n      text: Un pont.\n"),
    "values-lined-up": tour(head="duration:     45 min\nlicense:      CC0-1.0\n"),
    "space-before-colon": tour(head="duration : 45 min\n"),
    "keys-in-quotes": tour(head='"duration": 45 min\n\'license\': CC0-1.0\n'),
    "all-in-quotes": tour(title='title: "Promenade"', head="duration: '45 min'\n"),
    "braces": tour(stops="  - { stop: pont, title: Le pont, text: Un pont. }\n"),
    "braces-over-lines": tour(stops="  - {\n      stop: pont,\n      title: Le pont,\n      text: Un pont.\n    }\n"),
    "comma-before-the-brace": tour(stops="  - { stop: pont, title: Le pont, text: Un pont., }\n"),
    "json": '{"tour": "promenade", "title": "Promenade", "stops": [{"stop": "pont", "title": "Le pont", "text": "Un pont."}]}',
    "languages-one-a-line": tour(head="languages:\n- fr\n", title="title: { fr: Promenade }"),
    # Texts that look like something else.
    "yes-and-no": tour(title="title: { fr: Non, en: No }"),
    "on-and-off": tour(title="title: { fr: On, en: Off }"),
    "a-number-as-title": tour(title="title: 1900"),
    "a-time-as-title": tour(title="title: 12:30"),
    "a-date-as-title": tour(title="title: 2026-11-01"),
    "tilde-and-null": tour(title="title: { fr: ~5 marches, en: null and void }"),
    "leading-zero": tour(title="title: 007"),
    "colons-without-space": text("Ouvert 9:00-12:30, voir ecomusee.fr:80 et C:maison."),
    "french-colon-in-quotes": text('"Le pont : une arche, et l’eau dessous."'),
    "hash-without-space": text("La salle n#3 et le quai#4."),
    "apostrophes": text("L'eau, l'arche et l'écluse d'aujourd'hui."),
    "doubled-apostrophes": text("'L''eau sous l''arche.'"),
    "quotes-inside": text("Le « pont », dit \"le vieux\", et ‘la passerelle’."),
    "quotation-as-whole-text": text("« Un pont, une eau, un bourg. »"),
    "signs-inside": text("Eau & pierre à 100 pour cent ; prix > 3 € ; a < b ; *non* ; @musee ; x = y."),
    "dash-inside": text("Un pont - deux arches – trois piles."),
    "template-signs": text("Le {pont} et la ${rue} ou [la place]."),
    "literal-block": text("|\n      Un pont.\n\n      - une arche\n      - une pile : la grande\n      # pas un commentaire"),
    "literal-block-stripped": text("|-\n      Un pont.\n      Deux arches."),
    "literal-block-kept": text("|+\n      Un pont.\n\n"),
    "folded-block": text(">\n      Un pont\n      sur l’eau."),
    "text-over-lines": text("Un pont\n      sur l’eau\n      et une arche."),
    "emoji-and-other-letters": text("Un pont 🌉, œuvre de Łukasz Żółć ; 桥."),
    "markdown": text("|\n      **Gras**, *italique*, [lien](https://ecomusee.example) et ligne  \n      suivante.\n\n      > Une citation."),
    "stars-that-are-escaped": text("|\n      5 \\*\\* ou 2**3**4."),
    # What museums really have.
    "far-south-and-west": more("at: -22.2758, -166.458").replace("title: Promenade", "title: Promenade\nstart: -22.27, -166.45"),
    "degrees-as-on-a-map": more("at: 46°47′12″N 4°25′58″E"),
    "spaces-from-a-word-processor": tour(head="duration: 45\u00a0min\n"),
    "sizes-as-people-write": more("label:\n  height: 1,40 m\n  slope: 0°\n  faces: NW\n  qr: 6.3 cm"),
    "same-name-in-both-languages": tour(title="title: { fr: Le Creusot, en: Le Creusot }"),
    "language-of-a-country": tour(head="languages: [fr]\n", title="title: { fr: Promenade }"),
    "numbers-that-are-no-facts": text("Montez 3 marches, puis prenez la porte 2."),
    "foreign-quotation": text("{ fr: \"Il disait « the best of all the bridges in the world », et il riait.\", en: A bridge. }"),
    # What looks like the habits of other programs, and is none.
    "note-after-a-text": text("Le pont.  # à relire"),
    "note-after-one-space": text("Le pont. # à relire"),
    "tabs-at-line-ends": tour().replace("\n", "\t\n"),
    "no-break-space-before-a-colon": tour(head="duration\u00a0: 45 min\n"),
    "slashes-in-a-block": text("|\n      // pas une note, du texte\n      Un pont."),
    "signs-in-a-block": text("|\n      -- à table\n      ;-)\n      +++"),
    "code-in-a-block": text("|\n      ```\n      pont\n      ```"),
    "underlined-title-in-a-block": text("|\n      Titre\n      =======\n      Texte."),
    "quotation-in-a-block": text("|\n      > citation\n      > suite"),
    "numbers-in-a-block": text("|\n      1. une arche\n      2. une pile"),
    "stars-in-a-block": text("|\n      * une arche\n      * une pile"),
    "indented-by-a-number": text("|2\n        Un pont."),
    "parentheses": text("(fermé le lundi)"),
    "colon-in-quoted-parentheses": text('"(ouvert : le lundi)"'),
    "brackets-then-parentheses": text("Le pont [détruit] (voir plan)."),
    "link-to-a-mailbox": text('"[écrire](mailto:a@b.example)"'),
    "link": text('"Voir [le site](https://b.example)."'),
    "comma-at-the-end": text("Le pont,"),
    "semicolon-at-the-end": text("Le pont ;"),
    "thousands": more("label:\n  height: 1 400 mm\n  slope: 30˚"),
    "words-null-and-todo": text("Un match nul : null. Todo el puente.".replace(" :", ",")),
    "title-that-begins-as-a-language": tour(title="title: En route"),
    "end-of-document": tour() + "...\n",
    "braces-over-lines-in-a-title": tour(title="title: {\n  fr: Promenade,\n  en: Walk }"),
    "commas-in-quotes-in-braces": tour(title="title: { fr: \"Pont, eau\", en: 'Bridge, water' }"),
    "sources-in-quotes": more("sources: [a, \"b, c\", 'd: e']"),
    "signs-of-less-and-more": text("a < b et b > c ; 3 <5"),
    "emoji-first": text("👍 Un pont"),
    "plus-first": text("+ de cent marches"),
    "at-and-percent": text("Le pont @ midi, & compris"),
    "withdrawn": tour(stops="  - stop: pont\n    title: Le pont\n    withdrawn: { since: 2026-11-01, why: Travaux. }\n"),
}  # fmt: skip
"""The whole text of a tour, by what is unusual in it."""
