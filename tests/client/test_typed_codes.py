"""The service worker reads a typed code exactly as the server does."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from tours.codes import ALPHABET, add_check_sign, normalise_code

CLIENT = Path(__file__).parents[2] / "client"
ESBUILD = CLIENT / "node_modules" / "esbuild" / "bin" / "esbuild"

pytestmark = pytest.mark.skipif(
    shutil.which("node") is None or not ESBUILD.exists(),
    reason="Node or the client's packages are missing: run scripts/build-client",
)
BY_HAND = [
    "",
    "K7QM",
    "k7qm",
    " k7-qm ",
    "k 7 q m",
    "szgbuy",
    "\uff2b\uff17\uff31\uff2d",  # full-width signs of an Asian keyboard
    "\u2460\u00b2\u00bd",  # a circled number, a power, a fraction
    "stra\u00dfe",
    "\ufb01\u0131\u0149",
    "e\u0301\u0903",  # marks that join and marks that stand
    "\u0664\u0967",
    "\U0001f600\U00010400",
    "\U0001f600" * 31 + "K7",
    "x" * 40,
    "\u200bK7\u00a0QM\u202e",
    "K7QM.",
    "K_7",
]


def _typings() -> list[str]:
    chance = random.Random(20260817)  # noqa: S311 - typing errors, not secrets
    signs = [*ALPHABET, *ALPHABET.lower(), *"zsgbuyoi01 -.'_", "\u00e9", "\u2116"]
    typed = ["".join(chance.choices(signs, k=chance.randint(1, 9))) for _ in range(400)]
    codes = ["".join(chance.choices(ALPHABET, k=3)) for _ in range(100)]
    return [*BY_HAND, *typed, *(add_check_sign(code).lower() for code in codes)]


def test_the_worker_reads_codes_as_the_server_does(tmp_path: Path) -> None:
    typed = _typings()
    script = tmp_path / "print.mjs"
    script.write_text(
        f'import {{ normaliseCode }} from "{CLIENT / "src/offline/code.ts"}";\n'
        f"console.log(JSON.stringify({json.dumps(typed)}.map(normaliseCode)));\n"
    )
    bundle = tmp_path / "bundle.mjs"
    bundling = ["--bundle", "--platform=node", "--format=esm", f"--outfile={bundle}"]
    subprocess.run(
        [ESBUILD, script, *bundling, "--log-level=error"], check=True, env=os.environ
    )

    printed = subprocess.run(
        ["node", bundle], check=True, capture_output=True, text=True
    ).stdout

    read = dict(zip(typed, json.loads(printed), strict=True))
    expected = {text: normalise_code(text) for text in typed}
    assert read == expected
