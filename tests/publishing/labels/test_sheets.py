"""Labels: what they say, how large they are, and that they read."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, get_args

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from publishing.errors import LabelError
from publishing.labels.content import Pictogram, choose_pictograms, compose_labels
from publishing.labels.formats import HEIGHT, WIDTH, code_width_m, module_mm
from publishing.labels.pictograms import draw_pictograms
from publishing.labels.sheets import draw_labels_pdf, verify_codes
from publishing.print_labels import print_labels
from publishing.qr import matrix
from publishing.typesetting import printable_text
from tests.publishing.drawn import (
    LABEL,
    LONG_HOST,
    POINTS_PER_MM,
    SENTENCES,
    code_box,
    opened,
    picture_of,
    sheets,
    text_of,
    width_of_code_mm,
)
from tours.bundle import BundleIndex
from tours.checks import read_museum
from tours.codes import Registry
from tours.manifest import AccessView, PanoramaView, Text, compile_tour

if TYPE_CHECKING:
    from pathlib import Path


def test_says_all_that_a_visitor_needs() -> None:
    text = text_of(sheets(LABEL)).replace("\n", " ")

    for words in (
        "K7QM", "ecm.example/K7QM", "Le marteau-pilon", "The steam hammer",
        "Un marteau haut comme un immeuble.", "A tall hammer.",
        "Écomusée Creusot-Montceau", "De la forge à la ville",
        "Ceci est une démonstration.", "Scannez", "Scan this",
    ):  # fmt: skip
        assert words in text.replace("\u00a0", " ")


def test_embeds_its_fonts_and_holds_no_picture() -> None:
    """A print shop needs no font of ours, and a code of squares stays sharp."""
    pdf = sheets(LABEL)

    with opened(pdf) as document:
        kinds = {item.type for item in document[0].get_objects(max_depth=5)}
    assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE not in kinds
    assert b"/Helvetica" not in pdf
    assert pdf.count(b"/FontFile2") == 2


def test_tells_its_title_and_language() -> None:
    """Screen readers say the title, in the right voice."""
    pdf = sheets(LABEL)

    with opened(pdf) as document:
        facts = document.get_metadata_dict()
        outline = [item.get_title() for item in document.get_toc()]
    assert facts["Title"] == "Étiquettes"
    assert facts["Author"] == LABEL.museum
    assert b"/Lang (fr)" in pdf
    assert b"/DisplayDocTitle true" in pdf
    assert outline == ["K7QM · Le marteau-pilon"]


def test_the_same_labels_make_the_same_bytes() -> None:
    assert sheets(LABEL) == sheets(LABEL)


@pytest.mark.parametrize(
    ("distance_m", "size_mm"),
    [(0.5, (210, 297)), (1.0, (297, 210)), (1.4, (210, 297))],
    ids=["four on a sheet", "two on a sheet", "one on a sheet"],
)
def test_sheets_are_a4(distance_m: float, size_mm: tuple[float, float]) -> None:
    with opened(sheets(LABEL, distance_m=distance_m)) as document:
        size = tuple(length / POINTS_PER_MM for length in document[0].get_size())

    assert size == pytest.approx(size_mm, abs=0.01)


@pytest.mark.parametrize(("distance_m", "each"), [(0.5, 4), (1.0, 2), (1.4, 1)])
def test_fills_sheets_one_after_the_other(distance_m: float, each: int) -> None:
    labels = [
        replace(
            LABEL,
            name=f"visite/{code}",
            code=code,
            payload=f"HTTPS://ECM.EXAMPLE/{code}",
        )
        for code in ("AAAA", "BBBB", "CCCC", "DDDD", "EEEE")
    ]

    pdf = sheets(*labels, distance_m=distance_m)

    with opened(pdf) as document:
        assert len(document) == -(-len(labels) // each)


@pytest.mark.parametrize("distance_m", [0.4, 0.7, 1.0, 1.3])
@pytest.mark.parametrize(
    "host", ["ecm.fr", "ecm.example", LONG_HOST, "a" * 68 + ".museum"]
)
def test_squares_are_large_enough_for_the_distance(
    host: str, distance_m: float
) -> None:
    label = replace(
        LABEL, payload=f"HTTPS://{host.upper()}/K7QM", address=f"{host}/K7QM"
    )
    modules = {"ecm.fr": 21, "ecm.example": 25, LONG_HOST: 29}.get(host, 33)

    picture = picture_of(sheets(label, distance_m=distance_m))

    left, _, right, _ = code_box(picture)
    square_mm = (right - left) / modules / 200 * 25.4
    assert square_mm > module_mm(distance_m) * 0.98


@pytest.mark.parametrize("distance_m", [0.4, 1.0, 1.3])
@pytest.mark.parametrize("host", ["ecm.fr", LONG_HOST, "a" * 68 + ".museum"])
def test_code_is_as_wide_as_phones_are_told(host: str, distance_m: float) -> None:
    """By its dark edges at 200 dpi: a pixel is an eighth of a millimetre."""
    label = replace(
        LABEL, payload=f"HTTPS://{host.upper()}/K7QM", address=f"{host}/K7QM"
    )

    picture = picture_of(sheets(label, distance_m=distance_m))

    stated_m = code_width_m(len(matrix(label.payload)), distance_m)
    assert width_of_code_mm(picture) == pytest.approx(stated_m * 1000, abs=0.26)


@pytest.mark.parametrize("host", ["ecm.fr", LONG_HOST, "a" * 68 + ".museum"])
def test_nothing_is_drawn_near_the_code(host: str) -> None:
    """Four squares stay white around it (ISO/IEC 18004), however much is said."""
    label = replace(
        LABEL,
        payload=f"HTTPS://{host.upper()}/K7QM",
        address=f"{host}/K7QM",
        titles=("Un titre qui n'en finit pas " * 4, "An endless title " * 6),
        languages=("fr", "en", "de", "es", "it", "nl"),
    )
    picture = picture_of(sheets(label))
    left, top, right, bottom = code_box(picture)
    modules = {"ecm.fr": 21, LONG_HOST: 29}.get(host, 33)
    quiet = int((right - left) / modules * 4) - 2

    around = picture[top - quiet : bottom + quiet, left - quiet : right + quiet].copy()
    around[quiet - 2 : -quiet + 2, quiet - 2 : -quiet + 2] = 255

    assert around.min() == 255


@settings(max_examples=30, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(
    titles=st.lists(SENTENCES, min_size=1, max_size=7).map(tuple),
    sights=st.lists(st.tuples(st.just("fr"), SENTENCES), max_size=3).map(tuple),
    notices=st.lists(SENTENCES, max_size=7).map(tuple),
    museum=SENTENCES,
    tour=SENTENCES,
    number=st.integers(1, 999),
    host=st.sampled_from(["ecm.example", LONG_HOST]),
)
def test_no_text_leaves_its_label(
    titles: tuple[str, ...],
    sights: tuple[tuple[str, str], ...],
    notices: tuple[str, ...],
    museum: str,
    tour: str,
    number: int,
    host: str,
) -> None:
    """Whatever a curator writes is shrunk, wrapped or cut, and the code still reads."""
    label = replace(
        LABEL,
        titles=titles,
        sights=sights,
        notices=notices,
        museum=museum,
        tour=tour,
        number=number,
        payload=f"HTTPS://{host.upper()}/K7QM",
        address=f"{host}/K7QM",
    )

    with opened(sheets(label)) as document:
        text = document[0].get_textpage()
        boxes = [text.get_charbox(i, loose=False) for i in range(text.count_chars())]

    edges = np.array([box for box in boxes if box[2] > box[0]]) / POINTS_PER_MM
    assert edges[:, :2].min() > 10
    assert edges[:, 2].max() < WIDTH - 10
    assert edges[:, 3].max() < HEIGHT - 10


def test_a_code_that_is_not_on_the_sheet_is_told_by_its_label() -> None:
    other = replace(LABEL, name="visite/four", payload="HTTPS://ECM.EXAMPLE/W4HX")

    with pytest.raises(LabelError, match="visite/four does not read back"):
        verify_codes(sheets(LABEL), [LABEL, other], 1.0)


def test_a_code_too_small_to_be_seen_is_told() -> None:
    """A label made for half a metre does not read from three."""
    with pytest.raises(LabelError, match="does not read back at 10 dpi"):
        verify_codes(sheets(LABEL, distance_m=0.5), [LABEL], 3.0)


def test_what_fits_no_sheet_is_told() -> None:
    with pytest.raises(LabelError, match="shorter reading distance"):
        sheets(LABEL, distance_m=3.0)


def test_french_signs_have_their_spaces() -> None:
    assert (
        printable_text("Attention : chaud !", "fr") == "Attention\u00a0: chaud\u2009!"
    )


@pytest.mark.parametrize("sign", get_args(Pictogram))
def test_a_sign_is_drawn_within_its_square(sign: Pictogram) -> None:
    """Drawn large and alone, in the middle of a page."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, (300, 300))
    draw_pictograms(canvas, [sign], 100, 100, 100)
    canvas.save()

    dark = picture_of(buffer.getvalue(), dpi=72) < 128

    rows, columns = np.flatnonzero(dark.any(1)), np.flatnonzero(dark.any(0))
    assert 94 <= rows[0] < rows[-1] <= 205
    assert 94 <= columns[0] < columns[-1] <= 205
    assert np.ptp(rows) > 50


