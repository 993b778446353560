"""Time the refusal of damaged and hostile files, and compare with Khronos' validator.

Run as ``python -m benchmarks.bad_input FOLDER``. Each file is read in a process of its
own, whose time and memory the system counts. Prints how many were read and refused, the
slowest and the largest, and for files with a ``.report.json`` of Khronos' validator
beside them, how often both find faults or none.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from assets_pipeline.errors.exceptions import AssetError
from assets_pipeline.gltf import measure
from assets_pipeline.gltf.orient import OrientOptions
from assets_pipeline.gltf_validator.validate import validate_gltf
from assets_pipeline.images.photographs import decode_photograph
from assets_pipeline.lod.budgets import PREVIEW
from assets_pipeline.lod.rules import fit_to_budgets
from assets_pipeline.models.clean_model import prepare_model
from assets_pipeline.readers.dispatch import MODEL_EXTENSIONS, read_document
from assets_pipeline.resolver import Resolver
from assets_pipeline.tasks.task import Task

PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".avif", ".tif", ".tiff", ".gif", ".bmp")
LONGEST_S = 30


@dataclass(frozen=True, slots=True)
class Ending:
    """How the run of one file ended."""

    path: str
    how: str
    seconds: float
    mebibytes: float


def main() -> None:
    """Print what came of every file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder.resolve()
    kinds = (*MODEL_EXTENSIONS, *PICTURES)
    paths = sorted(p for p in folder.rglob("*") if p.suffix.lower() in kinds)
    endings = [run_file(folder, path) for path in paths]
    for how in sorted({ending.how for ending in endings}):
        print(f"{how:24}{sum(ending.how == how for ending in endings):6}")
    slowest = max(endings, key=lambda ending: ending.seconds)
    largest = max(endings, key=lambda ending: ending.mebibytes)
    print(f"slowest  {slowest.seconds:8.2f} s    {slowest.path}")
    print(f"largest  {largest.mebibytes:8.0f} MiB  {largest.path}")
    agreement(folder)


def run_file(folder: Path, path: Path) -> Ending:
    """Return how a file ends in a process of its own."""
    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(
        target=describe_ending, args=(folder, path, there)
    )
    process.start()
    there.close()
    name = path.relative_to(folder).as_posix()
    try:
        if not here.poll(LONGEST_S):
            return Ending(name, "TOO LONG", LONGEST_S, 0)
        how, seconds, mebibytes = here.recv()
    except EOFError:
        return Ending(name, "CRASHED", 0, 0)
    finally:
        process.kill()
        process.join()
    return Ending(name, how, seconds, mebibytes)


def describe_ending(
    folder: Path, path: Path, answer: multiprocessing.connection.Connection
) -> None:
    """Make a preview of one file, and return how that ended."""
    how = "read"
    try:
        if path.suffix.lower() in PICTURES:
            decode_photograph(path.read_bytes(), path.name)
        else:
            make_preview(folder, PurePosixPath(path.relative_to(folder)))
    except AssetError as error:
        is_whole = error.place and error.reason and error.remedy
        how = (
            f"refused, {type(error).__name__}" if is_whole else "REFUSED, NOT SAID WHY"
        )
    except BaseException as error:  # what must never come is counted too
        how = f"ESCAPED, {error!r}"
    used = resource.getrusage(resource.RUSAGE_SELF)
    answer.send((how, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024))


def make_preview(folder: Path, path: PurePosixPath) -> None:
    """Make a preview of a model."""
    document = read_document(path, OrientOptions(), Resolver(folder))
    measure.compute_extents(document)
    prepare_model(document, Task("model", str(folder), str(path)))
    fit_to_budgets(document, PREVIEW)


def agreement(folder: Path) -> None:
    """Print how often Khronos' validator and we find faults in the same files."""
    agreed, reports = 0, sorted(folder.rglob("*.report.json"))
    for report in reports:
        path = report.with_name(report.name.removesuffix(".report.json"))
        is_faulty = json.loads(report.read_text())["issues"]["numErrors"] > 0
        within = PurePosixPath(path.relative_to(folder))
        found = validate_gltf(path.read_bytes(), within, Resolver(folder))
        agreed += bool(found) == is_faulty
        if bool(found) != is_faulty:
            print(f"judged otherwise: {within.as_posix()}")
    if reports:
        print(f"agreement with Khronos {agreed / len(reports):.3f} of {len(reports)}")


if __name__ == "__main__":
    main()
