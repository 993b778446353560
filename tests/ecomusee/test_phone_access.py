"""A code on a screen is read back as a phone would."""

import numpy as np
import pytest
import zxingcpp

from ecomusee.phone_access import render_qr

_HALVES = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}


def _picture(text: str, *, is_ink_dark: bool) -> np.ndarray:
    rows = [[_HALVES[sign] for sign in line] for line in text.split("\n")]
    ink = np.array(rows, dtype=np.uint8).transpose(0, 2, 1).reshape(-1, len(rows[0]))
    light = 1 - ink if is_ink_dark else ink
    return np.kron(light * 255, np.ones((6, 6), dtype=np.uint8))


@pytest.mark.parametrize("colored", [True, False])
def test_phone_reads_the_address(colored: bool) -> None:  # noqa: FBT001 - a case of the test
    text = render_qr("https://192.168.1.20:8443/-/trust", colored=colored)
    bare = text.replace("\x1b[30;107m", "").replace("\x1b[0m", "")

    codes = zxingcpp.read_barcodes(_picture(bare, is_ink_dark=colored))

    assert [code.text for code in codes] == ["https://192.168.1.20:8443/-/trust"]
