"""Every finding of publishing, as a terminal shows it, in French and English.

Record anew, after reading what changed, with
``ECOMUSEE_RECORD=1 pytest tests/publishing/test_findings.py``.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assets_pipeline.image_targets.forecast import LabelForecast
from publishing.catalogue import RULES
from publishing.checks import check_details, check_label_recognition
from publishing.print_labels import print_labels
from publishing.publish import publish
from tours.bundle import Extents, Recognition
from tours.checks import read_museum
from tours.diagnostics import render
from tours.model import ModelScene
from tours.source import read_source_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tours.diagnostics import Diagnostic, Language

DATA = Path(__file__).parent / "data"
TODAY = date(2026, 11, 24)
VISIT = "tours/visite.yaml"
MODEL = """\
    label:
      height: 1.40 m
      slope: 30°
      faces: south{}
    shows:
      model: marteau.glb
      height: 21 m
      alt: {{ fr: Une machine de fonte., en: A machine of cast iron. }}
    placed:
      - by: label
        ahead: 12 m
        on: ground
    safety: {{ fr: Restez sur le trottoir., en: Stay on the pavement. }}
    sources: [archives]
"""
LANGUAGES: tuple[Language, ...] = ("fr", "en")


class Scene:
    """A museum's folder to spoil, and what publishing it says."""

    def __init__(self, museum: Path, client: Path, build_dir: Path) -> None:
        self.museum = museum
        self.build_dir = build_dir
        self._client = client

    def rewrite(self, file: str, old: str, new: str) -> None:
        """Change one text of the museum."""
        text = (self.museum / file).read_text(encoding="utf-8")
        assert old in text
        (self.museum / file).write_text(text.replace(old, new), encoding="utf-8")

    def published(self) -> Sequence[Diagnostic]:
        """Publish, and return the findings."""
        return publish(self.museum, self.build_dir, client=self._client).diagnostics

    def printed(self, distance_m: float = 1.0) -> Sequence[Diagnostic]:
        """Print labels, and return the findings."""
        pdf = self.build_dir / "labels.pdf"
        return print_labels(
            self.museum, pdf, today=TODAY, reading_distance_m=distance_m
        ).diagnostics

    def carry_a_model(self, more: str = "") -> None:
        """Let a label carry a model."""
        (self.museum / "marteau.glb").write_bytes(b"glTF")
        self.rewrite(VISIT, "  - stop: four", MODEL.format(more) + "  - stop: four")


def address_too_long(scene: Scene) -> Sequence[Diagnostic]:
    """Publish under a name that needs a dense QR code."""
    host = "visite-du-patrimoine-industriel.ecomusee-de-la-communaute-urbaine-du-creusot-montceau.fr"
    scene.rewrite("museum.yaml", "forge.example", host)
    return scene.printed()


def stop_without_code(scene: Scene) -> Sequence[Diagnostic]:
    """Add a stop after the labels have been printed."""
    scene.printed()
    stop = "  - stop: mine\n    title: { fr: Mine, en: Mine }\n    text: { fr: Noir., en: Dark. }\n"
    scene.rewrite(VISIT, "  - stop: four", f"{stop}  - stop: four")
    return scene.published()


def color_shaded(scene: Scene) -> Sequence[Diagnostic]:
    """Choose a yellow."""
    scene.printed()
    scene.rewrite("museum.yaml", "#9c2f1f", "#ffd400")
    return scene.published()


def page_over_weight(scene: Scene) -> Sequence[Diagnostic]:
    """Write a stop of ten thousand words, none the same."""
    scene.printed()
    novel = " ".join(f"mot{n * 7919 % 99991}" for n in range(10_000))
    scene.rewrite(VISIT, "Il y fait chaud.", novel)
    return scene.published()


def code_lost(scene: Scene) -> Sequence[Diagnostic]:
    """Delete the codes after they were published."""
    scene.printed()
    scene.published()
    (scene.museum / "codes.lock.yaml").unlink()
    return [finding for finding in scene.published() if finding.is_error][:1]


def dead_link(scene: Scene) -> Sequence[Diagnostic]:
    """Link to a page of one's own that is not there."""
    scene.printed()
    link = "'[Voir](https://forge.example/fr/visite/haut-fourneau/)'"
    scene.rewrite(VISIT, "Il y fait chaud.", link)
    return scene.published()


def file_lost(scene: Scene) -> Sequence[Diagnostic]:
    """Damage a style sheet of an earlier release."""
    scene.printed()
    scene.published()
    (style,) = scene.build_dir.glob("releases/*/client/page-*.css")
    style.write_bytes(b"rotten")
    scene.rewrite("museum.yaml", "#9c2f1f", "#1f2f9c")
    return scene.published()


def foreign_releases(scene: Scene) -> Sequence[Diagnostic]:
    """Rename the museum after it was published."""
    scene.printed()
    scene.published()
    scene.rewrite("museum.yaml", "museum: forge", "museum: mine")
    return scene.published()


