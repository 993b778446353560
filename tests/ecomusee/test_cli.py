"""How a command ends, whatever happens in it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from ecomusee.cli import main
from ecomusee.localization import Message

Command = Callable[..., object]


def _failing(error: BaseException) -> tuple[ModuleType]:
    """Return a command, ``fail``, that ends in an exception."""

    def run(*_: object) -> None:
        raise error

    command = ModuleType("fail")
    command.SUMMARY = Message("échouer", "fail")  # type: ignore[attr-defined]
    command.add_arguments = lambda _parser: None  # type: ignore[attr-defined]
    command.run = run  # type: ignore[attr-defined]
    return (command,)


def test_no_command_prints_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--language", "en"]) == 2
    assert "usage: ecomusee" in capsys.readouterr().err


def test_interruption_has_the_exit_code_of_shells(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["fail", "--language", "en"], _failing(KeyboardInterrupt())) == 130
    assert "Stopped" in capsys.readouterr().err


def test_defect_leaves_a_log_and_a_kind_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A traceback frightens a curator, and whoever mends the program needs it."""
    exit_code = main(["fail", "--language", "en"], _failing(ValueError("no such luck")))

    printed = capsys.readouterr()
    log = Path(printed.err.partition("details are in ")[2].partition(": send")[0])
    assert exit_code == 70
    assert "Traceback" not in printed.out + printed.err
    assert "ValueError: no such luck" in log.read_text(encoding="utf-8")
    log.unlink()


def test_absent_package_is_missing_on_this_machine(
    capsys: pytest.CaptureFixture[str],
) -> None:
    error = ModuleNotFoundError("No module named 'pxr.Usd'", name="pxr.Usd")

    assert main(["fail", "--language", "en"], _failing(error)) == 3
    assert "'pxr' is missing" in capsys.readouterr().err


def test_refused_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    error = PermissionError(13, "Permission denied", "build/petit")

    assert main(["fail", "--language", "en"], _failing(error)) == 3
    assert "build/petit" in capsys.readouterr().err


def test_closed_pipe_is_no_error(tmp_path: Path, museum: Path) -> None:
    """``ecomusee ... | head`` ends when head has seen enough."""
    reader, writer = os.pipe()
    os.close(reader)

    done = subprocess.run(
        [sys.executable, "-m", "ecomusee", "validate"],
        cwd=tmp_path,
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)

    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is another thing there")
def test_ctrl_c_prints_no_traceback(tmp_path: Path, museum: Path) -> None:
    """The command is caught while it prints more than a pipe holds, and nobody reads."""
    mistakes = "".join(f"nothing-known-{number}: x\n" for number in range(1000))
    tour = museum / "tours" / "promenade.yaml"
    tour.write_text(tour.read_text(encoding="utf-8") + mistakes, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "ecomusee", "validate", "--language", "en"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None

    process.stdout.read(1)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)

    assert process.returncode == 130
    assert err.decode() == "Stopped. No file was left half written.\n"
