"""Render the HTML report on one print, pictures included."""

from __future__ import annotations

import base64
import io
from html import escape
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from assets_pipeline.image_targets.simulated_views import (
    corners_of,
    homography_of,
    render_view,
)
from assets_pipeline.image_targets.trackability import PASSES, WARNS, is_correct
from assets_pipeline.image_targets.trial_conditions import CONDITIONS, views_of
from assets_pipeline.image_targets.verdict import choose_advice

if TYPE_CHECKING:
    from assets_pipeline.arrays import Float64Array
    from assets_pipeline.image_targets.trackability import Trackability, Trial
    from assets_pipeline.image_targets.trial_conditions import Condition
    from tours.diagnostics import Language

_SEED: Final = 1
_HEAT_WIDTH_PX: Final = 720
_GALLERY_WIDTH_PX: Final = 320
_GREEN, _AMBER, _RED = "#1b7f4d", "#b26a00", "#b3261e"
_COLD, _WARM = (62, 76, 108), (255, 190, 70)
"""The heat map darkens where nothing holds, and glows where much does."""
_STYLE: Final = """
:root{color-scheme:light;--ink:#1d2126;--faint:#5d6670;--line:#dfe3e8;--card:#fff}
*{box-sizing:border-box}
body{margin:0;background:#f4f5f7;color:var(--ink);
 font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:1080px;margin:0 auto;padding:32px 20px 64px}
h1{font-size:28px;line-height:1.2;margin:0 0 4px;overflow-wrap:anywhere}
h2{font-size:19px;margin:40px 0 12px}
.faint{color:var(--faint);margin:0}
.verdict{display:flex;gap:24px;align-items:center;background:var(--card);
 border:1px solid var(--line);border-left:8px solid var(--tint);border-radius:10px;
 padding:20px 24px;margin:24px 0;flex-wrap:wrap}
.score{font-size:60px;font-weight:700;line-height:1;color:var(--tint)}
.score small{font-size:18px;font-weight:400;color:var(--faint)}
.verdict p{margin:0;max-width:38em;flex:1 1 20em}
.verdict strong{display:block;font-size:19px}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(200px,1fr));gap:12px}
.figure{background:var(--card);border:1px solid var(--line);border-radius:10px;
 padding:14px 18px}
.figure b{display:block;font-size:25px;font-weight:650}
.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(300px,1fr));gap:16px}
figure{margin:0}
figure img{width:100%;height:auto;display:block;border-radius:8px;
 border:1px solid var(--line);background:#fff}
figcaption{font-size:14px;color:var(--faint);padding-top:6px}
table{border-collapse:collapse;width:100%;background:var(--card);
 border:1px solid var(--line);border-radius:10px}
td,th{padding:8px 14px;text-align:left;border-top:1px solid var(--line);font-weight:400}
tr:first-child td,tr:first-child th{border-top:0}
th{width:38%}
.bar{height:12px;border-radius:6px;background:#e8ebef;overflow:hidden;min-width:60px}
.bar i{display:block;height:100%;border-radius:6px}
td.count{width:6em;text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.gallery{display:grid;grid-template-columns:repeat(auto-fill,minmax(220px,1fr));gap:14px}
.gallery img{border:3px solid var(--tint)}
.gallery b{color:var(--tint);font-weight:600}
footer{margin-top:40px;font-size:14px;color:var(--faint)}
@media print{body{background:#fff}h2{break-after:avoid}figure,tr{break-inside:avoid}}
"""
WORDS: Final[dict[Language, dict[str, str]]] = {
    "fr": {
        "size": "Imprimée sur {width} × {height}\u00a0cm",
        "passes": "Elle peut être imprimée.",
        "hard": "Elle sera parfois difficile à reconnaître.",
        "refused": "Elle ne serait presque jamais reconnue\u00a0: ne l’imprimez pas ainsi.",
        "farthest": "reconnue jusqu’à cette distance, de face, neuf fois sur dix",
        "angle": "de biais au plus, neuf fois sur dix",
        "worst": "le plus difficile\u00a0: {condition}",
        "no_worst": "reconnue dans toutes les conditions essayées",
        "where": "Où elle tient",
        "the_print": "L’image, comme un téléphone la compare",
        "the_heat": "En clair, ce que les téléphones retrouvent\u00a0; dans l’ombre, ce qui ne les aide pas",
        "how_often": "Combien de fois elle est reconnue, du premier coup",
        "gallery": "Ce que voit un téléphone",
        "gallery_note": "Vues calculées. Le contour est celui que trouve le programme du téléphone.",
        "found": "reconnue",
        "not_found": "non reconnue",
        "colon": "\u00a0: ",
        "footer": "Essais calculés avec le programme même qui tourne dans les téléphones. Rien n’a quitté cet ordinateur.",
    },
    "en": {
        "size": "Printed {width} × {height}\u00a0cm",
        "passes": "It can be printed.",
        "hard": "It will at times be hard to recognise.",
        "refused": "It would hardly ever be recognised: do not print it as it is.",
        "farthest": "recognised up to this distance, from the front, nine times in ten",
        "angle": "to the side at most, nine times in ten",
        "worst": "hardest: {condition}",
        "no_worst": "recognised under every condition tried",
        "where": "Where it holds",
        "the_print": "The picture, as a phone compares it",
        "the_heat": "Bright: what phones find again; dark: what is of no help",
        "how_often": "How often it is recognised, at first sight",
        "gallery": "What a phone sees",
        "gallery_note": "Computed views. The outline is what the phone's program finds.",
        "found": "recognised",
        "not_found": "not recognised",
        "colon": ": ",
        "footer": "Computed trials by the very program that runs in phones. Nothing has left this computer.",
    },
}


