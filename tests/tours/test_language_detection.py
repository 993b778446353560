"""Which language a text is in: told where it is sure, silent everywhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tours.language_detection import detect_other_language
from tours.licenses import (
    find_incompatible_licenses,
    parse_creative_commons,
    read_gltf_license,
)
from tours.source import read_source
from tours.source.nodes import Mapping, Node, Scalar, Sequence

ROOT = Path(__file__).parents[2]
TEXTS = {
    "fr": "Ici se dressait un marteau de cent tonnes, et la ville l’entendait la nuit.",
    "en": "A hammer of a hundred tonnes stood here, and the town could hear it at night.",
    "de": "Hier stand ein Hammer von hundert Tonnen, und die Stadt hat ihn in der Nacht gehört.",
    "it": "Qui stava un maglio di cento tonnellate, e la città lo sentiva di notte con il vento.",
    "es": "Aquí estaba un martillo de cien toneladas, y la ciudad lo oía por la noche.",
    "nl": "Hier stond een hamer van honderd ton, en de stad kon het in de nacht horen.",
    "pt": "Aqui estava um martelo de cem toneladas, e a cidade ouvia o som da noite.",
}


@pytest.mark.parametrize("tag", TEXTS)
@pytest.mark.parametrize("written", TEXTS)
def test_a_language_is_told_from_the_others(tag: str, written: str) -> None:
    found = detect_other_language(TEXTS[written], tag)

    assert (found is None) == (tag == written)


@pytest.mark.parametrize("tag", ["oc", "ca", "br", "co", "gsw", "lb"])
@pytest.mark.parametrize("written", TEXTS)
def test_nothing_is_said_of_languages_that_are_not_compared(
    tag: str, written: str
) -> None:
    assert detect_other_language(TEXTS[written], tag) is None


@pytest.mark.parametrize("tag", ["uk", "el", "ja", "he"])
def test_english_is_seen_under_a_language_of_other_letters(tag: str) -> None:
    """``uk`` is Ukrainian: the country's code, written for its language."""
    found = detect_other_language(TEXTS["en"], tag)

    assert found is not None
    assert found.en == "English"


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Creusot-Loire Schneider & Cie", "en"),
        ("Le Creusot, Montceau-les-Mines, Blanzy, Écuisses, Torcy", "en"),
        ("He called it “la merveille de la forge”, and the name has stayed in the town.", "en"),
        ("Видите завод?", "ru"),
        ("1877 – 1930 – 1969 – 2026 – 21 m – 100 t", "fr"),
    ],
)  # fmt: skip
def test_names_and_quotations_are_no_slips(text: str, tag: str) -> None:
    assert detect_other_language(text, tag) is None


def test_texts_of_whole_museums_are_in_their_languages() -> None:
    for path in sorted((ROOT / "content").glob("*/*/*.yaml")):
        root = read_source(path).root
        assert root is not None
        for tag, text in _texts(root):
            assert detect_other_language(text, tag) is None, text


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("CC-BY-4.0 (http://creativecommons.org/licenses/by/4.0/)", "CC-BY-4.0"),
        ("https://creativecommons.org/licenses/by-nc-sa/3.0/fr/", "CC-BY-NC-SA-3.0"),
        ("CC0", "CC0-1.0"),
        ("http://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
        ("CC BY-SA, Jeanne Martin 2025", "CC-BY-SA-4.0"),
        ("2015 (c) Cesium, CC BY 4.0", "CC-BY-4.0"),
        ("© Musée de la forge", None),
        ("SKETCHFAB Standard", None),
    ],
)
def test_a_licence_is_known_in_a_sentence(said: str, expected: str | None) -> None:
    assert parse_creative_commons(said) == expected


@pytest.mark.parametrize(
    "content",
    [b"", b"glTF", b"glTF" + b"\xff" * 16, b"glTF" + b"\0" * 8 + b"\4\0\0\0JSON[[[[", b"[]", b"{"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.glb", "a.gltf", "a.obj"])
def test_a_damaged_header_says_nothing(
    tmp_path: Path, content: bytes, name: str
) -> None:
    """The build tells of it, and where it is damaged."""
    path = tmp_path / name
    path.write_bytes(content)

    assert read_gltf_license(path) is None


@pytest.mark.parametrize(
    ("expression", "is_clash"),
    [
        ("CC-BY-SA-4.0 AND CC-BY-NC-SA-4.0", True),
        ("CC-BY-SA-4.0 AND GPL-3.0-or-later", True),
        ("CC-BY-SA-3.0 AND CC-BY-SA-4.0", False),
        ("CC-BY-SA-4.0 AND CC-BY-4.0", False),
        ("CC-BY-SA-4.0 OR CC-BY-NC-SA-4.0", False),
        ("CC-BY-SA-4.0", False),
    ],
)
def test_licences_that_each_claim_the_whole_clash(
    expression: str,
    is_clash: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert (find_incompatible_licenses(expression) is not None) == is_clash


def _texts(node: Node) -> list[tuple[str, str]]:
    if isinstance(node, Sequence):
        return [pair for item in node.items for pair in _texts(item)]
    if not isinstance(node, Mapping):
        return []
    found = []
    for entry in node.entries:
        if isinstance(entry.value, Scalar) and entry.key in ("fr", "en", "it"):
            found.append((entry.key, entry.value.text))
        else:
            found += _texts(entry.value)
    return found
