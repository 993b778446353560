"""The pages for curators, followed word by word.

One reader goes through all of them, in order, in a folder of their own: every command is
run, every file that a page gives is written, every stop that it shows is read, and what
the program answers is what the page says. On a page, ``…`` stands for what changes.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest

from assets_pipeline.media import captions
from tours import vocabulary
from tours.checks import read_museum
from tours.vocabulary import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "curators"
PAGES = sorted(FOLDER.glob("[0-9]*.md"))
EXAMPLE = ROOT / "content" / "example"
MUSEUM = "mon-musee"
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CHANGING = (
    (r"\d{8}T\d{12}Z-[0-9a-f]{12}", "RELEASE"),
    (r"\d{4}-\d\d-\d\d \d\d:\d\d", "INSTANT"),
    (r"(?m)^\w{4} : ", "CODE : "),
    (r"127\.0\.0\.1:\d+", "127.0.0.1:PORT"),
    (r"[\u00a0\u202f]", " "),
    (
        r"(les reconnaît) \d+ (fois.*? jusqu’à) [\d,]+ (m, .*? jusqu’à) \d+°",
        r"\1 \2 \3",
    ),
)
"""What no two runs share, and spaces that look alike."""


@dataclass(frozen=True)
class Block:
    """One framed text of a page."""

    page: str
    line: int
    kind: str
    text: str

    @property
    def is_answer(self) -> bool:
        """Whether it shows what the program says."""
        return self.kind == "text"


@dataclass(frozen=True)
class Outcome:
    """What came of one block."""

    block: Block
    problem: str | None


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    """Return what came of each block, for a reader who does all that pages say."""
    reader = Reader(tmp_path_factory.mktemp("reader"))
    return [Outcome(block, reader.does(block)) for block in _blocks()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page_can_be_followed(page: Path, followed: list[Outcome]) -> None:
    mine = [outcome for outcome in followed if outcome.block.page == page.name]

    problems = [
        f"{page.name}:{outcome.block.line}: {outcome.problem}"
        for outcome in mine
        if outcome.problem
    ]

    assert mine, "a page without a single thing to do"
    assert not problems, "\n\n".join(problems)


def test_first_page_leads_to_each_other() -> None:
    first = (FOLDER / "premiers-pas.md").read_text(encoding="utf-8")

    assert re.findall(r"\]\((\d[^)]*)\)", first) == [page.name for page in PAGES]


@pytest.mark.parametrize(
    ("one", "next_one"), list(pairwise(PAGES)), ids=lambda page: page.stem
)
def test_each_page_leads_to_the_next(one: Path, next_one: Path) -> None:
    assert f"({next_one.name})" in one.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "page", [FOLDER / "premiers-pas.md", *PAGES], ids=lambda p: p.stem
)
def test_french_is_typeset(page: Path) -> None:
    """Outside frames and code, apostrophes curl."""
    text = _BLOCK.sub("", page.read_text(encoding="utf-8"))

    assert re.findall(r".{12}'.{12}", re.sub(r"`[^`]*`", "", text)) == []


def test_every_key_is_shown_to_curators() -> None:
    """In a frame of these pages, in the example that they copy, or in their sentences."""
    pages = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    shown = re.findall(r"^```yaml\n(.*?)^```$", pages, re.MULTILINE | re.DOTALL)
    shown += [path.read_text(encoding="utf-8") for path in EXAMPLE.rglob("*.yaml")]
    shown += re.findall(r"`([^`\n]+)`", pages)

    written = set(re.findall(r"(?:^|[\s{,])(\w+):", "\n".join(shown)))

    tables = [table for table in vars(vocabulary).values() if isinstance(table, Table)]
    assert tables
    known = {key.name for table in tables for key in table.keys}
    assert known - written == set()


def test_a_site_is_written_from_its_first_line_to_its_last() -> None:
    """Each key of ``sites/*.yaml`` stands in one frame, to be copied."""
    frames = (
        block for block in _blocks() if block.text.startswith(f"# {MUSEUM}/sites/")
    )

    (site,) = frames

    written = set(re.findall(r"^(\w+):", site.text, re.MULTILINE))
    assert written == set(vocabulary.SITE.names)


def _blocks() -> Iterator[Block]:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for found in _BLOCK.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            yield Block(page.name, line, found[1], found[2])


class Reader:
    """Somebody who recopies every frame, in a folder beside the program's own files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.answer = ""
        shutil.copytree(
            ROOT / "content/example",
            folder / "content/example",
            ignore=shutil.ignore_patterns("__pycache__"),
        )
        shutil.copytree(FOLDER / "a-corriger", folder / "docs/curators/a-corriger")
        bin_folder = folder / ".venv" / "bin"
        bin_folder.mkdir(parents=True)
        (bin_folder / "activate").write_text(f'PATH="{bin_folder}:$PATH"\n')
        command = bin_folder / "ecomusee"
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m ecomusee "$@"\n')
        command.chmod(0o755)
        self.environment = {
            **os.environ,
            "LC_ALL": "fr_FR.UTF-8",
            "PATH": f"{bin_folder}:{os.environ['PATH']}",
            "XDG_STATE_HOME": str(folder / "state"),
        }

    def does(self, block: Block) -> str | None:
        """Do what a block says, and return what is wrong with it."""
        match block.kind:
            case "sh":
                return self._runs(block.text)
            case "text":
                return _difference(block.text, self.answer)
            case "yaml" if block.text.startswith("# "):
                return self._writes(block.text)
            case "yaml":
                return self._tries(block.text)
            case "vtt":
                return _faults_of_captions(block.text)
        return f"no reader knows what to do with a frame of {block.kind}"

    def _runs(self, commands: str) -> str | None:
        if commands.startswith("scripts/"):
            # Installs this program, which the other pages' commands then are.
            script = ROOT / commands.split(maxsplit=1)[0]
            return None if os.access(script, os.X_OK) else f"no {script} to run"
        if "ecomusee serve" in commands:
            return self._serves(commands.split()[2:])
        done = subprocess.run(
            ["sh", "-e", "-c", commands],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        self.answer = done.stdout
        expected = {0, 1} if "validate" in commands else {0}
        if "doctor" in commands:
            expected = {0, 3}  # it tells what is missing here, if anything is
        return None if done.returncode in expected else f"{commands}{done.stdout}"

    def _serves(self, arguments: list[str]) -> str | None:
        """Serve on a free port, open the visit, and stop as Ctrl-C does."""
        where = ["--port", str(_free_pair()), "--host", "127.0.0.1"]
        process = subprocess.Popen(
            [sys.executable, "-m", "ecomusee", "serve", *arguments, *where],
            cwd=self.folder,
            env={**self.environment, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        said, opened = [], False
        try:
            assert process.stdout is not None
            for line in process.stdout:
                said.append(line)
                if found := re.search(r"est sur (http\S+)", line):
                    is_secret = found[1].startswith("https")
                    opened = is_secret or _opens(found[1])
                if "Ctrl-C" in line:
                    break
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate()
        self.answer = "".join(said)
        return None if opened else f"nothing opens: {self.answer}"

    def _writes(self, content: str) -> str | None:
        """Write a whole file, which the frame's first line names."""
        path = self.folder / content.splitlines()[0].removeprefix("# ")
        path.write_text(content, encoding="utf-8")
        return None

    def _tries(self, stop: str) -> str | None:
        """Read the museum with one more stop, and files of the names that it gives."""
        trial = self.folder / "trial"
        shutil.rmtree(trial, ignore_errors=True)
        shutil.copytree(self.folder / MUSEUM, trial)
        with (trial / "tours/promenade.yaml").open("a", encoding="utf-8") as tour:
            tour.write(f"\n{stop}")
        for name in re.findall(r"\b[a-z_]+/[\w.{}-]+\.\w+", stop):
            path = trial / name.replace("{lang}", "fr")
            path.parent.mkdir(exist_ok=True)
            if not path.exists():
                path.write_bytes(b"one of the reader's own files")
        found = read_museum(trial).diagnostics
        return "\n".join(f"{d.code} {d.fr.what}" for d in found) or None


def _faults_of_captions(content: str) -> str | None:
    problems = captions.parse_webvtt(content.encode(), "exemple.vtt").problems
    return str(problems) if problems else None


def _difference(expected: str, answered: str) -> str | None:
    """Return how an answer differs from what a page says; ``…`` stands for anything."""
    for changing, name in _CHANGING:
        expected = re.sub(changing, name, expected)
        answered = re.sub(changing, name, answered)
    pieces = (re.escape(piece) for piece in expected.strip().split("…"))
    if re.fullmatch(".*?".join(pieces), answered.strip(), re.DOTALL):
        return None
    return f"the page says\n{expected}\nthe program says\n{answered}"


def _opens(address: str) -> bool:
    with urlopen(address, timeout=20) as answer:  # noqa: S310 - our own server
        return bool(answer.status == 200)


def _free_pair() -> int:
    """Return a port that is free, as the next one is."""
    for port in range(19443, 19643, 2):
        with socket.socket() as one, socket.socket() as two:
            try:
                one.bind(("127.0.0.1", port))
                two.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port
    pytest.skip("no two neighbouring ports are free")
