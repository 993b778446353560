"""What a curator reads after `ecomusee validate`, and what a program reads."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]


@pytest.fixture
def broken(museum: Path) -> Path:
    """Make the museum's tour name a colour of the sky as its length."""
    tour = museum / "tours" / "promenade.yaml"
    text = tour.read_text(encoding="utf-8")
    tour.write_text(text + "    at: bleu\n", encoding="utf-8")
    return museum


def test_clean_museum(ecomusee: Command, museum: Path) -> None:
    run = ecomusee("validate")

    assert (run.exit_code, run.err) == (0, "")
    assert run.out == "content/petit : rien à corriger.\n"


def test_finding_shows_its_line(ecomusee: Command, broken: Path) -> None:
    run = ecomusee("validate")

    lines = run.out.splitlines()
    assert run.exit_code == 1
    assert lines[0].startswith("content/petit/tours/promenade.yaml:10:9: erreur T")
    assert lines[1:3] == ["   10 |     at: bleu", "      |         ^^^^"]


def test_nothing_is_colored_away_from_a_terminal(
    ecomusee: Command, broken: Path
) -> None:
    assert "\x1b" not in ecomusee("validate").out


def test_json_holds_both_languages(ecomusee: Command, broken: Path) -> None:
    run = ecomusee("validate", "--json")

    (finding,) = run.document["findings"]
    assert run.exit_code == 1
    assert (finding["line"], finding["column"], finding["length"]) == (10, 9, 4)
    assert finding["severity"] == "error"
    assert finding["fr"].keys() == finding["en"].keys() == {"what", "why", "remedy"}


def test_json_of_a_wrong_use(ecomusee: Command) -> None:
    run = ecomusee("validate", "--json")

    assert run.exit_code == 2
    assert run.document["error"]["exit_code"] == 2
    assert "there is no folder content" in run.document["error"]["en"]


def test_narrow_encoding_ends_no_command(ecomusee: Command, broken: Path) -> None:
    """A terminal in Latin-1 has no arrow: the finding matters more."""
    run = ecomusee("validate", "--language", "en", PYTHONIOENCODING="ascii")

    assert run.exit_code == 1
    assert "? " in run.out
