"""Pages for people say what is so."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from ecomusee.cli import COMMANDS
from tours.checks import read_museum

REPOSITORY = Path(__file__).parents[2]
PAGES = sorted(
    path
    for path in (*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md"))
    if path.is_file()
)
SCRIPTS = sorted(
    path
    for path in (
        REPOSITORY / ".ci" / "run",
        *(path for path in (REPOSITORY / "scripts").rglob("*") if path.is_file()),
    )
    if path.read_bytes().startswith(b"#!/bin/sh") or path.suffix == ".sh"
)


def _blocks(page: Path) -> list[str]:
    """Return the indented blocks of a page, their margin removed."""
    text = page.read_text(encoding="utf-8")
    found = re.findall(r"(?:^(?: {4}.*)?\n)+", text, re.MULTILINE)
    blocks = (re.sub(r"^ {4}", "", block, flags=re.MULTILINE) for block in found)
    return [block.strip("\n") + "\n" for block in blocks if block.strip()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))

    missing = [
        link
        for link in links
        if "://" not in link and not (page.parent / link).exists()
    ]

    assert missing == []


def test_every_decision_is_listed() -> None:
    folder = REPOSITORY / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")

    pages = {path.name for path in folder.glob("*.md")} - {"README.md"}

    assert {name for name in pages if f"]({name})" not in index} == set()


def test_readme_lists_the_commands() -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")

    for command in COMMANDS:
        name = command.__name__.rpartition(".")[2]
        assert re.search(
            rf"^    ecomusee {name} +{re.escape(command.SUMMARY.en)}$",
            readme,
            re.MULTILINE,
        )


def test_first_steps_of_curators_read_well(tmp_path: Path) -> None:
    """Whoever copies the page, block after block, has nothing to mend."""
    blocks = _blocks(REPOSITORY / "docs" / "curators" / "premiers-pas.md")
    museum = next(block for block in blocks if block.startswith("museum:"))
    tour = next(block for block in blocks if block.startswith("tour:"))
    additions = [b for b in blocks if b.startswith(("    shows:", "    label:"))]
    (tmp_path / "tours").mkdir()
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "ecluse.glb").write_bytes(b"glTF")
    (tmp_path / "museum.yaml").write_text(museum, encoding="utf-8")
    (tmp_path / "tours" / "le-tour-du-lac.yaml").write_text(
        tour + "".join(additions), encoding="utf-8"
    )

    reading = read_museum(tmp_path)

    assert len(additions) == 2
    assert [finding.fr.what for finding in reading.diagnostics] == []
    assert reading.museum is not None
    assert len(reading.museum.tours[0].stops[0].anchors) == 1


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_script_is_one_of_any_shell(script: Path) -> None:
    shell = shutil.which("dash") or "sh"

    done = subprocess.run([shell, "-n", script], capture_output=True, check=False)

    assert done.returncode == 0, done.stderr
    assert b"[[" not in script.read_bytes()
