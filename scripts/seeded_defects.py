#!/usr/bin/env python3
"""Seed small defects one by one, and tell which the tests kill.

    scripts/seeded_defects.py                  all of them, in a copy of this checkout
    scripts/seeded_defects.py --only 3,17      some of them
    scripts/seeded_defects.py --tree DIR       in a copy of another checkout, with its .venv
    scripts/seeded_defects.py --whole          by whole files of tests, beyond the gate's share
    scripts/seeded_defects.py --find           only tell whether each still has its place

To show that a change of the tests, or of what they stand on, lost no strength: run it on
the checkout before and after. A defect is found by a text that occurs once in its folder,
so that it outlives moves and new names of what is around it; its tests, by their files'
names. Before the first defect, all those tests must pass. Of those files the gate's share
runs, unless ``--whole`` is given.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
BUILT = (  # made by scripts/build-client, hence in no commit
    "assets_pipeline/wasm",
    "publishing/client",
    "publishing/fonts",
    "client/node_modules",
)
PASSED, FAILED = 0, 1  # as pytest ends
TIMEOUT_S = 600


@dataclass(frozen=True)
class Defect:
    """A slip that somebody could make."""

    slip: str
    folder: str
    text: str
    """What stands once in the folder's files."""
    wrong: str
    """What stands there instead."""
    tests: tuple[str, ...]
    """Globs of the files that should kill it; those that match nothing are passed over."""


def _tests(folder: str, *names: str) -> tuple[str, ...]:
    return tuple(f"tests/{folder}/**/test_{name}.*" for name in names)


