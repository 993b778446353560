"""What a museum is told about a print, from its trials: it passes, warns, or is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from assets_pipeline.building.made import Note
from assets_pipeline.findings import target_catalogue as catalogue
from assets_pipeline.image_targets.advice import advice_on
from assets_pipeline.image_targets.trackability import PASSES, WARNS
from assets_pipeline.media.pictures import developed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assets_pipeline.building.tasks import Task
    from assets_pipeline.image_targets.trackability import Trackability, Trial
    from assets_pipeline.resolver import Resolver
    from tours.diagnostics import Rule

TOO_ALIKE: Final = 0.2
"""Part of another print's views in which one is seen, from which on it is told."""
_MOST_OTHERS: Final = 12


def notes_on(
    task: Task, found: Trackability, alike: Iterable[str] = ()
) -> Iterator[Note]:
    """Give what is worth telling of a print: that it is hard, and what it looks like.

    Parameters
    ----------
    task
        Of the print.
    found
        Of its trials.
    alike
        Paths of the prints it is taken for: see `alike_to`.
    """
    rule = verdict_on(found, is_forced=task.is_forced)
    if rule is not None:
        yield Note(rule.code, {"file": task.path, **values_of(found)})
    for path in alike:
        values = {"file": task.path, "other": path}
        yield Note(catalogue.TARGETS_ALIKE.code, values)


def alike_to(task: Task, trial: Trial, resolver: Resolver) -> Iterator[str]:
    """Give the paths of prints beside a task's own in whose views it is seen too."""
    for path, width_m in task.beside[:_MOST_OTHERS]:
        other = developed(replace(task, path=path), resolver)
        if trial.taken_for(other, width_m) >= TOO_ALIKE:
            yield path


def verdict_on(found: Trackability, *, is_forced: bool = False) -> Rule | None:
    """Return the rule that a print falls under, None where it passes."""
    if found.score >= PASSES:
        return None
    if found.score >= WARNS:
        return catalogue.TARGET_HARD
    return catalogue.TARGET_FORCED if is_forced else catalogue.TARGET_REFUSED


def values_of(found: Trackability) -> dict[str, str]:
    """Return what the sentences about a print say of it."""
    worst, advice = found.worst, advice_on(found)
    return {
        "score": str(found.score),
        "worst_fr": worst.condition.words["fr"],
        "worst_en": worst.condition.words["en"],
        "times": str(round(10 * worst.recall)),
        "advice_fr": advice["fr"],
        "advice_en": advice["en"],
    }
