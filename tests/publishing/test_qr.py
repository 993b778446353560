"""QR codes: small, right, and drawn without seams."""

from __future__ import annotations

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.errors import LabelError
from publishing.qr import (
    MAX_CHARACTERS,
    Matrix,
    matrix,
    module_outlines,
    payload,
    payload_length,
    version,
)

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def read(modules: Matrix) -> str:
    """Return what zxing reads from a code drawn at four pixels a module."""
    size = (len(modules) + 8) * 4
    rows = []
    for y in range(size):
        for x in range(size):
            row, column = y // 4 - 4, x // 4 - 4
            inside = 0 <= row < len(modules) and 0 <= column < len(modules)
            rows.append(0 if inside and modules[row][column] else 255)
    image = memoryview(bytes(rows)).cast("B", (size, size))
    (found,) = zxingcpp.read_barcodes(image)
    return str(found.text)


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("https://ecm.fr", 1),
        ("https://ecm.example", 2),
        ("https://visite.ecomusee-creusot-montceau.fr", 3),
        ("https://" + "a" * 60 + ".example", 4),
    ],
)
def test_as_small_as_the_address_allows(address: str, wanted: int) -> None:
    modules = matrix(payload(address, "K7QM"))

    assert version(modules) == wanted
    assert read(modules) == f"{address.upper()}/K7QM"


@settings(deadline=None, max_examples=40)
@given(st.text(SIGNS, min_size=1, max_size=MAX_CHARACTERS))
def test_reads_back(text: str) -> None:
    assert read(matrix(text)) == text


def test_longest() -> None:
    assert version(matrix("A" * MAX_CHARACTERS)) == 4


@pytest.mark.parametrize("text", ["A" * (MAX_CHARACTERS + 1), "A" * 5000, "é", "a"])
def test_too_much_for_a_label(text: str) -> None:
    with pytest.raises(LabelError):
        matrix(text)


def test_a_host_beyond_ascii_is_written_as_browsers_send_it() -> None:
    assert payload("https://musée.fr", "K7QM") == "HTTPS://XN--MUSE-DPA.FR/K7QM"


def test_a_host_that_can_not_be_written_is_told_by_its_code() -> None:
    with pytest.raises(LabelError):
        matrix(payload("https://" + "é" * 64 + ".fr", "K7QM"))


def test_counts_what_is_printed() -> None:
    assert payload_length("https://ecm.fr") == len("HTTPS://ECM.FR/K7QM") == 19


@settings(max_examples=60)
@given(
    st.integers(1, 6).flatmap(
        lambda size: st.lists(
            st.lists(st.booleans(), min_size=size, max_size=size).map(tuple),
            min_size=size,
            max_size=size,
        ).map(tuple)
    )
)
def test_outlines_hold_the_dark_modules(modules: Matrix) -> None:
    """By the even-odd rule, a module's middle is inside when it is dark."""
    loops = module_outlines(modules)

    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            assert _is_inside(x + 0.5, y + 0.5, loops) == dark


def test_outlines_turn_at_each_corner() -> None:
    """No point lies on a straight side: a square of any size has four."""
    dark = tuple((True,) * 5 for _ in range(5))

    (loop,) = module_outlines(dark)

    assert sorted(loop) == [(0, 0), (0, 5), (5, 0), (5, 5)]


def _is_inside(
    x: float, y: float, loops: tuple[tuple[tuple[int, int], ...], ...]
) -> bool:
    crossings = 0
    for loop in loops:
        for (x0, y0), (x1, y1) in zip(loop, (*loop[1:], loop[0]), strict=True):
            is_upright = x0 == x1
            crossings += is_upright and x0 > x and min(y0, y1) < y < max(y0, y1)
    return crossings % 2 == 1
