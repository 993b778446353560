"""Draw the front of a leaflet: title, plan, directions and practical information."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from reportlab.lib.colors import HexColor  # type: ignore[import-untyped]  # ships none

from publishing.colors import text_on
from publishing.itinerary import open_stops
from publishing.labels.content import label_strings
from publishing.leaflets.plan_drawing import draw_legend, draw_plan, plan_height
from publishing.leaflets.sheet import (
    HEIGHT,
    INNER,
    MARGIN,
    RULE,
    WIDTH,
    plain_paragraphs,
    set_paragraph,
    title_text,
)
from publishing.qr import QUIET_ZONE_MODULES, draw_qr
from publishing.text import localization
from publishing.text.attribution import named_license
from publishing.text.localization import ui_strings
from publishing.typesetting import BOLD, FAINT, INK, REGULAR, paragraphs_height

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from publishing.leaflets.sheet import Sheet
    from publishing.plan.layout import Plan
    from publishing.qr import Matrix
    from publishing.typesetting import Paragraph
    from tours.manifest import StopView

_BAND_PADDING = 9.0
_COLUMN = 88.0
_GUTTER = INNER - 2 * _COLUMN
_QR = 26.0
_METRES_A_MINUTE = 4000 / 60
_SENTENCE_END = re.compile(r"(?<=[.!?]) ")
_LARGEST, _SMALLEST = 4.2, 2.3
_STEPS = 15
_MOST_PLAN = 122.0
_COVER_RATIO, _LEAST_COVER, _BELOW_COVER = 0.75, 40.0, 8.0
"""Of the pictures that stand where there is no plan: height by width, the least height."""


def draw_front(sheet: Sheet, plan: Plan | None, modules: Matrix) -> None:
    """Draw the front.

    Parameters
    ----------
    sheet
        Scaled so that 1 is a millimetre.
    plan
        None where the tour has none: its way takes the whole width then.
    modules
        The QR code of the museum's address.
    """
    top = _band(sheet) - 8
    foot = MARGIN + _QR + 8
    _address(sheet, modules)
    if plan is None:
        _columns(sheet, top, foot)
        return
    width = min(_COLUMN * 1.18, _MOST_PLAN * plan.width / plan.height)
    high = plan_height(plan, width)
    draw_plan(sheet, plan, MARGIN, top, width)
    _draw_way(sheet, plan, (MARGIN + width + _GUTTER, top), foot)
    end = draw_legend(sheet, plan, (MARGIN, top - high - 3), width)
    _draw_practical(sheet, (MARGIN, end - 4), width, foot)


def _band(sheet: Sheet) -> float:
    """Draw the head in the museum's colour, and return where it ends."""
    tour, museum = sheet.manifest.tour, sheet.manifest.museum
    width = WIDTH - 2 * MARGIN
    texts: list[Paragraph] = [set_paragraph(title_text(museum.name), BOLD, 4.0, width)]
    texts.append(
        set_paragraph(title_text(tour.title), BOLD, 11.5, width, 5.0).cut(2, width)
    )
    if tour.summary:
        summary = " ".join(plain_paragraphs(tour.summary))
        texts.append(set_paragraph(summary, REGULAR, 4.6, width, 3.0).cut(3, width))
    texts.append(set_paragraph(" · ".join(_measures(sheet)), REGULAR, 3.8, width, 3.0))
    high = paragraphs_height(texts) + 2 * _BAND_PADDING
    sheet.canvas.setFillColor(HexColor(sheet.color))
    sheet.canvas.rect(0, HEIGHT - high, WIDTH, high, stroke=0, fill=1)
    top = HEIGHT - _BAND_PADDING
    sheet.paragraphs(texts, MARGIN, top, text_on(sheet.color))
    return HEIGHT - high


