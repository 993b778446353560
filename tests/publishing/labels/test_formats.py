"""Formats of labels: where each stands on its sheet, and what its code needs."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from publishing.labels.formats import (
    FORMATS,
    FormatTooSmallError,
    LabelFormat,
    code_width_m,
    find_format,
    module_mm,
)
from publishing.qr import matrix
from tests.publishing.drawn import (
    LABEL,
    opened,
    picture_of,
    sheets,
    width_of_code_mm,
)


@pytest.mark.parametrize("name", ["200x144", "A5", "200x289", "A4"])
def test_a_named_format_keeps_the_code_as_wide_as_phones_are_told(name: str) -> None:
    picture = picture_of(sheets(LABEL, form=find_format(name)))

    told_mm = code_width_m(len(matrix(LABEL.payload))) * 1000
    assert width_of_code_mm(picture) == pytest.approx(told_mm, abs=0.26)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_labels_stand_where_their_stickers_are(form: LabelFormat) -> None:
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
def test_every_format_reads_from_some_distance(form: LabelFormat) -> None:
    """Drawing reads each code back from there."""
    count = form.columns * form.rows + 1
    labels = [replace(LABEL, name=f"visite/{n}") for n in range(count)]

    pdf = sheets(*labels, distance_m=0.35, form=form)

    with opened(pdf) as document:
        assert len(document) == 2


def test_a_format_too_small_for_the_code_tells_what_would_do() -> None:
    """The width that phones are told is not changed behind the curator's back."""
    with pytest.raises(FormatTooSmallError) as raised:
        sheets(LABEL, form=find_format("99x139"))

    assert raised.value.least.name == "200x144"
    assert sheets(LABEL, distance_m=raised.value.distance_m, form=find_format("99x139"))


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
    form = find_format(written)

    assert form is not None
    assert form.name == name


@pytest.mark.parametrize("written", ["B5", "50x20", "", "99"])
def test_what_names_no_format_is_none(written: str) -> None:
    assert find_format(written) is None


def test_a_square_is_three_millimetres_at_one_metre() -> None:
    assert module_mm(1.0) == pytest.approx(3.0, abs=0.01)
