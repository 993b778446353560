"""HTTP as RFC 9110 has it, on both kinds of connections."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from aiohttp.test_utils import TestServer

    from tests.server.conftest import Ask, Build, Visit

PAGE = "/fr/forge/marteau/"
SMALL = "/media/small.glb"
LARGE = "/media/large.glb"
BIG_NUMBER = "9" * 5000


@dataclass(frozen=True)
class Case:
    """A request, and what the standard has the server say.

    ``{tag}`` in a request header is the entity tag of the representation asked for.
    """

    target: str
    sent: tuple[str, ...] = ()
    status: int = 200
    part: slice = field(default_factory=lambda: slice(None))
    coding: str = ""
    has: tuple[tuple[str, str], ...] = ()
    method: str = "GET"


def _range(value: str, status: int, part: slice = slice(None), *more: str) -> Case:
    return Case(SMALL, (f"Range: {value}", *more), status, part)


CASES = {
    "a whole file": Case(SMALL, has=(("accept-ranges", "bytes"),)),
    "a whole large file": Case(LARGE),
    "an empty file": Case("/media/empty.vtt"),
    "HEAD": Case(SMALL, method="HEAD", has=(("content-length", "4000"),)),
    "HEAD of a large file": Case(
        LARGE, method="HEAD", has=(("content-length", "3000001"),)
    ),
    "HEAD ignores Range": Case(
        SMALL, ("Range: bytes=0-1",), method="HEAD", has=(("content-length", "4000"),)
    ),
    "POST": Case(
        SMALL, ("Content-Length: 0",), 405, method="POST", has=(("allow", "GET, HEAD"),)
    ),
    "OPTIONS": Case(SMALL, (), 405, method="OPTIONS", has=(("allow", "GET, HEAD"),)),
    "first bytes": _range("bytes=0-9", 206, slice(0, 10)),
    "one byte": _range("bytes=0-0", 206, slice(0, 1)),
    "bytes of a large file": Case(
        LARGE,
        ("Range: bytes=1000000-1262143",),
        206,
        slice(1_000_000, 1_262_144),
        has=(("content-range", "bytes 1000000-1262143/3000001"),),
    ),
    "from an offset": _range("bytes=3990-", 206, slice(3990, None)),
    "last bytes": _range("bytes=-5", 206, slice(-5, None)),
    "more last bytes than there are": _range("bytes=-99999", 206),
    "past the end is cut": _range("bytes=3990-99999", 206, slice(3990, None)),
    "past the end": _range("bytes=4000-", 416),
    "no last bytes": _range("bytes=-0", 416),
    "any range of an empty file": Case("/media/empty.vtt", ("Range: bytes=0-",), 416),
    "last bytes of an empty file": Case("/media/empty.vtt", ("Range: bytes=-5",)),
    "several ranges": _range("bytes=0-1,5-6", 200),
    "a backward range": _range("bytes=9-2", 200),
    "a range that is none": _range("bytes=a-b", 200),
    "an empty range": _range("bytes=-", 200),
    "another unit": _range("lines=0-9", 200),
    "the unit in capitals": _range("BYTES=0-9", 206, slice(0, 10)),
    "a range with spaces": _range("bytes= 0-9 ", 206, slice(0, 10)),
    "a number too long for any file": _range(f"bytes={BIG_NUMBER}-", 416),
    "a long last number": _range(f"bytes=5-{BIG_NUMBER}", 206, slice(5, None)),
    "If-Range with the tag": _range("bytes=0-9", 206, slice(0, 10), "If-Range: {tag}"),
    "If-Range with a stale tag": _range(
        "bytes=0-9", 200, slice(None), 'If-Range: "stale"'
    ),
    "If-Range with a weak tag": _range(
        "bytes=0-9", 200, slice(None), "If-Range: W/{tag}"
    ),
    "If-Range with a date": _range(
        "bytes=0-9", 200, slice(None), "If-Range: Mon, 01 Jan 2001 00:00:00 GMT"
    ),
    "If-Range without a range": Case(SMALL, ('If-Range: "stale"',)),
    "If-None-Match": Case(SMALL, ("If-None-Match: {tag}",), 304),
    "If-None-Match, weak": Case(SMALL, ("If-None-Match: W/{tag}",), 304),
    "If-None-Match, any": Case(SMALL, ("If-None-Match: *",), 304),
    "If-None-Match, a list": Case(SMALL, ('If-None-Match: "a", W/"b,c" , {tag}',), 304),
    "If-None-Match, two lines": Case(
        SMALL, ('If-None-Match: "a"', "If-None-Match: {tag}"), 304
    ),
    "If-None-Match, another": Case(SMALL, ('If-None-Match: "a"',)),
    "If-None-Match of a large file": Case(LARGE, ("If-None-Match: {tag}",), 304),
    "If-None-Match goes before Range": Case(
        SMALL, ("If-None-Match: {tag}", "Range: bytes=0-1"), 304
    ),
    "If-None-Match on HEAD": Case(SMALL, ("If-None-Match: {tag}",), 304, method="HEAD"),
    "If-None-Match is by coding": Case(
        PAGE, ("If-None-Match: {tag}", "Accept-Encoding: br"), 304, coding="br"
    ),
    "If-Match": Case(SMALL, ("If-Match: {tag}",)),
    "If-Match, any": Case(SMALL, ("If-Match: *",)),
    "If-Match, weak": Case(SMALL, ("If-Match: W/{tag}",), 412),
    "If-Match, another": Case(SMALL, ('If-Match: "a"',), 412),
    "If-Match goes first": Case(SMALL, ('If-Match: "a"', "If-None-Match: {tag}"), 412),
    "a date is no condition": Case(
        SMALL, ("If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT",)
    ),
    "no coding wished": Case(PAGE, has=(("vary", "Accept-Encoding"),)),
    "brotli": Case(
        PAGE, ("Accept-Encoding: br",), coding="br", has=(("vary", "Accept-Encoding"),)
    ),
    "what Chrome says": Case(
        PAGE, ("Accept-Encoding: gzip, deflate, br, zstd",), coding="br"
    ),
    "gzip": Case(PAGE, ("Accept-Encoding: gzip",), coding="gzip"),
    "gzip in capitals": Case(PAGE, ("Accept-Encoding: GZip",), coding="gzip"),
    "gzip by its old name": Case(PAGE, ("Accept-Encoding: x-gzip",), coding="gzip"),
    "gzip liked better": Case(
        PAGE, ("Accept-Encoding: br;q=0.2, gzip;q=0.9",), coding="gzip"
    ),
    "brotli refused": Case(PAGE, ("Accept-Encoding: br;q=0",)),
    "brotli refused, with spaces": Case(PAGE, ("Accept-Encoding: br ; q=0.000",)),
    "anything but brotli": Case(PAGE, ("Accept-Encoding: br;q=0, *",), coding="gzip"),
    "anything": Case(PAGE, ("Accept-Encoding: *",), coding="br"),
    "nothing": Case(PAGE, ("Accept-Encoding: *;q=0",)),
    "the plain form": Case(PAGE, ("Accept-Encoding: identity",)),
    "the plain form liked better": Case(PAGE, ("Accept-Encoding: br;q=0.5, identity",)),
    "an empty wish": Case(PAGE, ("Accept-Encoding:",)),
    "an unknown coding": Case(PAGE, ("Accept-Encoding: zstd",)),
    "wishes on two lines": Case(
        PAGE, ("Accept-Encoding: zstd", "Accept-Encoding: br"), coding="br"
    ),
    "a quality that is none": Case(
        PAGE, ("Accept-Encoding: br;q=x, gzip",), coding="gzip"
    ),
    "a range of a coding": Case(
        PAGE, ("Accept-Encoding: br", "Range: bytes=0-9"), 206, slice(0, 10), "br"
    ),
    "media have one form": Case(SMALL, ("Accept-Encoding: br",)),
}


@pytest.mark.parametrize("name", CASES)
async def test_says_what_the_standard_has_it_say(
    ask: Ask, build: Build, name: str
) -> None:
    case = CASES[name]
    accepted = [line for line in case.sent if line.startswith("Accept-Encoding")]
    tag = (await ask(case.target, *accepted)).headers["etag"]
    content = build.contents[f"{case.target};{case.coding}"]

    reply = await ask(
        case.target,
        *(line.format(tag=tag) for line in case.sent),
        method=case.method,
    )

    assert reply.status == case.status
    for header, value in case.has:
        assert reply.headers[header] == value
    if reply.status in {200, 206}:
        assert reply.headers.get("content-encoding", "") == case.coding
        assert reply.body == (b"" if case.method == "HEAD" else content[case.part])
    if reply.status == 206:
        start, end, _ = case.part.indices(len(content))
        place = f"bytes {start}-{end - 1}/{len(content)}"
        assert reply.headers["content-range"] == place
    if reply.status == 416:
        assert reply.headers["content-range"] == f"bytes */{len(content)}"
    assert reply.headers["date"].endswith(" GMT")


async def test_each_coding_has_its_own_tag(ask: Ask) -> None:
    """A cache that mixed them up would hand brotli to one who can't read it."""
    wishes = ("identity", "gzip", "br")

    tags = {
        (await ask(PAGE, f"Accept-Encoding: {wish}")).headers["etag"] for wish in wishes
    }

    assert len(tags) == 3
    assert not any(tag.startswith("W/") for tag in tags)


