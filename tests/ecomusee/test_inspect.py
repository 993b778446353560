"""A model told in words, in figures for programs, or refused with its reason."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Command = Callable[..., Any]
SQUARE = "v 0 0 0\nv 2 0 0\nv 2 1.5 0\nv 0 1.5 0\nf 1 2 3\nf 1 3 4\n"


def test_a_model_is_told_in_french(ecomusee: Command, tmp_path: Path) -> None:
    (tmp_path / "carre.obj").write_text(SQUARE, encoding="utf-8")

    run = ecomusee("inspect", "carre.obj")

    assert run.exit_code == 0
    assert "2 m de large, 1,5 m de haut" in run.out
    assert "triangles 2" in run.out
    assert "→ Aucune normale" in run.out


def test_a_forgotten_unit_is_suspected(ecomusee: Command, tmp_path: Path) -> None:
    """1,500 m high: more likely millimetres."""
    (tmp_path / "carre.obj").write_text(SQUARE.replace(".5", "500"), encoding="utf-8")

    said = ecomusee("inspect", "carre.obj", "--language", "en").out
    mended = ecomusee("inspect", "carre.obj", "--units", "mm", "--language", "en").out

    assert "1,500 m high" in said
    assert "`--units mm`" in said
    assert "--units" not in mended


def test_programs_get_figures(ecomusee: Command, tmp_path: Path) -> None:
    (tmp_path / "carre.obj").write_text(SQUARE, encoding="utf-8")

    told = ecomusee("inspect", "carre.obj", "--json").document

    assert told["triangles"] == 2
    assert told["size_m"] == [2.0, 1.5, 0.0]
    assert told["missing_attributes"] == ["NORMAL", "TEXCOORD_0", "COLOR_0"]


def test_a_damaged_model_is_a_finding(ecomusee: Command, tmp_path: Path) -> None:
    (tmp_path / "coupe.glb").write_bytes(b"glTF\x02\0\0\0")

    run = ecomusee("inspect", "coupe.glb")

    assert run.exit_code == 1
    assert "A010" in run.out
    assert "coupe.glb" in run.out


def test_an_absent_model_is_a_finding(ecomusee: Command) -> None:
    run = ecomusee("inspect", "absent.glb")

    assert run.exit_code == 1
    assert "absent.glb" in run.out
