"""Small labels that lie on their side: code beside texts, no letter under 6 points."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from publishing.labels.formats import block_mm, find_format
from publishing.labels.landscape import draw_landscape_label
from publishing.labels.sheets import draw_sheets
from publishing.qr import QUIET_ZONE_MODULES, matrix
from publishing.typesetting import load_fonts
from tests.publishing.drawn import LABEL, LONG_HOST, SENTENCES

if TYPE_CHECKING:
    from publishing.labels.content import Label

LONGEST_HOST = "a" * 68 + ".museum"
SIX_POINTS_MM = 6 / 72 * 25.4


class MeasuredCanvas(Canvas):
    """A page of one label, that knows how small its letters are."""

    def __init__(self, size: tuple[float, float]) -> None:
        self.least_mm = 99.0
        self.file = io.BytesIO()
        super().__init__(self.file, (size[0] * mm, size[1] * mm))
        self.scale(mm, mm)

    def setFont(  # noqa: N802 - reportlab's own
        self, psfontname: str, size: float, leading: float | None = None
    ) -> None:
        """Set a font, and keep its size."""
        if psfontname.startswith("Atkinson"):
            self.least_mm = min(self.least_mm, size)
        super().setFont(psfontname, size, leading)


def drawn(
    label: Label, name: str, distance_m: float = 0.4
) -> tuple[MeasuredCanvas, float, float]:
    """Return a label's page, the side of its code with the quiet zone, and of a module."""
    form = find_format(name)
    assert form is not None
    load_fonts()
    modules = matrix(label.payload)
    block = block_mm(len(modules), distance_m, form)
    module = block / (len(modules) + 2 * QUIET_ZONE_MODULES)
    size = form.width_mm, form.height_mm
    canvas = MeasuredCanvas(size)
    draw_landscape_label(canvas, label, modules, module, size)
    canvas.save()
    return canvas, block, module


def letters_of(canvas: MeasuredCanvas) -> tuple[str, np.ndarray]:
    """Return the text and the box of each letter, millimetres from the lower left corner."""
    document = pypdfium2.PdfDocument(canvas.file.getvalue())
    try:
        text = document[0].get_textpage()
        boxes = [text.get_charbox(i, loose=False) for i in range(text.count_chars())]
        found = str(text.get_text_range()).replace("\r\n", "\n")
        return found, np.array([b for b in boxes if b[2] > b[0]]) / mm
    finally:
        document.close()


@pytest.mark.parametrize("name", ["99x68", "A7"])
def test_says_all_that_a_visitor_needs(name: str) -> None:
    canvas, _, _ = drawn(LABEL, name)

    text = letters_of(canvas)[0].replace("\n", " ").replace("\u00a0", " ")
    for words in (
        "K7QM", "ecm.example/K7QM", "Le marteau-pilon", "The steam hammer",
        "Un marteau haut comme un immeuble.", "A tall hammer.",
        "Écomusée Creusot-Montceau", "De la forge à la ville",
        "Ceci est une démonstration.", "Scannez ce code", "Scan this code",
    ):  # fmt: skip
        assert words in text


def test_the_code_is_beside_the_titles() -> None:
    """Half of the sheet is not left to one word a line."""
    document = pypdfium2.PdfDocument(
        draw_sheets([LABEL], "Étiquettes", "fr", 0.4, find_format("99x68"))
    )
    size = tuple(length / mm for length in document[0].get_size())
    document.close()
    canvas, block, _ = drawn(LABEL, "99x68")

    _, boxes = letters_of(canvas)

    beside = boxes[boxes[:, 1] > 67.7 - block]
    assert size == pytest.approx((210, 297), abs=0.01)
    assert len(beside) > 60
    assert beside[:, 2].max() < 99.1 - block


@settings(max_examples=30, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(
    titles=st.lists(SENTENCES, min_size=1, max_size=7).map(tuple),
    sights=st.lists(st.tuples(st.just("fr"), SENTENCES), max_size=3).map(tuple),
    notices=st.lists(SENTENCES, max_size=7).map(tuple),
    museum=SENTENCES,
    number=st.integers(1, 999),
    code=st.sampled_from(["K7QM", "WWMM"]),
    host=st.sampled_from(["ecm.fr", LONG_HOST, LONGEST_HOST]),
    name=st.sampled_from(["99x68", "A7"]),
)
def test_no_letter_is_small_or_leaves_its_place(
    titles: tuple[str, ...],
    sights: tuple[tuple[str, str], ...],
    notices: tuple[str, ...],
    museum: str,
    number: int,
    code: str,
    host: str,
    name: str,
) -> None:
    """Whatever a curator writes, it is 6 points high, on the label, and off the code."""
    label = replace(
        LABEL,
        titles=titles,
        sights=sights,
        notices=notices,
        museum=museum,
        tour=museum,
        number=number,
        code=code,
        languages=("fr", "en", "de", "es", "it", "nl"),
        payload=f"HTTPS://{host.upper()}/{code}",
        address=f"{host}/{code}",
    )
    form = find_format(name)
    assert form is not None

    canvas, block, _ = drawn(label, name)

    text, boxes = letters_of(canvas)
    near_code = (boxes[:, 2] > form.width_mm - 1.5 - block + 0.01) & (
        boxes[:, 3] > form.height_mm - 1.5 - block + 0.01
    )
    assert canvas.least_mm > SIX_POINTS_MM - 1e-9
    assert boxes[:, :2].min() > 2
    assert boxes[:, 2].max() < form.width_mm - 2
    assert boxes[:, 3].max() < form.height_mm - 2
    assert not near_code.any()
    assert code in text


def test_no_word_of_a_title_is_broken_where_smaller_letters_help() -> None:
    canvas, _, _ = drawn(LABEL, "A7")

    assert "marteau-pilon" in letters_of(canvas)[0]


def test_a_long_address_begins_its_lines_with_a_sign() -> None:
    """A hyphen at the end of a line would be taken for one that breaks a word."""
    host = "visite-guidee.ecomusee-creusot-montceau-les-mines.fr"
    label = replace(
        LABEL, address=f"{host}/K7QM", payload=f"HTTPS://{host.upper()}/K7QM"
    )

    canvas, _, _ = drawn(label, "99x68")

    lines = letters_of(canvas)[0].splitlines()
    first = next(place for place, line in enumerate(lines) if "visite-" in line)
    assert lines[first + 1][0] in "-./"


@pytest.mark.parametrize("host", ["ecm.fr", LONG_HOST, LONGEST_HOST])
def test_the_largest_code_that_fits_reads_and_leaves_room(host: str) -> None:
    """Drawing reads it back; what stands under it stays on the label."""
    form = find_format("99x68")
    assert form is not None
    label = replace(
        LABEL, payload=f"HTTPS://{host.upper()}/K7QM", address=f"{host}/K7QM"
    )
    size = len(matrix(label.payload)) + 2 * QUIET_ZONE_MODULES
    farthest_m = form.room_mm / size / 3.0 - 0.005

    canvas, block, _ = drawn(label, "99x68", farthest_m)

    _, boxes = letters_of(canvas)
    assert block > 0.95 * form.room_mm
    assert boxes[:, 1].min() > 2
    assert draw_sheets([label], "Étiquettes", "fr", farthest_m, form)
