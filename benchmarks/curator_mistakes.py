"""Count findings on mistakes, valid tours and damaged files, and time `validate`.

Prints three blocks. *Told*: each mistake of ``tests/tours/mistakes.py`` in three museums,
alone and two by two, and the valid tours. *Spoilt*: files damaged by chance, and how many
gave an exception or a parser's own sentence. *Waiting*: ``--help``, and reading or
building 40 pages, beside MkDocs in an environment made for this run.

Usage: ``python -m benchmarks.curator_mistakes [--pairs N] [--files N] [--skip-mkdocs]``.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
import venv
from itertools import combinations
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

from tests.tours.mistakes import (
    CONTEXTS,
    ENTANGLED,
    MISTAKES,
    are_apart,
    cut,
    museum,
    restored,
    spoilt,
    told,
)
from tests.tours.spoiling import MENDED_EVERY, bases, faults, spoilt_files
from tests.tours.valid_tours import VALID
from tours.checks import read_museum

PAGES = 40
RUNS = 7
SEED = 20261126
SMALL = """\
museum: petit
name: Petit musée
languages: [fr, en]
address: https://petit.example
license: CC-BY-SA-4.0
"""
STOP = """\
  - stop: arret-{n}
    title: {{ fr: Arrêt {n}, en: Stop {n} }}
    text:
      fr: |
        Un premier paragraphe, avec **un mot en gras**, propre à l'arrêt {n}.

        Un second, qui dit où aller ensuite.
      en: |
        A first paragraph, with **a bold word**, for stop {n} alone.

        A second one, that says where to go next.
    sources: [archives municipales]
"""
HEAD = "tour: visite\ntitle: { fr: Visite, en: Tour }\nstops:\n"


def main() -> None:
    """Print each block."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=10_000_000)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--skip-mkdocs", action="store_true")
    options = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        print_mistakes(folder, options.pairs)
        print_valid_tours(folder)
        print_damaged_files(folder, options.files)
        print_durations(folder, with_mkdocs=not options.skip_mkdocs)


def print_mistakes(folder: Path, most_pairs: int) -> None:
    """Count mistakes found right: their code, line and column, and nothing else."""
    codes = {mistake.code for mistake in MISTAKES}
    print(f"mistakes: {len(MISTAKES)}, of {len(codes)} codes")
    for context in CONTEXTS:
        whole = museum(context, folder / context)
        cuts = {mistake.id: cut(mistake, context) for mistake in MISTAKES}
        alone = [[own] for own in cuts.values()]
        pairs = [
            [cuts[one.id], cuts[other.id]]
            for one, other in combinations(MISTAKES, 2)
            if {one.id, other.id} not in ENTANGLED
            and are_apart(cuts[one.id], cuts[other.id])
        ]
        if len(pairs) > most_pairs:
            pairs = Random(SEED).sample(pairs, most_pairs)  # noqa: S311 - repeatable
        for title, groups in (("alone", alone), ("in pairs", pairs)):
            right = 0
            for group in groups:
                expected = spoilt(whole, context, group)
                right += told(whole) == expected
                for one in group:
                    restored(context, whole, one.file)
            print(
                f"  {context:8} {title:9} {right}/{len(groups)} told right", flush=True
            )


def print_valid_tours(folder: Path) -> None:
    """Count findings on tours that are right, missing translations aside."""
    museum_folder = folder / "valid"
    (museum_folder / "tours").mkdir(parents=True)
    (museum_folder / "museum.yaml").write_text(SMALL, encoding="utf-8")
    path = museum_folder / "tours" / "promenade.yaml"
    path.touch()
    false = sum(
        finding.code != "T051"
        for text in VALID.values()
        for finding in read_museum(museum_folder, {path: text.encode()}).diagnostics
    )
    print(f"valid tours: {len(VALID)}, false findings {false}")


def print_damaged_files(folder: Path, count: int) -> None:
    """Count damaged files that gave an exception or a parser's own words."""
    wholes = {c: museum(c, folder / "spoilt" / c) for c in CONTEXTS}
    wrong = 0
    for number, (name, content) in enumerate(spoilt_files(SEED, count, bases())):
        context, _, file = name.partition("/")
        mends = number % MENDED_EVERY == 0
        found = faults(wholes[context], file, content, mends=mends)
        if mends:
            restored(context, wholes[context], file)
        if found:
            wrong += 1
            print(f"  {name}: {found[0]}")
    print(f"spoilt files: {count}, exceptions or raw sentences {wrong}", flush=True)


def print_durations(folder: Path, *, with_mkdocs: bool) -> None:
    """Time commands in turn, so that the machine's noise falls on all alike."""
    site = folder / "waiting"
    _write_pages(site)
    ours, environment = [sys.executable, "-m", "ecomusee"], {"LC_ALL": "en_GB.UTF-8"}
    commands = {
        "ecomusee --help": [*ours, "--help"],
        f"ecomusee validate, {PAGES} stops": [*ours, "validate"],
    }
    if with_mkdocs:
        program = str(_mkdocs(folder))
        commands |= {
            "mkdocs --help": [program, "--help"],
            f"mkdocs build, {PAGES} pages": [program, "build", "--quiet"],
        }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(RUNS):
        for name, command in commands.items():
            begun = time.perf_counter()
            subprocess.run(
                command,
                cwd=site,
                env=os.environ | environment,
                stdout=subprocess.DEVNULL,
                check=True,
            )
            times[name].append((time.perf_counter() - begun) * 1000)
    for name, measured in times.items():
        print(f"  {name:32} {median(measured):6.0f} ms")
    if with_mkdocs:
        (help_, validate, peer_help, peer_build) = map(median, times.values())
        print(f"  --help: {help_ / peer_help:.2f} x mkdocs")
        print(f"  validate: {validate / peer_build:.2f} x mkdocs build")


def _write_pages(site: Path) -> None:
    """Write 40 stops, and 40 pages that say the same, side by side."""
    content = site / "content" / "petit"
    (content / "tours").mkdir(parents=True)
    (content / "museum.yaml").write_text(SMALL, encoding="utf-8")
    stops = "".join(STOP.format(n=n) for n in range(PAGES))
    (content / "tours" / "visite.yaml").write_text(HEAD + stops, encoding="utf-8")
    (site / "docs").mkdir()
    (site / "mkdocs.yml").write_text("site_name: Visite\n", encoding="utf-8")
    for n in range(PAGES):
        page = f"# Arrêt {n}\n\nUn premier paragraphe, avec **un mot en gras**.\n"
        (site / "docs" / f"arret-{n}.md").write_text(page, encoding="utf-8")
    (site / "docs" / "index.md").write_text("# Visite\n", encoding="utf-8")


def _mkdocs(folder: Path) -> Path:
    """Return MkDocs, installed apart: it is a peer, and no dependency."""
    venv.create(folder / "peer", with_pip=True)
    python = folder / "peer" / "bin" / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "mkdocs==1.6.1"], check=True
    )
    return python.with_name("mkdocs")


if __name__ == "__main__":
    main()
