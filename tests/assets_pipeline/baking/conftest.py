"""A dense ball, and the module that makes it."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assets_pipeline.baking.scan_detection import Scan, detect_scan

if TYPE_CHECKING:
    from types import ModuleType

MAKER = Path(__file__).parents[2] / "data" / "make_ball.py"


@pytest.fixture(scope="session")
def balls() -> ModuleType:
    """Return the maker of dense balls."""
    spec = importlib.util.spec_from_file_location("make_ball", MAKER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def scan(balls: ModuleType) -> Scan:
    """Return a ball of 40,000 triangles as a scan."""
    found = detect_scan(balls.ball(100))
    assert found is not None
    return found
