"""The client's own QR codes are read by another's reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import zxingcpp

if TYPE_CHECKING:
    from tests.client.conftest import CallTypeScript

TEXTS = [
    "https://musee.example/fr/guide/#K7QN.".ljust(length, "x")[:length]
    for length in (8, 14, 20, 26, 34, 42, 51, 62, 73, 84, 95, 106)
]
"""Of each version from 1 to 6, the longest that fits among them."""


def test_addresses_of_every_length_are_read_back(
    call_typescript: CallTypeScript,
) -> None:
    drawn = call_typescript("guide/qr_code.ts", "qrModules", TEXTS)

    read = [_read(np.array(modules)) for modules in drawn]
    assert [text for text, _ in read] == TEXTS
    assert {edge for _, edge in read} == {21, 25, 29, 33, 37, 41}


def _read(modules: np.ndarray) -> tuple[str, int]:
    quiet = np.pad(~modules, 4, constant_values=True)
    picture = np.kron(quiet, np.ones((6, 6), bool)).astype(np.uint8) * 255
    (found,) = zxingcpp.read_barcodes(picture)
    return found.text, len(modules)
