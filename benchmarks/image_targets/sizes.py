"""Weigh what a phone fetches before it can look for a print (brotli)."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

import brotli

from assets_pipeline.image_targets.tracker import WASM_FOLDER

CLIENT = Path(__file__).parents[2] / "client"
WORKER = "src/tracking/worker.ts"
"""The thread that runs the tracker, and all it imports."""


@dataclass(frozen=True)
class CodeSizes:
    """Bytes over the wire."""

    wasm_bytes: int
    script_bytes: int

    @property
    def all_bytes(self) -> int:
        """Of both."""
        return self.wasm_bytes + self.script_bytes


def code_sizes() -> CodeSizes:
    """Weigh the tracker with SIMD, and its worker; no bytes where a checkout has none."""
    wasm = (WASM_FOLDER / "tracker.wasm").read_bytes()
    script = worker_script() if (CLIENT / WORKER).is_file() else b""
    return CodeSizes(compressed_bytes(wasm), compressed_bytes(script) if script else 0)


def worker_script() -> bytes:
    """Return the worker as esbuild makes it for the client."""
    command = [
        "node",
        "node_modules/esbuild/bin/esbuild",
        WORKER,
        "--bundle",
        "--minify",
        "--format=esm",
        "--target=es2022",
    ]
    done = subprocess.run(command, cwd=CLIENT, check=True, capture_output=True)
    return done.stdout


def compressed_bytes(content: bytes) -> int:
    """Return the size of a content as servers send it."""
    return len(brotli.compress(content, quality=11))
