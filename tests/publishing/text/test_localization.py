"""The words of the interface: whole in every language, and nowhere else."""

import json
import re
from pathlib import Path
from string import Formatter

import pytest

import publishing.pages
from publishing.text.localization import autonym, scene_kinds, ui_languages, ui_strings
from tours.vocabulary import SCENES

FOLDER = Path(publishing.pages.__file__).parent
TEMPLATES = sorted(path for path in (FOLDER / "templates").rglob("*") if path.is_file())
LANGUAGES = sorted(ui_languages())
ENGLISH = ui_strings("en").words


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_the_languages_of_our_museums_are_spoken() -> None:
    assert {"en", "fr", "it"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_says_the_same_things(language: str) -> None:
    words = ui_strings(language).words

    assert list(words) == list(ENGLISH)
    for key, sentence in words.items():
        assert placeholders(sentence) == placeholders(ENGLISH[key]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty(language: str) -> None:
    assert all(sentence.strip() for sentence in ui_strings(language).words.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_is_written_twice(language: str) -> None:
    def pairs(found: list[tuple[str, str]]) -> dict[str, str]:
        assert len(dict(found)) == len(found)
        return dict(found)

    text = (FOLDER.parent / "text" / "strings" / f"{language}.json").read_text(
        encoding="utf-8"
    )
    json.loads(text, object_pairs_hook=pairs)


@pytest.mark.parametrize("kind", [table.keys[0].name for table in SCENES])
def test_every_kind_of_scene_has_its_names(kind: str) -> None:
    names = scene_kinds()[kind]

    for use, languages in (
        ("name", LANGUAGES),
        ("rights", LANGUAGES),
        ("staff", ("fr", "en")),
    ):
        assert set(names[use]) == set(languages), use
        assert all(names[use].values()), use


def test_every_sentence_is_used() -> None:
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in [
            *TEMPLATES,
            *FOLDER.glob("*.py"),
            *FOLDER.parent.glob("leaflets/*.py"),
            *FOLDER.parent.glob("text/*.py"),
        ]
    )
    made = (
        "as_high_as_",
        "beside_",
        "check_",
        "code_title",
        "height_",
        "kind_",
        "offline_",
        "plan_geojson",
        "plan_gpx",
        "plan_key_",
        "plan_where",
        "question_count_",
        "rights_",
        "side_",
        "size_",
        "stop_count_",
        "tour_offline_",
        "wheelchair_",
    )

    unused = [
        key for key in ENGLISH if not key.startswith(made) and f'"{key}"' not in code
    ]
    assert unused == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_no_words(path: Path) -> None:
    """Every visible word comes from a table or from the museum."""
    bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", path.read_text(), flags=re.S)
    visible = re.sub(r"<[^>]*>", " ", bare)

    assert re.findall(r"[^\W\d_]+", visible) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_interface_words_stay_out_of_attributes(path: Path) -> None:
    """An attribute can't say which language it is in."""
    assert re.findall(r'="[^"<>]*\.say\(', path.read_text()) == []


def test_a_language_without_a_table_is_spoken_to_in_english() -> None:
    assert ui_strings("de").language == "en"
    assert ui_strings("fr-CA").language == "fr"


@pytest.mark.parametrize(
    ("language", "name"),
    [("fr", "Français"), ("de-AT", "Deutsch"), ("tlh", "tlh")],
)
def test_a_language_is_named_in_itself(language: str, name: str) -> None:
    assert autonym(language) == name
