"""``ecomusee new``: a museum, or a tour, that has nothing to mend and builds at once."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.ecomusee.conftest import Run


@pytest.mark.parametrize("languages", ["fr", "en", "fr,en", "en fr"])
@pytest.mark.parametrize("speaks", ["fr", "en"])
def test_a_new_museum_has_nothing_to_mend(
    ecomusee: Callable[..., Run], languages: str, speaks: str
) -> None:
    made = ecomusee("new", "musee", "--languages", languages, "--language", speaks)

    run = ecomusee("validate", "--content", "musee", "--json")

    assert made.exit_code == 0
    assert run.document["findings"] == []


@pytest.mark.parametrize("languages", ["fr,de", "de", "oc,pt-BR", "it en"])
def test_a_museum_starts_in_any_language_with_texts_to_translate(
    ecomusee: Callable[..., Run], languages: str
) -> None:
    """Nothing but what is to be translated is told: T144 and T145 are its warnings."""
    made = ecomusee("new", "musee", "--languages", languages)

    run = ecomusee("validate", "--content", "musee", "--json")

    assert (made.exit_code, run.exit_code) == (0, 0)
    assert run.document["errors"] == 0
    assert {f["code"] for f in run.document["findings"]} <= {"T144", "T145"}


@pytest.mark.parametrize(
    ("speaks", "text"),
    [
        (
            "fr",
            "      de: Asseyez-vous face à la mer.  # à traduire : exemple en français",
        ),
        ("en", "      de: Sit down facing the sea.  # to translate: sample in English"),
    ],
)
def test_a_language_without_a_sample_says_that_it_is_to_be_translated(
    ecomusee: Callable[..., Run], tmp_path: Path, speaks: str, text: str
) -> None:
    ecomusee("new", "musee", "--languages", "fr,de", "--language", speaks)

    (tour,) = (tmp_path / "musee" / "tours").iterdir()
    museum = (tmp_path / "musee" / "museum.yaml").read_text(encoding="utf-8")
    assert f"{text}\n" in tour.read_text(encoding="utf-8")
    assert "\n  de: Musee\n" in museum


def test_a_tour_is_added_in_every_language_of_the_museum(
    ecomusee: Callable[..., Run], tmp_path: Path
) -> None:
    ecomusee("new", "musee", "--languages", "de,it")

    run = ecomusee("new", "--tour", "Am Wasser", "--content", "musee")

    assert run.exit_code == 0
    assert "  it: Am Wasser\n" in (tmp_path / "musee/tours/am-wasser.yaml").read_text()
    run = ecomusee("validate", "--content", "musee", "--json")
    assert run.document["errors"] == 0


def test_a_new_museum_builds(ecomusee: Callable[..., Run]) -> None:
    ecomusee("new", "musee")

    run = ecomusee("build", "--content", "musee")

    assert run.exit_code == 0, run.out + run.err


@pytest.mark.parametrize(
    "name", ["L'hôtel : une maison", 'Le "Pilon"', "Musée de l’eau & du feu", "№ 7 #1"]
)
def test_any_name_can_be_given(ecomusee: Callable[..., Run], name: str) -> None:
    ecomusee("new", "musee", "--name", name)

    run = ecomusee("validate", "--content", "musee", "--json")

    assert run.document["findings"] == []
    assert run.document["museum"] == "musee"


def test_a_folder_with_a_space_is_quoted_in_the_commands_to_type(
    ecomusee: Callable[..., Run],
) -> None:
    run = ecomusee("new", "Mon Musée")

    assert 'ecomusee build --content "Mon Musée"' in run.out


def test_a_tour_is_added(ecomusee: Callable[..., Run], museum: Path) -> None:
    run = ecomusee("new", "--tour", "Les bords : de l’eau")

    assert run.exit_code == 0
    assert (museum / "tours" / "les-bords-de-l-eau.yaml").exists()
    assert ecomusee("validate", "--json").document["findings"] == []


def test_nothing_is_overwritten(ecomusee: Callable[..., Run], museum: Path) -> None:
    before = (museum / "tours" / "promenade.yaml").read_bytes()

    of_museum = ecomusee("new", "content/petit")
    of_tour = ecomusee("new", "--tour", "Promenade")

    assert of_museum.exit_code == of_tour.exit_code == 2
    assert "existe déjà" in of_museum.err
    assert "existe déjà" in of_tour.err
    assert (museum / "tours" / "promenade.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "donnez le dossier"),
        (("musee", "--languages", "allemand"), "Écrivez par exemple de"),
        (("musee", "--languages", "fr,xx"), "« xx »"),
        (("musee", "--languages", ","), "fr,en"),
        (("musee", "--address", "http://x"), "https://"),
    ],
)
def test_wrong_use_is_told_and_leaves_nothing(
    ecomusee: Callable[..., Run], tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    run = ecomusee("new", *arguments)

    assert run.exit_code == 2
    assert said in run.err
    assert list(tmp_path.iterdir()) == []


def test_files_for_the_editor_are_there(
    ecomusee: Callable[..., Run], tmp_path: Path
) -> None:
    ecomusee("new", "musee")

    made = {path.relative_to(tmp_path / "musee").as_posix() for path in (tmp_path / "musee").rglob("*")}  # fmt: skip
    assert {
        ".editorconfig",
        ".vscode/settings.json",
        ".ecomusee/tour.schema.json",
    } <= made
    text = (tmp_path / "musee" / "museum.yaml").read_text(encoding="utf-8")
    assert text.startswith(
        "# yaml-language-server: $schema=.ecomusee/museum.schema.json\n"
    )


def test_a_person_is_asked(tmp_path: Path) -> None:
    """Three short questions; an empty answer takes what stands in brackets."""
    outer, inner = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "ecomusee", "new"],
        cwd=tmp_path,
        env={**os.environ, "LC_ALL": "fr_FR.UTF-8"},
        stdin=inner,
        stdout=inner,
        stderr=inner,
    )
    os.close(inner)

    os.write(outer, "la-forge\nMusée de la forge\n\n".encode())

    process.wait()
    os.close(outer)
    text = (tmp_path / "la-forge" / "museum.yaml").read_text(encoding="utf-8")
    assert "  fr: Musée de la forge\n" in text
    assert "languages: [fr] " in text
