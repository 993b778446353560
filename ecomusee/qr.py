"""QR codes drawn with text, for a phone held up to the screen."""

from __future__ import annotations

from itertools import zip_longest

_QUIET_MODULES = 4
"""The clear margin that the standard asks for (ISO/IEC 18004, section 9.1)."""
_HALVES = {
    (False, False): " ",
    (True, False): "▀",
    (False, True): "▄",
    (True, True): "█",
}
_BLACK_ON_WHITE, _PLAIN = "\x1b[30;107m", "\x1b[0m"


def drawn(address: str, *, colored: bool) -> str:
    """Return a QR code as lines of text, two modules a character.

    Parameters
    ----------
    address
        What the code says.
    colored
        Set black on white, whatever the terminal's own colours. Without, light modules are
        what is drawn, which suits a terminal that writes light on dark.
    """
    modules = _modules(address)
    rows = [[is_dark == colored for is_dark in row] for row in modules]
    ground = [False] * len(rows[0])
    lines = [
        "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip_longest(rows[::2], rows[1::2], fillvalue=ground)
    ]
    if colored:
        lines = [f"{_BLACK_ON_WHITE}{line}{_PLAIN}" for line in lines]
    return "\n".join(lines)


def _modules(address: str) -> list[list[bool]]:
    """Return the code's modules, True where dark, its margin included."""
    from qrcode.constants import ERROR_CORRECT_L  # type: ignore[import-untyped]  # none
    from qrcode.main import QRCode  # type: ignore[import-untyped]  # ships none

    # A screen has no scratches: the lowest correction makes the smallest code.
    code = QRCode(error_correction=ERROR_CORRECT_L, border=_QUIET_MODULES)
    code.add_data(address)
    return [[bool(is_dark) for is_dark in row] for row in code.get_matrix()]
