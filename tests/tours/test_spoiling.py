"""Files spoilt by chance: read, told in our own words, never raised; the same each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tours.mistakes import CONTEXTS, museum, restored
from tests.tours.spoiling import MENDED_EVERY, bases, faults, spoilt_files

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    Spoilt = tuple[str, bytes]
    Sample = Callable[[Sequence[Spoilt], int], Sequence[Spoilt]]

FILES, WHOLE = 40, 600
"""Of each museum: in a sample, and with ``--all``."""


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.timeout(1800)
def test_any_file_is_told_in_our_own_words(
    tmp_path: Path, context: str, sample: Sample
) -> None:
    folder = museum(context, tmp_path / context)
    own = {
        name: content for name, content in bases().items() if name.startswith(context)
    }
    wrong = {}

    for number, (name, content) in enumerate(
        sample(list(spoilt_files(7, WHOLE, own)), FILES)
    ):
        file = name.partition("/")[2]
        mends = number % MENDED_EVERY == 0
        found = faults(folder, file, content, mends=mends)
        restored(context, folder, file)
        if found:
            wrong[content] = found

    assert wrong == {}
