"""The words of the interface: one file a language, English where there is none.

Adding a language is adding ``strings/<tag>.json`` with the keys of the others.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FALLBACK = "en"

_AUTONYMS = {
    "ar": "العربية", "br": "Brezhoneg", "ca": "Català", "cs": "Čeština", "da": "Dansk",
    "de": "Deutsch", "el": "Ελληνικά", "es": "Español", "eu": "Euskara", "fa": "فارسی",
    "fi": "Suomi", "he": "עברית", "hi": "हिन्दी", "hr": "Hrvatski", "hu": "Magyar",
    "it": "Italiano", "ja": "日本語", "ko": "한국어", "nb": "Norsk bokmål",
    "nl": "Nederlands", "oc": "Occitan", "pl": "Polski", "pt": "Português",
    "ro": "Română", "ru": "Русский", "sv": "Svenska", "tr": "Türkçe",
    "uk": "Українська", "vi": "Tiếng Việt", "zh": "中文",
}  # fmt: skip
"""What each language calls itself, for those that have no table yet."""


@dataclass(frozen=True, slots=True)
class Interface:
    """Every word that pages say of their own accord, in one language."""

    language: str
    words: Mapping[str, str]


@cache
def interface(language: str) -> Interface:
    """Return the table of a language, of its main language, or the English one."""
    for tag in (language.lower(), language.partition("-")[0].lower(), FALLBACK):
        if tag in languages_with_tables():
            path = _folder() / f"{tag}.json"
            return Interface(tag, json.loads(path.read_text(encoding="utf-8")))
    message = f"strings/{FALLBACK}.json is missing"
    raise FileNotFoundError(message)


@cache
def languages_with_tables() -> frozenset[str]:
    """Return the tags of the languages that the interface speaks."""
    names = (path.name for path in _folder().iterdir())
    return frozenset(
        name.removesuffix(".json") for name in names if name.endswith(".json")
    )


def autonym(language: str) -> str:
    """Return what a language calls itself, or its tag where we do not know."""
    main = language.partition("-")[0].lower()
    if main in languages_with_tables():
        return interface(main).words["language_name"]
    return _AUTONYMS.get(main, language)


def _folder() -> resources.abc.Traversable:
    return resources.files("publishing.pages") / "strings"
