"""Forecast the recognition of one print; labels' forecasts as values (light to import)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assets_pipeline.image_targets.trackability import Trackability
    from assets_pipeline.tasks.task import Task
    from tours.bundle import Recognition
    from tours.diagnostics import Language


def forecast_print(task: Task, language: Language | None) -> tuple[Trackability, str]:
    """Return the trackability of a task's picture, and the report about it.

    It is decoded: `assets_pipeline.build.sandbox` is where.

    Parameters
    ----------
    task
        Of a picture to recognise, with its printed width.
    language
        Of the report, a page of HTML; None where none is wanted.

    Raises
    ------
    AssetError
        A subclass that names the cause.
    """
    # Imported here: who asks another process needs none of it.
    from assets_pipeline.image_targets.report import report_page  # noqa: PLC0415
    from assets_pipeline.image_targets.trackability import Trial  # noqa: PLC0415
    from assets_pipeline.images.photographs import read_photograph  # noqa: PLC0415
    from assets_pipeline.resolver import Resolver  # noqa: PLC0415

    picture = read_photograph(task, Resolver(Path(task.folder)))
    trial = Trial(picture, task.width_m)
    found = trial.measure()
    page = report_page(task.path, trial, found, language) if language else ""
    return found, page


@dataclass(frozen=True, slots=True)
class LabelPrint:
    """Text and width of a printed label."""

    text: str
    """What its code says."""
    width_m: float
    """Of the code, from dark edge to dark edge."""


@dataclass(frozen=True, slots=True)
class LabelForecast:
    """Forecast recognition of one label."""

    recognition: Recognition
    worst: str
    """The condition in which labels are found least, by its name in `conditions`."""
    worst_recall: float
    alike: tuple[str, ...]
    """What the codes say of labels that it is taken for."""
