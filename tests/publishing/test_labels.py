"""Labels: what they say, how large they are, and that they read."""

from __future__ import annotations

import contextlib
import io
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, get_args

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from publishing.errors import LabelError
from publishing.label_layout import Label
from publishing.label_sheet import draw_sheets, read_back
from publishing.label_signs import Sign, draw_signs, signs_of
from publishing.label_sizes import (
    FORMATS,
    HEIGHT,
    WIDTH,
    Format,
    FormatTooSmallError,
    code_width_m,
    module_mm,
    named_format,
)
from publishing.labels import label_sheet, labels_of
from publishing.printing import print_labels
from publishing.qr import matrix
from publishing.typesetting import printable
from tours.bundle import BundleIndex
from tours.checks import read_museum
from tours.codes import Registry
from tours.manifest import AccessView, PanoramaView, Text, compile_tour

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

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


def sheets(
    *labels: Label, distance_m: float = 1.0, form: Format | None = None
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


def width_of_code_mm(picture: NDArray[np.uint8]) -> float:
    """Return the width of the only QR code, from dark edge to dark edge, at 200 dpi."""
    left, top, right, bottom = code_box(picture)
    around = picture[top + 9 : bottom - 9, left - 9 : right + 9] < 128
    columns = np.flatnonzero(around.any(0))
    return float(columns[-1] - columns[0] + 1) / 200 * 25.4


@pytest.mark.parametrize("name", ["200x144", "A5", "200x289", "A4"])
def test_a_named_format_keeps_the_code_as_wide_as_phones_are_told(name: str) -> None:
    picture = picture_of(sheets(LABEL, form=named_format(name)))

    told_mm = code_width_m(len(matrix(LABEL.payload))) * 1000
    assert width_of_code_mm(picture) == pytest.approx(told_mm, abs=0.26)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_labels_stand_where_their_stickers_are(form: Format) -> None:
    """On A4, within it, none over another; margins left and right are the same."""
    places = [form.corner_mm(place) for place in range(form.columns * form.rows)]

    width, height = form.sheet_mm
    lefts, feet = sorted({x for x, _ in places}), sorted({y for _, y in places})
    assert sorted((width, height)) == [210, 297]
    assert lefts[0] == pytest.approx(width - lefts[-1] - form.width_mm)
    assert feet[0] == pytest.approx(height - feet[-1] - form.height_mm)
    assert lefts[0] > -1e-9
    assert feet[0] > -1e-9
    assert all(b - a > form.width_mm - 1e-9 for a, b in pairwise(lefts))
    assert all(b - a > form.height_mm - 1e-9 for a, b in pairwise(feet))


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_every_format_reads_from_some_distance(form: Format) -> None:
    """Drawing reads each code back from there."""
    count = form.columns * form.rows + 1
    labels = [replace(LABEL, name=f"visite/{n}") for n in range(count)]

    pdf = sheets(*labels, distance_m=0.35, form=form)

    with opened(pdf) as document:
        assert len(document) == 2


def test_a_format_too_small_for_the_code_tells_what_would_do() -> None:
    """The width that phones are told is not changed behind the curator's back."""
    with pytest.raises(FormatTooSmallError) as raised:
        sheets(LABEL, form=named_format("99x139"))

    assert raised.value.least.name == "200x144"
    assert sheets(
        LABEL, distance_m=raised.value.distance_m, form=named_format("99x139")
    )


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("a5", "A5"),
        ("99,1 x 139 mm", "99x139"),
        ("139×99.1", "99x139"),
        ("99.1x67.7", "99x68"),
        ("99x67", "99x68"),
        ("199.6x143.5", "200x144"),
    ],
)
def test_formats_are_known_as_packets_write_them(written: str, name: str) -> None:
    form = named_format(written)

    assert form is not None
    assert form.name == name


@pytest.mark.parametrize("written", ["B5", "50x20", "", "99"])
def test_what_names_no_format_is_none(written: str) -> None:
    assert named_format(written) is None


def test_a_square_is_three_millimetres_at_one_metre() -> None:
    assert module_mm(1.0) == pytest.approx(3.0, abs=0.01)


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


signs = st.characters(
    codec="latin-1", exclude_categories=["Cc", "Zs"], exclude_characters="\xad"
)
words = st.text(signs, min_size=1, max_size=40)
sentences = st.lists(words, min_size=1, max_size=30).map(" ".join)


@settings(max_examples=30, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(
    titles=st.lists(sentences, min_size=1, max_size=7).map(tuple),
    sights=st.lists(st.tuples(st.just("fr"), sentences), max_size=3).map(tuple),
    notices=st.lists(sentences, max_size=7).map(tuple),
    museum=sentences,
    tour=sentences,
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
        read_back(sheets(LABEL), [LABEL, other], 1.0)


def test_a_code_too_small_to_be_seen_is_told() -> None:
    """A label made for half a metre does not read from three."""
    with pytest.raises(LabelError, match="does not read back at 10 dpi"):
        read_back(sheets(LABEL, distance_m=0.5), [LABEL], 3.0)


def test_what_fits_no_sheet_is_told() -> None:
    with pytest.raises(LabelError, match="shorter reading distance"):
        sheets(LABEL, distance_m=3.0)


def test_french_signs_have_their_spaces() -> None:
    assert printable("Attention : chaud !", "fr") == "Attention\u00a0: chaud\u2009!"


@pytest.mark.parametrize("sign", get_args(Sign))
def test_a_sign_is_drawn_within_its_square(sign: Sign) -> None:
    """Drawn large and alone, in the middle of a page."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, (300, 300))
    draw_signs(canvas, [sign], 100, 100, 100)
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
    museum: Path, wheelchair: str, signs: tuple[Sign, ...]
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

    shown = signs_of(
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
    assert labels_of((), Registry("https://forge.example")) == ()
    with pytest.raises(LabelError, match="no stop has a code"):
        label_sheet(())
