"""Each line of two small tours, spoilt by one slip of the hand: one finding, no cascade."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tours.checks import read_museum

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Spoilt = tuple[int, str]
    Sample = Callable[[Sequence[Spoilt], int], Sequence[Spoilt]]

DATA = Path(__file__).parent / "data"
BASES = ("_museum", "_scenes")
TOUR = Path("tours") / "visite.yaml"
LINES = 12
"""Of each tour and slip, a sample; all of them with ``--all``."""


def unquoted(line: str) -> bool:
    """Return whether a line gives a plain text after its key."""
    return ": " in line and "{" not in line


SLIPS: dict[str, Callable[[str], str]] = {
    "a space too many": lambda line: f" {line}",
    "a space too few": lambda line: line.removeprefix(" "),
    "two spaces too few": lambda line: line.removeprefix("  "),
    "a tab": lambda line: "\t" + line.lstrip(),
    "no-break spaces": lambda line: (
        "\u00a0" * (len(line) - len(line.lstrip())) + line.lstrip()
    ),
    "no space after the colon": lambda line: line.replace(": ", ":", 1),
    "no colon": lambda line: line.replace(":", "", 1),
    "a colon in the text": lambda line: f"{line} : et" if ": " in line else line,
    "a quote left open": lambda line: line.replace(": ", ': "', 1),
    "an apostrophe in quotes": lambda line: (
        line.replace(": ", ": 'l'", 1) + "'" if unquoted(line) else line
    ),
    "no space after the dash": lambda line: (
        line.replace("- ", "-", 1) if line.endswith(":") or ": " in line else line
    ),
    "a brace left open": lambda line: line.rstrip(" }"),
}


def spoilt(text: str, slip: Callable[[str], str]) -> Iterator[tuple[int, str]]:
    """Give (line, text) for each line that the slip changes."""
    lines = text.split("\n")
    for index, line in enumerate(lines):
        wrong = slip(line)
        if line.strip() and wrong != line:
            yield index + 1, "\n".join([*lines[:index], wrong, *lines[index + 1 :]])


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("name", SLIPS)
def test_one_finding_beside_the_slip(
    with_case: Callable[[Path], Path], sample: Sample, name: str, base: str
) -> None:
    """The finding is on the line, or on the next when only the two together are wrong.

    Of a group of two keys, each with a group below, either may be out of line.

    A slip that leaves a good file (one space before the only item of a list) has none.
    """
    museum = with_case(DATA / base)
    path = museum / TOUR
    whole = path.read_text(encoding="utf-8")

    for line, text in sample(list(spoilt(whole, SLIPS[name])), LINES):
        path.write_text(text, encoding="utf-8")
        places = [f.location.line - line for f in read_museum(museum).diagnostics]

        assert len(places) <= 1, f"line {line}: {places}"
        assert set(places) <= {-1, 0, 1, 2, 3}, f"line {line}: {places}"
