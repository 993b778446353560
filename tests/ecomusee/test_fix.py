"""``validate --fix`` and ``fmt``: what they write, what they show, what they leave."""

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

FOLDED = "    title: { fr: Le pont, en: The bridge }\n"
UNFOLDED = "    title:\n      fr: Le pont\n      en: The bridge\n"


@pytest.fixture
def tour(museum: Path) -> Path:
    """Return the file of a tour with one slip that is mended and one that is not."""
    path = museum / "tours" / "promenade.yaml"
    text = path.read_text(encoding="utf-8")
    wrong = text.replace("    title: {", "    titre: {", 1) + "    at: 46, 4, 2\n"
    path.write_text(wrong, encoding="utf-8")
    return path


def test_fix_mends_and_tells_the_rest(ecomusee: Callable[..., Run], tour: Path) -> None:
    run = ecomusee("validate", "--fix")

    assert run.exit_code == 1
    assert "Corrigé : 1 (T030), dans content/petit/tours/promenade.yaml." in run.out
    assert "T066" in run.out
    assert "titre" not in tour.read_text(encoding="utf-8")


def test_fix_says_what_it_could_not_mend(
    ecomusee: Callable[..., Run], museum: Path
) -> None:
    """With its colon in quotes, this line would show two slips in place of one."""
    path = museum / "tours" / "promenade.yaml"
    line = (
        "    shows: { model: Le pont : vu.glb, height: 21, alt: { fr: Un, en: One } }\n"
    )
    wrong = path.read_text(encoding="utf-8") + line
    path.write_text(wrong, encoding="utf-8")

    run = ecomusee("validate", "--fix")

    assert "Ne se corrige pas tout seul cette fois" in run.out
    assert path.read_text(encoding="utf-8") == wrong


def test_fix_again_changes_nothing(ecomusee: Callable[..., Run], tour: Path) -> None:
    ecomusee("validate", "--fix")
    once = tour.read_bytes()

    run = ecomusee("validate", "--fix")

    assert "Corrigé" not in run.out
    assert tour.read_bytes() == once


def test_diff_shows_and_writes_nothing(
    ecomusee: Callable[..., Run], tour: Path
) -> None:
    before = tour.read_bytes()

    run = ecomusee("validate", "--diff")

    assert "-    titre: { fr" in run.out
    assert "+    title: { fr" in run.out
    assert tour.read_bytes() == before


def test_validate_says_how_many_it_could_mend(
    ecomusee: Callable[..., Run], tour: Path
) -> None:
    assert tour.exists()

    run = ecomusee("validate")

    assert "Se corrige tout seul avec --fix : 1." in run.out


def test_fix_in_json(ecomusee: Callable[..., Run], tour: Path) -> None:
    assert tour.exists()

    run = ecomusee("validate", "--fix", "--json")

    assert [finding["code"] for finding in run.document["mended"]] == ["T030"]
    assert [finding["code"] for finding in run.document["findings"]] == ["T066"]


@pytest.mark.parametrize(
    ("answer", "is_written"), [("\n", True), ("o\n", True), ("n\n", False)]
)
def test_a_person_sees_the_change_and_decides(
    tmp_path: Path,
    tour: Path,
    answer: str,
    is_written: bool,  # noqa: FBT001 - a column of the table
) -> None:
    before = tour.read_bytes()

    shown = _on_a_terminal(tmp_path, answer, "validate", "--fix")

    assert "titre: { fr" in shown
    assert "Écrire ces changements ? [O/n]" in shown
    assert (tour.read_bytes() != before) == is_written


def test_files_keep_their_mode(ecomusee: Callable[..., Run], tour: Path) -> None:
    tour.chmod(0o640)

    ecomusee("validate", "--fix")

    assert tour.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tour.parent.iterdir()] == ["promenade.yaml"]


def test_fmt_unfolds_braces(ecomusee: Callable[..., Run], museum: Path) -> None:
    path = museum / "tours" / "promenade.yaml"

    run = ecomusee("fmt")

    assert run.exit_code == 0
    assert "content/petit/tours/promenade.yaml : mis en page." in run.out
    assert UNFOLDED in path.read_text(encoding="utf-8")
    assert "rien à mettre en page" in ecomusee("fmt").out


def test_fmt_shows_what_would_change(
    ecomusee: Callable[..., Run], museum: Path
) -> None:
    path = museum / "tours" / "promenade.yaml"

    run = ecomusee("fmt", "--diff")

    assert run.exit_code == 1
    assert "+      fr: Le pont" in run.out
    assert FOLDED in path.read_text(encoding="utf-8")


def test_fmt_leaves_files_with_slips(
    ecomusee: Callable[..., Run], museum: Path
) -> None:
    path = museum / "tours" / "promenade.yaml"
    path.write_text("tour: { a: b\nc: d\n", encoding="utf-8")

    run = ecomusee("fmt")

    assert run.exit_code == 1
    assert "promenade.yaml : laissé tel quel" in run.out
    assert path.read_text(encoding="utf-8") == "tour: { a: b\nc: d\n"


def _on_a_terminal(folder: Path, answer: str, *arguments: str) -> str:
    """Return what a person sees who runs the command and types an answer."""
    outer, inner = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "ecomusee", *arguments],
        cwd=folder,
        env={**os.environ, "LC_ALL": "fr_FR.UTF-8", "PYTHONUTF8": "1"},
        stdin=inner,
        stdout=inner,
        stderr=inner,
    )
    os.close(inner)
    os.write(outer, answer.encode())
    said = b""
    try:
        while piece := os.read(outer, 4096):
            said += piece
    except OSError:  # the other end is closed: how Linux says that all was read
        pass
    process.wait()
    os.close(outer)
    return said.decode("utf-8", "replace")
