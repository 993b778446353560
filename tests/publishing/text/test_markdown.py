"""Curators' Markdown: safe, well ranked, well spaced."""

import pytest

from publishing.text.markdown import to_html, to_text


def html(markdown: str, language: str = "en", below: int = 1) -> str:
    return str(to_html(markdown, language, below=below)).strip()


def test_html_stays_text() -> None:
    assert html("<script>alert(1)</script>") == (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
    )


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#115;cript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "http://exemple.fr",
        "//exemple.fr",
        "/interne",
        "file:///etc/passwd",
    ],
)
def test_a_forbidden_link_becomes_its_words(address: str) -> None:
    assert html(f"[les **mots**]({address}) restent") == (
        "<p>les <strong>mots</strong> restent</p>"
    )


def test_an_allowed_link_says_nothing_of_the_page_it_leaves() -> None:
    assert html("[site](https://exemple.fr/a)") == (
        '<p><a href="https://exemple.fr/a" rel="noopener">site</a></p>'
    )
    assert 'href="mailto:a@exemple.fr"' in html("<a@exemple.fr>")


def test_a_reference_to_a_forbidden_address_is_no_link() -> None:
    assert "href" not in html("[mots][1]\n\n[1]: javascript:alert(1)")


def test_a_picture_becomes_its_description() -> None:
    """A picture in a text would be loaded from wherever it says."""
    assert html("![un plan](https://exemple.fr/x.png)") == "<p>un plan</p>"


def test_headings_start_under_the_page_s_own() -> None:
    assert html("# Un\n\n## Deux", below=1) == "<h2>Un</h2>\n<h3>Deux</h3>"
    assert html("# Un", below=3) == "<h4>Un</h4>"


def test_headings_skip_no_rank() -> None:
    """Screen readers walk by rank; a curator picks `###` for its size."""
    assert html("### Un\n\n##### Deux\n\n### Trois") == (
        "<h2>Un</h2>\n<h3>Deux</h3>\n<h2>Trois</h2>"
    )
    assert html("### Un\n\n# Deux") == "<h2>Un</h2>\n<h2>Deux</h2>"


def test_no_heading_is_deeper_than_six() -> None:
    assert html("# a\n\n## b\n\n### c", below=5).count("<h6>") == 3


def test_french_is_spaced_outside_code_and_addresses() -> None:
    text = "**Attention** ! `a ? b` puis [l'an: ici](https://exemple.fr/a?b)"

    assert html(text, "fr") == (
        "<p><strong>Attention</strong>\u202f! <code>a ? b</code> puis "
        '<a href="https://exemple.fr/a?b" rel="noopener">l’an\u00a0: ici</a></p>'
    )


def test_spacing_looks_across_emphasis() -> None:
    assert html("*Quoi*? « *mot* »", "fr") == (
        "<p><em>Quoi</em>\u202f? «\u00a0<em>mot</em>\u00a0»</p>"
    )
    assert html("«*a*»b", "fr") == "<p>«\u00a0<em>a</em>\u00a0»b</p>"


def test_words_alone_lose_every_mark() -> None:
    text = "# Un *titre*\n\nDes\nmots ; [un lien](javascript:x)\n\n- `a`\n- b"

    assert to_text(text, "fr") == "Un titre Des mots\u202f; un lien a b"
