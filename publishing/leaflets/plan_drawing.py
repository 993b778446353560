"""Draw a tour's plan and its legend in a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from reportlab.lib.colors import HexColor  # type: ignore[import-untyped]  # ships none

from publishing.colors import text_on
from publishing.leaflets.sheet import set_paragraph
from publishing.plan.captions import LEADING, SIZE, SMALL
from publishing.plan.layout import RADIUS, legend_kinds
from publishing.text import localization
from publishing.text.localization import ui_strings
from publishing.typesetting import (
    BOLD,
    CAP_HEIGHT,
    FAINT,
    INK,
    PAPER,
    REGULAR,
    missing_glyphs,
    printable_text,
)
from publishing.typesetting import LEADING as TEXT_LEADING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from publishing.leaflets.sheet import Sheet
    from publishing.plan.captions import Caption
    from publishing.plan.layout import GroundPicture, Plan, PlanShape, StopMark

_GROUND: Final = "#f4f1ea"
_RIM: Final = 3.0
_PALER: Final = 0.8
"""How much of a picture's ink is printed, so that marks and words stand out."""


class _Ink(NamedTuple):
    """How a kind of shape is drawn; an area is filled with its colour."""

    color: str | None
    """None for the museum's own."""
    width: float
    dash: tuple[float, ...] = ()
    is_round: bool = True
    """Its ends, and those of its dashes."""


_INKS: Final = {
    "green": _Ink("#d5dfc2", 3.0),
    "water": _Ink("#bcd3de", 4.0),
    "building": _Ink("#d8d0c2", 1.0),
    "rail": _Ink("#8d867b", 1.6, (5, 3)),
    "road": _Ink("#ffffff", 6.0),
    "path": _Ink("#b9b1a2", 1.5, (3, 3)),
    "steps": _Ink("#8d867b", 5.0, (1.2, 1.8), is_round=False),
    "step-free": _Ink("#2f6d8c", 3.0, (1, 5)),
}
_WAY: Final = _Ink(None, 3.2)
_STRAIGHT: Final = _Ink(None, 1.6, (1, 5))
_KEY, _SAMPLE = 2.9, 9.0
"""Size of the legend's words, and length of its lines, in millimetres."""


def plan_height(plan: Plan, width: float) -> float:
    """Return the height of a plan drawn at a width."""
    return plan.height * width / plan.width


def draw_plan(sheet: Sheet, plan: Plan, x: float, top: float, width: float) -> None:
    """Draw a plan from its upper left corner."""
    canvas, scale = sheet.canvas, width / plan.width
    canvas.saveState()
    canvas.translate(x, top)
    canvas.scale(scale, -scale)
    frame = canvas.beginPath()
    frame.roundRect(0, 0, plan.width, plan.height, 5)
    canvas.clipPath(frame, stroke=0, fill=0)
    canvas.setFillColor(HexColor(_GROUND))
    canvas.rect(0, 0, plan.width, plan.height, stroke=0, fill=1)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    if plan.ground:
        _ground(sheet, plan.ground)
    for shape in plan.shapes:
        _shape(sheet, shape)
    if plan.route:
        _line(sheet, plan.route, _STRAIGHT)
    for name in plan.names:
        _caption(sheet, name, SMALL, FAINT)
    for place in plan.places:
        if place.caption:
            _caption(sheet, place.caption, SIZE, INK)
    for place in plan.places:
        _mark(sheet, place)
    _aids(sheet, plan)
    canvas.restoreState()


def draw_legend(
    sheet: Sheet, plan: Plan, at: tuple[float, float], width: float
) -> float:
    """Draw the legend of a plan, and return where it ends.

    Lines are as wide as on a plan of that width.
    """
    (x, top), scale = at, width / plan.width
    for kind in legend_kinds(plan):
        ink = _STRAIGHT if kind == "straight" else _INKS.get(kind, _WAY)
        words = set_paragraph(
            sheet.words(f"plan_key_{kind}"), REGULAR, _KEY, width - _SAMPLE - 2
        )
        line = top - _KEY * TEXT_LEADING / 2
        sheet.canvas.saveState()
        sheet.canvas.translate(x, line)
        sheet.canvas.scale(scale, scale)
        sheet.canvas.setLineCap(1)
        _line(sheet, ((0, 0), (_SAMPLE / scale, 0)), ink)
        sheet.canvas.restoreState()
        top = sheet.paragraphs([words], x + _SAMPLE + 2, top, FAINT) - 0.8
    if plan.ground and plan.ground.credits:
        said = plan.ground.credits
        text = printable_text(said.text, said.language or sheet.manifest.language)
        if not missing_glyphs(text):
            top = sheet.paragraphs(
                [set_paragraph(text, REGULAR, _KEY, width)], x, top, FAINT
            )
    return top


