"""Render the page on optimized models: pictures and figures, before and after."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assets_pipeline.optimization.result import Optimized
    from tours.diagnostics import Language

_WORDS: Final = {
    "fr": {
        "title": "Modèles allégés",
        "before": "Avant",
        "after": "Après",
        "difference": "Différence",
    },
    "en": {
        "title": "Optimized models",
        "before": "Before",
        "after": "After",
        "difference": "Difference",
    },
}


@dataclass(frozen=True, slots=True)
class ModelSection:
    """What the page tells of one model."""

    name: str
    made: Optimized
    rows: list[list[str]]
    """A label, the source's figure, and each file's."""
    warnings: list[str]


def optimization_page(sections: Sequence[ModelSection], language: Language) -> bytes:
    """Return the page as one HTML file."""
    environment = Environment(
        loader=PackageLoader("publishing.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = resources.files("publishing.report") / "templates" / "report.css"
    page = environment.get_template("optimization.html").render(
        language=language,
        words=_WORDS[language],
        sections=sections,
        style=style.read_text(encoding="utf-8"),
        embedded=_embedded,
    )
    return page.encode()


def _embedded(picture: bytes) -> str:
    return f"data:image/webp;base64,{base64.b64encode(picture).decode()}"
