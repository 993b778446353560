"""Printed codes: where they lead, and what helps a visitor who mistyped one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from tours.codes import nearest, normalised

from server import answers
from server.files import Descriptor
from server.headers import security_headers
from server.negotiation import chosen_language

if TYPE_CHECKING:
    from server.answers import Answer
    from server.release import OpenRelease
    from tours.release import CodeTarget

_LONGEST_TYPED = 32
_CODE_LIKE = re.compile(r"[0-9A-Z]{2,6}")
_AFTER_TITLE = re.compile(rb"</h1\s*>|<main[^>]*>", re.IGNORECASE)
_PAGE = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class _Words:
    """What a visitor with a wrong code reads. ``{code}`` is what was typed."""

    wrong: str
    near: str
    none_near: str


_WORDS = {
    "fr": _Words(
        "Aucun arrêt n'a le code « {code} ».",
        "Serait-ce l'un de ceux-ci ?",
        "Relisez le code imprimé sous le carré noir, puis saisissez-le de nouveau.",
    ),
    "en": _Words(
        "No stop has the code “{code}”.",
        "Could it be one of these?",
        "Read the code printed under the black square again, then type it once more.",
    ),
}


def typed_code(path: str) -> str | None:
    """Return what may be a code in an address of one segment, None for any other."""
    typed = path.strip("/")
    if "/" in typed or "." in typed or not 0 < len(typed) <= _LONGEST_TYPED:
        return None
    return typed


def looks_like_code(typed: str) -> bool:
    """Return whether a person who typed this meant a code."""
    return _CODE_LIKE.fullmatch(normalised(typed)) is not None


def target_of(release: OpenRelease, typed: str) -> CodeTarget | None:
    """Return where a code leads, however it was typed; None for a code unknown here."""
    return release.codes.get(normalised(typed[:_LONGEST_TYPED]))


def page_of(target: CodeTarget, accept_language: str | None) -> str | None:
    """Return the stop's address in the visitor's language.

    None if the visitor must be asked: several languages, and no known wish for one.
    Then the code's own page offers them.
    """
    pages = dict(target.pages)
    if len(pages) == 1:
        return next(iter(pages.values()))
    language = chosen_language(accept_language, tuple(pages))
    return None if language is None else pages[language]


def wrong_code(release: OpenRelease, typed: str, language: str) -> Answer | None:
    """Return a 404 that names near codes above the form to type one.

    It is the release's own page for typing a code, in the visitor's language, with
    a few lines put under its title. None if the release has no such page.
    """
    found = release.resources.get(f"/{language}/code/") or release.resources.get(
        "/code/"
    )
    if found is None:
        return None
    body = found.representations["identity"].body
    if isinstance(body, Descriptor):
        return None
    place = _AFTER_TITLE.search(body)
    if place is None:
        return None
    advice = _advice(release, typed[:_LONGEST_TYPED], language).encode()
    content = body[: place.end()] + advice + body[place.end() :]
    return answers.made(
        404,
        (
            ("Content-Type", _PAGE),
            ("Content-Language", language),
            ("Cache-Control", "no-store"),
            *security_headers(_PAGE, has_hsts=False),
        ),
        content,
    )


def _advice(release: OpenRelease, typed: str, language: str) -> str:
    spoken = language if language in _WORDS else "en"
    words = _WORDS[spoken]
    sentence = words.wrong.format(code=escape(typed))
    near = nearest(typed, tuple(release.codes))
    if near:
        items = "".join(
            f'<li><a href="{escape(_address(release.codes[code], language))}">{code}</a></li>'
            for code in near
        )
        help_ = f"<p>{words.near}</p><ul>{items}</ul>"
    else:
        help_ = f"<p>{words.none_near}</p>"
    return f'<div class="wrong-code" role="alert" lang="{spoken}"><p>{sentence}</p>{help_}</div>'


def _address(target: CodeTarget, language: str) -> str:
    """Return the stop in the language of this page, or the page that offers others."""
    return dict(target.pages).get(language, f"/{target.code}")
