"""Draw the label of a Wi-Fi that serves the visit without internet: its QR code beside the visit's.

It hangs at the entrance: join the network, then scan. Two of A5 stand on a sheet of A4.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pypdfium2  # type: ignore[import-untyped]  # ships no types
import zxingcpp
from reportlab.lib.colors import HexColor  # type: ignore[import-untyped]  # ships none
from reportlab.lib.units import mm  # type: ignore[import-untyped]  # same
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # same

from publishing import qr
from publishing.colors import readable_on, text_on
from publishing.errors import LabelError
from publishing.typesetting import (
    BOLD,
    CAP_HEIGHT,
    FAINT,
    INK,
    PAPER,
    REGULAR,
    Paragraph,
    draw_paragraphs,
    font_scales,
    load_fonts,
    missing_glyphs,
    paragraphs_height,
    printable_text,
    text_width,
    wrap_text,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publishing.qr import Matrix

WIDTH: Final = 210.0
HEIGHT: Final = 148.5
_MARGIN: Final = 10.0
_GUTTER: Final = 10.0
_COLUMN: Final = (WIDTH - 2 * _MARGIN - _GUTTER) / 2
_PANEL: Final = 23.0
_DISC: Final = 5.0
_BLOCK: Final = 62.0
"""Side of a QR code with its quiet zone."""
_PIXELS_PER_POINT: Final = 3
"""216 dpi, as print."""
_SPECIAL: Final = str.maketrans({sign: f"\\{sign}" for sign in '\\;,:"'})


@dataclass(frozen=True, slots=True)
class WifiLabel:
    """What the label says."""

    ssid: str
    passphrase: str
    """Empty for an open network."""
    museum: str
    address: str
    """Of the visit: ``https://ecm.example``."""
    color: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    title: str
    join: str
    scan: str
    network: str
    passphrase: str
    limits: str


_WORDS: Final = {
    "de": _Words(
        "Der Rundgang ohne Internet",
        "Mit dem WLAN verbinden",
        "Diesen Code scannen",
        "WLAN",
        "Passwort",
        "Dieses WLAN führt nur zum Rundgang, nicht ins Internet.",
    ),
    "en": _Words(
        "The visit, without internet",
        "Join the Wi-Fi",
        "Scan this code",
        "Wi-Fi",
        "password",
        "This Wi-Fi leads to the visit alone, not to the internet.",
    ),
    "es": _Words(
        "La visita, sin internet",
        "Conéctese al wifi",
        "Escanee este código",
        "Wifi",
        "contraseña",
        "Este wifi solo lleva a la visita, no a internet.",
    ),
    "fr": _Words(
        "La visite, sans internet",
        "Rejoignez le Wi-Fi",
        "Scannez ce code",
        "Wi-Fi",
        "mot de passe",
        "Ce Wi-Fi mène à la visite seule, pas à internet.",
    ),
    "it": _Words(
        "La visita, senza internet",
        "Collegatevi al Wi-Fi",
        "Inquadrate questo codice",
        "Wi-Fi",
        "password",
        "Questo Wi-Fi porta solo alla visita, non a internet.",
    ),
    "nl": _Words(
        "Het bezoek, zonder internet",
        "Verbind met de wifi",
        "Scan deze code",
        "Wifi",
        "wachtwoord",
        "Deze wifi leidt alleen naar het bezoek, niet naar internet.",
    ),
}


def wifi_payload(ssid: str, passphrase: str) -> str:
    r"""Return the text that phones read as a network: ``WIFI:T:WPA;S:Mine;P:secret;;``.

    ``\ ; , : "`` stand after a backslash, as the scheme of ZXing has it, which iOS and
    Android follow.
    """
    name = ssid.translate(_SPECIAL)
    if not passphrase:
        return f"WIFI:T:nopass;S:{name};;"
    return f"WIFI:T:WPA;S:{name};P:{passphrase.translate(_SPECIAL)};;"


