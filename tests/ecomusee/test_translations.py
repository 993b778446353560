"""Texts go to a translator and come back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Command = Callable[..., Any]


def test_a_translators_file_is_written_and_taken_back(
    ecomusee: Command, museum: Path, tmp_path: Path
) -> None:
    sent = ecomusee("translations", "export", "--to", "en")
    po = tmp_path / "petit.en.po"
    po.write_text(
        po.read_text(encoding="utf-8").replace("A bridge.", "A wooden bridge."), "utf-8"
    )

    back = ecomusee("translations", "import", "petit.en.po")

    assert (sent.exit_code, back.exit_code) == (0, 0)
    assert "Traductions reprises : 1." in back.out
    tour = (museum / "tours/promenade.yaml").read_text(encoding="utf-8")
    assert "    text: { fr: Un pont., en: A wooden bridge. }" in tour


def test_what_would_change_is_shown_and_not_written(
    ecomusee: Command, museum: Path, tmp_path: Path
) -> None:
    tour = museum / "tours/promenade.yaml"
    before = tour.read_bytes()
    ecomusee("translations", "export", "--to", "en")
    po = tmp_path / "petit.en.po"
    po.write_text(po.read_text(encoding="utf-8").replace("A walk", "A stroll"), "utf-8")

    run = ecomusee("translations", "import", "petit.en.po", "--diff")

    assert "A stroll" in run.out
    assert tour.read_bytes() == before


def test_a_text_that_changed_meanwhile_is_told(
    ecomusee: Command, museum: Path, tmp_path: Path
) -> None:
    ecomusee("translations", "export", "--to", "en")
    tour = museum / "tours/promenade.yaml"
    text = tour.read_text(encoding="utf-8")
    tour.write_text(text.replace("Un pont.", "Deux arches."), encoding="utf-8")

    run = ecomusee("translations", "import", "petit.en.po")

    assert run.exit_code == 1
    assert "tours/promenade/stops/pont/text" in run.out


def test_a_text_marked_unsure_is_left_out_and_nothing_is_wrong(
    ecomusee: Command, museum: Path, tmp_path: Path
) -> None:
    ecomusee("translations", "export", "--to", "en")
    po = tmp_path / "petit.en.po"
    unsure = po.read_text(encoding="utf-8").replace(
        'msgctxt "tours/promenade/stops/pont/text"',
        '#, fuzzy\nmsgctxt "tours/promenade/stops/pont/text"',
    )
    po.write_text(unsure, encoding="utf-8")

    run = ecomusee("translations", "import", "petit.en.po")

    assert run.exit_code == 0
    assert "marquées incertaines" in run.out


def test_a_language_is_asked_for(ecomusee: Command, museum: Path) -> None:
    run = ecomusee("translations", "export", "--to", "de", "--language", "en")

    assert run.exit_code == 2
    assert "The museum announces fr, en" in run.err


def test_another_file_is_refused_kindly(
    ecomusee: Command, museum: Path, tmp_path: Path
) -> None:
    (tmp_path / "other.po").write_text("no PO at all", encoding="utf-8")

    run = ecomusee("translations", "import", "other.po", "--language", "en")

    assert run.exit_code == 2
    assert "does not read as a file of" in run.err
