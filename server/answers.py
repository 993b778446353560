"""What is sent for a request: prepared when a release is opened, chosen when asked.

Everything that a request can't change is made once: a whole representation, its
head and its 304 are `Answer` values that every visitor shares.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import hdrs

from server import headers as head
from server.conditions import (
    Unsatisfiable,
    asked_range,
    matches_strongly,
    matches_weakly,
)
from server.files import Descriptor
from server.negotiation import chosen_coding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from multidict import CIMultiDict, CIMultiDictProxy

    from server.files import Body
    from tours.release import Caching, Entry, StoredFile

    RequestHeaders = CIMultiDictProxy[str] | CIMultiDict[str]

CACHE_CONTROL: dict[Caching, str] = {
    "immutable": "public, max-age=31536000, immutable",
    "revalidate": "no-cache",
}
_SUFFIXES = {"gzip": "-gz"}


@dataclass(frozen=True, slots=True)
class Answer:
    """One response, ready to send but for its date and connection headers."""

    status: int
    start: bytes
    """The start line."""
    rest: tuple[bytes | memoryview, ...]
    """The remaining headers with the empty line; after them a body that is in memory."""
    file: Descriptor | None = None
    offset: int = 0
    end: int = 0
    """The part of `file` that follows; none when ``offset == end``."""

    def without_body(self) -> Answer:
        """Return the answer to a HEAD."""
        return Answer(self.status, self.start, self.rest[:1])

    def with_status(self, status: int) -> Answer:
        """Return the same content under another status."""
        line = head.start_line(status)
        return Answer(status, line, self.rest, self.file, self.offset, self.end)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request can't be answered, to be worded as a problem."""

    status: int
    headers: tuple[head.Header, ...] = ()


PRECONDITION_FAILED = Refusal(412)


@dataclass(frozen=True, slots=True)
class Representation:
    """One encoding of a resource."""

    etag: str
    body: Body
    size_bytes: int
    common: bytes
    """Headers that a whole and a partial response share."""
    whole: Answer
    not_modified: Answer


@dataclass(frozen=True, slots=True)
class Resource:
    """What is found at one address."""

    url: str
    codings: tuple[str, ...]
    """Besides ``identity``, best first."""
    representations: Mapping[str, Representation]
    """By coding, ``identity`` included."""
    varies_by_language: bool
    """Whether the same address redirects visitors whose language it knows."""


def resource(
    entry: Entry,
    bodies: Mapping[str, Body],
    *,
    has_hsts: bool,
    varies_by_language: bool,
) -> Resource:
    """Return a resource with all its answers made.

    Parameters
    ----------
    entry
        What the release says.
    bodies
        Opened files, by SHA-256.
    has_hsts
        Whether ``Strict-Transport-Security`` is said.
    varies_by_language
        Whether the same address redirects visitors whose language it knows.
    """
    vary = ["Accept-Encoding"] if entry.encodings else []
    vary += ["Accept-Language"] if varies_by_language else []
    lasting: list[head.Header] = [("Cache-Control", CACHE_CONTROL[entry.caching])]
    lasting += [("Vary", ", ".join(vary))] if vary else []
    described = (
        ("Content-Type", entry.media_type),
        ("Accept-Ranges", "bytes"),
        *head.security_headers(entry.media_type, has_hsts=has_hsts),
    )
    variants = (*entry.encodings, ("identity", entry.identity))
    representations = {
        coding: _representation(
            coding, stored, bodies[stored.sha256], lasting, described
        )
        for coding, stored in variants
    }
    codings = tuple(coding for coding, _ in entry.encodings)
    return Resource(entry.url, codings, representations, varies_by_language)


def answer(found: Resource, method: str, headers: RequestHeaders) -> Answer | Refusal:
    """Return what to send: a whole, a part, a 304, or why not (412, 416).

    `method` is GET or HEAD. Preconditions are taken in the order of RFC 9110, section
    13.2.2. ``If-Modified-Since`` and its kin are ignored, as releases give no dates.
    """
    chosen = chosen_representation(found, headers)
    if_match = field(headers, hdrs.IF_MATCH)
    if if_match is not None and not matches_strongly(if_match, chosen.etag):
        return PRECONDITION_FAILED
    if_none_match = field(headers, hdrs.IF_NONE_MATCH)
    if if_none_match is not None and matches_weakly(if_none_match, chosen.etag):
        return chosen.not_modified
    if method == hdrs.METH_HEAD:
        return chosen.whole.without_body()
    asked = headers.get(hdrs.RANGE)
    if asked is None:
        return chosen.whole
    return _partial(chosen, asked, headers.get(hdrs.IF_RANGE))


def chosen_representation(found: Resource, headers: RequestHeaders) -> Representation:
    """Return the encoding that the client likes best."""
    if not found.codings:
        return found.representations["identity"]
    accepted = field(headers, hdrs.ACCEPT_ENCODING)
    return found.representations[chosen_coding(accepted, found.codings)]


def made(status: int, headers: tuple[head.Header, ...], content: bytes = b"") -> Answer:
    """Return an answer made on the spot."""
    length = ("Content-Length", str(len(content)))
    fields = head.lines((*headers, length)) + b"\r\n"
    return Answer(status, head.start_line(status), (fields, content))


def _representation(
    coding: str,
    stored: StoredFile,
    body: Body,
    lasting: Iterable[head.Header],
    described: Iterable[head.Header],
) -> Representation:
    """Return one encoding with its answers; a 304 repeats `lasting` but not `described`."""
    etag = _etag(stored, coding)
    validators = (("ETag", etag), *lasting)
    encoding = (("Content-Encoding", coding),) if coding != "identity" else ()
    common = head.lines((*described, *encoding, *validators))
    size = stored.size_bytes
    fields = common + f"Content-Length: {size}\r\n\r\n".encode()
    ok = head.start_line(200)
    if isinstance(body, Descriptor):
        whole = Answer(200, ok, (fields,), body, 0, size)
    else:
        whole = Answer(200, ok, (fields, body))
    unmodified = Answer(304, head.start_line(304), (head.lines(validators) + b"\r\n",))
    return Representation(etag, body, size, common, whole, unmodified)


def _etag(stored: StoredFile, coding: str) -> str:
    """Return a strong entity tag, another for each coding even of equal bytes."""
    suffix = "" if coding == "identity" else _SUFFIXES.get(coding, f"-{coding}")
    return f'"{stored.sha256[:32]}{suffix}"'


def field(headers: RequestHeaders, name: str) -> str | None:
    """Return a list-valued header, its lines joined (RFC 9110, section 5.3)."""
    values = headers.getall(name, ())
    if len(values) == 1:
        return values[0]
    return ", ".join(values) if values else None


def _partial(
    chosen: Representation, asked: str, if_range: str | None
) -> Answer | Refusal:
    part = asked_range(asked, if_range, chosen.etag, chosen.size_bytes)
    if part is None:
        return chosen.whole
    if isinstance(part, Unsatisfiable):
        return Refusal(416, (("Content-Range", f"bytes */{chosen.size_bytes}"),))
    start, end, size = part.start, part.end, chosen.size_bytes
    place = b"Content-Range: bytes %d-%d/%d\r\nContent-Length: %d\r\n\r\n"
    fields = chosen.common + place % (start, end - 1, size, end - start)
    line = head.start_line(206)
    if isinstance(chosen.body, Descriptor):
        return Answer(206, line, (fields,), chosen.body, start, end)
    return Answer(206, line, (fields, memoryview(chosen.body)[start:end]))
