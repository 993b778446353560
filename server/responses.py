"""Prepare the responses of a release when it is opened, and select one for each request.

Everything that a request can't change is made once: a whole representation, its
head and its 304 are `Response` values that every visitor shares.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import hdrs

from server import headers as head
from server.conditional_requests import (
    Unsatisfiable,
    if_match_matches,
    if_none_match_matches,
    parse_range,
)
from server.files import Descriptor
from server.negotiation import select_encoding

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
class Response:
    """A response ready to send but for its Date and Connection headers."""

    status: int
    start: bytes
    """The start line."""
    rest: tuple[bytes | memoryview, ...]
    """The remaining headers with the empty line; after them a body that is in memory."""
    file: Descriptor | None = None
    offset: int = 0
    end: int = 0
    """The part of `file` that follows; none when ``offset == end``."""

    def without_body(self) -> Response:
        """Return the answer to a HEAD."""
        return Response(self.status, self.start, self.rest[:1])

    def with_status(self, status: int) -> Response:
        """Return the same content under another status."""
        line = head.status_line(status)
        return Response(status, line, self.rest, self.file, self.offset, self.end)


@dataclass(frozen=True, slots=True)
class Rejection:
    """A status and headers to word as a problem."""

    status: int
    headers: tuple[head.Header, ...] = ()


PRECONDITION_FAILED = Rejection(412)


@dataclass(frozen=True, slots=True)
class Representation:
    """One encoding of a resource."""

    etag: str
    body: Body
    size_bytes: int
    common: bytes
    """Headers that a whole and a partial response share."""
    whole: Response
    not_modified: Response


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


def prepare_resource(
    entry: Entry,
    bodies: Mapping[str, Body],
    *,
    has_hsts: bool,
    varies_by_language: bool,
) -> Resource:
    """Return a resource with all its responses prepared.

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


def select_response(
    found: Resource, method: str, headers: RequestHeaders
) -> Response | Rejection:
    """Return the response to a request: whole, partial, 304, or a rejection (412, 416).

    `method` is GET or HEAD. Preconditions are taken in the order of RFC 9110, section
    13.2.2. ``If-Modified-Since`` and its kin are ignored, as releases give no dates.
    """
    chosen = select_representation(found, headers)
    if_match = header_value(headers, hdrs.IF_MATCH)
    if if_match is not None and not if_match_matches(if_match, chosen.etag):
        return PRECONDITION_FAILED
    if_none_match = header_value(headers, hdrs.IF_NONE_MATCH)
    if if_none_match is not None and if_none_match_matches(if_none_match, chosen.etag):
        return chosen.not_modified
    if method == hdrs.METH_HEAD:
        return chosen.whole.without_body()
    asked = headers.get(hdrs.RANGE)
    if asked is None:
        return chosen.whole
    return _partial_response(chosen, asked, headers.get(hdrs.IF_RANGE))


def select_representation(found: Resource, headers: RequestHeaders) -> Representation:
    """Return the representation in the encoding that the client prefers."""
    if not found.codings:
        return found.representations["identity"]
    accepted = header_value(headers, hdrs.ACCEPT_ENCODING)
    return found.representations[select_encoding(accepted, found.codings)]


def make_response(
    status: int, headers: tuple[head.Header, ...], content: bytes = b""
) -> Response:
    """Return a response made from a status, headers and content."""
    length = ("Content-Length", str(len(content)))
    fields = head.encode_headers((*headers, length)) + b"\r\n"
    return Response(status, head.status_line(status), (fields, content))


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
    common = head.encode_headers((*described, *encoding, *validators))
    size = stored.size_bytes
    fields = common + f"Content-Length: {size}\r\n\r\n".encode()
    ok = head.status_line(200)
    if isinstance(body, Descriptor):
        whole = Response(200, ok, (fields,), body, 0, size)
    else:
        whole = Response(200, ok, (fields, body))
    unmodified = Response(
        304, head.status_line(304), (head.encode_headers(validators) + b"\r\n",)
    )
    return Representation(etag, body, size, common, whole, unmodified)


def _etag(stored: StoredFile, coding: str) -> str:
    """Return a strong entity tag, another for each coding even of equal bytes."""
    suffix = "" if coding == "identity" else _SUFFIXES.get(coding, f"-{coding}")
    return f'"{stored.sha256[:32]}{suffix}"'


def header_value(headers: RequestHeaders, name: str) -> str | None:
    """Return a list-valued header, its lines joined (RFC 9110, section 5.3)."""
    values = headers.getall(name, ())
    if len(values) == 1:
        return values[0]
    return ", ".join(values) if values else None


def _partial_response(
    chosen: Representation, asked: str, if_range: str | None
) -> Response | Rejection:
    part = parse_range(asked, if_range, chosen.etag, chosen.size_bytes)
    if part is None:
        return chosen.whole
    if isinstance(part, Unsatisfiable):
        return Rejection(416, (("Content-Range", f"bytes */{chosen.size_bytes}"),))
    start, end, size = part.start, part.end, chosen.size_bytes
    place = b"Content-Range: bytes %d-%d/%d\r\nContent-Length: %d\r\n\r\n"
    fields = chosen.common + place % (start, end - 1, size, end - start)
    line = head.status_line(206)
    if isinstance(chosen.body, Descriptor):
        return Response(206, line, (fields,), chosen.body, start, end)
    return Response(206, line, (fields, memoryview(chosen.body)[start:end]))