def report_page(
    name: str, trial: Trial, found: Trackability, language: Language
) -> str:
    """Return the report as HTML that needs no other file and no network.

    Parameters
    ----------
    name
        What to call the print.
    trial
        The print, to draw what phones see of it.
    found
        What is foretold of it.
    language
        Of the page.
    """
    words = WORDS[language]
    body = "\n".join(
        (
            _head(name, trial, found, language),
            _figures(found, language),
            _where_it_holds(trial, found, language),
            _table(found, language),
            _gallery(trial, language),
            f"<footer>{escape(words['footer'])}</footer>",
        )
    )
    title = escape(f"{name} · {found.score}/100")
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def render_heat_map(print_: Image.Image, heat: Float64Array) -> Image.Image:
    """Return a print under its heat map: dark where nothing is found again.

    Parameters
    ----------
    heat : (rows, columns) float
        0 to 1.
    """
    scale = _HEAT_WIDTH_PX / max(print_.size)
    size = (round(print_.width * scale), round(print_.height * scale))
    grey = np.asarray(print_.resize(size), np.float64)[..., None] / 255
    cells = Image.fromarray((heat.clip(0, 1) ** 0.6 * 255).astype(np.uint8))
    cell_px = _HEAT_WIDTH_PX / max(heat.shape)
    smooth = cells.resize(size, Image.Resampling.BICUBIC).filter(
        ImageFilter.GaussianBlur(cell_px * 0.6)
    )
    warmth = np.asarray(smooth, np.float64)[..., None] / 255
    warmth = (warmth / max(warmth.max(), 0.3)).clip(0, 1)
    tint = np.array(_COLD) * (1 - warmth) + np.array(_WARM) * warmth
    lit = 0.3 + 0.7 * grey
    return Image.fromarray((tint * lit).clip(0, 255).astype(np.uint8))


def _head(name: str, trial: Trial, found: Trackability, language: Language) -> str:
    words = WORDS[language]
    width, height = trial.print_.size
    height_m = trial.width_m * height / width
    size = words["size"].format(
        width=format_number(f"{100 * trial.width_m:.1f}", language),
        height=format_number(f"{100 * height_m:.1f}", language),
    )
    verdict = "passes" if found.score >= PASSES else "hard"
    verdict = verdict if found.score >= WARNS else "refused"
    return (
        f"<h1>{escape(name)}</h1>\n<p class=faint>{escape(size)}</p>\n"
        f'<div class=verdict style="--tint:{_tint(found.score / 100)}">'
        f"<div class=score>{found.score}<small>&nbsp;/&nbsp;100</small></div>"
        f"<p><strong>{escape(words[verdict])}</strong>"
        f"{escape(choose_advice(found)[language])}</p></div>"
    )


