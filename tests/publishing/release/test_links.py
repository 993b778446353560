"""Where pages, style sheets and manifests point to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.release.integrity import find_links

ADDRESS = "https://forge.example"
HTML = "text/html; charset=utf-8"


def of_page(body: str) -> set[str]:
    return set(find_links("/fr/t/", HTML, body.encode(), ADDRESS))


@pytest.mark.parametrize(
    ("body", "target"),
    [
        ('<a href="/en/">', "/en/"),
        ("<a href=/en/>", "/en/"),
        ('<a href="s/">', "/fr/t/s/"),
        ('<a href="../">', "/fr/"),
        ('<a href="#main">', "/fr/t/"),
        ('<a href="?x=1">', "/fr/t/"),
        ('<a href="/en/#main">', "/en/"),
        ('<a href="https://forge.example/en/">', "/en/"),
        ('<a href="https://forge.example">', "/"),
        ('<a href="//forge.example/en/">', "/en/"),
        ('<a href="/%C3%A9t%C3%A9/">', "/été/"),
        ('<a href="/a&amp;b/">', "/a&b/"),
        ('<img src="/a.webp">', "/a.webp"),
        ('<video poster="/p.webp">', "/p.webp"),
        ('<body data-manifest="/manifests/t.fr.json">', "/manifests/t.fr.json"),
    ],
)
def test_within_the_release(body: str, target: str) -> None:
    assert of_page(body) == {target}


def test_every_picture_of_a_set() -> None:
    body = '<source srcset="/a.webp 480w, /b.webp 960w">'

    assert of_page(body) == {"/a.webp", "/b.webp"}


@pytest.mark.parametrize(
    "link",
    [
        "https://elsewhere.example/", "http://forge.example/", "mailto:a@b.example",
        "geo:46.78,4.43", "data:image/gif;base64,R0", "https://[", "javascript:void(0)", "",
    ],
)  # fmt: skip
def test_elsewhere(link: str) -> None:
    assert of_page(f'<a href="{link}">') == set()


def test_style_sheet() -> None:
    css = b"a{background:url('/a.svg')}b{src:url(font.woff2)}"

    assert find_links("/client/p.css", "text/css", css, ADDRESS) == {
        "/a.svg",
        "/client/font.woff2",
    }


def test_manifest() -> None:
    """Each address that a phone would fetch, however deep it lies."""
    content = b'{"url":"/fr/t/","stops":[{"scene":{"lods":[{"url":"/media/a.glb"}]}}]}'

    assert find_links("/manifests/t.fr.json", "application/json", content, ADDRESS) == {
        "/fr/t/",
        "/media/a.glb",
    }


def test_other_files_point_nowhere() -> None:
    assert find_links("/a.js", "text/javascript", b'import "/b.js"', ADDRESS) == set()


@given(st.binary())
def test_never_fails_on_a_page(content: bytes) -> None:
    """Pages hold what curators write."""
    find_links("/", HTML, content, ADDRESS)
