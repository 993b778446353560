"""Detect a text in another language than announced, by its script and stop words."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple


class LanguageName(NamedTuple):
    """The name of a language, or of a script, in French and English."""

    fr: str
    en: str


MIN_WORDS = 6
"""Fewer say too little: a title is often a name, the same in every language."""
_LEAST_SMALL_WORDS = 4
_LEAST_OWN_WORDS = 3
_TIMES_MORE = 4
_SMALL_WORDS = {
    "fr": "se ne mais tout même deux depuis entre le la les un une des du de et est sont dans pour par avec sur qui que ce cette il elle on nous vous pas au aux ou son sa ses leur était ici plus où à l d c s qu",
    "en": "the a an of and is are was were in for by with on who which that this it he she we you not at to his her its their here more as from had has have where",
    "de": "hat haben wurde nach über um der die das den dem des ein eine einen einem und ist sind war waren im für von mit auf sie er es wir nicht zu zum zur ihre sein hier mehr aus bei auch als wo",
    "it": "ed anche come tutto ma nella dalla sulla alla gli il lo la i gli le un una di del della dei delle e è sono nel per con su che questo questa non al alla suo sua qui più dal da si dove era in l",
    "es": "e pero todo entre desde muy hay el la los las un una de del y es son en para por con que este esta no al a su sus aquí más se lo como donde era fue desde",
    "nl": "heeft maar naar kon om over de het een van en is zijn in voor door met op die dat deze dit hij zij we niet aan te tot hun hier meer uit bij ook als waar er was",
    "pt": "o a os as um uma de do da dos das e é são no na em para por com que este esta não ao à seu sua aqui mais se como onde era foi",
}  # fmt: skip
_SETS = {tag: frozenset(words.split()) for tag, words in _SMALL_WORDS.items()}
_SCRIPTS = {
    "CYRILLIC": frozenset({"ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg"}),
    "GREEK": frozenset({"el"}),
    "ARABIC": frozenset({"ar", "fa", "ur", "ps", "ug", "ks", "sd"}),
    "HEBREW": frozenset({"he", "yi"}),
    "CJK": frozenset({"zh", "ja"}),
    "HANGUL": frozenset({"ko"}),
    "HIRAGANA": frozenset({"ja"}),
    "KATAKANA": frozenset({"ja"}),
}
_NAMES = {
    "fr": LanguageName("français", "French"),
    "en": LanguageName("anglais", "English"),
    "de": LanguageName("allemand", "German"),
    "it": LanguageName("italien", "Italian"),
    "es": LanguageName("espagnol", "Spanish"),
    "nl": LanguageName("néerlandais", "Dutch"),
    "pt": LanguageName("portugais", "Portuguese"),
    "CYRILLIC": LanguageName("lettres cyrilliques", "Cyrillic letters"),
    "GREEK": LanguageName("grec", "Greek"),
    "ARABIC": LanguageName("lettres arabes", "Arabic letters"),
    "HEBREW": LanguageName("hébreu", "Hebrew"),
    "CJK": LanguageName("chinois ou japonais", "Chinese or Japanese"),
    "HANGUL": LanguageName("coréen", "Korean"),
    "HIRAGANA": LanguageName("japonais", "Japanese"),
    "KATAKANA": LanguageName("japonais", "Japanese"),
}
_OF_OTHER_SCRIPTS = frozenset().union(*_SCRIPTS.values()) - {"sr", "kk", "mn"}


def detect_other_language(text: str, tag: str) -> LanguageName | None:
    """Return the language that a text is in where it is not the announced one, else None.

    Only what is beyond doubt is reported: of languages that are not compared here, that
    Latin letters can't be theirs, or that the script is another's.
    """
    language = tag.partition("-")[0]
    script = _script(text)
    if script is not None:
        is_odd = language in _SETS and language not in _SCRIPTS[script]
        return _NAMES[script] if is_odd else None
    words = re.findall(r"[^\W\d_]+", text.lower())
    if len(words) < MIN_WORDS:
        return None
    counts = {
        name: sum(word in small for word in words) for name, small in _SETS.items()
    }
    best = max(counts, key=lambda name: counts[name])
    if counts[best] < _LEAST_SMALL_WORDS or best == language:
        return None
    if language in _SETS:
        # Neighbours share many small words: those that only one of them has decide.
        said, meant = _SETS[best], _SETS[language]
        against = sum(word in said and word not in meant for word in words)
        for_it = sum(word in meant and word not in said for word in words)
        is_sure = against >= max(_LEAST_OWN_WORDS, _TIMES_MORE * for_it)
        return _NAMES[best] if is_sure else None
    return _NAMES[best] if language in _OF_OTHER_SCRIPTS else None


def _script(text: str) -> str | None:
    """Return the script, other than Latin, of most letters, or None."""
    letters = [sign for sign in text if sign.isalpha()][:200]
    names = [unicodedata.name(sign, "").partition(" ")[0] for sign in letters]
    others = [name for name in names if name in _SCRIPTS]
    if len(others) * 2 <= len(letters) or not others:
        return None
    return max(set(others), key=others.count)