def _measures(sheet: Sheet) -> Iterator[str]:
    tour = sheet.manifest.tour
    if tour.duration_min:
        yield sheet.words("duration", time=localization.format_walk(tour.duration_min))
    count = len(open_stops(tour))
    key = "stop_count_one" if count == 1 else "stop_count_many"
    yield sheet.words(key, count=count)
    if sheet.manifest.museum.notice:
        yield title_text(sheet.manifest.museum.notice)


def _draw_way(sheet: Sheet, plan: Plan, at: tuple[float, float], foot: float) -> None:
    """Draw the stops beside the plan, with how far it is from one to the next."""
    x, top = at
    width = WIDTH - MARGIN - x
    texts = _fit_text_size(lambda size: _way(sheet, plan, size, width), top - foot)
    sheet.paragraphs(texts, x, top)


def _fit_text_size(
    set_in: Callable[[float], list[Paragraph]], room: float
) -> list[Paragraph]:
    """Return texts in the largest size that a height holds; at the least, the first ones."""
    for step in range(_STEPS):
        texts = set_in(_LARGEST + (_SMALLEST - _LARGEST) * step / (_STEPS - 1))
        if paragraphs_height(texts) <= room:
            return texts
    texts = set_in(_SMALLEST)
    while texts and paragraphs_height(texts) > room:
        texts = texts[:-1]
    return texts


def _way(sheet: Sheet, plan: Plan | None, size: float, width: float) -> list[Paragraph]:
    texts: list[Paragraph] = [
        set_paragraph(sheet.words("tour_stops"), BOLD, size * 1.25, width)
    ]
    for stop in open_stops(sheet.manifest.tour):
        title = f"{stop.number}. {title_text(stop.title)}"
        texts.append(set_paragraph(title, BOLD, size, width, size * 0.9))
        lines = [*_onward(sheet, stop), *_distance_lines(sheet, plan, stop)]
        texts += [
            set_paragraph(line, REGULAR, size * 0.9, width, size * 0.2)
            for line in lines
        ]
    return texts


def _onward(sheet: Sheet, stop: StopView) -> Iterator[str]:
    """Give the way from a stop, told as what comes after it."""
    if stop.way is None:
        return
    is_last = stop == open_stops(sheet.manifest.tour)[-1]
    first, *others = plain_paragraphs(stop.way)
    yield sheet.words("leaflet_out" if is_last else "leaflet_then", way=first)
    yield from others


def _distance_lines(sheet: Sheet, plan: Plan | None, stop: StopView) -> Iterator[str]:
    leg = plan.leg_after(stop) if plan else None
    if leg is None:
        return
    sign = ui_strings(sheet.manifest.language).words["decimal_sign"]
    metres = localization.format_distance(leg.metres, sign)
    if leg.is_walked:
        minutes = localization.format_walk(
            max(1, math.ceil(leg.metres / _METRES_A_MINUTE))
        )
        yield sheet.words("plan_walked", distance=metres, time=minutes)
    else:
        yield sheet.words("plan_straight", distance=metres)


def _draw_practical(
    sheet: Sheet, at: tuple[float, float], width: float, foot: float
) -> None:
    """Draw what to know before one sets out, under the plan."""
    x, top = at
    texts = _fit_text_size(
        lambda size: list(_practical(sheet, size, width)), top - foot
    )
    sheet.paragraphs(texts, x, top)


def _practical(sheet: Sheet, size: float, width: float) -> Iterator[Paragraph]:
    tour = sheet.manifest.tour
    cautions = tuple(_cautions(sheet))
    if cautions or tour.access:
        yield set_paragraph(sheet.words("practical"), BOLD, size * 1.25, width)
    for line in cautions:
        yield set_paragraph(line, REGULAR, size, width, size * 0.7)
    if tour.access:
        name = sheet.words("wheelchair")
        told = sheet.words(f"wheelchair_{tour.access.wheelchair}")
        sign = " :" if sheet.manifest.language.startswith("fr") else ":"
        yield set_paragraph(f"{name}{sign} {told}", BOLD, size, width, size * 0.9)
        for line in plain_paragraphs(tour.access.note) if tour.access.note else ():
            yield set_paragraph(line, REGULAR, size, width, size * 0.3)
    sites = [site for site in (tour.site, *tour.other_sites) if site and site.address]
    for site in sites:
        yield set_paragraph(title_text(site.name), BOLD, size, width, size * 0.9)
        yield set_paragraph(site.address or "", REGULAR, size, width, size * 0.1)