def _ground(sheet: Sheet, laid: GroundPicture) -> None:
    """Draw the picture below, paler than what is written on it."""
    found = [v for v in laid.variants if v.url in sheet.pictures]
    if not found:
        return
    widest = max(found, key=lambda variant: variant.width_px)
    a, b, c, d, e, f = laid.matrix(1, 1)
    canvas = sheet.canvas
    canvas.saveState()
    # The plan's y grows downwards, a picture's own upwards.
    canvas.transform(a, b, -c, -d, e + c, f + d)
    canvas.setFillAlpha(_PALER)
    canvas.drawImage(str(sheet.pictures[widest.url]), 0, 0, 1, 1)
    canvas.restoreState()


def _shape(sheet: Sheet, shape: PlanShape) -> None:
    ink = _INKS.get(shape.kind, _WAY)
    if not shape.is_area:
        for line in shape.lines:
            _line(sheet, line, ink)
        return
    path = sheet.canvas.beginPath()
    for line in shape.lines:
        path.moveTo(*line[0])
        for spot in line[1:]:
            path.lineTo(*spot)
        path.close()
    sheet.canvas.setFillColor(HexColor(ink.color or sheet.accent))
    sheet.canvas.drawPath(path, stroke=0, fill=1, fillMode=0)


def _line(sheet: Sheet, line: Sequence[tuple[float, float]], ink: _Ink) -> None:
    canvas = sheet.canvas
    canvas.setStrokeColor(HexColor(ink.color or sheet.accent))
    canvas.setLineWidth(ink.width)
    canvas.setDash([*ink.dash])
    canvas.setLineCap(int(ink.is_round))
    path = canvas.beginPath()
    path.moveTo(*line[0])
    for spot in line[1:]:
        path.lineTo(*spot)
    canvas.drawPath(path, stroke=1, fill=0)
    canvas.setDash()


def _caption(sheet: Sheet, caption: Caption, size: float, color: str) -> None:
    language = sheet.manifest.language
    for row, word in enumerate(caption.lines):
        text = printable_text(word.text, word.language or language)
        if not missing_glyphs(text):
            spot = (caption.at.x, caption.at.y + LEADING * row)
            _write(sheet, text, spot, size, (REGULAR, color, caption.anchor))


def _write(
    sheet: Sheet,
    text: str,
    spot: tuple[float, float],
    size: float,
    style: tuple[str, str, str],
) -> None:
    """Write on the plan, whose y grows downwards: letters would stand on their heads."""
    font, color, anchor = style
    canvas = sheet.canvas
    canvas.saveState()
    canvas.translate(*spot)
    canvas.scale(1, -1)
    canvas.setFont(font, size)
    canvas.setFillColor(HexColor(color))
    draw: Callable[..., None] = {
        "start": canvas.drawString,
        "middle": canvas.drawCentredString,
        "end": canvas.drawRightString,
    }[anchor]
    if font == REGULAR:  # a rim, so that words stand out from what they lie on
        canvas.setStrokeColor(HexColor(_GROUND))
        canvas.setLineWidth(_RIM)
        canvas.setLineJoin(1)
        canvas.setDash()
        draw(0, 0, text, mode=1)
    draw(0, 0, text, mode=0)
    canvas.restoreState()


def _mark(sheet: Sheet, place: StopMark) -> None:
    canvas = sheet.canvas
    canvas.setFillColor(HexColor(sheet.accent))
    canvas.setStrokeColor(HexColor(PAPER))
    canvas.setLineWidth(1.5)
    left, top = place.at.x - place.width / 2, place.at.y - RADIUS
    canvas.roundRect(left, top, place.width, 2 * RADIUS, RADIUS, stroke=1, fill=1)
    spot = (place.at.x, place.at.y + SIZE * CAP_HEIGHT / 2)
    style = (BOLD, text_on(sheet.accent), "middle")
    _write(sheet, place.numbers, spot, SIZE, style)


def _aids(sheet: Sheet, plan: Plan) -> None:
    """Draw the north and a length of the ground."""
    canvas = sheet.canvas
    canvas.setStrokeColor(HexColor(INK))
    canvas.setLineWidth(1.4)
    x = plan.width - 19
    for line in (((x, 33), (x, 12)), ((x - 5, 19), (x, 12)), ((x + 5, 19), (x, 12))):
        canvas.line(*line[0], *line[1])
    style = (BOLD, INK, "middle")
    _write(sheet, sheet.words("plan_north"), (x, 46), SMALL, style)
    foot = plan.height - 10
    canvas.line(10, foot, 10 + plan.bar.units, foot)
    for end in (10, 10 + plan.bar.units):
        canvas.line(end, foot - 4, end, foot)
    sign = ui_strings(sheet.manifest.language).words["decimal_sign"]
    told = localization.format_distance(plan.bar.metres, sign)
    _write(sheet, told, (10, foot - 10), SMALL, (REGULAR, INK, "start"))
