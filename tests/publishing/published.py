"""Publish once, writing down each step that changes the disk.

Usage: ``python published.py BUILD_FOLDER LOG [MUSEUM CLIENT]``: a release in little, or a
museum's whole folder. For tests that compare the steps with what the system saw.
"""

import sys
from pathlib import Path

import made

from publishing.disk import Disk
from publishing.publish import publish
from publishing.release import repository

if __name__ == "__main__":
    folder, log, *museum = map(Path, sys.argv[1:])
    steps: list[str] = []

    def note(step: str, path: Path) -> None:
        """Write a step down."""
        steps.append(f"{step} {path.relative_to(folder)}\n")

    if museum:
        publish(museum[0], folder, client=museum[1], disk=Disk(note))
    else:
        with repository.open_repository(folder, Disk(note), keep=2) as shelf:
            shelf.write(made.draft(folder, "one", ("K7QM", "W4HX")))
    log.write_text("".join(steps), encoding="utf-8")
