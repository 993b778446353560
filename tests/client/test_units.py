"""The client's pure parts, tested in the language they are written in."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
CLIENT = HERE.parents[1] / "client"
ESBUILD = CLIENT / "node_modules" / "esbuild" / "bin" / "esbuild"

pytestmark = pytest.mark.skipif(
    shutil.which("node") is None or not ESBUILD.exists(),
    reason="Node or the client's packages are missing: run scripts/build-client",
)


@pytest.mark.parametrize("name", sorted(path.name for path in HERE.glob("*.test.mjs")))
def test_typescript(name: str, tmp_path: Path) -> None:
    """One file of tests, bundled with what it imports and run by Node."""
    bundle = tmp_path / name
    bundling = ["--bundle", "--platform=node", "--format=esm", f"--outfile={bundle}"]
    bundling += ["--external:*/ktx2/textures"]  # the build's own plugins make it
    subprocess.run(
        [ESBUILD, HERE / name, *bundling, "--log-level=error"],
        check=True,
        env=os.environ | {"NODE_PATH": str(CLIENT / "node_modules")},
    )

    ran = subprocess.run(
        ["node", "--test", bundle],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"CLIENT_SOURCES": str(CLIENT / "src")},
    )

    assert ran.returncode == 0, ran.stdout