def draw_wifi_label(label: WifiLabel) -> bytes:
    """Return a PDF of the label, twice on a sheet of A4; both codes have been read back.

    Raises
    ------
    LabelError
        If the fonts lack a sign of a name, or a code does not read back.
    """
    load_fonts()
    for text in (label.ssid, label.passphrase, label.museum):
        if missing := missing_glyphs(text):
            message = f"the fonts of labels lack {missing!r}"
            raise LabelError(message)
    wifi = wifi_payload(label.ssid, label.passphrase)
    visit = qr.payload(label.address, "")
    codes = (qr.text_matrix(wifi), qr.matrix(visit))
    buffer = io.BytesIO()
    canvas = Canvas(
        buffer,
        (WIDTH * mm, 2 * HEIGHT * mm),
        invariant=1,
        lang=label.languages[0],
        initialFontName=REGULAR,  # pyright: ignore[reportArgumentType]  typed as its size; else the PDF names a font that it does not embed
    )
    canvas.setTitle(f"{label.museum} · Wi-Fi")
    canvas.setAuthor(label.museum)
    canvas.setCreator("ecomusee")
    for foot in (HEIGHT, 0.0):
        canvas.saveState()
        canvas.translate(0, foot * mm)
        canvas.scale(mm, mm)
        _draw(canvas, label, codes)
        canvas.restoreState()
    canvas.setLineWidth(0.15 * mm)
    canvas.setStrokeGray(0.6)
    for left in (0.0, WIDTH - 5):
        canvas.line(left * mm, HEIGHT * mm, (left + 5) * mm, HEIGHT * mm)
    canvas.save()
    pdf = buffer.getvalue()
    _verify(pdf, (wifi, visit))
    return pdf


def _draw(canvas: Canvas, label: WifiLabel, codes: tuple[Matrix, Matrix]) -> None:
    words = _words(label)
    top = HEIGHT - _MARGIN
    _draw_panel(canvas, label, words, top)
    host = label.address.partition("://")[2]
    steps = (
        ([w.join for w in words], codes[0], _network(label, words)),
        ([w.scan for w in words], codes[1], (("", host),)),
    )
    for place, (said, modules, below) in enumerate(steps):
        left = _MARGIN + place * (_COLUMN + _GUTTER)
        _draw_step(canvas, label, (left, top - _PANEL - 4), (place + 1, said))
        _draw_code(canvas, modules, left, top - _PANEL - 16)
        _draw_below(canvas, label, (left, top - _PANEL - 16 - _BLOCK - 1), below)
    limits = " · ".join(dict.fromkeys(w.limits for w in words))
    paragraph = _fitted(limits, REGULAR, (3.2, 2.2), WIDTH - 2 * _MARGIN)
    canvas.setFillColor(HexColor(FAINT))
    draw_paragraphs(
        canvas, (paragraph,), _MARGIN, _MARGIN - 2 + paragraphs_height((paragraph,))
    )


def _words(label: WifiLabel) -> tuple[_Words, ...]:
    """Return the words of the museum's languages, three at most: the sheet holds no more."""
    known = (tag.partition("-")[0].lower() for tag in label.languages)
    found = dict.fromkeys(_WORDS[tag] for tag in known if tag in _WORDS)
    return tuple(found)[:3] or (_WORDS["en"],)


def _network(label: WifiLabel, words: Sequence[_Words]) -> tuple[tuple[str, str], ...]:
    """Return what to type where the code is not scanned: what it is, and the text."""
    shown = ((" · ".join(dict.fromkeys(w.network for w in words)), label.ssid),)
    if not label.passphrase:
        return shown
    called = " · ".join(dict.fromkeys(w.passphrase for w in words))
    return (*shown, (called, label.passphrase))


