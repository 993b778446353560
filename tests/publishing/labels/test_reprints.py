"""What is printed, what is not yet, and what a wall says wrongly since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from publishing.labels.code_lock import label_digest, labels_to_print, record_printed
from publishing.labels.content import Label
from publishing.print_labels import print_labels
from tours.checks import read_museum
from tours.codes import Registry

if TYPE_CHECKING:
    from pathlib import Path

FIRST, LATER = date(2026, 11, 24), date(2027, 3, 1)
REGISTRY = Registry("https://ecm.example").assigned(
    [("visite", "marteau"), ("visite", "four")], FIRST
)
LABEL = Label(
    name="visite/marteau",
    number=1,
    code=REGISTRY.codes[0].code,
    address=f"ecm.example/{REGISTRY.codes[0].code}",
    payload="",
    museum="Écomusée",
    tour="De la forge à la ville",
    color="#9c2f1f",
    titles=("Le marteau : un géant", "The hammer"),
    sights=(("fr", "Un marteau."),),
    notices=(),
    languages=("fr", "en"),
)


def test_a_label_that_was_never_drawn_is_new() -> None:
    assert labels_to_print([LABEL], REGISTRY) == {LABEL.code: "new"}


def test_a_label_that_was_drawn_is_printed_since_that_day() -> None:
    registry = record_printed([LABEL], REGISTRY, LATER)

    assert [entry.printed for entry in registry.codes] == [LATER, None]
    assert labels_to_print([LABEL], registry) == {}


def test_the_day_stays_while_the_label_says_the_same() -> None:
    registry = record_printed([LABEL], REGISTRY, FIRST)

    assert record_printed([LABEL], registry, LATER) == registry


@pytest.mark.parametrize(
    "label",
    [
        replace(LABEL, titles=("Le marteau-pilon", "The hammer")),
        replace(LABEL, titles=(*LABEL.titles, "Der Hammer")),
        replace(LABEL, number=2),
        replace(LABEL, address=f"other.example/{LABEL.code}"),
    ],
    ids=["title", "language", "number", "address"],
)
def test_a_label_that_would_mislead_has_changed(label: Label) -> None:
    registry = record_printed([LABEL], REGISTRY, FIRST)

    assert labels_to_print([label], registry) == {LABEL.code: "changed"}
    assert record_printed([label], registry, LATER).codes[0].printed == LATER


@pytest.mark.parametrize(
    "label",
    [
        replace(LABEL, sights=(("fr", "Un marteau haut comme un immeuble."),)),
        replace(LABEL, color="#00507d", notices=("Démonstration.",)),
        replace(LABEL, titles=("Le marteau\u00a0: un géant", "The hammer")),
    ],
    ids=["sight", "look", "space"],
)
def test_a_label_that_still_leads_where_it_says_has_not(label: Label) -> None:
    assert label_digest(label) == label_digest(LABEL)


def test_what_is_printed_reads_back(museum: Path, tmp_path: Path) -> None:
    printed = print_labels(museum, tmp_path / "labels.pdf", today=FIRST)

    reading = read_museum(museum)
    assert reading.diagnostics == ()
    assert reading.registry.codes == printed.drawn
    assert {entry.printed for entry in printed.drawn} == {FIRST}


def test_codes_noted_by_an_older_program_are_read_and_keep_their_seals(
    museum: Path, tmp_path: Path
) -> None:
    """It wrote no day of printing; a newer one adds it after all that the older reads."""
    from publishing.labels.code_lock import assign_codes  # noqa: PLC0415

    assign_codes(museum, read_museum(museum), FIRST)
    lock = museum / "codes.lock.yaml"
    older = lock.read_text(encoding="utf-8").splitlines()

    printed = print_labels(museum, tmp_path / "labels.pdf", today=LATER)

    newer = lock.read_text(encoding="utf-8").splitlines()
    assert ", printed:" not in "".join(older)
    assert set(printed.to_print.values()) == {"new"}
    assert all(
        b.startswith(a.removesuffix(" }")) for a, b in zip(older, newer, strict=True)
    )


def test_a_day_of_printing_that_is_none_is_told(museum: Path, tmp_path: Path) -> None:
    print_labels(museum, tmp_path / "labels.pdf", today=FIRST)
    lock = museum / "codes.lock.yaml"
    text = lock.read_text(encoding="utf-8")
    lock.write_text(text.replace("printed: 2026-11-24", "printed: hier"), "utf-8")

    assert "T110" in {finding.code for finding in read_museum(museum).diagnostics}
