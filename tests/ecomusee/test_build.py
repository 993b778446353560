"""A release is made whole, found unchanged, listed, and rolled back from the command."""

import os
import pty
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]


def test_second_build_changes_nothing(ecomusee: Command, museum: Path) -> None:
    first = ecomusee("build", "--json")
    second = ecomusee("build", "--json")

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert (first.document["is_new"], second.document["is_new"]) == (True, False)
    assert first.document["release"] == second.document["release"]


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


def test_rollback_without_an_earlier_release(ecomusee: Command, museum: Path) -> None:
    ecomusee("build")

    run = ecomusee("rollback", "--language", "en")

    assert run.exit_code == 2
    assert "no earlier one" in run.err


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_progress_is_for_terminals(tmp_path: Path, museum: Path) -> None:
    """It goes to the terminal of standard error, while the result goes to a pipe."""
    outer, inner = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "ecomusee", "build", "--language", "en"],
        cwd=tmp_path,
        env={**os.environ, "TERM": "xterm"},
        stdout=subprocess.PIPE,
        stderr=inner,
        text=True,
        check=True,
    )
    os.close(inner)
    shown = b""
    while select.select([outer], [], [], 0)[0]:
        try:
            shown += os.read(outer, 4096)
        except OSError:
            break
    os.close(outer)

    assert "Pages…" in shown.decode()
    assert shown.endswith(b"\r\x1b[2K")
    assert "…" not in done.stdout


def test_progress_is_silent_elsewhere(ecomusee: Command, museum: Path) -> None:
    assert ecomusee("build").err == ""


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes")
def test_ctrl_c_leaves_no_half_file(tmp_path: Path, museum: Path) -> None:
    """The build is caught while it reads a recording that never ends."""
    ecomusee = [sys.executable, "-m", "ecomusee", "build", "--language", "en"]
    subprocess.run(ecomusee, cwd=tmp_path, check=True, capture_output=True)
    before = {path for path in (tmp_path / "build").rglob("*") if path.is_file()}
    endless = museum / "tours" / "endless.yaml"
    os.mkfifo(endless)

    process = subprocess.Popen(ecomusee, cwd=tmp_path, stderr=subprocess.PIPE)
    rescue = threading.Timer(30, process.kill)
    rescue.start()
    with endless.open("w"):
        process.send_signal(signal.SIGINT)
        process.communicate()
    rescue.cancel()

    after = {path for path in (tmp_path / "build").rglob("*") if path.is_file()}
    assert process.returncode == 130
    assert after == before
