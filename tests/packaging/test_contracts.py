"""Import contracts hold, and each of them is seen to break."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
CONFIGURATION = tomllib.loads(
    (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
)
PACKAGES = CONFIGURATION["tool"]["importlinter"]["root_packages"]
CONTRACTS = [
    contract["name"] for contract in CONFIGURATION["tool"]["importlinter"]["contracts"]
]
ONLY_FOR_TYPES = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import {}\n"

BREAKING = [
    # beginning of the contract's name, module, and what is added at its end
    ("the command stands", "tours/bundle.py", "import publishing.errors\n"),
    ("the command stands", "publishing/errors.py", "import server.settings\n"),
    (
        "the command stands",
        "assets_pipeline/errors/exceptions.py",
        ONLY_FOR_TYPES.format("publishing.errors"),
    ),
    ("the server reads", "server/settings.py", "import tours.model\n"),
    (
        "inside the pipeline",
        "assets_pipeline/gltf/bounds.py",
        ONLY_FOR_TYPES.format("assets_pipeline.readers.obj"),
    ),
    (
        "inside the pipeline",
        "assets_pipeline/inspection/inventory.py",
        ONLY_FOR_TYPES.format("assets_pipeline.optimization.result"),
    ),
    ("inside tours,", "tours/diagnostics.py", "import tours.checks\n"),
    ("inside tours.source", "tours/source/nodes.py", "import tours.source.reader\n"),
    ("inside tours.reading", "tours/reading/fields.py", "import tours.reading.stops\n"),
    ("inside publishing", "publishing/colors.py", "import publishing.publish\n"),
    ("inside the server", "server/settings.py", ONLY_FOR_TYPES.format("server.app")),
    ("inside server.guide", "server/guide/messages.py", "import server.guide.rooms\n"),
    ("inside the command", "ecomusee/errors.py", "import ecomusee.cli\n"),
    ("what visitors reach", "server/settings.py", "import numpy\n"),
    ("only the server", "publishing/errors.py", "import aiohttp\n"),
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Copy the program's code to where it may be spoilt."""
    for package in PACKAGES:
        shutil.copytree(
            REPOSITORY / package,
            tmp_path / package,
            ignore=lambda folder, names: {
                name
                for name in names
                if not (name.endswith(".py") or (Path(folder) / name).is_dir())
            },
        )
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    return tmp_path


def _linted(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder,
        # Wide enough that no name of a contract is wrapped.
        env={**os.environ, "COLUMNS": "400", "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_contracts_hold(copy: Path) -> None:
    done = _linted(copy)

    assert done.returncode == 0, done.stdout
    for contract in CONTRACTS:
        assert f"{contract} KEPT" in done.stdout


@pytest.mark.parametrize(("contract", "module", "addition"), BREAKING)
def test_broken_contract_is_reported(
    copy: Path, contract: str, module: str, addition: str
) -> None:
    with (copy / module).open("a", encoding="utf-8") as file:
        file.write(addition)

    done = _linted(copy)

    assert done.returncode == 1
    (name,) = (name for name in CONTRACTS if name.startswith(contract))
    assert f"{name} BROKEN" in done.stdout


def test_every_contract_is_broken_once() -> None:
    names = {contract for contract, _, _ in BREAKING}
    assert all(name.startswith(tuple(names)) for name in CONTRACTS)
