"""Pages for people say what is so."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from ecomusee.cli import COMMANDS

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


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_script_is_one_of_any_shell(script: Path) -> None:
    shell = shutil.which("dash") or "sh"

    done = subprocess.run([shell, "-n", script], capture_output=True, check=False)

    assert done.returncode == 0, done.stderr
    assert b"[[" not in script.read_bytes()