async def test_a_304_repeats_what_caches_need(ask: Ask) -> None:
    reply = await ask(PAGE, "If-None-Match: *")

    assert set(reply.headers) == {"date", "etag", "cache-control", "vary"}


async def test_content_named_by_its_digest_is_kept_for_ever(ask: Ask) -> None:
    reply = await ask(SMALL)

    assert reply.headers["cache-control"] == "public, max-age=31536000, immutable"


async def test_pages_are_asked_for_each_time(ask: Ask) -> None:
    reply = await ask(PAGE)

    assert reply.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("target", "media_type"),
    [
        (PAGE, "text/html; charset=utf-8"),
        (SMALL, "model/gltf-binary"),
        ("/media/of-first.usdz", "model/vnd.usdz+zip"),
        ("/media/empty.vtt", "text/vtt; charset=utf-8"),
        ("/manifests/forge.fr.json", "application/json"),
    ],
)
async def test_types_are_those_of_the_release(
    ask: Ask, target: str, media_type: str
) -> None:
    assert (await ask(target)).headers["content-type"] == media_type


async def test_a_request_without_host_is_refused(
    server: TestServer, visit: Visit
) -> None:
    """RFC 9112, section 3.2."""
    visitor = await visit(server)

    visitor.writer.write(f"GET {SMALL} HTTP/1.1\r\n\r\n".encode())

    assert (await visitor.reply()).status == 400


