"""Codes are given once, recorded before they are printed, and never change."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]  # ships no types
import pytest
import zxingcpp

Command = Callable[..., Any]
SECOND_STOP = """\
  - stop: moulin
    title: { fr: Le moulin, en: The mill }
    text: { fr: Un moulin., en: A mill. }
    sources: [archives]
"""


def _codes_printed(pdf: Path) -> list[str]:
    pages = pypdfium2.PdfDocument(pdf)
    images = [page.render(scale=2).to_pil() for page in pages]
    return [code.text for image in images for code in zxingcpp.read_barcodes(image)]


def _rewritten(museum: Path, old: str, new: str) -> None:
    tour = museum / "tours" / "promenade.yaml"
    text = tour.read_text(encoding="utf-8")
    assert old in text
    tour.write_text(text.replace(old, new), encoding="utf-8")


def test_label_carries_the_code_recorded(
    ecomusee: Command, museum: Path, tmp_path: Path
) -> None:
    run = ecomusee("labels", "--json")

    (label,) = run.document["labels"]
    lock = (museum / "codes.lock.yaml").read_text(encoding="utf-8")
    assert run.exit_code == 0
    assert label["is_new"] is True
    assert f"code: {label['code']}" in lock
    printed = _codes_printed(tmp_path / run.document["file"])
    assert printed == [f"HTTPS://PETIT.EXAMPLE/{label['code']}"]


def test_second_run_changes_nothing(
    ecomusee: Command, museum: Path, tmp_path: Path
) -> None:
    ecomusee("labels")
    files = [museum / "codes.lock.yaml", tmp_path / "build" / "petit" / "labels.pdf"]
    before = [file.read_bytes() for file in files]

    run = ecomusee("labels", "--json")

    assert [label["is_new"] for label in run.document["labels"]] == [False]
    assert [file.read_bytes() for file in files] == before


def test_new_stop_gets_a_code_of_its_own(ecomusee: Command, museum: Path) -> None:
    (first,) = ecomusee("labels", "--json").document["labels"]
    tour = museum / "tours" / "promenade.yaml"
    tour.write_text(tour.read_text(encoding="utf-8") + SECOND_STOP, encoding="utf-8")

    old, new = ecomusee("labels", "--json").document["labels"]

    assert old == {**first, "is_new": False, "to_print": None}
    assert new["is_new"] is True
    assert new["code"] != old["code"]


def test_label_whose_title_changes_is_to_be_printed_again(
    ecomusee: Command, museum: Path
) -> None:
    (first,) = ecomusee("labels", "--json").document["labels"]
    _rewritten(museum, "fr: Le pont,", "fr: Le vieux pont,")

    run = ecomusee("labels")

    again = f"À imprimer de nouveau : {first['code']} (promenade, arrêt pont)."
    assert again in run.out.replace("\u00a0", " ")


def test_label_whose_text_changes_is_not_to_be_printed_again(
    ecomusee: Command, museum: Path
) -> None:
    ecomusee("labels")
    _rewritten(museum, "fr: Un pont.", "fr: Un pont de bois.")

    (label,) = ecomusee("labels", "--json").document["labels"]

    assert label["to_print"] is None


def test_only_new_labels_are_drawn_where_that_is_asked(
    ecomusee: Command, museum: Path, tmp_path: Path
) -> None:
    ecomusee("labels")
    tour = museum / "tours" / "promenade.yaml"
    tour.write_text(tour.read_text(encoding="utf-8") + SECOND_STOP, encoding="utf-8")

    run = ecomusee("labels", "--only-new", "--json")

    (label,) = run.document["labels"]
    assert (label["stop"], label["to_print"]) == ("moulin", "new")
    assert run.document["file"] == "build/petit/labels-new.pdf"
    printed = _codes_printed(tmp_path / run.document["file"])
    assert printed == [f"HTTPS://PETIT.EXAMPLE/{label['code']}"]


@pytest.mark.usefixtures("museum")
def test_nothing_is_drawn_where_nothing_is_new(
    ecomusee: Command, tmp_path: Path
) -> None:
    ecomusee("labels")
    pdf = tmp_path / "build" / "petit" / "labels.pdf"
    pdf.unlink()

    run = ecomusee("labels", "--only-new")

    assert run.exit_code == 0
    assert "Rien à imprimer" in run.out
    assert not pdf.exists()


def test_label_that_cannot_be_drawn_gives_no_code(
    ecomusee: Command, museum: Path
) -> None:
    run = ecomusee("labels", "--distance", "30")

    assert run.exit_code == 1
    assert not (museum / "codes.lock.yaml").exists()


def test_format_too_small_is_told_with_what_would_do(
    ecomusee: Command, museum: Path
) -> None:
    run = ecomusee("labels", "--format", "99x139")

    assert run.exit_code == 1
    assert "« 200x144 »" in run.err
    assert "--distance 0.75" in run.err
    assert not (museum / "codes.lock.yaml").exists()


@pytest.mark.usefixtures("museum")
def test_unknown_format_is_told_with_those_there_are(ecomusee: Command) -> None:
    run = ecomusee("labels", "--format", "B5")

    assert run.exit_code == 2
    assert "99x139" in run.err


def test_error_in_the_texts_gives_no_code(ecomusee: Command, museum: Path) -> None:
    tour = museum / "tours" / "promenade.yaml"
    tour.write_text(tour.read_text(encoding="utf-8") + "    at: bleu\n", "utf-8")

    run = ecomusee("labels")

    assert run.exit_code == 1
    assert "corrigez d’abord" in run.out
    assert not (museum / "codes.lock.yaml").exists()


def test_address_for_examples_is_told(ecomusee: Command, museum: Path) -> None:
    run = ecomusee("labels")

    assert "https://petit.example" in run.out
    assert "essai" in run.out


def test_true_address_replaces_one_for_examples(
    ecomusee: Command, museum: Path, tmp_path: Path
) -> None:
    """What was drawn for a trial is drawn again, under the same codes."""
    before = ecomusee("labels", "--json").document
    file = museum / "museum.yaml"
    text = file.read_text(encoding="utf-8").replace("petit.example", "petit.fr")
    file.write_text(text, encoding="utf-8")

    run = ecomusee("labels", "--json", "--only-new")

    (label,) = run.document["labels"]
    assert label["code"] == before["labels"][0]["code"]
    printed = _codes_printed(tmp_path / run.document["file"])
    assert printed == [f"HTTPS://PETIT.FR/{label['code']}"]
    assert ecomusee("validate").exit_code == 0


def test_true_address_is_never_replaced(ecomusee: Command, museum: Path) -> None:
    file = museum / "museum.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("petit.example", "petit.fr"), encoding="utf-8")
    ecomusee("labels")
    file.write_text(text, encoding="utf-8")

    run = ecomusee("labels", "--json")

    assert [finding["code"] for finding in run.document["findings"]] == ["T116"]
