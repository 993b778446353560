"""Check this machine: Python, packages, libraries, tools, folders."""

from __future__ import annotations

import ctypes
import importlib.metadata
import importlib.util
import os
import platform
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from ecomusee.localization import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

Purpose = Literal["serve", "build", "media", "develop"]

RENDERING_LIBRARIES = ("libGL.so.1", "libEGL.so.1", "libX11.so.6")
"""Loaded by the renderer of posters; no Python package brings them."""
DEBIAN_RENDERING = "libgl1 libegl1 libegl-mesa0 libgl1-mesa-dri libx11-6"
_SUPPORTED_PYTHONS = ((3, 11), (3, 13))
_PURPOSES: Final[dict[str, Purpose]] = {"": "serve", "assets": "build"}
"""Of each extra of the package; of the others, nothing is asked until they are used."""
_PACKAGES = Path(__file__).parent.parent
_MADE_FILES = (
    ("client", "publishing/client/client.json"),
    ("fonts", "publishing/fonts/AtkinsonHyperlegibleNext-Regular.ttf"),
)
_MADE_FOR_BUILDING = (
    ("meshoptimizer", "assets_pipeline/wasm/meshopt_simplifier.wasm"),
)
_RUN_SETUP = Message(fr="lancez scripts/setup", en="run scripts/setup")
_RUN_BUILD_CLIENT = Message(
    fr="lancez scripts/build-client", en="run scripts/build-client"
)
_INSTALL_AGAIN = Message(
    fr="réinstallez le programme, depuis le fichier .whl d’où il vient",
    en="install the program again, from the .whl file that it came from",
)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that the program needs, and whether it is here."""

    name: str
    purpose: Purpose
    is_met: bool
    fact: Message
    remedy: Message


def run_checks(build_dir: Path) -> tuple[Check, ...]:
    """Return every check of this machine, with its remedy.

    Parameters
    ----------
    build_dir
        Where releases are to be written.
    """
    return (
        _python(),
        *_packages("serve"),
        *(_made("serve", name, file) for name, file in _MADE_FILES),
        _writable(build_dir),
        _platform(),
        *(_building() if _can_build() else ()),
        *(_media() if _can_build() else ()),
        *(_developing() if _is_checkout() else ()),
    )


def missing_for_building() -> tuple[Check, ...]:
    """Return the failed checks of what building models needs."""
    checks = (_platform(), *(_building() if _can_build() else ()))
    return tuple(check for check in checks if not check.is_met)


def _python() -> Check:
    least, greatest = _SUPPORTED_PYTHONS
    version = platform.python_version()
    return Check(
        "python",
        "serve",
        least <= sys.version_info[:2] <= greatest,
        Message(f"Python {version}", f"Python {version}"),
        Message(
            fr="installez Python 3.11, 3.12 ou 3.13",
            en="install Python 3.11, 3.12 or 3.13",
        ),
    )


def _packages(purpose: Purpose) -> Iterator[Check]:
    for requirement in _requirements():
        extra = re.search(r"""extra == ['"](\w+)""", requirement)
        if _PURPOSES.get(extra[1] if extra else "") == purpose:
            name = re.split(r"[^\w.-]", requirement)[0]
            found = _version(name)
            fact = f"{name} {found}" if found else name
            # Its own name, not ours with an extra: an index may hold another "ecomusee".
            pip = f"pip install '{requirement.partition(';')[0].strip()}'"
            yield Check(
                f"package {name}",
                purpose,
                found is not None,
                Message(fact, fact),
                _RUN_SETUP if _is_checkout() else Message(pip, pip),
            )


def _requirements() -> list[str]:
    try:
        return importlib.metadata.requires("ecomusee") or []
    except importlib.metadata.PackageNotFoundError:
        return []


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _made(purpose: Purpose, name: str, file: str) -> Check:
    facts = {
        "client": Message(fr="programme des téléphones", en="program for phones"),
        "fonts": Message(fr="polices des étiquettes", en="fonts of labels"),
        "meshoptimizer": Message(
            fr="simplification des modèles", en="simplification of models"
        ),
    }
    remedy = _RUN_BUILD_CLIENT if _is_checkout() else _INSTALL_AGAIN
    return Check(name, purpose, (_PACKAGES / file).is_file(), facts[name], remedy)


def _writable(folder: Path) -> Check:
    existing = folder.resolve()
    while not existing.exists():
        existing = existing.parent
    return Check(
        "writable",
        "serve",
        existing.is_dir() and os.access(existing, os.W_OK),
        Message(fr=f"droit d’écrire dans {folder}", en=f"leave to write into {folder}"),
        Message(
            fr=f"demandez le droit d’écrire dans {existing}, ou choisissez --build-dir",
            en=f"ask for leave to write into {existing}, or choose --build-dir",
        ),
    )


def _can_build() -> bool:
    return sys.platform == "linux" and platform.machine() == "x86_64"


def _platform() -> Check:
    here = f"{platform.system()} {platform.machine()}"
    if _can_build():
        fact = Message(here, here)
    else:
        fact = Message(
            fr=f"Linux x86-64 (ici {here})", en=f"Linux x86-64 (here {here})"
        )
    return Check(
        "platform",
        "build",
        _can_build(),
        fact,
        Message(
            fr="ici on écrit et on sert ; fabriquez sur Linux x86-64, puis copiez le dossier build/",
            en="write and serve here; build on Linux x86-64, then copy the folder build/",
        ),
    )


def _building() -> Iterator[Check]:
    yield from _packages("build")
    for name, file in _MADE_FOR_BUILDING:
        yield _made("build", name, file)
    for library in RENDERING_LIBRARIES:
        remedy = f"apt install {DEBIAN_RENDERING}"
        yield Check(
            f"library {library}",
            "build",
            _loads(library),
            Message(
                fr=f"{library}, pour l’affiche d’un modèle",
                en=f"{library}, for a model's poster",
            ),
            Message(remedy, remedy),
        )


def _media() -> Iterator[Check]:
    """Give the programs that only some museums need."""
    from assets_pipeline.codecs.programs import DEBIAN_PACKAGES, ToolName

    uses: dict[ToolName, Message] = {
        "ffmpeg": Message(fr="les sons et les vidéos", en="sounds and films"),
        "espeak-ng": Message(fr="les voix de synthèse", en="synthetic voices"),
        "heif-dec": Message(
            fr="les photographies d’iPhone (HEIC)", en="photographs of iPhones (HEIC)"
        ),
    }
    for tool, use in uses.items():
        remedy = f"apt install {DEBIAN_PACKAGES[tool]}"
        yield Check(
            tool,
            "media",
            shutil.which(tool) is not None,
            Message(fr=f"{tool}, pour {use.fr}", en=f"{tool}, for {use.en}"),
            Message(remedy, remedy),
        )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _is_checkout() -> bool:
    return (_PACKAGES / "client" / "package.json").is_file()


def _developing() -> Iterator[Check]:
    in_venv = Path(sys.executable).parent
    for tool in ("node", "npm"):
        yield Check(
            tool,
            "develop",
            bool(shutil.which(tool) or shutil.which(tool, path=str(in_venv))),
            Message(tool, tool),
            Message(
                fr="scripts/build-client l’installe dans .venv",
                en="scripts/build-client installs it into .venv",
            ),
        )
    has_tests = importlib.util.find_spec("pytest") is not None
    yield Check(
        "tests",
        "develop",
        has_tests,
        Message(fr="outils des tests", en="tools of the tests"),
        Message(fr="lancez scripts/test", en="run scripts/test"),
    )
