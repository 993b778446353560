"""Check a box's files with the programs that will read them, where they are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ecomusee.box.files import DNSMASQ, HOSTAPD, NFTABLES, UNITS
from ecomusee.box.settings import BoxFinding
from ecomusee.localization import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_WITHIN_S: Final = 20
_SYSTEM_FOLDERS: Final = "/usr/sbin:/sbin:/usr/bin:/bin"
_NO_SUCH_DRIVER: Final = "parse_only"
"""hostapd can't try a file: with a driver that it does not know, it reads all and starts nothing."""


def check_with_programs(
    files: Mapping[str, bytes],
) -> tuple[tuple[BoxFinding, ...], tuple[str, ...]]:
    """Return what programs find wrong in files, and the programs that were there to try.

    Parameters
    ----------
    files
        From `box_files`.
    """
    found: list[BoxFinding] = []
    tried: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, content in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        for program, (about, complaints) in _PROGRAMS.items():
            command = shutil.which(program, path=_search_path())
            if command is not None:
                tried.append(program)
                found += [
                    _finding(about, program, complaint)
                    for complaint in complaints(command, folder)
                ]
    return tuple(found), tuple(tried)


def _dnsmasq(command: str, folder: Path) -> Iterable[str]:
    done = _run([command, "--test", f"--conf-file={folder / DNSMASQ}"])
    return _lines(done, folder) if done.returncode else ()


def _nft(command: str, folder: Path) -> Iterable[str]:
    if os.geteuid() != 0:  # it asks the kernel, which asks for an administrator
        return ()
    done = _run([command, "--check", "--file", str(folder / NFTABLES)])
    lines = _lines(done, folder) if done.returncode else ()
    return [line for line in lines if "rror: " in line] or lines


def _hostapd(command: str, folder: Path) -> Iterable[str]:
    text = (folder / HOSTAPD).read_text(encoding="utf-8")
    trial = folder / "hostapd.conf"
    trial.write_text(
        text.replace("driver=nl80211", f"driver={_NO_SUCH_DRIVER}"), encoding="utf-8"
    )
    lines = _lines(_run([command, str(trial)]), folder)
    return [
        line
        for line in lines
        if _NO_SUCH_DRIVER not in line
        and not line.startswith("Failed to ")
        and "errors found in configuration file" not in line
    ]


def _systemd(command: str, folder: Path) -> Iterable[str]:
    units = [str(folder / unit) for unit in UNITS]
    lines = _lines(_run([command, "verify", "--man=no", *units]), folder)
    # What runs is on the box, and this may be another machine.
    return [
        line for line in lines if "ecomusee" in line and "not executable" not in line
    ]


_PROGRAMS: Final[dict[str, tuple[str, Callable[[str, Path], Iterable[str]]]]] = {
    "dnsmasq": (DNSMASQ, _dnsmasq),
    "hostapd": (HOSTAPD, _hostapd),
    "nft": (NFTABLES, _nft),
    "systemd-analyze": ("etc/systemd/system", _systemd),
}


def _search_path() -> str:
    return os.pathsep.join((os.environ.get("PATH", ""), _SYSTEM_FOLDERS))


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(  # noqa: S603 - programs of this machine, on our own files
            command,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_WITHIN_S,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return subprocess.CompletedProcess(command, 1, "", str(error))


def _lines(done: subprocess.CompletedProcess[str], folder: Path) -> list[str]:
    text = (done.stdout + done.stderr).replace(f"{folder}/", "")
    return [line for line in text.splitlines() if line.strip()]


def _finding(about: str, program: str, complaint: str) -> BoxFinding:
    return BoxFinding(
        about,
        Message(
            fr=f"{program} refuse ce fichier : {complaint}",
            en=f"{program} refuses this file: {complaint}",
        ),
        Message(
            fr="La petite machine ne démarrerait pas ce service.",
            en="The small computer would not start this service.",
        ),
        Message(
            fr="revenez au fichier de la commande : ecomusee box --replace ; si le refus reste, envoyez cette "
            "ligne à qui s’occupe du programme",
            en="go back to the command's own file: ecomusee box --replace; if it still refuses, send this "
            "line to whoever looks after the program",
        ),
    )
