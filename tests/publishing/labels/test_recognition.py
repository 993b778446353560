"""What is foretold of labels is tried once, and remembered beside the museum's files."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from assets_pipeline.image_targets.trackability import PASSES
from assets_pipeline.tasks.store import Store
from publishing.print_labels import PrintResult, print_labels
from publishing.report.image_targets import TargetFacts, draw_target
from tours.bundle import Recognition
from tours.checks import read_museum

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 24)
CARRIED = """\
    label:
      height: 1.40 m
      slope: 30°
      faces: south
    shows:
      model: marteau.glb
      height: 21 m
      alt: { fr: Une machine de fonte., en: A machine of cast iron. }
    placed:
      - by: label
        ahead: 12 m
        on: ground
    safety: { fr: Restez sur le trottoir., en: Stay on the pavement. }
    sources: [archives]
"""
HAMMER = ("visite", "marteau")


def _carrying(museum: Path) -> Path:
    """Let a label carry a model."""
    tour = museum / "tours/visite.yaml"
    text = tour.read_text(encoding="utf-8")
    tour.write_text(
        text.replace("  - stop: four", f"{CARRIED}  - stop: four"), encoding="utf-8"
    )
    (museum / "marteau.glb").write_bytes(b"glTF")
    return museum


def _printed(museum: Path, build_dir: Path) -> PrintResult:
    pdf = build_dir / "labels.pdf"
    return print_labels(museum, pdf, today=TODAY, store=Store(build_dir / "files"))


def test_labels_that_carry_a_scene_are_tried_once(
    museum: Path, build_dir: Path
) -> None:
    """The second time what is written down is believed, whatever it says."""
    first = _printed(_carrying(museum), build_dir)
    (record,) = (build_dir / "files/.made").iterdir()
    written = json.loads(record.read_text("utf-8"))
    (label,) = written.values()
    label["recognition"]["farthest_m"] = 0.3
    record.write_text(json.dumps(written), "utf-8")

    second = _printed(museum, build_dir)

    assert first.trials.keys() == second.trials.keys() == {HAMMER}
    assert first.trials[HAMMER].recognition.score >= PASSES
    assert [finding.code for finding in first.diagnostics] == []
    assert [finding.code for finding in second.diagnostics] == ["P011"]


def test_nothing_is_tried_where_no_label_carries_a_scene(
    museum: Path, build_dir: Path
) -> None:
    assert _printed(museum, build_dir).trials == {}
    assert not (build_dir / "files").exists()


@pytest.mark.parametrize("heat", [("09", "90"), ()], ids=["tried", "not tried"])
def test_the_report_draws_a_label_and_its_heat_map(
    museum: Path, heat: tuple[str, ...]
) -> None:
    whole = read_museum(museum).museum
    assert whole is not None
    told = Recognition(96, 1.3, 68, heat) if heat else None

    one = draw_target(TargetFacts("78FT", 0.076, told, stop="marteau"), whole)

    assert one.shown is not None
    with Image.open(io.BytesIO(one.shown)) as shown:
        assert shown.width == shown.height > 300
    assert (one.heat is not None) == bool(heat)
