"""What programmers read of the code's layout is true."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
PAGES = ("CONTRIBUTING.md", "docs/architecture.md")
PATH = re.compile(r"`((?:[\w.]+/)+[\w.]*)`")


def test_picture_is_drawn_from_todays_contracts() -> None:
    script = REPOSITORY / "scripts" / "draw_architecture.py"

    done = subprocess.run([sys.executable, script, "--check"], check=False)

    assert done.returncode == 0, "run scripts/draw_architecture.py"


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_is_named_exists(page: str) -> None:
    text = (REPOSITORY / page).read_text(encoding="utf-8")
    named = [name for name in PATH.findall(text) if "<" not in name]

    made = ("build/", "files/")  # a museum's own, once it is published
    missing = [
        name
        for name in named
        if not name.startswith(made)
        and not (REPOSITORY / name).exists()
        and not (REPOSITORY / f"{name}.py").exists()
    ]

    assert named
    assert missing == []