def _draw_panel(
    canvas: Canvas, label: WifiLabel, words: Sequence[_Words], top: float
) -> None:
    width = WIDTH - 2 * _MARGIN
    canvas.setFillColor(HexColor(label.color))
    canvas.setStrokeColor(HexColor(readable_on(label.color, (PAPER,), 1.5)))
    canvas.setLineWidth(0.3)
    canvas.roundRect(_MARGIN, top - _PANEL, width, _PANEL, 3.5, stroke=1, fill=1)
    canvas.setFillColor(HexColor(text_on(label.color)))
    museum = printable_text(label.museum, label.languages[0])
    inner = width - 12
    paragraphs = [
        _fitted(museum, BOLD, (3.4, 2.4), inner),
        _fitted(words[0].title, BOLD, (7.4, 5.0), inner),
    ]
    if len(words) > 1:
        others = " · ".join(w.title for w in words[1:])
        paragraphs.append(_fitted(others, REGULAR, (4.2, 3.0), inner))
    height = paragraphs_height(paragraphs)
    draw_paragraphs(canvas, paragraphs, _MARGIN + 6, top - _PANEL / 2 + height / 2)


def _draw_step(
    canvas: Canvas,
    label: WifiLabel,
    corner: tuple[float, float],
    step: tuple[int, Sequence[str]],
) -> None:
    """Draw the step's number in a disc, and beside it what to do."""
    left, top = corner
    number, said = step
    color = readable_on(label.color, (PAPER,))
    canvas.setFillColor(HexColor(color))
    canvas.circle(left + _DISC, top - _DISC, _DISC, stroke=0, fill=1)
    canvas.setFillColor(HexColor(text_on(color)))
    size = _DISC * 5 / 4
    canvas.setFont(BOLD, size)
    canvas.drawCentredString(
        left + _DISC, top - _DISC - size * CAP_HEIGHT / 2, str(number)
    )
    room = _COLUMN - 2 * _DISC - 3
    paragraphs = [_fitted(said[0], BOLD, (5.6, 3.6), room)]
    if others := " · ".join(dict.fromkeys(said[1:])):
        paragraphs.append(_fitted(others, REGULAR, (3.6, 2.6), room))
    canvas.setFillColor(HexColor(INK))
    height = paragraphs_height(paragraphs)
    draw_paragraphs(canvas, paragraphs, left + 2 * _DISC + 3, top - _DISC + height / 2)


def _draw_code(canvas: Canvas, modules: Matrix, left: float, top: float) -> None:
    module = _BLOCK / (len(modules) + 2 * qr.QUIET_ZONE_MODULES)
    side = len(modules) * module
    quiet = qr.QUIET_ZONE_MODULES * module
    qr.draw_qr(
        canvas, modules, module, (left + (_COLUMN - side) / 2, top - quiet - side)
    )


def _draw_below(
    canvas: Canvas,
    label: WifiLabel,
    corner: tuple[float, float],
    texts: Sequence[tuple[str, str]],
) -> None:
    """Draw what people type instead of scanning, each after what it is."""
    left, top = corner
    for called, text in texts:
        if called:
            canvas.setFillColor(HexColor(FAINT))
            canvas.setFont(REGULAR, 2.8)
            canvas.drawCentredString(left + _COLUMN / 2, top - 2.8, called)
            top -= 3.2
        size = min(5.0, 5.0 * _COLUMN / text_width(text, BOLD, 5.0))
        canvas.setFillColor(HexColor(readable_on(label.color, (PAPER,))))
        canvas.setFont(BOLD, size)
        canvas.drawCentredString(left + _COLUMN / 2, top - size, text)
        top -= size + 1.8


def _fitted(
    text: str, font: str, sizes: tuple[float, float], width: float
) -> Paragraph:
    """Return a text on one line in the largest size that fits, else on several."""
    most, least = sizes
    for size in font_scales(most, least):
        if text_width(text, font, size) <= width:
            return Paragraph((text,), font, size, 0.6)
    return Paragraph(wrap_text(text, font, least, width), font, least, 0.6)


def _verify(pdf: bytes, texts: tuple[str, str]) -> None:
    image = pypdfium2.PdfDocument(pdf)[0].render(scale=_PIXELS_PER_POINT).to_pil()
    found = [code.text for code in zxingcpp.read_barcodes(image)]
    for text in texts:
        if found.count(text) != 2:  # noqa: PLR2004 - the sheet holds the label twice
            message = f"the code {text!r} does not read back"
            raise LabelError(message)
