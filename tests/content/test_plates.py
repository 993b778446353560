"""What the demonstration's drawn plates say with their lines."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType


@pytest.fixture
def profile(drawing_path: None) -> ModuleType:
    del drawing_path
    return importlib.import_module("canal.profile")


def test_as_many_locks_are_drawn_as_are_published(profile: ModuleType) -> None:
    """fr.wikipedia.org/wiki/Canal_du_Centre_(France): 27 and 34 locks."""
    waters = [y for _, _, y in profile.levels()]
    summit = waters.index(min(waters))

    assert summit == 27
    assert len(waters) - 1 - summit == 34


def test_every_lock_is_a_step_of_its_own(profile: ModuleType) -> None:
    waters = [y for _, _, y in profile.levels()]
    summit = waters.index(min(waters))

    assert waters[: summit + 1] == sorted(set(waters[: summit + 1]), reverse=True)
    assert waters[summit:] == sorted(set(waters[summit:]))


def test_waters_join_from_river_to_river(profile: ModuleType) -> None:
    levels = profile.levels()

    ends = [stop for _, stop, _ in levels[:-1]]

    assert ends == pytest.approx([start for start, _, _ in levels[1:]])
