"""QR codes of printed addresses: text, modules, outlines, drawing.

The address is written in capitals, so that the code needs 5.5 bits a sign instead of 8
(ISO/IEC 18004, alphanumeric mode); hosts and schemes ignore case (RFC 3986, 6.2.2.1),
and our codes are capitals anyway. Error correction is level M: it mends 15 % of the
code, while the next level up would cost a version on ordinary hosts, hence modules
that are a tenth smaller on the same paper.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from qrcode.constants import ERROR_CORRECT_M  # type: ignore[import-untyped]  # ships none
from qrcode.exceptions import DataOverflowError  # type: ignore[import-untyped]  # same
from qrcode.main import QRCode  # type: ignore[import-untyped]  # same
from qrcode.util import MODE_8BIT_BYTE, MODE_ALPHA_NUM, QRData  # type: ignore[import-untyped]  # same

from publishing.errors import LabelError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # same

MAX_VERSION = 4
MAX_CHARACTERS = 90
"""Capacity of version 4 at level M, alphanumeric (ISO/IEC 18004, table 7)."""
QUIET_ZONE_MODULES = 4
"""Blank modules around a code (ISO/IEC 18004, section 9.1)."""
_CODE_LENGTH = 4

Matrix = tuple[tuple[bool, ...], ...]
"""Rows of modules from the top; True is dark. No quiet zone."""


def payload(address: str, code: str) -> str:
    """Return the text of a QR code: ``HTTPS://ECM.EXAMPLE/K7QM``.

    A host with letters beyond ASCII is written as browsers send it (Punycode).
    """
    parts = urlsplit(address)
    host = parts.netloc
    with contextlib.suppress(UnicodeError):  # `matrix` tells of a host that is none
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    return f"{parts.scheme}://{host}{parts.path}/{code}".upper()


def payload_length(address: str) -> int:
    """Return the length of the QR texts under an address."""
    return len(payload(address, "X" * _CODE_LENGTH))


def matrix(text: str) -> Matrix:
    """Return the modules of the smallest QR code that holds a text.

    Raises
    ------
    LabelError
        If the text needs more than version 4, or signs beyond alphanumeric ones.
    """
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    try:
        code.add_data(QRData(text, mode=MODE_ALPHA_NUM), optimize=0)  # pyright: ignore[reportArgumentType]  its own constant
        code.make(fit=True)
    except (ValueError, DataOverflowError) as error:
        message = f"a QR code can't hold {text!r}"
        raise LabelError(message) from error
    if code.version > MAX_VERSION:
        message = f"{text!r} needs a QR code of version {code.version}; {MAX_VERSION} is the most"
        raise LabelError(message)
    return tuple(tuple(bool(dark) for dark in row) for row in code.modules)


def text_matrix(text: str) -> Matrix:
    """Return the modules of the smallest QR code that holds any text, as UTF-8 bytes.

    Raises
    ------
    LabelError
        If no QR code holds it.
    """
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    try:
        code.add_data(QRData(text.encode(), mode=MODE_8BIT_BYTE), optimize=0)  # pyright: ignore[reportArgumentType]  its own constant
        code.make(fit=True)
    except (ValueError, DataOverflowError) as error:
        message = f"a QR code can't hold {text!r}"
        raise LabelError(message) from error
    return tuple(tuple(bool(dark) for dark in row) for row in code.modules)


def version(modules: Matrix) -> int:
    """Return the version of a QR code: 1 has 21 modules a side, each next 4 more."""
    return (len(modules) - 17) // 4


def module_outlines(modules: Matrix) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return the closed outlines of the dark modules, in module units.

    x to the right, y down, from the top left corner. Filled by the even-odd rule they
    give the code without the hairlines that separate squares show between them.
    """
    after: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for start, end in _edges(modules):
        after.setdefault(start, []).append(end)
    loops = []
    while after:
        start = next(iter(after))
        loop, place = [start], _pop_edge(after, start)
        while place != start:
            loop.append(place)
            place = _pop_edge(after, place)
        loops.append(_corners(loop))
    return tuple(loops)


def _edges(
    modules: Matrix,
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Give the sides between dark and light, the dark one to the right of each."""
    size = len(modules)

    def is_dark(x: int, y: int) -> bool:
        return 0 <= x < size and 0 <= y < size and modules[y][x]

    for y in range(size + 1):
        for x in range(size + 1):
            here = is_dark(x, y)
            if here != is_dark(x, y - 1):
                left, right = (x, y), (x + 1, y)
                yield (left, right) if here else (right, left)
            if here != is_dark(x - 1, y):
                upper, lower = (x, y), (x, y + 1)
                yield (lower, upper) if here else (upper, lower)


def _pop_edge(
    after: dict[tuple[int, int], list[tuple[int, int]]], start: tuple[int, int]
) -> tuple[int, int]:
    ends = after[start]
    end = ends.pop()
    if not ends:
        del after[start]
    return end


def _corners(loop: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return the points of a closed loop where it turns."""
    around = zip([loop[-1], *loop[:-1]], loop, [*loop[1:], loop[0]], strict=True)
    return tuple(
        here
        for (before_x, before_y), here, (after_x, after_y) in around
        if before_x != after_x and before_y != after_y
    )


def draw_qr(
    canvas: Canvas, modules: Matrix, module: float, corner: tuple[float, float]
) -> None:
    """Draw a QR code from its lower left dark corner, without its quiet zone."""
    left, top = corner[0], corner[1] + len(modules) * module
    path = canvas.beginPath()
    for loop in module_outlines(modules):
        (x0, y0), *rest = loop
        path.moveTo(left + x0 * module, top - y0 * module)
        for x1, y1 in rest:
            path.lineTo(left + x1 * module, top - y1 * module)
        path.close()
    canvas.setFillGray(0)
    canvas.drawPath(path, stroke=0, fill=1, fillMode=0)
