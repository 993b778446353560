"""Draw the back of a leaflet: every stop with picture, text and code."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportlab.lib.colors import HexColor  # type: ignore[import-untyped]  # ships none

from publishing.itinerary import open_stops
from publishing.leaflets.sheet import (
    HEIGHT,
    INNER,
    MARGIN,
    RULE,
    plain_paragraphs,
    set_paragraph,
    title_text,
)
from publishing.typesetting import (
    BOLD,
    CAP_HEIGHT,
    LEADING,
    REGULAR,
    paragraphs_height,
    text_width,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from publishing.leaflets.sheet import Sheet
    from publishing.typesetting import Paragraph
    from tours.manifest import StopView

_GUTTER = 8.0
_BETWEEN = 5.0
_TITLE = 4.6
_TITLES = (_TITLE, 4.2, 3.8, 3.4, 3.0, 2.7)
"""Sizes of titles: a smaller one rather than a word broken or left out."""
_TITLE_LINES = 3
_CODE = 3.4
_CODE_LINE = _CODE * LEADING
_WHOLE = ("model", "picture")
"""Scenes whose pictures are never cropped: a machine keeps its head and a drawing its title."""
_TALLER = 1.6
"""How much higher than others a picture may be that is shown whole."""
_RADIUS = 3.4
_HEAD_GAP = 2.0
_ROOM = HEIGHT - 2 * MARGIN


@dataclass(frozen=True, slots=True)
class _Layout:
    """How closely stops are set."""

    columns: int
    size: float
    picture: float
    """Height of pictures; 0 leaves them out."""
    most_lines: int = 400
    """Of a paragraph."""

    @property
    def width(self) -> float:
        """Of a column."""
        return (INNER - (self.columns - 1) * _GUTTER) / self.columns


_LAYOUTS = (
    *(
        _Layout(columns, size, picture)
        for picture, size in (
            (64, 4.6), (58, 4.3), (52, 4.0), (46, 3.8), (42, 3.6), (38, 3.5), (34, 3.4), (30, 3.3), (26, 3.2),
            (24, 3.1), (22, 3.0), (20, 2.9), (18, 2.8), (16, 2.7), (14, 2.6),
        )
        for columns in (2, 3)
    ),
    *(_Layout(columns, 2.6, 0) for columns in (2, 3)),
    *(_Layout(3, 2.5, 0, lines) for lines in (4, 3, 2, 1)),
)  # fmt: skip
"""From the roomiest to the closest."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A stop, set in lines."""

    stop: StopView
    title: Paragraph
    file: Path | None
    picture: float
    """Height of the picture."""
    texts: tuple[Paragraph, ...]
    height: float

    @property
    def head(self) -> float:
        """Height of the number, the title and the code."""
        code = _CODE_LINE if self.stop.code else 0.0
        return max(self.title.height + code, 2 * _RADIUS)

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the picture is cut off."""
        return self.stop.scene is not None and self.stop.scene.kind in _WHOLE


def draw_back(sheet: Sheet) -> None:
    """Draw every stop, in the largest layout that fits."""
    manner, columns = _set(sheet)
    for place, blocks in enumerate(columns):
        x, top = MARGIN + place * (manner.width + _GUTTER), HEIGHT - MARGIN
        # What is left over goes between stops, so that columns end together.
        spare = _ROOM - sum(b.height for b in blocks) - _BETWEEN * (len(blocks) - 1)
        gap = _BETWEEN + min(spare / max(len(blocks) - 1, 1), 6.0)
        for number, one in enumerate(blocks):
            if number:
                _rule(sheet, x, top + gap / 2, manner.width)
            _draw(sheet, one, manner, x, top)
            top -= one.height + gap


def _set(sheet: Sheet) -> tuple[_Layout, list[list[_Block]]]:
    """Return the roomiest manner that holds all stops; else the closest, and the first ones."""
    for manner in _LAYOUTS:
        columns = _balance_columns(_blocks(sheet, manner), manner.columns)
        if columns is not None:
            return manner, columns
    closest = _LAYOUTS[-1]
    return closest, _truncate_columns(_blocks(sheet, closest), closest.columns)


def _blocks(sheet: Sheet, manner: _Layout) -> list[_Block]:
    stops = open_stops(sheet.manifest.tour)
    return [_block(sheet, stop, manner) for stop in stops]


def _block(sheet: Sheet, stop: StopView, manner: _Layout) -> _Block:
    title = _title(title_text(stop.title), manner.width - 2 * _RADIUS - _HEAD_GAP)
    file = None
    if manner.picture and stop.scene and stop.scene.poster:
        file = sheet.file_of(stop.scene.poster)
    texts = tuple(_texts(stop, manner))
    picture = _picture_height(stop, manner) if file is not None else 0.0
    one = _Block(stop, title, file, picture, texts, 0.0)
    gap = _HEAD_GAP if file is not None else 0.0
    return replace(one, height=one.head + picture + gap + paragraphs_height(texts))


def _code(sheet: Sheet, stop: StopView) -> str:
    return sheet.words("leaflet_code", code=stop.code)


def _title(text: str, width: float) -> Paragraph:
    """Return a title in the largest size that breaks no word and leaves out nothing."""
    for size in _TITLES:
        set_in = set_paragraph(text, BOLD, size, width)
        widest = max(text_width(word, BOLD, size) for word in text.split(" "))
        if widest <= width and len(set_in.lines) <= _TITLE_LINES:
            return set_in
    return set_paragraph(text, BOLD, _TITLES[-1], width).cut(_TITLE_LINES, width)


def _picture_height(stop: StopView, manner: _Layout) -> float:
    """Return the height of a picture: a whole one's own, up to what there is room for."""
    scene = stop.scene
    if scene is None or scene.kind not in _WHOLE or not scene.poster:
        return manner.picture
    last = scene.poster[-1]
    own = manner.width * last.height_px / last.width_px
    return min(own, _TALLER * manner.picture)