DEFECTS = (
    # tours: what curators write.
    Defect(
        "a code's check sign forgets the weights",
        "tours",
        "weight * ALPHABET.index(sign)",
        "ALPHABET.index(sign)",
        _tests("tours", "codes"),
    ),
    Defect(
        "a length forgets its unit",
        "tours",
        'return float(Decimal(match[1].replace(",", ".")) * unit)',
        'return float(Decimal(match[1].replace(",", ".")))',
        _tests("tours", "quantities"),
    ),
    Defect(
        "an hour has a hundred minutes",
        "tours",
        "return round(hours * 60) + int(match[2] or 0)",
        "return round(hours * 100) + int(match[2] or 0)",
        _tests("tours", "quantities", "checks", "quantity_suggestions"),
    ),
    Defect(
        "a release may name a file of less than no bytes",
        "tours",
        "if type(size) is not int or size < 0:",
        "if type(size) is not int:",
        _tests("tours", "release"),
    ),
    Defect(
        "the page 404.html becomes a folder",
        "tours",
        'if media_type.startswith("text/html") and "." not in name:',
        'if media_type.startswith("text/html"):',
        _tests("tours", "release"),
    ),
    Defect(
        "a latitude past the pole is taken",
        "tours",
        "if not (abs(longitude) <= 180 and abs(latitude) <= 90):",
        "if not (abs(longitude) <= 180):",
        _tests("tours", "geojson", "surroundings"),
    ),
    Defect(
        "edits of a file are made from its start, and shift the later ones",
        "tours",
        "key=lambda fold: fold.start, reverse=True)",
        "key=lambda fold: fold.start)",
        _tests("tours", "formatting"),
    ),
    Defect(
        "two neighbours swapped in a code are two slips",
        "tours",
        "cost = min(cost, before[j - 2] + 1)",
        "cost = min(cost, before[j - 2] + 2)",
        _tests("tours", "codes"),
    ),
    Defect(
        "carets stand one column to the right",
        "tours",
        '"| " + " " * (place.column - 1) + carets',
        '"| " + " " * place.column + carets',
        _tests("tours", "findings"),
    ),
    # publishing: pages, labels, releases.
    Defect(
        "a new name is not brought to the disk",
        "publishing",
        "self.sync_folder(path.parent)",
        "return",
        _tests("publishing", "kill", "files", "disk"),
    ),
    Defect(
        "a QR code's version counts from the wrong size",
        "publishing",
        "return (len(modules) - 17) // 4",
        "return (len(modules) - 13) // 4",
        _tests("publishing", "qr"),
    ),
    Defect(
        "the contrast of colours forgets the glare on a screen",
        "publishing",
        "return (lighter + 0.05) / (darker + 0.05)",
        "return lighter / (darker + 0.05)",
        _tests("publishing", "colors", "colours"),
    ),
    Defect(
        "a degree has sixty seconds",
        "publishing",
        "minutes, seconds = divmod(round(abs(angle_deg) * 3600), 60)",
        "minutes, seconds = divmod(round(abs(angle_deg) * 60), 60)",
        _tests("publishing", "measures", "units", "localization", "render", "pages"),
    ),
    Defect(
        "compressed forms are kept where they are longer",
        "publishing",
        "if len(form[1]) < len(content)",
        "if len(form[1])",
        _tests("publishing", "compress", "compression"),
    ),
    Defect(
        "the first month is the second",
        "publishing",
        'month=words["months"].split()[day.month - 1],',
        'month=words["months"].split()[day.month % 12],',
        _tests("publishing", "dates", "measures", "localization", "markup"),
    ),
    # server: what visitors get.
    Defect(
        "a range lacks its last byte",
        "server",
        "end = _number(last) + 1 if last else size_bytes",
        "end = _number(last) if last else size_bytes",
        _tests("server", "http"),
    ),
    Defect(
        "a download of another file is resumed",
        "server",
        "if if_range is not None and if_range.strip() != etag:",
        "if if_range is not None and not if_range.strip():",
        _tests("server", "http"),
    ),
    Defect(
        "a coding that is refused is sent",
        "server",
        "if quality > 0 and quality >= best_quality:",
        "if quality >= best_quality:",
        _tests("server", "http"),
    ),
    Defect(
        "a page that is not there is a wrong request",
        "server",
        "return problem(404, wishes)",
        "return problem(400, wishes)",
        _tests("server", "routes", "http"),
    ),
    # ecomusee: the command.
    Defect(
        "a forecast is of the work that is done",
        "ecomusee",
        "found_s = elapsed_s * (1 - self._share) / self._share",
        "found_s = elapsed_s * self._share",
        _tests("ecomusee", "remaining", "remaining_time"),
    ),
    Defect(
        "a file's control signs reach the terminal",
        "ecomusee",
        ".translate(_SHOWN_CONTROLS)",
        "",
        _tests("ecomusee", "inspect"),
    ),
    Defect(
        "the language asked for is that of the next word",
        "ecomusee",
        'asked = value if equals else "".join(arguments[position + 1 : position + 2])',
        'asked = value if equals else "".join(arguments[position + 2 : position + 3])',
        _tests("ecomusee", "arguments", "localization", "phrases", "cli"),
    ),
    # assets_pipeline: files for phones.
    Defect(
        "a number from the end of an OBJ counts one too few",
        "assets_pipeline",
        "found[i] = number - 1 if number > 0 else counts[i] + number",
        "found[i] = number - 1 if number > 0 else counts[i] + number - 1",
        _tests("assets_pipeline", "obj"),
    ),
    Defect(
        "a polygon of a PLY loses its first triangle",
        "assets_pipeline",
        "fans = [polygons[:, [0, i, i + 1]] for i in range(1, count - 1)]",
        "fans = [polygons[:, [0, i, i + 1]] for i in range(2, count - 1)]",
        _tests("assets_pipeline", "scans"),
    ),
    Defect(
        "a joint one past the last is taken",
        "assets_pipeline",
        'if name.startswith("JOINTS_") and int(held.array.max(initial=0)) >= joint_count:',
        'if name.startswith("JOINTS_") and int(held.array.max(initial=0)) > joint_count:',
        _tests("assets_pipeline", "gltf*", "faults", "animation*", "skin*", "validate"),
    ),
    Defect(
        "an index one past the last vertex is taken",
        "assets_pipeline",
        "if indices is not None and int(indices.array.max(initial=0)) >= count:",
        "if indices is not None and int(indices.array.max(initial=0)) > count:",
        _tests("assets_pipeline", "gltf*"),
    ),
    Defect(
        "a step of an animation holds one key too early",
        "assets_pipeline",
        'before = (np.searchsorted(keys, held, side="right") - 1).clip(0, last)',
        'before = (np.searchsorted(keys, held, side="left") - 1).clip(0, last)',
        _tests("assets_pipeline", "animation", "playing"),
    ),
    Defect(
        "a damaged product counts as made",
        "assets_pipeline",
        ".hexdigest() == file.sha256",
        ".hexdigest() is not None",
        _tests("assets_pipeline/build*", "build"),
    ),
    Defect(
        "a link out of the museum's folder is followed",
        "assets_pipeline",
        "real = (self._folder / path).resolve()",
        "real = self._folder / path",
        _tests("assets_pipeline", "resolver"),
    ),
    Defect(
        "a cue that ends where it begins is taken",
        "assets_pipeline",
        "is_backwards = cue.end_s <= cue.start_s",
        "is_backwards = cue.end_s < cue.start_s",
        _tests("assets_pipeline", "captions"),
    ),
    Defect(
        "a time in captions is in hundredths",
        "assets_pipeline",
        "thousandths = round(time_s * 1000)",
        "thousandths = round(time_s * 100)",
        _tests("assets_pipeline", "captions"),
    ),
    Defect(
        "a WebP's header is read one bit off",
        "assets_pipeline",
        "(packed >> 14 & 0x3FFF) + 1)",
        "(packed >> 13 & 0x3FFF) + 1)",
        _tests("assets_pipeline", "headers"),
    ),
    Defect(
        "a photograph without a word on its side lies on it",
        "assets_pipeline",
        "is_lying = False",
        "is_lying = True",
        _tests("assets_pipeline", "headers"),
    ),
    Defect(
        "an odd edge of a picture loses its last column",
        "assets_pipeline",
        "low = (rows.shape[1] + 1) // 2",
        "low = rows.shape[1] // 2",
        _tests("assets_pipeline", "codec", "pack_encoder", "wavelet"),
    ),
    Defect(
        "a quaternion is written with its real part last",
        "assets_pipeline",
        "return Gf.Quatf(w, x, y, z)",
        "return Gf.Quatf(x, y, z, w)",
        _tests("assets_pipeline", "motion", "sampled_animation"),
    ),
    Defect(
        "a normal's length is lost when vertices move",
        "assets_pipeline",
        "(values / np.maximum(lengths, np.float32(1e-9)))",
        "(values)",
        _tests("assets_pipeline", "transforms"),
    ),
    Defect(
        "a level may have half as many triangles again",
        "assets_pipeline",
        "limit = profile.most_triangles * _TRIANGLE_SLACK",
        "limit = profile.most_triangles * _TRIANGLE_SLACK * 1.5",
        _tests("assets_pipeline", "rules"),
    ),
    Defect(
        "a model stands half in the ground",
        "assets_pipeline",
        "x, y, z = (round(at, _DECIMALS) for at in ((x0 + x1) / 2, y0, (z0 + z1) / 2))",
        "x, y, z = (round(at, _DECIMALS) for at in ((x0 + x1) / 2, y0 + 1, (z0 + z1) / 2))",
        _tests("assets_pipeline", "ground", "recenter", "bounds", "survey*"),
    ),
    # client: what runs in the visitor's browser.
    Defect(
        "an animation is played from its end",
        "client/src",
        "if ((times[middle] ?? 0) <= time_s) low = middle + 1;",
        "if ((times[middle] ?? 0) >= time_s) low = middle + 1;",
        _tests("client", "units"),
    ),
    Defect(
        "the phone's orientation settles at twice the speed of nothing",
        "client/src",
        "const share = 1 - Math.exp(-elapsed_ms / SETTLING_MS);",
        "const share = Math.exp(-elapsed_ms / SETTLING_MS);",
        _tests("client", "units"),
    ),
)


