"""ISO 639 language codes, and what people type instead of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tours.suggestions import fold_accents, suggest_name

if TYPE_CHECKING:
    from collections.abc import Iterable

LANGUAGES = frozenset(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs
    cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha
    he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn
    ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb
    nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd
    se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw
    ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu frp frc gsw pcd ast fur lld nds rcf
    gcf gcr kab ber
    """.split()  # noqa: SIM905 - a table of words
)
"""ISO 639-1, and the three-letter codes of languages that French museums speak."""
_NAMES = {
    "francais": "fr", "french": "fr", "anglais": "en", "english": "en", "gb": "en",
    "uk": "en", "us": "en", "allemand": "de", "deutsch": "de", "german": "de",
    "italien": "it", "italiano": "it", "italian": "it", "espagnol": "es", "espanol": "es",
    "spanish": "es", "sp": "es", "neerlandais": "nl", "nederlands": "nl", "dutch": "nl",
    "portugais": "pt", "portuguese": "pt", "polonais": "pl", "polski": "pl",
    "polish": "pl", "chinois": "zh", "chinese": "zh", "cn": "zh", "japonais": "ja",
    "japanese": "ja", "jp": "ja", "arabe": "ar", "arabic": "ar", "russe": "ru",
    "russian": "ru", "occitan": "oc", "breton": "br", "basque": "eu", "corse": "co",
    "catalan": "ca", "turc": "tr", "turkish": "tr", "ukrainien": "uk", "ukrainian": "uk",
    "hebreu": "he", "hebrew": "he", "iw": "he", "grec": "el", "gr": "el", "greek": "el",
}  # fmt: skip


def suggest_language(typed: str, known: Iterable[str] | None = None) -> str | None:
    """Return the code that a language's name, country or wrong code stands for."""
    word = fold_accents(typed).strip().replace("_", "-")
    meant = _NAMES.get(word) or _NAMES.get(word.split("-")[0])
    if meant is None and word.split("-")[0] in LANGUAGES:
        meant = word.split("-")[0]
    if known is None:
        name = suggest_name(word, _NAMES) if meant is None else None
        return meant or (_NAMES[name] if name else None)
    return meant if meant in tuple(known) else None
