"""The invented museum that newcomers copy, and the drawings that phones track."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tours.checks import read_museum

CONTENT = Path(__file__).parents[2] / "content"
EXAMPLE = CONTENT / "example"
DEMONSTRATION = CONTENT / "creusot-montceau"
TARGETS = DEMONSTRATION / "image_targets"


def test_example_has_nothing_to_mend() -> None:
    reading = read_museum(EXAMPLE)

    assert reading.diagnostics == ()
    assert reading.museum is not None
    assert reading.museum.languages == ("it", "en")


def test_example_gives_no_code_away() -> None:
    """Whoever copies it prints codes of their own."""
    assert not (EXAMPLE / "codes.lock.yaml").exists()


def test_example_knows_nothing_of_the_demonstration() -> None:
    words = [path.read_text(encoding="utf-8") for path in EXAMPLE.rglob("*.yaml")]

    assert words
    assert not any("creusot" in text.lower() for text in words)


@pytest.mark.parametrize(
    ("script", "made"),
    [
        ("models/make_faro.py", ["faro.glb"]),
        ("audio/make_campana.py", ["campana.it.wav", "campana.en.wav"]),
        ("images/make_porto.py", ["porto-ieri.jpg", "porto-oggi.jpg"]),
    ],
)
def test_example_files_come_from_their_scripts(
    script: str, made: list[str], tmp_path: Path
) -> None:
    """Sizes within a part in a hundred: codecs and sines differ between machines."""
    _run(EXAMPLE / script, tmp_path)

    for name in made:
        committed = (EXAMPLE / script).parent / name
        assert (tmp_path / name).stat().st_size == pytest.approx(
            committed.stat().st_size, rel=0.01
        )
        assert committed.stat().st_size < 300_000


@pytest.mark.sample(1)
@pytest.mark.parametrize(
    ("script", "size"),
    [
        ("image_targets/make_plan_ecluse.py", (600, 520)),
        ("images/make_canal.py", (600, 450)),
    ],
)
def test_a_drawing_is_drawn_again_the_same(
    script: str, size: tuple[int, int], tmp_path: Path
) -> None:
    """Within rounding: processors differ in the last bit of sines."""
    path = DEMONSTRATION / script
    name = f"{path.stem.removeprefix('make_').replace('_', '-')}.png"

    _run(path, tmp_path)

    drawn, committed = (
        Image.open(folder / name).convert("L").resize(size)
        for folder in (tmp_path, path.parent)
    )
    differences = [
        abs(a - b) for a, b in zip(drawn.tobytes(), committed.tobytes(), strict=True)
    ]
    assert sum(differences) / len(differences) < 1


@pytest.mark.parametrize(
    ("name", "width_cm"), [("plan-ecluse.png", 60), ("planche-marteau.png", 30)]
)
def test_drawings_print_at_their_width(name: str, width_cm: float) -> None:
    path = TARGETS / name

    with Image.open(path) as drawing:
        printed_cm = drawing.width / drawing.info["dpi"][0] * 2.54

    assert printed_cm == pytest.approx(width_cm, rel=1e-3)
    assert path.stat().st_size <= 1_500_000


def _run(script: Path, folder: Path) -> None:
    subprocess.run([sys.executable, "-B", str(script), str(folder)], check=True)