def test_languages_are_told_as_far_as_there_is_room() -> None:
    tags = (
        "fr",
        "en",
        "de",
        "it",
        "es",
        "nl",
        "pt",
        "pl",
        "cs",
        "sv",
        "da",
        "fi",
        "hu",
    )

    text = text_of(sheets(replace(LABEL, languages=tags)))

    (line,) = (line for line in text.splitlines() if "FR · EN" in line)
    assert line.endswith("…")


@pytest.mark.parametrize(
    ("wheelchair", "signs"),
    [("yes", ("panorama", "step_free")), ("partial", ("panorama",))],
)
def test_a_label_tells_what_there_is_and_who_gets_there(
    museum: Path, wheelchair: str, signs: tuple[Pictogram, ...]
) -> None:
    """No wheelchair is drawn unless it gets everywhere on the tour."""
    found = read_museum(museum).museum
    assert found is not None
    registry = Registry(found.address)
    tour = compile_tour(
        found, found.tours[0], "fr", BundleIndex({}, {}, {}), registry
    ).tour
    alt = Text("Une galerie.", "fr")
    scene = PanoramaView("panorama", alt, (), (), 0.0, (), "CC0-1.0")

    shown = choose_pictograms(
        replace(tour, access=AccessView(wheelchair)),
        replace(tour.stops[0], scene=scene),
    )

    assert shown == signs


def test_any_colour_leaves_the_code_black_on_white() -> None:
    for color in ("#ffffff", "#000000", "#ffd400"):
        sheets(replace(LABEL, color=color))


def test_one_label_for_each_stop_with_a_code(museum: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "labels.pdf"

    printed = print_labels(museum, pdf, today=date(2026, 11, 24))

    read = {code.text for code in zxingcpp.read_barcodes(picture_of(pdf.read_bytes()))}
    assert read == {f"HTTPS://FORGE.EXAMPLE/{item.code}" for item in printed.drawn}


def test_a_museum_without_codes_has_no_label() -> None:
    assert compose_labels((), Registry("https://forge.example")) == ()
    with pytest.raises(LabelError, match="no stop has a code"):
        draw_labels_pdf(())