async def test_a_connection_serves_many_requests(
    server: TestServer, visit: Visit, build: Build
) -> None:
    visitor = await visit(server)

    for target in (PAGE, LARGE, SMALL, "/nowhere", LARGE, PAGE):
        reply = await visitor.ask(target)
        content = build.contents.get(f"{target};")
        assert content is None or reply.body == content


async def test_requests_sent_ahead_are_answered_in_order(
    server: TestServer, visit: Visit, build: Build
) -> None:
    visitor = await visit(server)
    targets = [SMALL, LARGE, PAGE, LARGE, SMALL] * 3

    visitor.writer.write(
        "".join(
            f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n" for target in targets
        ).encode()
    )

    for target in targets:
        assert (await visitor.reply()).body == build.contents[f"{target};"]


async def test_a_request_in_pieces_is_answered(
    server: TestServer, visit: Visit, build: Build
) -> None:
    visitor = await visit(server)
    request = f"GET {SMALL} HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n".encode()

    for i in range(len(request)):
        visitor.writer.write(request[i : i + 1])
        await visitor.writer.drain()

    assert (await visitor.reply()).body == build.contents[f"{SMALL};"]


@pytest.mark.parametrize("target", [SMALL, LARGE])
async def test_closes_when_asked_to(
    server: TestServer, visit: Visit, target: str
) -> None:
    visitor = await visit(server)

    reply = await visitor.ask(target, "Connection: close")

    assert reply.headers["connection"] == "close"
    assert await visitor.reader.read() == b""


async def test_an_old_client_is_kept_when_it_asks(
    server: TestServer, visit: Visit
) -> None:
    visitor = await visit(server)
    request = f"GET {SMALL} HTTP/1.0\r\nConnection: keep-alive\r\n\r\n".encode()

    visitor.writer.write(request)
    first = await visitor.reply()
    visitor.writer.write(request)
    second = await visitor.reply()

    assert first.headers["connection"] == "keep-alive"
    assert first.body == second.body


async def test_the_body_of_a_refused_request_is_not_taken_for_a_request(
    server: TestServer, visit: Visit
) -> None:
    """Two servers that disagree where a request ends can be made to mix up visitors."""
    visitor = await visit(server)
    hidden = f"GET {SMALL} HTTP/1.1\r\nHost: x\r\n\r\n"

    refused = await visitor.ask(
        SMALL, f"Content-Length: {len(hidden)}\r\n\r\n{hidden}"[:-4], method="POST"
    )
    after = await visitor.ask(PAGE)

    assert refused.status == 405
    assert after.headers["content-type"].startswith("text/html")
