"""Judge a print by its trackability: pass, warn or refuse, with advice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from assets_pipeline.findings import image_targets as catalogue
from assets_pipeline.image_targets.trackability import PASSES, WARNS
from assets_pipeline.images.photographs import read_photograph
from assets_pipeline.tasks.result import Note

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assets_pipeline.image_targets.trackability import Trackability, Trial
    from assets_pipeline.resolver import Resolver
    from assets_pipeline.tasks.task import Task
    from tours.diagnostics import Language, Rule

TOO_ALIKE: Final = 0.2
"""Part of another print's views in which one is seen, from which on it is told."""
_MOST_OTHERS: Final = 12
Sentence = dict["Language", str]
FEW_FEATURES: Final = 150
"""A clear view of a print that is easily recognised has many hundreds."""
HOLDS: Final = 0.25
"""Heat of a place of the print that helps."""
SMALL_PART: Final = 0.1
_SURE: Final = 0.8
_BARE: Final[Sentence] = {
    "fr": "Il y a trop peu de détails\u00a0: ajoutez un dessin contrasté, une carte ou une photographie nette.",
    "en": "There is too little detail: add a drawing with contrast, a map, or a sharp photograph.",
}
_IN_ONE_CORNER: Final[Sentence] = {
    "fr": "Les détails tiennent dans une petite partie de l’image\u00a0: répartissez-les, ou recadrez autour d’eux.",
    "en": "The detail fills a small part of the picture: spread it, or crop around it.",
}
_REPEATED: Final[Sentence] = {
    "fr": "Un motif se répète, ou tout se ressemble\u00a0: ajoutez quelque chose d’unique et de grand, un titre ou un dessin.",
    "en": "A pattern repeats, or all looks alike: add something unique and large, a title or a drawing.",
}
_GOOD: Final[Sentence] = {
    "fr": "Imprimez-la mate, à plat, là où on la voit tout entière.",
    "en": "Print it matte, keep it flat, and hang it where it is seen whole.",
}
_BY_WORST: Final[dict[str, Sentence]] = {
    "near": {
        "fr": "De près on n’en voit qu’un morceau\u00a0: ajoutez de petits détails nets.",
        "en": "From near only a piece of it shows: add small, sharp detail.",
    },
    "far": {
        "fr": "De loin ses détails disparaissent\u00a0: imprimez-la plus grande, ou grossissez son dessin.",
        "en": "From afar its detail vanishes: print it larger, or draw it bolder.",
    },
    "aslant": {
        "fr": "Posez-la face à l’endroit d’où on la regarde.",
        "en": "Hang it facing the place that it is seen from.",
    },
    "dark": {
        "fr": "Choisissez une image plus contrastée, ou éclairez-la.",
        "en": "Choose a picture with more contrast, or light it.",
    },
    "glare": {
        "fr": "Imprimez-la sur papier mat, et sans vitre.",
        "en": "Print it on matte paper, without glass.",
    },
    "hidden": {
        "fr": "Posez-la plus haut que les visiteurs, ou répartissez ses détails.",
        "en": "Hang it above visitors' heads, or spread its detail.",
    },
    "blurred": {
        "fr": "Ses détails sont trop fins\u00a0: grossissez son dessin, ou imprimez-la plus grande.",
        "en": "Its detail is too fine: draw it bolder, or print it larger.",
    },
}
_LIKE: Final = {
    "steep": "aslant",
    "shadow": "dark",
    "shaken": "blurred",
    "usual": "far",
}


def trackability_notes(
    task: Task, found: Trackability, alike: Iterable[str] = ()
) -> Iterator[Note]:
    """Yield notes on a print that is hard to recognise, or taken for others.

    Parameters
    ----------
    task
        Of the print.
    found
        Of its trials.
    alike
        Paths of the prints it is taken for: see `find_lookalikes`.
    """
    rule = choose_rule(found, is_forced=task.is_forced)
    if rule is not None:
        yield Note(rule.code, {"file": task.path, **rule_values(found)})
    for path in alike:
        values = {"file": task.path, "other": path}
        yield Note(catalogue.TARGETS_ALIKE.code, values)


def find_lookalikes(task: Task, trial: Trial, resolver: Resolver) -> Iterator[str]:
    """Yield the paths of prints beside a task's own in whose views it is found too."""
    for path, width_m in task.beside[:_MOST_OTHERS]:
        other = read_photograph(replace(task, path=path), resolver)
        if trial.false_match_ratio(other, width_m) >= TOO_ALIKE:
            yield path


def choose_rule(found: Trackability, *, is_forced: bool = False) -> Rule | None:
    """Return the rule that a print falls under, None where it passes."""
    if found.score >= PASSES:
        return None
    if found.score >= WARNS:
        return catalogue.TARGET_HARD
    return catalogue.TARGET_FORCED if is_forced else catalogue.TARGET_REFUSED


def rule_values(found: Trackability) -> dict[str, str]:
    """Return the values of the rules about a print."""
    worst, advice = found.worst, choose_advice(found)
    return {
        "score": str(found.score),
        "worst_fr": worst.condition.words["fr"],
        "worst_en": worst.condition.words["en"],
        "times": str(round(10 * worst.recall)),
        "advice_fr": advice["fr"],
        "advice_en": advice["en"],
    }


def choose_advice(found: Trackability) -> Sentence:
    """Return the advice that helps a print most, one sentence in each language."""
    worst = found.worst
    if found.score >= PASSES and worst.recall >= _SURE:
        return _GOOD
    if found.feature_count < FEW_FEATURES:
        return _BARE
    if float((found.heat > HOLDS).mean()) < SMALL_PART:
        return _IN_ONE_CORNER
    if found.recall_of("usual") < _SURE:
        return _REPEATED
    name = worst.condition.name
    return _BY_WORST[_LIKE.get(name, name)]