def _cautions(sheet: Sheet) -> Iterator[str]:
    """Give the tour's cautions, save sentences about a screen: a leaflet has none."""
    safety = sheet.manifest.tour.safety
    screens = (
        ui_strings(safety.language).words["screen_words"].split() if safety else ()
    )
    for paragraph in plain_paragraphs(safety) if safety else ():
        sentences = _SENTENCE_END.split(paragraph)
        kept = [
            sentence
            for sentence in sentences
            if not any(word in sentence.casefold() for word in screens)
        ]
        if kept:
            yield " ".join(kept)


def _columns(sheet: Sheet, top: float, foot: float) -> None:
    """Draw two pictures, the way and what to know, where there is no plan."""
    needed = paragraphs_height(_way(sheet, None, _LARGEST, _COLUMN))
    high = min(top - foot - needed - _BELOW_COVER, _COLUMN * _COVER_RATIO)
    files = tuple(_covers(sheet))[:2] if high >= _LEAST_COVER else ()
    for place, file in enumerate(files):
        at = (MARGIN + place * (_COLUMN + _GUTTER), top - high)
        sheet.picture(file, at, (_COLUMN, high), is_whole=False)
    top -= high + _BELOW_COVER if files else 0
    texts = _fit_text_size(lambda size: _way(sheet, None, size, _COLUMN), top - foot)
    sheet.paragraphs(texts, MARGIN, top)
    _draw_practical(sheet, (MARGIN + _COLUMN + _GUTTER, top), _COLUMN, foot)


def _covers(sheet: Sheet) -> Iterator[Path]:
    """Give the pictures of the tour's stops that are there."""
    for stop in open_stops(sheet.manifest.tour):
        file = sheet.file_of(stop.scene.poster) if stop.scene else None
        if file is not None:
            yield file


def _address(sheet: Sheet, modules: Matrix) -> None:
    """Draw the museum's address as a QR code and to type, at the foot."""
    canvas = sheet.canvas
    canvas.setStrokeColor(HexColor(RULE))
    canvas.setLineWidth(0.3)
    line = MARGIN + _QR + 3
    canvas.line(MARGIN, line, WIDTH - MARGIN, line)
    module = _QR / (len(modules) + 2 * QUIET_ZONE_MODULES)
    left, top = MARGIN, MARGIN + _QR - QUIET_ZONE_MODULES * module - 2
    draw_qr(canvas, modules, module, (left, top - len(modules) * module))
    words = label_strings(sheet.manifest.language)
    x = MARGIN + len(modules) * module + 6
    width = WIDTH - MARGIN - x
    host = urlsplit(sheet.manifest.museum.address).netloc
    asked = [
        set_paragraph(f"{words.scan} {words.type}", REGULAR, 3.6, width),
        set_paragraph(host, BOLD, 5.4, width, 1.0),
    ]
    coded = next((s.code for s in open_stops(sheet.manifest.tour) if s.code), None)
    if coded:
        told = sheet.words("leaflet_code_help") + f" {host}/{coded}"
        asked.append(set_paragraph(told, REGULAR, 3.2, width, 1.2))
    end = sheet.paragraphs(asked, x, MARGIN + _QR - 3, INK)
    tour = sheet.manifest.tour
    known = named_license(tour.license).name
    rights = " · ".join(text for text in (tour.credits, known) if text)
    sheet.paragraphs(
        [set_paragraph(rights, REGULAR, 2.5, width).cut(2, width)], x, end - 2, FAINT
    )
