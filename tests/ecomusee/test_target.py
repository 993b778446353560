"""A picture told fit to be printed or not, in words, in figures, and as a page."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

Command = Callable[..., Any]


def _save_glow(path: Path) -> None:
    """Save a picture without any edge: quickly tried, and never recognised."""
    y, x = np.mgrid[:300, :400]
    glow = 200 + 30 * np.exp(-((x - 200) ** 2 + (y - 150) ** 2) / 100**2)
    Image.fromarray(glow.astype(np.uint8)).save(path)


def test_a_picture_without_detail_is_told_in_french(
    ecomusee: Command, tmp_path: Path
) -> None:
    _save_glow(tmp_path / "ciel.png")

    run = ecomusee("target", "ciel.png", "--width", "42cm", "--report", "ciel.html")

    assert run.exit_code == 1
    assert run.out.startswith("0 sur 100")
    assert "→ Il y a trop peu de détails" in run.out
    page = (tmp_path / "ciel.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")


def test_programs_get_figures(ecomusee: Command, tmp_path: Path) -> None:
    _save_glow(tmp_path / "sky.png")

    told = ecomusee("target", "sky.png", "--width", "42 cm", "--json").document

    assert told["score"] == 0
    assert told["width_m"] == 0.42
    assert told["farthest_m"] == 0
    assert told["largest_angle_deg"] == 0
    assert set(told["advice"]) == {"fr", "en"}
    assert set(told["recall"].values()) == {0.0}


def test_a_width_without_a_unit_is_asked_for(ecomusee: Command, tmp_path: Path) -> None:
    _save_glow(tmp_path / "sky.png")

    run = ecomusee("target", "sky.png", "--width", "42", "--language", "en")

    assert run.exit_code == 2
    assert "--width 42cm" in run.err


def test_a_file_that_is_not_there_is_told_as_that(ecomusee: Command) -> None:
    run = ecomusee("target", "absent.jpg", "--width", "42cm")

    assert run.exit_code == 2
    assert "« absent.jpg » n’existe pas" in run.err


def test_what_is_no_picture_is_a_finding(ecomusee: Command, tmp_path: Path) -> None:
    (tmp_path / "plan.png").write_text("<html>", encoding="utf-8")

    run = ecomusee("target", "plan.png", "--width", "42cm")

    assert run.exit_code == 1
    assert "A030" in run.out
