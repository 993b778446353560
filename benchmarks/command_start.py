"""Time the start of the command.

Prints medians in milliseconds, and how many times a bare start of Python each is:
``ecomusee --help``, and ``ecomusee validate`` on a museum of 40 stops.

Usage: ``python benchmarks/command_start.py``.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

RUNS = 15
STOPS = 40
MUSEUM = """\
museum: grand
name: { fr: Musée, en: Museum }
languages: [fr, en]
address: https://grand.example
color: "#225588"
license: CC-BY-SA-4.0
"""
TOUR = """\
tour: visite
languages: [fr, en]
title: { fr: Visite, en: Tour }
license: CC-BY-SA-4.0
stops:
"""
STOP = """\
  - stop: arret-{number}
    title: {{ fr: Arrêt {number}, en: Stop {number} }}
    text:
      fr: |
        Un premier paragraphe, avec **un mot en gras**, pour l'arrêt {number}.

        Un second, qui dit où aller ensuite.
      en: |
        A first paragraph, with **a bold word**, for stop {number}.

        A second one, that says where to go next.
    sources: [archives municipales]
"""


def main() -> None:
    """Measure in turn, so that the machine's moods fall on all alike."""
    with TemporaryDirectory() as folder:
        _write_museum(Path(folder) / "content" / "grand")
        commands = {
            "python -c pass": ["-c", "pass"],
            "ecomusee --help": ["-m", "ecomusee", "--help"],
            f"ecomusee validate, {STOPS} stops": ["-m", "ecomusee", "validate"],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(RUNS):
            for name, arguments in commands.items():
                times[name].append(_milliseconds(arguments, folder))
    bare = median(times["python -c pass"])
    for name, measured in times.items():
        print(f"{name:32} {median(measured):6.0f} ms  {median(measured) / bare:5.1f} x")


def _write_museum(folder: Path) -> None:
    (folder / "tours").mkdir(parents=True)
    (folder / "museum.yaml").write_text(MUSEUM, encoding="utf-8")
    stops = "".join(STOP.format(number=number) for number in range(STOPS))
    (folder / "tours" / "visite.yaml").write_text(TOUR + stops, encoding="utf-8")


def _milliseconds(arguments: list[str], folder: str) -> float:
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=os.environ | {"LC_ALL": "en_GB.UTF-8"},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    main()
