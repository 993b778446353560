"""The README's first command installs all that the demonstration is made with."""

import re
import subprocess
from pathlib import Path

import pytest

from assets_pipeline.codecs.programs import DEBIAN_PACKAGES
from ecomusee.system_checks import DEBIAN_RENDERING, run_checks

REPOSITORY = Path(__file__).parents[2]
DEMO = REPOSITORY / "scripts" / "demo"


def _installed(script: Path) -> set[str]:
    """Return the packages of Debian that a script installs, with its lists written out."""
    lines = re.sub(r"#.*", "", script.read_text(encoding="utf-8"))
    (names,) = re.findall(r"^install_debian (.*?) \|\|", lines, re.MULTILINE)
    said = subprocess.run(
        ["sh", "-c", f'. scripts/lib.sh; printf "%s\\n" {names}'],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(said.stdout.split())


@pytest.mark.parametrize("program", DEBIAN_PACKAGES)
def test_demo_installs_every_program_that_makes_media(program: str) -> None:
    """It once failed on a machine without ffmpeg."""
    assert DEBIAN_PACKAGES[program] in _installed(DEMO)  # type: ignore[index]


def test_demo_installs_what_draws_posters() -> None:
    assert set(DEBIAN_RENDERING.split()) <= _installed(DEMO)


def test_demo_installs_before_it_builds() -> None:
    script = DEMO.read_text(encoding="utf-8")

    order = [
        script.index(step)
        for step in ("scripts/setup", "install_debian", "ecomusee build")
    ]

    assert order == sorted(order)


def test_demo_installs_whatever_the_doctor_would_have_installed(tmp_path: Path) -> None:
    """Each remedy of the doctor that names packages names none that the demo leaves out."""
    remedies = [
        check.remedy.en
        for check in run_checks(tmp_path)
        if check.purpose != "develop" and "apt install" in check.remedy.en
    ]

    asked = {name for text in remedies for name in text.split("apt install")[1].split()}
    assert asked
    assert asked <= _installed(DEMO)


def test_tests_install_what_the_demo_does() -> None:
    script = REPOSITORY / "scripts" / "test"

    assert _installed(DEMO) <= _installed(script)


def test_no_program_is_started_besides_those_of_the_catalogue() -> None:
    """A program that a part of ours starts is installed by nobody unless it is listed."""
    ours = ("assets_pipeline", "ecomusee", "publishing", "server", "tours")
    pattern = re.compile(r"""(?:shutil\.which|\bwhich)\(\s*["'](\w[\w-]*)["']""")

    found = {
        name
        for package in ours
        for path in (REPOSITORY / package).rglob("*.py")
        for name in pattern.findall(path.read_text(encoding="utf-8"))
    }

    # Debian's base has prlimit; Node serves those who work on the client.
    assert found <= {*DEBIAN_PACKAGES, "prlimit", "node", "npm"}
