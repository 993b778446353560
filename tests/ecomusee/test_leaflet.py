"""Each tour is drawn on one sheet, in each of its languages."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]  # ships no types

Command = Callable[..., Any]


def test_every_tour_has_a_leaflet_in_each_language(
    ecomusee: Command, museum: Path, tmp_path: Path
) -> None:
    run = ecomusee("leaflet", "--json")

    files = [tmp_path / file for file in run.document["files"]]
    assert run.exit_code == 0
    assert [file.name for file in files] == ["promenade.fr.pdf", "promenade.en.pdf"]
    assert all(len(pypdfium2.PdfDocument(file)) == 2 for file in files)


def test_errors_in_the_texts_stop_it(
    ecomusee: Command, museum: Path, tmp_path: Path
) -> None:
    tour = museum / "tours" / "promenade.yaml"
    tour.write_text(
        tour.read_text(encoding="utf-8").replace("title:", "titre:"), encoding="utf-8"
    )

    run = ecomusee("leaflet")

    assert run.exit_code == 1
    assert "Aucun dépliant" in run.out
    assert not list(tmp_path.rglob("*.pdf"))
