"""A label to draw in tests, and what is seen of its sheet."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2
import zxingcpp
from hypothesis import strategies as st

from publishing.labels.content import Label
from publishing.labels.sheets import draw_sheets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from publishing.labels.formats import LabelFormat

POINTS_PER_MM = 72 / 25.4
LABEL = Label(
    name="visite/marteau",
    number=1,
    code="K7QM",
    address="ecm.example/K7QM",
    payload="HTTPS://ECM.EXAMPLE/K7QM",
    museum="Écomusée Creusot-Montceau",
    tour="De la forge à la ville",
    color="#9c2f1f",
    titles=("Le marteau-pilon", "The steam hammer"),
    sights=(("fr", "Un marteau haut comme un immeuble."), ("en", "A tall hammer.")),
    notices=("Ceci est une démonstration.",),
    languages=("fr", "en"),
    signs=("sound", "model", "augmented", "step_free"),
)
LONG_HOST = "visite.ecomusee-creusot-montceau.fr"
SIGNS = st.characters(
    codec="latin-1", exclude_categories=["Cc", "Zs"], exclude_characters="\xad"
)
WORDS = st.text(SIGNS, min_size=1, max_size=40)
SENTENCES = st.lists(WORDS, min_size=1, max_size=30).map(" ".join)


def sheets(
    *labels: Label, distance_m: float = 1.0, form: LabelFormat | None = None
) -> bytes:
    return draw_sheets(labels, "Étiquettes", "fr", distance_m, form)


@contextlib.contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def text_of(pdf: bytes) -> str:
    """Return the text of the first page, a line each."""
    with opened(pdf) as document:
        found: str = document[0].get_textpage().get_text_range()
        return found.replace("\r\n", "\n")


def picture_of(pdf: bytes, dpi: float = 200) -> NDArray[np.uint8]:
    """Return the first page in grey."""
    with opened(pdf) as document:
        bitmap = document[0].render(scale=dpi / 72, grayscale=True)
        return np.array(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width)


def code_box(picture: NDArray[np.uint8]) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom of the only QR code, in pixels."""
    (found,) = zxingcpp.read_barcodes(picture)
    place = found.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    xs, ys = [c.x for c in corners], [c.y for c in corners]
    return min(xs), min(ys), max(xs), max(ys)


def width_of_code_mm(picture: NDArray[np.uint8]) -> float:
    """Return the width of the only QR code, from dark edge to dark edge, at 200 dpi."""
    left, top, right, bottom = code_box(picture)
    around = picture[top + 9 : bottom - 9, left - 9 : right + 9] < 128
    columns = np.flatnonzero(around.any(0))
    return float(columns[-1] - columns[0] + 1) / 200 * 25.4
