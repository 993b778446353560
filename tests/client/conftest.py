"""Call functions of the client's TypeScript from Python."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

CLIENT = Path(__file__).parents[2] / "client"
ESBUILD = CLIENT / "node_modules" / "esbuild" / "bin" / "esbuild"
CallTypeScript: TypeAlias = "Callable[[str, str, Sequence[str]], list[Any]]"


@pytest.fixture
def call_typescript(tmp_path: Path) -> CallTypeScript:
    """Return what a function of one text, of a module of client/src, gives for each."""
    if shutil.which("node") is None or not ESBUILD.exists():
        pytest.skip(
            "Node or the client's packages are missing: run scripts/build-client"
        )

    def call(module: str, function: str, texts: Sequence[str]) -> list[Any]:
        script, bundle = tmp_path / "print.mjs", tmp_path / "bundle.mjs"
        script.write_text(
            f'import {{ {function} }} from "{CLIENT / "src" / module}";\n'
            f"const called = {json.dumps(texts)}.map((text) => {function}(text));\n"
            "console.log(JSON.stringify(called));\n"
        )
        bundling = ["--bundle", "--platform=node", "--format=esm", "--log-level=error"]
        subprocess.run(
            [ESBUILD, script, *bundling, f"--outfile={bundle}"],
            check=True,
            env=os.environ,
        )
        printed = subprocess.run(
            ["node", bundle], check=True, capture_output=True, text=True
        ).stdout
        called: list[Any] = json.loads(printed)
        return called

    return call