def _texts(stop: StopView, manner: _Layout) -> Iterator[Paragraph]:
    for place, paragraph in enumerate(plain_paragraphs(stop.text)):
        space = 2.0 if place == 0 else manner.size * 0.5
        whole = set_paragraph(paragraph, REGULAR, manner.size, manner.width, space)
        yield whole.cut(manner.most_lines, manner.width)


def _balance_columns(
    blocks: Sequence[_Block], columns: int
) -> list[list[_Block]] | None:
    """Return blocks in columns of about one height, in order; None where one overflows."""
    least = max(set_paragraph.height for set_paragraph in blocks)
    whole = sum(set_paragraph.height + _BETWEEN for set_paragraph in blocks)
    low, high, best = least, whole, None
    for _ in range(18):
        limit = (low + high) / 2
        found = _fill_columns(blocks, limit)
        if len(found) <= columns:
            high, best = limit, found
        else:
            low = limit
    return best if best is not None and high <= _ROOM else None


def _fill_columns(blocks: Sequence[_Block], limit: float) -> list[list[_Block]]:
    columns: list[list[_Block]] = [[]]
    filled = 0.0
    for one in blocks:
        more = one.height + (_BETWEEN if columns[-1] else 0.0)
        if columns[-1] and filled + more > limit:
            columns.append([])
            filled, more = 0.0, one.height
        columns[-1].append(one)
        filled += more
    return columns


def _truncate_columns(blocks: Sequence[_Block], columns: int) -> list[list[_Block]]:
    """Return as many stops as there is room for."""
    return _fill_columns(blocks, _ROOM)[:columns]


def _rule(sheet: Sheet, x: float, y: float, width: float) -> None:
    sheet.canvas.setStrokeColor(HexColor(RULE))
    sheet.canvas.setLineWidth(0.3)
    sheet.canvas.line(x, y, x + width, y)


def _draw(sheet: Sheet, one: _Block, manner: _Layout, x: float, top: float) -> None:
    sheet.number(str(one.stop.number), x + _RADIUS, top - _RADIUS, _RADIUS)
    first = top - max(2 * _RADIUS - one.title.height, 0) / 2
    if one.stop.code and len(one.title.lines) == 1:
        first = top
    sheet.paragraphs([one.title], x + 2 * _RADIUS + _HEAD_GAP, first)
    if one.stop.code:
        canvas = sheet.canvas
        canvas.setFillColor(HexColor(sheet.accent))
        canvas.setFont(BOLD, _CODE)
        line = first - one.title.height - (LEADING + CAP_HEIGHT) / 2 * _CODE
        canvas.drawString(x + 2 * _RADIUS + _HEAD_GAP, line, _code(sheet, one.stop))
    below = top - one.head
    if one.file is not None:
        below -= _HEAD_GAP + one.picture
        size = (manner.width, one.picture)
        sheet.picture(one.file, (x, below), size, is_whole=one.is_whole)
    sheet.paragraphs(one.texts, x, below)