def title_not_printed(scene: Scene) -> Sequence[Diagnostic]:
    """Write a title with a sign that the labels' fonts lack."""
    scene.rewrite(VISIT, "The furnace", "The furnace 爐")
    return scene.printed()


def code_of_other_width(scene: Scene) -> Sequence[Diagnostic]:
    """Print for half a metre what phones take to be printed for a metre."""
    scene.carry_a_model()
    return scene.printed(0.5)


def label_seen_close(scene: Scene) -> Sequence[Diagnostic]:
    """Cut a label of 2 cm, where a phone would have to come as near as 30."""
    scene.carry_a_model("\n      qr: 20 mm")
    museum = read_museum(scene.museum).museum
    assert museum is not None
    near = LabelForecast(Recognition(96, 0.31, 68.0), "hidden", 0.8, ())
    return tuple(check_label_recognition(museum, {("visite", "marteau"): near}))


def detail_off_model(scene: Scene) -> Sequence[Diagnostic]:
    """Measure a detail from the model's edge, in centimetres taken for metres."""
    scene.carry_a_model()
    details = "details: [{ name: roue, at: '0 m, 90 m, 0 m', radius: 1 m, title: { fr: Roue, en: Wheel } }]"
    scene.rewrite(VISIT, "height: 21 m\n", f"height: 21 m\n      {details}\n")
    museum = read_museum(scene.museum).museum
    assert museum is not None
    box = Extents((-6.0, 0.0, -4.0), (6.0, 21.0, 4.0))
    models = (stop.scene for _, stop in museum.stops())
    extents = {s.source: box for s in models if isinstance(s, ModelScene)}
    return tuple(check_details(museum, extents))


CASES = {
    "P001": address_too_long,
    "P002": stop_without_code,
    "P003": color_shaded,
    "P004": page_over_weight,
    "P005": code_lost,
    "P006": dead_link,
    "P007": file_lost,
    "P008": foreign_releases,
    "P009": title_not_printed,
    "P010": code_of_other_width,
    "P011": label_seen_close,
    "P012": detail_off_model,
}


@pytest.fixture
def scene(museum: Path, client: Path, build_dir: Path) -> Scene:
    """Return a museum that publishes without a finding, save its missing codes."""
    return Scene(museum, client, build_dir)


@pytest.mark.parametrize("code", CASES)
def test_answer(
    code: str, scene: Scene, as_recorded: Callable[[Path, str], None]
) -> None:
    """A curator gets exactly the answer recorded, and no other finding with it."""
    found = CASES[code](scene)

    assert [finding.code for finding in found] == [code]
    for language in LANGUAGES:
        answer = _answer(found, language, scene)
        as_recorded(DATA / f"{code}.{language}.txt", answer)


def test_every_rule_has_an_answer() -> None:
    assert {rule.code for rule in RULES} == set(CASES)


@pytest.mark.parametrize("answer", sorted(DATA.glob("P*.fr.txt")), ids=lambda p: p.stem)
def test_no_french_finding_has_a_decimal_point_or_an_empty_place(answer: Path) -> None:
    text = answer.read_text(encoding="utf-8")

    assert re.search(r"\d\.\d", text) is None
    assert re.search(r"«\s*»|\{\w*\}|\(\s*\)|: ,| ,\s*\.", text) is None


def test_a_museum_in_order_has_no_finding(scene: Scene) -> None:
    assert scene.printed() == ()
    assert scene.published() == ()


@pytest.mark.parametrize(
    ("more", "distance_m"),
    [("", 1.0), ("\n      qr: 54 mm", 0.5)],
    ids=["as phones expect", "measured"],
)
def test_a_code_as_wide_as_phones_are_told_is_no_finding(
    scene: Scene, more: str, distance_m: float
) -> None:
    scene.carry_a_model(more)

    assert scene.printed(distance_m) == ()


def _answer(found: Sequence[Diagnostic], language: Language, scene: Scene) -> str:
    """Return what a terminal shows, with the test's own folders out of sight."""
    shown = "\n".join(render(d, language, _line(d)) for d in found) + "\n"
    for folder in (scene.museum, scene.build_dir):
        shown = shown.replace(folder.as_posix(), folder.name)
    for kept in scene.build_dir.glob("releases/*"):
        shown = shown.replace(kept.name, "20261124T125600123456Z-0123456789ab")
    # What a page looks like and weighs is recorded elsewhere.
    shown = re.sub(r"page-[0-9a-f]{10}\.css", "page-0123456789.css", shown)
    return re.sub(r"\b1[6-9][.,]\d (?=k[Bo]\b)", "17 ", shown)


def _line(finding: Diagnostic) -> str | None:
    """Return the source line, unless it is as long as a novel."""
    line = (
        read_source_line(finding.location) if finding.location.path.exists() else None
    )
    return None if line is None or len(line) > 300 else line
