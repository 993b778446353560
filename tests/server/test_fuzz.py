"""Whatever is asked, nobody is told that something went wrong here."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from server.conditional_requests import ByteRange, if_none_match_matches, parse_range
from server.negotiation import accepts_html, select_encoding, select_language

if TYPE_CHECKING:
    from aiohttp.test_utils import TestServer

    from tests.server.conftest import Visit

ADDRESSES = st.one_of(
    st.sampled_from(
        ["/", "/fr/", "/K7QM", "/k7qn", "/fr/code/", "/media/small.glb", "*"]
    ),
    st.lists(
        st.sampled_from(
            [
                "/",
                "..",
                ".",
                "fr",
                "K7QM",
                "code",
                "%",
                "%2e",
                "%00",
                "%ff",
                "%C3%A9",
                "?",
                "code=",
                "&",
                "=",
                "+",
                "//",
                "http://",
                ":",
                "@",
                "#",
                "\\",
                "-",
                "~",
                ";",
            ]
        ),
        max_size=8,
    ).map("".join),
    st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), max_size=40),
)
VALUES = st.one_of(
    st.sampled_from(
        [
            "*",
            "br",
            "br;q=0",
            "bytes=0-",
            "bytes=-1",
            "bytes=9999999999999999999-",
            '"',
            'W/"',
            ",,,",
            ";q=",
            "fr;q=2",
            "text/html",
            "q=1;q",
            "gzip;q=0.9, *;q=0",
            "*;q=nan",
            "100-continue",
        ]
    ),
    st.text(
        st.characters(
            min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f"
        ),
        max_size=40,
    ),
)
NAMES = st.sampled_from(
    [
        "Accept",
        "Accept-Encoding",
        "Accept-Language",
        "Range",
        "If-Range",
        "If-None-Match",
        "If-Match",
        "If-Modified-Since",
        "Connection",
        "Expect",
        "Upgrade",
        "Cookie",
        "Origin",
        "Host",
        "X-Any",
    ]
)
METHODS = st.sampled_from(
    [
        "GET",
        "GET",
        "GET",
        "HEAD",
        "POST",
        "OPTIONS",
        "PUT",
        "TRACE",
        "CONNECT",
        "PROPFIND",
    ]
)
PATIENT = settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@PATIENT
@given(
    method=METHODS,
    address=ADDRESSES,
    headers=st.lists(st.tuples(NAMES, VALUES), max_size=4),
)
# An address that no route matches: aiohttp sends 100 Continue ahead of its 404.
@example(method="CONNECT", address="/", headers=[("Expect", "100-continue")])
@example(method="CONNECT", address="museum:443", headers=[("Expect", "x")])
async def test_no_request_is_our_fault(
    quick_server: TestServer,
    visit: Visit,
    method: str,
    address: str,
    headers: list[tuple[str, str]],
) -> None:
    lines = [f"{method} {address} HTTP/1.1", "Host: museum"]
    lines += [f"{name}: {value}" for name, value in headers]
    visitor = await visit(quick_server)

    visitor.writer.write("\r\n".join([*lines, "", ""]).encode("latin-1"))

    async with asyncio.timeout(5):
        reply = await visitor.reply(method)
    assert reply.status < 500
    await visitor.close()


@PATIENT
@given(content=st.binary(max_size=300))
async def test_no_noise_is_our_fault(
    quick_server: TestServer, visit: Visit, content: bytes
) -> None:
    visitor = await visit(quick_server)

    visitor.writer.write(content + b"\r\n\r\n")
    visitor.writer.write_eof()

    async with asyncio.timeout(5):
        reply = await visitor.reader.read()
    assert not reply.startswith(b"HTTP/1.1 5")
    await visitor.close()


@given(header=st.text(), offered=st.permutations(["br", "gzip"]))
def test_a_coding_is_one_that_is_at_hand(header: str, offered: list[str]) -> None:
    assert select_encoding(header, tuple(offered)) in {"br", "gzip", "identity"}


@given(header=st.text())
def test_a_language_is_one_that_is_at_hand(header: str) -> None:
    assert select_language(header, ("fr", "en")) in {"fr", "en", None}


@given(header=st.text())
def test_any_accept_can_be_read(header: str) -> None:
    assert accepts_html(header) in {True, False}


@given(field=st.text(), size=st.integers(0, 10**6))
def test_a_part_lies_within_the_whole(field: str, size: int) -> None:
    part = parse_range(f"bytes={field}", None, '"a"', size)

    if isinstance(part, ByteRange):
        assert 0 <= part.start < part.end <= size


@given(
    first=st.integers(0, 10**6), last=st.integers(0, 10**6), size=st.integers(1, 10**6)
)
def test_a_part_is_what_was_asked_for(first: int, last: int, size: int) -> None:
    part = parse_range(f"bytes={first}-{last}", None, '"a"', size)

    expected = range(size)[first : last + 1]
    if expected:
        assert part == ByteRange(expected.start, expected.stop)
    else:
        assert not isinstance(part, ByteRange)


@given(tags=st.lists(st.text("abc,-"), min_size=1))
def test_a_tag_is_found_among_others(tags: list[str]) -> None:
    field = ", ".join(f'W/"{tag}"' for tag in tags)

    assert all(if_none_match_matches(field, f'"{tag}"') for tag in tags)
    assert not if_none_match_matches(field, '"d"')
