"""The pages that staff open: what a museum holds, and what a release would change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Command = Callable[..., Any]


TENT = """\
v -1 0 -1
v 1 0 -1
v 1 0 1
v -1 0 1
v 0 2 0
f 1 2 3 4
f 2 1 5
f 3 2 5
f 4 3 5
f 1 4 5
"""
SHOWS = """\
    shows:
      model: pont.obj
      height: 2 m
      alt: { fr: Une tente., en: A tent. }
"""


def rewritten(museum: Path, old: str, new: str) -> None:
    tour = museum / "tours/promenade.yaml"
    text = tour.read_text(encoding="utf-8")
    assert old in text
    tour.write_text(text.replace(old, new), encoding="utf-8")


def test_the_report_stands_alone(
    ecomusee: Command, published: Path, tmp_path: Path
) -> None:
    """It is sent by mail: nothing of it may be elsewhere."""
    run = ecomusee("report")

    page = (tmp_path / "build/petit/report.html").read_text(encoding="utf-8")
    assert run.exit_code == 0
    assert "build/petit/report.html" in run.out
    assert re.findall(r'(?:src|href)="(?!data:)', page) == []


def test_the_report_tells_of_languages_and_labels(
    ecomusee: Command, published: Path
) -> None:
    rewritten(published, "{ fr: Le pont, en: The bridge }", "{ fr: Le pont }")

    report = ecomusee("report", "--json").document

    (tour,) = report["tours"]
    (stop,) = tour["stops"]
    assert tour["languages"]["fr"] == 100
    assert 0 < tour["languages"]["en"] < 100
    assert stop["missing"] == [["en", "title"]]
    assert (stop["code"], stop["to_print"]) == (None, "new")
    assert stop["voices"] == {"fr": None, "en": None}


@pytest.mark.parametrize(
    ("old", "new", "state"),
    [
        ("fr: Un pont.", "fr: Un pont de bois.", None),
        ("fr: Le pont,", "fr: Le vieux pont,", "changed"),
    ],
    ids=["text", "title"],
)
def test_the_report_tells_of_labels_to_print_again(
    ecomusee: Command,
    published: Path,
    tmp_path: Path,
    old: str,
    new: str,
    state: str | None,
) -> None:
    ecomusee("labels")
    rewritten(published, old, new)

    report = ecomusee("report", "--json").document

    page = (tmp_path / "build/petit/report.html").read_text(encoding="utf-8")
    assert report["tours"][0]["stops"][0]["to_print"] == state
    assert ("à imprimer de nouveau" in page) == (state is not None)
    assert ("dessinée le" in page) == (state is None)


def test_the_report_speaks_the_language_of_its_reader(
    ecomusee: Command, published: Path, tmp_path: Path
) -> None:
    for language, word in (("fr", "étiquettes à imprimer"), ("en", "labels to print")):
        ecomusee("report", "--language", language, "--output", "r.html")

        assert word in (tmp_path / "r.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("published")
def test_the_report_shows_models_before_and_after(
    ecomusee: Command, museum: Path, tmp_path: Path
) -> None:
    """A light model: one file serves both of its levels, as true as the budget asks."""
    (museum / "pont.obj").write_text(TENT, encoding="ascii")
    rewritten(museum, "    sources:", SHOWS + "    sources:")
    assert ecomusee("build").exit_code == 0

    run = ecomusee("report", "--json")

    (model,) = run.document["models"]
    page = (tmp_path / "build/petit/report.html").read_text(encoding="utf-8")
    assert [level["name"] for level in model["levels"]] == ["preview", "phone"]
    assert all(0 <= level["visual_error"] < 0.08 for level in model["levels"])
    assert page.count("Écart visuel, point par point") > 0
    assert run.document["savings"] == []
    assert run.document["tours"][0]["stops"][0]["usdz_bytes"] > 0
    assert "iPhone (USDZ)\u00a0: +" in page


def test_what_is_still_to_be_made_is_named(
    ecomusee: Command, museum: Path, tmp_path: Path
) -> None:
    """As after an upgrade that makes models anew: not all is as light as it can be."""
    (museum / "pont.obj").write_text(TENT, encoding="ascii")
    rewritten(museum, "    sources:", SHOWS + "    sources:")

    run = ecomusee("report", "--json")

    page = (tmp_path / "build/petit/report.html").read_text(encoding="utf-8")
    assert run.document["waiting"] == ["pont.obj"]
    assert "Restent à fabriquer\u00a0: pont.obj" in page
    assert "tout est aussi léger" not in page
    assert "texte seul" not in page


def test_a_museum_with_errors_gets_findings_and_no_report(
    ecomusee: Command, museum: Path, tmp_path: Path
) -> None:
    rewritten(museum, "    text:", "    texte:")

    run = ecomusee("report")

    assert run.exit_code == 1
    assert "T030" in run.out
    assert not (tmp_path / "build").exists()


def test_diff_tells_each_change_in_words(ecomusee: Command, published: Path) -> None:
    rewritten(published, "fr: Un pont.", "fr: Un pont de bois.")

    run = ecomusee("diff")

    assert run.exit_code == 0
    assert "Promenade · Le pont" in run.out
    assert "Texte : nouveau texte (fr)" in run.out
    assert "+ Un pont de bois." in run.out


def test_diff_of_what_is_served_tells_of_no_change(
    ecomusee: Command, published: Path
) -> None:
    assert ecomusee("diff", "--json").document["changes"] == []


def test_diff_before_the_first_release(ecomusee: Command, museum: Path) -> None:
    assert "Rien n’est encore publié" in ecomusee("diff").out


def test_diff_writes_a_page_with_marked_words(
    ecomusee: Command, published: Path, tmp_path: Path
) -> None:
    rewritten(published, "fr: Un pont.", "fr: Un lavoir <b>.")

    ecomusee("diff", "--html", "diff.html")

    page = (tmp_path / "diff.html").read_text(encoding="utf-8")
    assert "<del>pont.</del>" in page
    assert "<ins>lavoir &lt;b&gt;.</ins>" in page
