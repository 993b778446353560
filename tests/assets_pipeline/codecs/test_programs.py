"""Other people's programs run apart, within bounds, and end with us."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from assets_pipeline.codecs.programs import RunLimits, program_version, run
from assets_pipeline.errors.exceptions import DamagedFileError, MissingProgramError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def standing_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder to work in, with a program of our own in place of ffmpeg."""
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    monkeypatch.setenv("A_SECRET", "told")
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


def write(folder: Path, script: str) -> None:
    """Write what ffmpeg does."""
    program = folder.parent / "programs/ffmpeg"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def test_a_program_that_hangs_is_ended(standing_in: Path) -> None:
    write(standing_in, "exec sleep 60")
    start = time.monotonic()

    with pytest.raises(DamagedFileError, match="too long"):
        run("ffmpeg", [], standing_in, limits=RunLimits(timeout_s=0.3))

    assert time.monotonic() - start < 10


def test_a_program_may_not_fill_the_disk(standing_in: Path) -> None:
    write(standing_in, "exec head -c 5000000 /dev/zero > big")

    with pytest.raises(DamagedFileError):
        run("ffmpeg", [], standing_in, limits=RunLimits(output_bytes=1 << 20))

    assert (standing_in / "big").stat().st_size <= 1 << 20


def test_a_program_may_not_fill_the_memory(standing_in: Path) -> None:
    """Half a gigabyte is asked for, and a tenth of it may be had."""
    write(standing_in, "head -c 500000000 /dev/zero | tail -c 400000000 >&2")
    bounds = RunLimits(memory_bytes=50 << 20)

    with pytest.raises(DamagedFileError):
        run("ffmpeg", [], standing_in, limits=bounds)


def test_a_program_knows_nothing_of_our_environment(standing_in: Path) -> None:
    write(standing_in, "env")

    said = run("ffmpeg", [], standing_in).stdout

    assert b"A_SECRET" not in said
    assert f"HOME={standing_in}".encode() in said


def test_a_refusal_quotes_the_programs_last_words(standing_in: Path) -> None:
    write(standing_in, "echo one >&2; echo 'moov atom not found' >&2; exit 1")

    with pytest.raises(DamagedFileError, match="ffmpeg: moov atom not found"):
        run("ffmpeg", [], standing_in)


def test_what_is_absent_is_named_with_its_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(MissingProgramError) as caught:
        run("heif-dec", [], tmp_path)

    assert caught.value.place == "libheif-examples"


def test_an_absent_program_has_a_version_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """It makes part of a cache's key on machines without it."""
    monkeypatch.setenv("PATH", "")
    program_version.cache_clear()

    assert program_version("espeak-ng") == "espeak-ng absent"
    program_version.cache_clear()
