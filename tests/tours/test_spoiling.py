"""Files spoilt by chance: read, told in our own words, never raised; the same each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tours.mistakes import CONTEXTS, museum, restored
from tests.tours.spoiling import MENDED_EVERY, bases, faults, spoilt_files

if TYPE_CHECKING:
    from pathlib import Path

FILES = 150
"""Of each museum; ``benchmarks/curator_mistakes.py`` spoils ten thousand."""


@pytest.mark.parametrize("context", CONTEXTS)
def test_any_file_is_told_in_our_own_words(tmp_path: Path, context: str) -> None:
    folder = museum(context, tmp_path / context)
    own = {
        name: content for name, content in bases().items() if name.startswith(context)
    }
    wrong = {}

    for number, (name, content) in enumerate(spoilt_files(7, FILES, own)):
        file = name.partition("/")[2]
        mends = number % MENDED_EVERY == 0
        found = faults(folder, file, content, mends=mends)
        restored(context, folder, file)
        if found:
            wrong[content] = found

    assert wrong == {}