def _figures(found: Trackability, language: Language) -> str:
    words, worst = WORDS[language], found.worst
    hardest = "worst" if worst.found < worst.views else "no_worst"
    far = f"{format_number(f'{found.farthest_m:.1f}', language)}&nbsp;m"
    angle = f"{found.largest_angle_deg:.0f}°"
    told = (
        (far if found.farthest_m else "–", words["farthest"]),
        (angle if found.largest_angle_deg else "–", words["angle"]),
        (
            f"{worst.found}&nbsp;/&nbsp;{worst.views}",
            words[hardest].format(condition=worst.condition.words[language]),
        ),
    )
    cards = (
        f"<div class=figure><b>{value}</b>{escape(text)}</div>" for value, text in told
    )
    return f"<div class=figures>{''.join(cards)}</div>"


def _where_it_holds(trial: Trial, found: Trackability, language: Language) -> str:
    words = WORDS[language]
    plain = trial.print_.copy()
    plain.thumbnail((_HEAT_WIDTH_PX, _HEAT_WIDTH_PX))
    heat = render_heat_map(trial.print_, found.heat)
    return (
        f"<h2>{escape(words['where'])}</h2>\n<div class=two>"
        f"{_figure(plain, words['the_print'])}{_figure(heat, words['the_heat'])}</div>"
    )


def _table(found: Trackability, language: Language) -> str:
    words = WORDS[language]
    rows = (
        f"<tr><th>{escape(tried.condition.words[language].capitalize())}</th>"
        f"<td><div class=bar><i style='width:{100 * tried.recall:.0f}%;"
        f"background:{_tint(tried.recall)}'></i></div></td>"
        f"<td class=count>{tried.found}&nbsp;/&nbsp;{tried.views}</td></tr>"
        for tried in found.results
    )
    return f"<h2>{escape(words['how_often'])}</h2>\n<table>{''.join(rows)}</table>"


def _gallery(trial: Trial, language: Language) -> str:
    words = WORDS[language]
    shown = "".join(_shown(trial, condition, language) for condition in CONDITIONS)
    return (
        f"<h2>{escape(words['gallery'])}</h2>\n<p class=faint>"
        f"{escape(words['gallery_note'])}</p>\n<div class=gallery>{shown}</div>"
    )


def _shown(trial: Trial, condition: Condition, language: Language) -> str:
    """Return one view of a condition, with the outline that the tracker finds."""
    size = trial.print_.size
    view = next(iter(views_of(condition, 1, size, trial.width_m, _SEED)))
    frame = render_view(trial.print_, view, trial.width_m)
    sighting = trial.sighting(frame)
    truth = corners_of(homography_of(view, size, trial.width_m), size)
    is_found = sighting is not None and is_correct(sighting.corners, truth)
    picture = Image.fromarray(frame).convert("RGB")
    tint = _GREEN if is_found else _RED
    if sighting is not None:
        outline = [(float(x), float(y)) for x, y in sighting.corners]
        ImageDraw.Draw(picture).line([*outline, outline[0]], fill=tint, width=4)
    picture.thumbnail((_GALLERY_WIDTH_PX, _GALLERY_WIDTH_PX))
    words = WORDS[language]
    said = words["found"] if is_found else words["not_found"]
    caption = escape(condition.words[language].capitalize())
    return (
        f'<figure style="--tint:{tint}"><img src="{_embedded(picture)}" alt="{caption}">'
        f"<figcaption>{caption}{escape(words['colon'])}<b>{escape(said)}</b>"
        "</figcaption></figure>"
    )


def _figure(picture: Image.Image, caption: str) -> str:
    text = escape(caption)
    return (
        f'<figure><img src="{_embedded(picture)}" alt="{text}">'
        f"<figcaption>{text}</figcaption></figure>"
    )


def _embedded(picture: Image.Image) -> str:
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=82)
    return "data:image/webp;base64," + base64.b64encode(buffer.getvalue()).decode()


def _tint(part: float) -> str:
    if part >= PASSES / 100:
        return _GREEN
    return _AMBER if part >= WARNS / 100 else _RED


def format_number(text: str, language: Language) -> str:
    """Return a decimal number with the language's own sign, without trailing zeros."""
    bare = text.rstrip("0").rstrip(".") if "." in text else text
    return bare.replace(".", ",") if language == "fr" else bare
