"""Publish once, writing down each step: ``python published.py BUILD_FOLDER LOG``.

For a test that compares the steps with the changes that the system saw.
"""

import sys
from pathlib import Path

import made

from publishing import releases
from publishing.files import Disk

if __name__ == "__main__":
    folder, steps = Path(sys.argv[1]), []

    def note(step: str, path: Path) -> None:
        steps.append(f"{step} {path.relative_to(folder)}\n")

    with releases.opened(folder, Disk(note), keep=2) as shelf:
        shelf.write(made.draft(folder, "one", ("K7QM", "W4HX")))
    Path(sys.argv[2]).write_text("".join(steps))
