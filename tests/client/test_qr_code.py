"""The client's own QR codes are read by another's reader."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import zxingcpp

CLIENT = Path(__file__).parents[2] / "client"
ESBUILD = CLIENT / "node_modules" / "esbuild" / "bin" / "esbuild"

pytestmark = pytest.mark.skipif(
    shutil.which("node") is None or not ESBUILD.exists(),
    reason="Node or the client's packages are missing: run scripts/build-client",
)
TEXTS = [
    "https://musee.example/fr/guide/#K7QN.".ljust(length, "x")[:length]
    for length in (8, 14, 20, 26, 34, 42, 51, 62, 73, 84, 95, 106)
]
"""Of each version from 1 to 6, the longest that fits among them."""


def test_addresses_of_every_length_are_read_back(tmp_path: Path) -> None:
    source = CLIENT / "src" / "guide" / "qr_code.ts"
    script = tmp_path / "print.mjs"
    script.write_text(
        f'import {{ qrModules }} from "{source}";\n'
        f"console.log(JSON.stringify({json.dumps(TEXTS)}.map(qrModules)));\n"
    )
    bundle = tmp_path / "bundle.mjs"
    bundling = ["--bundle", "--platform=node", "--format=esm", f"--outfile={bundle}"]
    subprocess.run(
        [ESBUILD, script, *bundling, "--log-level=error"], check=True, env=os.environ
    )

    printed = subprocess.run(
        ["node", bundle], check=True, capture_output=True, text=True
    ).stdout

    read = [_read(np.array(modules)) for modules in json.loads(printed)]
    assert [text for text, _ in read] == TEXTS
    assert {edge for _, edge in read} == {21, 25, 29, 33, 37, 41}


def _read(modules: np.ndarray) -> tuple[str, int]:
    quiet = np.pad(~modules, 4, constant_values=True)
    picture = np.kron(quiet, np.ones((6, 6), bool)).astype(np.uint8) * 255
    (found,) = zxingcpp.read_barcodes(picture)
    return found.text, len(modules)
