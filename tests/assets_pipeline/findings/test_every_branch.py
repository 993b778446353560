"""Every rule, in each of its branches, makes whole sentences in both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product
from pathlib import Path, PurePosixPath
from string import Formatter
from typing import TYPE_CHECKING, get_args

import numpy as np
import pytest

from assets_pipeline.checks.budgets import check_gpu_memory
from assets_pipeline.checks.model_size import check_model_size, recentering_note
from assets_pipeline.checks.unreadable_files import (
    describe_failure,
    describe_program_error,
)
from assets_pipeline.checks.visual_error import check_visual_error
from assets_pipeline.errors import causes, exceptions, media_causes
from assets_pipeline.findings import extensions, occlusion
from assets_pipeline.findings.catalogue import BY_CODE, RULES, place_note
from assets_pipeline.image_targets.trackability import ConditionResult, Trackability
from assets_pipeline.image_targets.trial_conditions import CONDITIONS
from assets_pipeline.image_targets.verdict import trackability_notes
from assets_pipeline.tasks.result import Note
from assets_pipeline.tasks.task import Task, TaskKind
from tours.bundle import Bundle, Extents, Lod, MediaFile, Picture, UsdzFacts
from tours.diagnostics import Location
from tours.model import (
    Axis,
    FileReference,
    Flag,
    Length,
    LocalizedText,
    ModelScene,
    ModelSource,
)
from tours.vocabulary import UNITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tours.bundle import LodName
    from tours.diagnostics import Diagnostic

PLACE = Location(Path("tours/a.yaml"), 8)
FILE = MediaFile("0" * 64, 3, ".glb", "model/gltf-binary")
TASK = Task("model", "museum", "models/a.glb")
BOX = Extents((0.0, 0.0, 0.0), (1.0, 1.0, 1.0))
PLAIN = {
    "A016": {"file": "a.obj", "place": "a.mtl"},
    "A019": {"file": "a.zip", "place": "b.stl"},
    "A020": {"file": "a.glb", "lod": "phone", "kilobytes": "700", "most": "600"},
    "A021": {"file": "a.glb", "lod": "phone", "triangles": "90", "most": "80"},
    "A023": {"file": "a.glb", "decisions": "decisions.json"},
    "A025": {"file": "a.glb", "megabytes": "30", "most": "25"},
    "A026": {"file": "a.glb", "minutes": "60", "most": "10"},
    "A027": {"file": "a.obj", "place": "a.png"},
    "A033": {"file": "a.jpg", "width": "2048"},
    "A034": {"file": "a.mp3"},
    "A035": {"file": "a.mp3", "level": "-45", "gain": "29"},
    "A036": {"file": "a.mp3"},
    "A037": {"file": "a.mp3", "level": "-28.7", "wanted": "-16"},
    "A040": {"file": "a.vtt", "line": "3", "shown": "00:00.500 --> 1"},
    "A041": {"file": "a.vtt", "line": "3", "shown": "Bonjour."},
    "A042": {"file": "a.vtt", "line": "3", "shown": "Bonjour."},
    "A043": {"file": "a.vtt", "line": "3", "speed": "31", "most": "25"},
    "A044": {"file": "a.vtt"},
    "A045": {"file": "a.vtt", "heard": "a.mp3", "end": "1:10", "length": "0:50"},
    "A051": {"file": "a.mp4", "language": "fr", "addition": "a.{lang}.vtt"},
    "A060": {"language": "eo", "stop": "lathe", "known": "fr, en"},
    "A074": {"file": "a.png", "other": "b.png"},
}
"""Rules of one branch whose values are names and numbers."""


def scene(height_m: float | None, unit: str, up: Axis) -> ModelScene:
    file = FileReference(PurePosixPath("a.glb"), PLACE)
    height = None if height_m is None else Length(height_m, PLACE)
    alt = LocalizedText((("fr", "Un objet."),), PLACE)
    source = ModelSource(file, UNITS[unit], up)
    return ModelScene(source, height, 1.0, alt, None, None, None, PLACE)


def sizes() -> Iterator[Diagnostic]:
    """Yield what is said of sizes, for every unit and axis written and meant."""
    axes = get_args(Axis)
    boxes = [(0.4, 1.9, 0.07), (19.0, 0.7, 4.0), (0.037, 0.0071, 0.31)]
    boxes.append((1230.4, 711.0, 2.2))
    for size, unit, up in product(boxes, UNITS, axes):
        extents = Extents((0.0, 0.0, 0.0), size)
        scales = [a * factor / UNITS[unit] for a in size for factor in UNITS.values()]
        for height_m in (None, *scales, *(1.03 * m for m in scales), 123.4):
            yield from check_model_size(scene(height_m, unit, up), extents)
    far = Extents((1e3, 0.0, 0.0), (1.0012e3, 1.2, 1.2))
    yield from check_model_size(scene(None, "m", "y"), far)
    survey = Extents((652345.0, 6862013.0, 96.0), (652346.5, 6862014.0, 97.4))
    for up in axes:
        task = replace(TASK, up=up)
        yield place_note(recentering_note(task, survey, (652345.5, 96.4, 1.25)), PLACE)


def bundles() -> Iterator[Diagnostic]:
    """Yield what is said of graphics memory and of visual errors, of each level."""
    names: tuple[LodName, ...] = ("preview", "phone", "high")
    for name, is_searched in product((*names, "usdz"), (False, True)):
        lods = tuple(
            Lod(n, FILE, 12, 1, 99_400_000, 0.5 if n == name else 0.0) for n in names
        )
        facts = UsdzFacts(12, 1, 400_000_000, 0.5 if name == "usdz" else 0.0)
        made = Bundle(BOX, lods, FILE, Picture(()), 12, None, facts, is_searched)
        shown = scene(None, "m", "y")
        yield from check_visual_error(shown, made)
        darkened = replace(shown.source, occlusion=Flag(is_so=True, location=PLACE))
        yield from check_visual_error(replace(shown, source=darkened), made)
        yield from check_gpu_memory(shown, made)


def failures() -> Iterator[Diagnostic]:
    """Yield what is said of each error of each kind of file, with and without a cause."""
    kinds = [
        kind
        for kind in vars(exceptions).values()
        if isinstance(kind, type)
        and issubclass(kind, exceptions.AssetError)
        and kind not in {exceptions.AssetError, exceptions.WrongShapeError}
    ]
    known = [
        cause
        for module in (causes, media_causes)
        for cause in vars(module).values()
        if isinstance(cause, causes.Cause)
    ]
    for task_kind, kind in product(get_args(TaskKind), kinds):
        task = replace(TASK, kind=task_kind)
        errors = [kind("it says 7", "accessors[3]", "Export it again")]
        errors += [kind.from_cause(cause, "a.bin", **_sample(cause)) for cause in known]
        for error in errors:
            yield place_note(describe_failure(task, error), PLACE)
    shaped: tuple[TaskKind, ...] = ("panorama", "target")
    for task_kind in shaped:
        wrong = exceptions.WrongShapeError("not 2:1", "640 x 480 px", "Export it again")
        task = replace(TASK, kind=task_kind)
        yield place_note(describe_failure(task, wrong), PLACE)
    yield place_note(describe_program_error(TASK, "KeyError('x')"), PLACE)


def _sample(cause: causes.Cause) -> dict[str, object]:
    texts = (cause.fr.reason, cause.fr.remedy, cause.en.reason, cause.en.remedy)
    return {name: "7" for text in texts for name in _fields(text) if name != "place"}


def image_targets() -> Iterator[Diagnostic]:
    """Yield what is said of a print for each condition that may be its worst."""
    heats = (np.full((18, 24), 0.5), np.pad(np.full((2, 2), 0.5), ((0, 16), (0, 22))))
    for worst, others, heat, features, is_forced in product(
        CONDITIONS, (7, 4, 1), heats, (900, 20), (False, True)
    ):
        tried = tuple(
            ConditionResult(one, 10, 0 if one is worst else others, 0, ())
            for one in CONDITIONS
        )
        told = Trackability(10 * others, tried, 2.0, 50.0, heat, features)
        task = replace(TASK, kind="target", is_forced=is_forced)
        for note in trackability_notes(task, told):
            yield place_note(note, PLACE)


def reasons() -> Iterator[Diagnostic]:
    """Yield what is said of extensions, and of hollows that stay pale."""
    for are_seen, count in product((False, True), (1, 2, 30)):
        told = extensions.left_out_values(
            [f"EXT_{i}" for i in range(count)], are_seen=are_seen
        )
        code = extensions.EXTENSIONS_LEFT_OUT.code
        yield place_note(Note(code, {"file": "a.glb", **told}), PLACE)
    for why in occlusion.OCCLUSION_REFUSALS.values():
        yield place_note(
            Note(occlusion.OCCLUSION_NOT_BAKED.code, {"file": "a.glb", **why}), PLACE
        )


def plain() -> Iterator[Diagnostic]:
    for code, values in PLAIN.items():
        yield place_note(Note(code, values), PLACE)


EVERY = (sizes, bundles, failures, image_targets, reasons, plain)


@pytest.mark.parametrize("branch", EVERY)
def test_sentences_are_whole(branch: Callable[[], Iterator[Diagnostic]]) -> None:
    """No place is left empty, and none unfilled, in French and in English."""
    for finding in branch():
        for words in (finding.fr, finding.en):
            for sentence in (words.what, words.why, words.remedy):
                assert _flaws(sentence) == [], (finding.code, sentence)


@pytest.mark.parametrize("branch", EVERY)
def test_french_numbers_have_a_comma(
    branch: Callable[[], Iterator[Diagnostic]],
) -> None:
    """As `inspect` and the printed labels write them; times of captions are code."""
    for finding in branch():
        for sentence in (finding.fr.what, finding.fr.why, finding.fr.remedy):
            assert not re.search(r"(?<![\d:.])\d+\.\d", _without_code(sentence)), (
                sentence
            )


def test_every_rule_is_filled() -> None:
    filled = {finding.code for branch in EVERY for finding in branch()}

    assert filled == {rule.code for rule in RULES}


@pytest.mark.parametrize("values", PLAIN.items(), ids=lambda item: item[0])
def test_plain_values_are_those_of_the_rule(values: tuple[str, dict[str, str]]) -> None:
    """A name that one language alone has would be told in one only, or nowhere."""
    code, named = values
    rule = BY_CODE[code]
    fields = [
        {name for text in (w.what, w.why, w.remedy) for name in _fields(text)}
        for w in (rule.fr, rule.en)
    ]

    assert fields[0] == fields[1] == set(named)


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def _without_code(sentence: str) -> str:
    """Return a sentence without what is to be typed, or quoted from a file."""
    return re.sub(r"glTF 2\.0|«[^»]*(?:-->|\.glb)[^»]*»", "", sentence)


def _flaws(sentence: str) -> list[str]:
    """Return what shows that a place of a sentence was left empty, or not filled."""
    plain = sentence.replace("\u00a0", " ").replace("{lang}", "")
    empty = r"^ |  | $|«\s*»|‘’|``|\(\s*\)|: [.,;]|avec ,|with ,|, [.,]| [.,](?!\w)|[{}]|^$|\.\.$"
    return [found[0] or "(nothing)" for found in re.finditer(empty, plain)]