def main() -> int:
    """Seed the defects that are asked for; return 0 when every one was killed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--tree", type=Path, default=ROOT, help="another checkout")
    parser.add_argument("--only", default="", help="numbers, parted by commas")
    parser.add_argument(
        "--whole", action="store_true", help="whole files, not the gate's share"
    )
    parser.add_argument("--find", action="store_true", help="only look for places")
    options = parser.parse_args()
    tree: Path = options.tree.resolve()
    numbers = [int(n) for n in options.only.split(",") if n] or range(
        1, len(DEFECTS) + 1
    )
    chosen = [(number, DEFECTS[number - 1]) for number in numbers]
    lost = [_why_lost(tree, number, defect) for number, defect in chosen]
    print("".join(f"{line}\n" for line in lost if line), end="")
    if options.find or any(lost):
        return int(any(lost))
    with tempfile.TemporaryDirectory(prefix="defects-") as folder:
        copy = _copy(tree, Path(folder) / "tree")
        part = [] if options.whole else ["--gate"]
        if not _is_sound(copy, tree, part, [defect for _, defect in chosen]):
            return 1
        killed = [_is_killed(copy, tree, part, *one) for one in chosen]
    print(f"{sum(killed)} of {len(killed)} killed")
    return int(not all(killed))


def _why_lost(tree: Path, number: int, defect: Defect) -> str:
    """Return why a defect can't be seeded, or nothing."""
    count = sum(
        path.read_text(encoding="utf-8").count(defect.text)
        for path in _sources(tree, defect)
    )
    if count != 1:
        return f"{number:2}  {defect.slip}: its text is there {count} times, not once: {defect.text}"
    if not _killers(tree, defect):
        return f"{number:2}  {defect.slip}: no file of tests: {', '.join(defect.tests)}"
    return ""


