"""Resolve printed codes, and help with mistyped ones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from server import responses
from server.files import Descriptor
from server.headers import security_headers
from server.negotiation import select_language
from tours.codes import normalise_code, suggest_codes

if TYPE_CHECKING:
    from server.release import OpenRelease
    from server.responses import Response
    from tours.release import CodeTarget

_LONGEST_TYPED = 32
_TYPED = re.compile(r"[\w \u00a0\u2010-\u2015-]{1,32}")
"""Signs, and what people put between them."""
_FAR = 2
"""Signs that a near code may have besides those typed."""
_CODE_LIKE = re.compile(r"[0-9A-Z]{3,5}")
_AFTER_TITLE = re.compile(rb"</h1\s*>", re.IGNORECASE)
_PAGE = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class _Words:
    """What a visitor with a wrong code reads. ``{code}`` is what was typed."""

    wrong: str
    near: str
    none_near: str


_WORDS = {
    "fr": _Words(
        "Aucun arrêt n’a le code « {code} ».",
        "Serait-ce l’un de ceux-ci ?",
        "Relisez le code imprimé sous le QR code, puis saisissez-le de nouveau.",
    ),
    "en": _Words(
        "No stop has the code “{code}”.",
        "Could it be one of these?",
        "Read the code printed under the QR code again, then type it once more.",
    ),
}


def parse_typed_code(path: str) -> str | None:
    """Return what may be a code in an address of one segment, None for any other."""
    typed = path.strip("/")
    return typed if _TYPED.fullmatch(typed) else None


def looks_like_code(typed: str) -> bool:
    """Return whether a person who typed this meant a code."""
    return _CODE_LIKE.fullmatch(normalise_code(typed)) is not None


def find_target(release: OpenRelease, typed: str) -> CodeTarget | None:
    """Return where a code leads, however it was typed; None for a code unknown here."""
    return release.codes.get(normalise_code(typed[:_LONGEST_TYPED]))


def select_page(
    release: OpenRelease, target: CodeTarget, accept_language: str | None
) -> str:
    """Return the stop's address in the visitor's language.

    A visitor with several languages to choose from, and no known wish for one, is led
    to the code's own page, which offers them; so is one whose stop was withdrawn.
    """
    pages = dict(target.pages)
    code_page = f"/{target.code}"
    language = select_language(accept_language, tuple(pages))
    if language is not None:
        return pages[language]
    if pages and (len(pages) == 1 or code_page not in release.resources):
        return next(iter(pages.values()))
    return code_page


def wrong_code_page(release: OpenRelease, typed: str, language: str) -> Response | None:
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
    return responses.make_response(
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
    links = "".join(
        f'<a class="code" dir="ltr" href="{escape(_address(release, code, language))}">{code}</a> '
        for code in suggest_codes(typed, _candidates(release, typed))
    )
    advice = (
        f'<p>{words.near}</p><p class="links">{links}</p>'
        if links
        else f"<p>{words.none_near}</p>"
    )
    return (
        f'<div class="safety" role="alert" lang="{spoken}" dir="ltr">'
        f"<p>{sentence}</p>{advice}</div>"
    )


def _candidates(release: OpenRelease, typed: str) -> list[str]:
    """Return the codes that lack at most two of the signs typed.

    No other is near, and what compares codes sign by sign is too slow to meet all of
    a large museum's codes for every mistyped address.
    """
    signs = frozenset(normalise_code(typed))
    return [
        code for code in release.codes if len(signs.union(code)) - len(signs) <= _FAR
    ]


def _address(release: OpenRelease, code: str, language: str) -> str:
    """Return the stop in the language of this page, or the page that offers others."""
    return dict(release.codes[code].pages).get(language, f"/{code}")
