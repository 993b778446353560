"""The demonstration's panorama: where things are seen, and the committed picture."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType


@pytest.fixture
def figures(drawing_path: None) -> ModuleType:
    del drawing_path
    return importlib.import_module("galerie.figures")


def test_azimuth_grows_to_the_right_from_ahead(figures: ModuleType) -> None:
    """The picture's middle looks along -Z; +X is a quarter turn to the right."""
    assert figures.seen_at((0, figures.EYE, -1)) == pytest.approx((0, 0))
    assert figures.seen_at((1, figures.EYE, 0)) == pytest.approx((90, 0))
    assert figures.seen_at((0, figures.EYE + 1, -1)) == pytest.approx((0, 45))


def test_seeing_undoes_pointing(figures: ModuleType) -> None:
    for azimuth, elevation in ((0, 25), (95, -10), (270, 3), (200, -60)):
        x, y, z = figures.direction(azimuth, elevation)
        assert figures.seen_at((x, y + figures.EYE, z)) == pytest.approx(
            (azimuth, elevation)
        )


def test_hotspots_point_at_what_they_name(figures: ModuleType) -> None:
    """Within the 5° that a thumb covers."""
    azimuth, elevation = figures.seen_at((figures.TUB_X, 1.06, figures.SIDE_AXIS_Z))
    assert azimuth == pytest.approx(95, abs=5)
    assert elevation == pytest.approx(-10, abs=5)

    nearest = max(z for z in figures.FRAMES_Z if z < 0)
    assert figures.seen_at((0, figures.CAP_Y, nearest))[1] == pytest.approx(25, abs=5)


def test_rock_closes_in_on_nobody(drawing_path: None, figures: ModuleType) -> None:
    """Nothing of the walls comes within 60 cm of the visitor's head."""
    del drawing_path
    rock = importlib.import_module("galerie.rock")

    walls = rock.main_gallery(0.12)

    away = np.linalg.norm(walls.positions - [0, figures.EYE, 0], axis=1)
    assert away.min() > 0.6
    assert set(np.unique(walls.coal)) >= {0.0, 1.0}


def test_picture_is_all_round_and_light_enough(content: Path) -> None:
    path = content / "panoramas/galerie.jpg"

    with Image.open(path) as picture:
        assert picture.width == 2 * picture.height
        assert picture.width >= 4096
    assert path.stat().st_size <= 2_500_000


def test_left_edge_meets_right_edge(content: Path) -> None:
    """No step across the seam beyond what neighbouring columns show elsewhere."""
    with Image.open(content / "panoramas/galerie.jpg") as picture:
        pixels = np.asarray(picture.convert("L"), float)

    seam = np.abs(pixels[:, 0] - pixels[:, -1]).mean()
    elsewhere = np.abs(np.diff(pixels, axis=1)).mean()
    assert seam < 3 * elsewhere


def test_picture_is_moody_but_legible(content: Path) -> None:
    """Half of it is dark, lamps are bright, and less than a fifth is black."""
    with Image.open(content / "panoramas/galerie.jpg") as picture:
        light = np.asarray(picture.convert("L"), float) / 255

    assert 0.08 < np.median(light) < 0.5
    assert light.max() > 0.95
    assert (light < 0.02).mean() < 0.2