def _sources(tree: Path, defect: Defect) -> list[Path]:
    return [
        path
        for path in sorted((tree / defect.folder).rglob("*"))
        if path.suffix in {".py", ".ts", ".c", ".h"}
        and "node_modules" not in path.parts
    ]


def _killers(tree: Path, defect: Defect) -> list[str]:
    """Return the files of tests that should kill a defect."""
    found = {path for glob in defect.tests for path in tree.glob(glob)}
    return sorted(
        path.relative_to(tree).as_posix() for path in found if path.suffix == ".py"
    )


def _copy(tree: Path, copy: Path) -> Path:
    """Copy what is committed or waits to be, and link what is built."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=tree,
        capture_output=True,
        check=True,
    )
    for name in listed.stdout.decode().split("\0"):
        if name and (tree / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(tree / name, copy / name)
    for name in BUILT:
        if (tree / name).exists() and not (copy / name).exists():
            (copy / name).symlink_to(tree / name)
    if (tree.parent / "shared").exists():
        (copy.parent / "shared").symlink_to((tree.parent / "shared").resolve())
    return copy


def _ended(
    copy: Path, tree: Path, tests: list[str], part: list[str]
) -> tuple[int, str]:
    """Return how pytest ended in the copy, by the checkout's own packages, and its last words."""
    python = tree / ".venv" / "bin" / "python"
    environment = {
        **os.environ,
        "PYTHONPATH": str(copy),  # before the checkout itself
        "PYTHONDONTWRITEBYTECODE": "1",  # two changes within a second look alike
        "PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}",
    }
    words = [
        python,
        "-m",
        "pytest",
        "-x",
        "-q",
        "-p",
        "no:cacheprovider",
        *part,
        *tests,
    ]
    try:
        ended = subprocess.run(
            words,
            cwd=copy,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return FAILED, "out of time"
    return ended.returncode, "\n".join(
        line[:200] for line in ended.stdout.splitlines()[-30:]
    )


def _is_sound(copy: Path, tree: Path, part: list[str], defects: list[Defect]) -> bool:
    """Return whether the tests pass before anything is spoilt."""
    tests = sorted({name for defect in defects for name in _killers(copy, defect)})
    began = time.monotonic()
    code, said = _ended(copy, tree, tests, part)
    print(f"{len(tests)} files of tests ended with {code} in ", end="")
    print(f"{time.monotonic() - began:.0f} s before the first defect", flush=True)
    if code != PASSED:
        print(said)
    return code == PASSED


def _is_killed(
    copy: Path, tree: Path, part: list[str], number: int, defect: Defect
) -> bool:
    """Seed a defect, run its tests, and take it out again."""
    path = next(
        path
        for path in _sources(copy, defect)
        if defect.text in path.read_text(encoding="utf-8")
    )
    right = path.read_text(encoding="utf-8")
    began = time.monotonic()
    path.write_text(right.replace(defect.text, defect.wrong), encoding="utf-8")
    try:
        code, _ = _ended(copy, tree, _killers(copy, defect), part)
    finally:
        path.write_text(right, encoding="utf-8")
    said = {PASSED: "survived", FAILED: "killed"}.get(code, f"pytest ended with {code}")
    took = f"{time.monotonic() - began:.0f} s"
    print(f"{number:2}  {said:8}  {took:>5}  {defect.slip}", flush=True)
    return code == FAILED


if __name__ == "__main__":
    sys.exit(main())
