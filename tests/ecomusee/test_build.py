"""A release is made whole, found unchanged, listed, and rolled back from the command."""

import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ecomusee.commands.releases import local_time

Command = Callable[..., Any]
MORE_STOPS = """\
  - stop: arret-{0}
    title: {{ fr: Arrêt {0}, en: Stop {0} }}
    text: {{ fr: Un arrêt., en: A stop. }}
    sources: [archives]
"""


def test_second_build_changes_nothing(ecomusee: Command, museum: Path) -> None:
    first = ecomusee("build", "--json")
    second = ecomusee("build", "--json")

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert (first.document["is_new"], second.document["is_new"]) == (True, False)
    assert first.document["release"] == second.document["release"]


@pytest.mark.usefixtures("published")
def test_a_copy_does_not_take_the_place_of_its_museum(
    ecomusee: Command, museum: Path
) -> None:
    copy = museum.with_name("essai")
    ecomusee("build", "--json")
    shutil.copytree(museum, copy)

    refused = ecomusee("build", "--json", "--content", str(copy))
    aside = ecomusee("build", "--json", "--content", str(copy), "--build-dir", "essais")

    assert refused.exit_code == 2
    assert f"depuis {museum}" in refused.err
    assert aside.exit_code == 0


@pytest.mark.usefixtures("published")
def test_a_museum_that_was_moved_is_published_as_before(
    ecomusee: Command, museum: Path
) -> None:
    ecomusee("build", "--json")
    museum.rename(museum.with_name("ailleurs"))

    run = ecomusee("build", "--json")

    assert run.exit_code == 0
    assert not run.document["is_new"]


@pytest.mark.usefixtures("published")
def test_warning_does_not_stop_a_build(ecomusee: Command, museum: Path) -> None:
    """A stop without a printed code is one: labels are drawn when texts are ready."""
    run = ecomusee("build", "--json")

    assert run.exit_code == 0
    assert run.document["warnings"] == 1


def test_error_in_the_texts_publishes_nothing(
    ecomusee: Command, museum: Path, tmp_path: Path
) -> None:
    tour = museum / "tours" / "promenade.yaml"
    tour.write_text(tour.read_text(encoding="utf-8") + "    at: bleu\n", "utf-8")

    run = ecomusee("build", "--json")

    assert run.exit_code == 1
    assert run.document["release"] is None
    assert not (tmp_path / "build").exists()


@pytest.mark.usefixtures("published")
def test_rollback_serves_the_earlier_release_under_a_new_name(
    ecomusee: Command, museum: Path
) -> None:
    first = ecomusee("build", "--json").document["release"]
    tour = museum / "tours" / "promenade.yaml"
    text = tour.read_text(encoding="utf-8")
    tour.write_text(text.replace("Un pont.", "Un vieux pont."), encoding="utf-8")
    second = ecomusee("build", "--json").document["release"]

    run = ecomusee("rollback", "--json")

    releases = ecomusee("releases", "--json").document["releases"]
    assert run.document["restores"] == first
    assert [r["id"] for r in releases] == [run.document["release"], second, first]
    assert [r["served"] for r in releases] == [True, False, False]


@pytest.mark.usefixtures("published")
def test_rollback_works_while_the_texts_are_broken(
    ecomusee: Command, museum: Path
) -> None:
    """That is when one needs it."""
    ecomusee("build")
    tour = museum / "tours" / "promenade.yaml"
    text = tour.read_text(encoding="utf-8")
    tour.write_text(text.replace("Un pont.", "Un vieux pont."), encoding="utf-8")
    ecomusee("build")
    (museum / "museum.yaml").write_text("museum: [", encoding="utf-8")

    assert ecomusee("rollback").exit_code == 0


@pytest.mark.usefixtures("published")
def test_rollback_without_an_earlier_release(ecomusee: Command, museum: Path) -> None:
    ecomusee("build")

    run = ecomusee("rollback", "--language", "en")

    assert run.exit_code == 2
    assert "no earlier one" in run.err


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
@pytest.mark.usefixtures("published")
def test_progress_is_for_terminals(tmp_path: Path, museum: Path) -> None:
    """It goes to the terminal of standard error, while the result goes to a pipe."""
    with _watched_build(tmp_path) as (process, screen):
        shown = b"".join(iter(lambda: _read(screen), b""))
        out, _ = process.communicate()

    assert process.returncode == 0
    assert "Pages…" in shown.decode()
    assert shown.endswith(b"\r\x1b[2K")
    assert "…" not in out


@pytest.mark.usefixtures("published")
def test_progress_is_silent_elsewhere(ecomusee: Command, museum: Path) -> None:
    assert ecomusee("build").err == ""


def test_a_cluster_that_is_not_there_is_told(ecomusee: Command, museum: Path) -> None:
    run = ecomusee("build", "--cluster", "nowhere", "--language", "en")

    assert run.exit_code == 3
    assert "no scheduler answers at nowhere" in run.err


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_ctrl_c_leaves_no_half_release(tmp_path: Path, museum: Path) -> None:
    """The build is caught as it begins to write more pages than it can in a moment."""
    tour = museum / "tours" / "promenade.yaml"
    stops = "".join(MORE_STOPS.format(number) for number in range(200))
    tour.write_text(tour.read_text(encoding="utf-8") + stops, encoding="utf-8")

    with _watched_build(tmp_path) as (process, screen):
        shown = b""
        while b"Pages" not in shown:
            piece = _read(screen)
            assert piece, "the build ended before its pages"
            shown += piece
        process.send_signal(signal.SIGINT)
        process.communicate()

    releases = tmp_path / "build" / "petit" / "releases"
    assert process.returncode == 130
    assert list(releases.glob("*")) == []
    assert not (tmp_path / "build" / "petit" / "current").exists()


@contextmanager
def _watched_build(folder: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Start a build, and give it with the screen that its standard error is."""
    screen, behind = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "ecomusee", "build", "--language", "en"],
        cwd=folder,
        env={**os.environ, "TERM": "xterm"},
        stdout=subprocess.PIPE,
        stderr=behind,
        text=True,
    )
    os.close(behind)
    try:
        yield process, screen
    finally:
        process.kill()
        process.wait()
        os.close(screen)


def _read(screen: int) -> bytes:
    """Return what is shown next, or nothing once the last writer has left."""
    try:
        return os.read(screen, 4096)
    except OSError:
        return b""


def test_releases_are_dated_by_the_clock_on_the_wall(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as there:
        there.setenv("TZ", "Europe/Paris")
        time.tzset()

        found = local_time("2026-07-14T21:05:09+00:00")

    time.tzset()
    assert found == "2026-07-14 23:05"
