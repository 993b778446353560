"""What the image tracker's tests share: frames drawn with numpy alone."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

_MAKER = Path(__file__).parents[2] / "data/make_frames.py"


@pytest.fixture(scope="session")
def scenes() -> ModuleType:
    """Return the maker of pictures and of frames that show them."""
    spec = importlib.util.spec_from_file_location(_MAKER.stem, _MAKER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
