"""Pictures to recognise: printed at their true width, on a sheet that holds them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from publishing.errors import LabelError
from publishing.labels.image_targets import (
    TargetSheet,
    compose_target_sheets,
    draw_target_sheets,
    sheet_mm,
)
from tours.checks import read_museum
from tours.codes import Registry

if TYPE_CHECKING:
    from numpy.typing import NDArray

DPI = 127.0
"""Five pixels to a millimetre."""
WHOLE = Path(__file__).parents[2] / "tours" / "data" / "_museum"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a red picture of 40 by 30 pixels."""
    (tmp_path / "images").mkdir()
    Image.new("RGB", (40, 30), (200, 0, 0)).save(tmp_path / "images" / "plan.png")
    return tmp_path


def panel(width_m: float, titles: tuple[str, ...] = ("Le plan · K7QM",)) -> TargetSheet:
    """Return the panel of the red picture at a width."""
    return TargetSheet("images/plan.png", width_m, titles, "fr")


def printed(pdf: bytes) -> NDArray[np.uint8]:
    """Return the first page as a printer lays it down, five pixels to a millimetre."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        bitmap = document[0].render(scale=DPI / 72, rev_byteorder=True)
        return np.array(bitmap.to_numpy())
    finally:
        document.close()


def test_a_picture_is_as_wide_on_paper_as_the_museum_says(folder: Path) -> None:
    pixels = printed(draw_target_sheets(folder, [panel(0.16)], "Musée"))

    red = (pixels[..., 0] > 150) & (pixels[..., 1] < 60)
    rows, columns = np.flatnonzero(red.any(1)), np.flatnonzero(red.any(0))
    assert np.ptp(columns) + 1 == pytest.approx(800, abs=2)
    assert np.ptp(rows) + 1 == pytest.approx(600, abs=2)


def test_nothing_but_the_picture_is_within_its_marks(folder: Path) -> None:
    """What one cuts out bears no mark and no word."""
    pixels = printed(draw_target_sheets(folder, [panel(0.16)], "Musée"))

    red = (pixels[..., 0] > 150) & (pixels[..., 1] < 60)
    rows, columns = np.flatnonzero(red.any(1)), np.flatnonzero(red.any(0))
    assert red[rows[0] : rows[-1], columns[0] : columns[-1]].all()


def test_the_line_to_measure_is_ten_centimetres_long(folder: Path) -> None:
    pixels = printed(draw_target_sheets(folder, [panel(0.16)], "Musée"))

    dark = pixels.max(axis=2) < 128
    longest = max(np.count_nonzero(row) for row in dark)
    assert longest == pytest.approx(500, abs=3)


@pytest.mark.parametrize(
    ("picture_mm", "sheet"),
    [
        ((160, 120), (210, 297)),
        ((182, 100), (210, 297)),
        ((183, 100), (297, 210)),
        ((300, 400), (420, 594)),
        ((600, 520), (841, 594)),
        ((2000, 1000), (2028, 1040)),
    ],
)
def test_the_smallest_sheet_with_room_for_the_marks_is_taken(
    picture_mm: tuple[float, float], sheet: tuple[float, float]
) -> None:
    assert sheet_mm(*picture_mm) == sheet


def test_the_same_pictures_make_the_same_bytes(folder: Path) -> None:
    first = draw_target_sheets(folder, [panel(0.16)], "Musée")

    assert draw_target_sheets(folder, [panel(0.16)], "Musée") == first


def test_long_titles_stay_on_the_sheet(folder: Path) -> None:
    pixels = printed(
        draw_target_sheets(folder, [panel(0.16, ("Un titre " * 40,))], "Musée")
    )

    assert (pixels[:, -10:] == 255).all()


def test_a_picture_that_can_not_be_read_is_named(folder: Path) -> None:
    (folder / "images" / "plan.png").write_bytes(b"no picture")

    with pytest.raises(LabelError, match=r"images/plan\.png"):
        draw_target_sheets(folder, [panel(0.16)], "Musée")


def test_a_museum_prints_each_picture_that_holds_a_scene() -> None:
    museum = read_museum(WHOLE).museum
    assert museum is not None

    (plan,) = compose_target_sheets(museum, Registry(museum.address))

    assert (plan.path, plan.width_m) == ("image_targets/plan.jpg", 0.42)
    assert plan.titles == ("Le plan de 1890",)
    assert plan.name == "plan.jpg, 42 cm"


@pytest.mark.parametrize(("language", "width"), [("fr", "18,5"), ("en", "18.5")])
def test_a_width_is_told_with_the_sign_of_the_sheets_language(
    language: str, width: str
) -> None:
    sheet = TargetSheet("images/plan.png", 0.185, (), language)

    assert sheet.name == f"plan.png, {width} cm"
