"""What a machine lacks comes with its remedy."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ecomusee.system_checks import run_checks

Command = Callable[..., Any]


def test_every_check_says_how_to_mend_it(ecomusee: Command) -> None:
    document = ecomusee("doctor", "--json").document

    assert {check["purpose"] for check in document["checks"]} >= {"serve", "build"}
    for check in document["checks"]:
        for language in ("fr", "en"):
            assert check[language]["fact"]
            assert check[language]["remedy"]


def test_python_of_these_tests_is_supported(ecomusee: Command) -> None:
    checks = {
        c["name"]: c["met"] for c in ecomusee("doctor", "--json").document["checks"]
    }

    assert checks["python"] is True
    assert checks["package aiohttp"] is True


def test_exit_code_follows_what_a_museum_needs(ecomusee: Command) -> None:
    run = ecomusee("doctor", "--json")

    checks = run.document["checks"]
    needed = ("serve", "build")
    lacking = [c for c in checks if not c["met"] and c["purpose"] in needed]
    assert run.exit_code == (3 if lacking else 0)


def test_folder_below_a_file_can_not_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    checks = {check.name: check for check in run_checks(tmp_path / "file" / "build")}

    assert checks["writable"].is_met is False
    assert "--build-dir" in checks["writable"].remedy.en


def test_building_is_for_linux(ecomusee: Command) -> None:
    """Elsewhere one line says so, instead of ten about libraries that can't be had."""
    checks = {
        check["name"]: check
        for check in ecomusee("doctor", "--json").document["checks"]
    }

    assert checks["platform"]["met"] == (sys.platform == "linux")


def test_programs_for_media_are_told_with_their_packages() -> None:
    """Only some museums need them: they make no museum's machine unfit."""
    if sys.platform != "linux":
        pytest.skip("files are made on Linux alone")

    checks = {c.name: c for c in run_checks(Path()) if c.purpose == "media"}

    remedies = {name: check.remedy.en for name, check in checks.items()}
    assert remedies == {
        "ffmpeg": "apt install ffmpeg",
        "espeak-ng": "apt install espeak-ng",
        "heif-dec": "apt install libheif-examples",
    }
