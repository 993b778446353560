"""Problem details in the client's language (RFC 9457).

A status, a lasting code and a sentence in the client's language; never a path of
this machine, never a traceback.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

from server import responses
from server.headers import security_headers
from server.negotiation import select_language

if TYPE_CHECKING:
    from server.headers import Header
    from server.responses import Response

MEDIA_TYPE = "application/problem+json"
LANGUAGES = ("en", "fr")
_WORDS: dict[int, tuple[str, str, str]] = {
    400: (
        "bad-request",
        "The request can't be understood.",
        "La requête est incompréhensible.",
    ),
    404: (
        "not-found",
        "There is nothing at this address.",
        "Il n’y a rien à cette adresse.",
    ),
    405: (
        "method-not-allowed",
        "This address can only be read.",
        "Cette adresse ne peut qu’être lue.",
    ),
    412: (
        "precondition-failed",
        "This is another version than the one asked for.",
        "Cette version n’est pas celle demandée.",
    ),
    413: ("too-large", "The request is too large.", "La requête est trop grosse."),
    416: (
        "range-not-satisfiable",
        "The part asked for lies past the end.",
        "La partie demandée est au-delà de la fin.",
    ),
    417: (
        "expectation-failed",
        "What the request expects is not offered.",
        "Ce que la requête attend n’est pas offert.",
    ),
    500: (
        "internal-error",
        "Something went wrong here. Try again in a moment.",
        "Une erreur s’est produite ici. Réessayez dans un instant.",
    ),
    503: (
        "unavailable",
        "The museum's server is stopping. Try again in a moment.",
        "Le serveur du musée s’arrête. Réessayez dans un instant.",
    ),
}
"""By status: the code, the sentence in English and in French."""


def problem(
    status: int,
    accept_language: str | None = None,
    headers: tuple[Header, ...] = (),
) -> Response:
    """Return a problem response in the client's language, else in English."""
    known = status if status in _WORDS else _general_status(status)
    code, english, french = _WORDS[known]
    language = select_language(accept_language, LANGUAGES) or "en"
    sentence = french if language == "fr" else english
    document = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": sentence,
        "code": code,
    }
    return responses.make_response(
        status,
        (
            ("Content-Type", MEDIA_TYPE),
            ("Content-Language", language),
            ("Cache-Control", "no-store"),
            *security_headers(MEDIA_TYPE, has_hsts=False),
            *headers,
        ),
        json.dumps(document, ensure_ascii=False).encode(),
    )


def _general_status(status: int) -> int:
    """Return the general status of the same class, which a client may take instead."""
    is_ours = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return int(HTTPStatus.INTERNAL_SERVER_ERROR if is_ours else HTTPStatus.BAD_REQUEST)
