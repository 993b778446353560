"""The bins' conditions."""

from __future__ import annotations

import pytest

from benchmarks.image_targets.bins import BINS, EASY, PHONE_BINS, draw_conditions
from benchmarks.image_targets.seeds import generator

EVERY_BIN = {**BINS, **PHONE_BINS}
RANGES = {
    "width_ratio": (0.07, 0.63),
    "tilt_deg": (0, 70),
    "roll_deg": (-180, 180),
    "noise_levels": (1, 31),
    "jpeg_quality": (30, 90),
    "motion_px": (0, 16),
    "defocus_px": (0, 4.5),
    "exposure_ratio": (0.15, 2.2),
    "gamma": (0.45, 2.2),
    "glare_ratio": (0, 0.3),
    "occluded_ratio": (0, 0.54),
    "k1": (-0.12, 0.12),
    "k2": (-0.03, 0.03),
    "shutter_deg": (0, 2),
    "bend_deg": (0, 25),
}


def test_recall_is_taken_over_25_bins() -> None:
    assert len(BINS) == 25


@pytest.mark.parametrize("name", EVERY_BIN)
def test_conditions_stay_within_what_a_phone_meets(name: str) -> None:
    for repeat in range(50):
        conditions = draw_conditions(generator(name, repeat), EVERY_BIN[name])

        for quantity, (least, most) in RANGES.items():
            assert least <= getattr(conditions, quantity) <= most


@pytest.mark.parametrize("name", EVERY_BIN)
def test_a_bin_changes_only_what_it_names(name: str) -> None:
    easy = draw_conditions(generator(1), EASY)

    changed = draw_conditions(generator(1), EVERY_BIN[name])

    # The first five draws are the easy frame's, in its order, until a bin replaces one.
    same = {"gamma", "k1", "k2", "bend_deg", "shutter_deg"} - set(EVERY_BIN[name])
    assert all(getattr(easy, field) == getattr(changed, field) for field in same)
