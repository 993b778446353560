"""What ``release.json`` says, there and back."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tours.release import (
    CodeTarget,
    Entry,
    Release,
    ReleaseError,
    StoredFile,
    file_for_url,
    from_json,
    is_id,
    to_json,
)

DIGEST = "0" * 64
RELEASE = Release(
    id="20261124T125600123456Z-0123456789ab",
    museum="forge",
    address="https://forge.example",
    created="2026-11-24T12:56:00.123456Z",
    languages=("fr",),
    entries=(
        Entry(
            "/fr/",
            StoredFile("fr/index.html", DIGEST, 9),
            "text/html",
            "revalidate",
            (("br", StoredFile("fr/index.html.br", DIGEST, 5)),),
        ),
    ),
    codes=(CodeTarget("K7QM", "t", "s", (("fr", "/fr/t/s/"),)),),
)

names = st.text("abcdefghijklmnopqrstuvwxyz-éё字", min_size=1, max_size=8)
files = st.builds(
    StoredFile,
    st.lists(names, min_size=1, max_size=3).map("/".join),
    st.text("0123456789abcdef", min_size=64, max_size=64),
    st.integers(0, 2**40),
)
addresses = st.lists(names, max_size=3).map(lambda parts: "/" + "/".join(parts))
entries = st.builds(
    Entry,
    addresses,
    files,
    st.sampled_from(["text/html; charset=utf-8", "model/gltf-binary"]),
    st.sampled_from(["immutable", "revalidate"]),
    st.lists(
        st.tuples(st.sampled_from(["br", "gzip"]), files),
        max_size=2,
        unique_by=lambda pair: pair[0],
    ).map(tuple),
)
codes = st.builds(
    CodeTarget,
    st.text("23456789CDF", min_size=4, max_size=4),
    names,
    names,
    st.dictionaries(names, addresses, max_size=3).map(lambda d: tuple(d.items())),
)
releases = st.builds(
    Release,
    id=st.from_regex(r"[0-9]{8}T[0-9]{12}Z-[0-9a-f]{12}", fullmatch=True),
    museum=names,
    address=names,
    created=st.text(),
    languages=st.lists(names, unique=True).map(tuple),
    entries=st.lists(entries, unique_by=lambda entry: entry.url).map(tuple),
    codes=st.lists(codes, unique_by=lambda target: target.code).map(tuple),
    restores=st.none() | st.just("20261124T125600123456Z-0123456789ab"),
)


@given(releases)
def test_there_and_back(release: Release) -> None:
    assert from_json(to_json(release)) == release


def test_does_not_need_what_older_programs_did_not_write() -> None:
    document = json.loads(to_json(RELEASE))
    del document["restores"]

    assert from_json(json.dumps(document).encode()) == RELEASE


def changed(**values: Any) -> bytes:  # noqa: ANN401 - any JSON
    return json.dumps({**json.loads(to_json(RELEASE)), **values}).encode()


def with_entry(**values: Any) -> bytes:  # noqa: ANN401 - any JSON
    entry = {
        "file": "a", "sha256": DIGEST, "bytes": 1, "type": "text/html",
        "caching": "revalidate", "encodings": {},
    }  # fmt: skip
    return changed(entries={"/": {**entry, **values}})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff",
        b"[" * 100_000,
        changed(id="../../etc"),
        changed(id=7),
        changed(restores="a/b"),
        changed(languages=None),
        changed(languages=[1]),
        changed(entries=[]),
        changed(entries={"fr": {}}),
        changed(codes={"K7QM": {"tour": "t", "stop": "s", "pages": {"fr": "evil"}}}),
        with_entry(bytes=-1),
        with_entry(bytes=True),
        with_entry(bytes="1"),
        with_entry(sha256="0"),
        with_entry(sha256="Z" * 64),
        with_entry(encodings={"br": {"file": "../a", "sha256": DIGEST, "bytes": 1}}),
    ],
    ids=range(20),
)
def test_damage_is_an_error(content: bytes) -> None:
    """Whatever is wrong, the server can say in a word what to do."""
    with pytest.raises(ReleaseError, match="publish again"):
        from_json(content)


@pytest.mark.parametrize(
    "file",
    [
        "", "/etc/passwd", "../a", "a/../../b", "a/..", ".", "a//b", "a/", "C:/x", "a\\..\\b",
        "a\0b", "nul\n", "a:stream",
    ],
)  # fmt: skip
def test_no_file_leaves_the_release(file: str) -> None:
    """A release from elsewhere can't make the server hand out other files."""
    with pytest.raises(ReleaseError):
        from_json(with_entry(file=file))


def test_a_later_format_says_so() -> None:
    with pytest.raises(ReleaseError, match="format 2, this program reads 1"):
        from_json(changed(format=2))


@pytest.mark.parametrize(
    ("url", "media_type", "file"),
    [
        ("/", "text/html; charset=utf-8", "index.html"),
        ("/fr/forge/", "text/html; charset=utf-8", "fr/forge/index.html"),
        ("/K7QM", "text/html; charset=utf-8", "K7QM/index.html"),
        ("/404.html", "text/html; charset=utf-8", "404.html"),
        ("/robots.txt", "text/plain", "robots.txt"),
        ("/media/ab.glb", "model/gltf-binary", "media/ab.glb"),
    ],
)
def test_any_web_server_finds_the_file(url: str, media_type: str, file: str) -> None:
    assert file_for_url(url, media_type) == file


@pytest.mark.parametrize("name", ["", ".", "..", ".partial-x", "a/b", "a\\b", "x" * 65])
def test_not_a_release_name(name: str) -> None:
    assert not is_id(name)


def test_release_name() -> None:
    assert is_id(RELEASE.id)


def test_equal_releases_make_equal_bytes() -> None:
    assert to_json(dataclasses.replace(RELEASE)) == to_json(RELEASE)
