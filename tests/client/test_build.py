"""What the client's build leaves for publishing."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import brotli
import pytest

ROOT = Path(__file__).parents[2]
CLIENT = ROOT / "client"

pytestmark = pytest.mark.skipif(
    shutil.which("node") is None or not (CLIENT / "node_modules" / "three").exists(),
    reason="Node or the client's packages are missing: run scripts/build-client",
)


def _build(folder: Path) -> dict[str, bytes]:
    subprocess.run(["node", CLIENT / "build.mjs", folder], check=True)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return every file of a fresh build."""
    return _build(tmp_path_factory.mktemp("built") / "client")


@pytest.fixture(scope="module")
def index(built: dict[str, bytes]) -> dict[str, Any]:
    """Return what client.json says."""
    index: dict[str, Any] = json.loads(built["client.json"])
    return index


def test_same_sources_give_the_same_bytes(
    built: dict[str, bytes], tmp_path: Path
) -> None:
    """Visitors keep files for a year: a rebuild must not make them fetch all anew."""
    assert _build(tmp_path / "elsewhere") == built


def test_a_build_removes_what_the_last_one_left(tmp_path: Path) -> None:
    (tmp_path / "client").mkdir()
    (tmp_path / "client" / "boot-OLD.js").write_text("old")

    assert "boot-OLD.js" not in _build(tmp_path / "client")


def test_client_json_lists_every_file_with_its_weights(
    built: dict[str, bytes], index: dict[str, Any]
) -> None:
    assert set(index["files"]) == set(built) - {"client.json"}
    for name, facts in index["files"].items():
        assert facts["bytes"] == len(built[name])
        pressed = len(brotli.compress(built[name], quality=11))
        assert facts["brotli_bytes"] == pytest.approx(pressed, rel=0.01, abs=8)


def test_every_name_holds_a_hash(index: dict[str, Any]) -> None:
    """Else a browser would keep an old file for a year."""
    assert all(re.search(r"-[A-Z0-9]{8}\.\w+$", name) for name in index["files"])


def test_every_file_that_is_named_is_there(index: dict[str, Any]) -> None:
    named = {index["entry"], *index["boot"]}
    offline = index["offline"]
    named |= {offline["worker"], *offline["pages"]}
    named |= {name for names in offline["words"].values() for name in names}
    named |= {name for names in index["rungs"].values() for name in names}
    named |= {name for names in index["languages"].values() for name in names}
    named |= {name for facts in index["files"].values() for name in facts["imports"]}
    for part in index["parts"].values():
        named |= {*part["files"], *(n for ns in part["languages"].values() for n in ns)}

    assert named <= set(index["files"])
    assert set(index["rungs"]) == {"viewer", "ar", "vr", "camera"}
    assert set(index["languages"]) == {"fr", "en", "it"}


def test_pages_are_told_the_style_sheet_that_buttons_wait_for(
    index: dict[str, Any],
) -> None:
    """Named by the script alone, it would cost a slow network a round trip more."""
    assert index["style"] in index["boot"]
    assert index["style"].startswith("client-")


def test_no_file_is_left_out_of_what_is_weighed(index: dict[str, Any]) -> None:
    """A chunk that belongs to no rung and no part would grow without anyone seeing it."""
    parts = index["parts"].values()
    told = {
        *index["boot"],
        index["offline"]["worker"],
        *(n for names in index["languages"].values() for n in names),
    }
    told |= {name for names in index["rungs"].values() for name in names}
    told |= {name for part in parts for name in part["files"]}
    told |= {n for part in parts for names in part["languages"].values() for n in names}

    left = {name.rsplit("-", 1)[0] for name in set(index["files"]) - told}

    # Without SIMD, a phone has these in place of some that are weighed.
    assert left == {"licenses", "meshopt_decoder", "tracker_no_simd", "tracker_plain"}


def test_the_entry_asks_for_each_rungs_own_files(
    built: dict[str, bytes], index: dict[str, Any]
) -> None:
    """It asks for them together, which saves a round trip on a slow network.

    A rung's own code asks for its worker and its WebAssembly, once it knows which.
    """
    entry = built[index["entry"]].decode()
    for names in index["rungs"].values():
        pages = [name for name in names if not re.match(r"worker-|.*\.wasm", name)]
        assert " ".join(pages) in entry


def test_pages_load_no_three_before_a_tap(
    built: dict[str, bytes], index: dict[str, Any]
) -> None:
    assert not any(b"WebGLRenderer" in built[name] for name in index["boot"])


def test_scripts_name_no_other_host(built: dict[str, bytes]) -> None:
    """Namespaces of XML are names, not addresses; three.js tells of its own pages."""
    allowed = ("www.w3.org", "threejs.org", "github.com", "jcgt.org")
    for name, content in built.items():
        if name.endswith((".js", ".css")):
            hosts = set(re.findall(rb"https?://([\w.-]+)", content))
            assert {host.decode() for host in hosts} <= set(allowed), name


def test_every_rung_is_within_its_weight() -> None:
    bench = ROOT / "benchmarks" / "client_weights.py"
    if not (ROOT / "publishing" / "client" / "client.json").exists():
        pytest.skip("the client is not built: run scripts/build-client")

    weighed = subprocess.run(
        [sys.executable, bench], capture_output=True, text=True, check=False
    )

    assert weighed.returncode == 0, weighed.stdout


def test_licences_of_what_is_shipped_go_with_it(built: dict[str, bytes]) -> None:
    (name,) = (name for name in built if name.startswith("licenses-"))
    text = built[name].decode()

    assert "three " in text
    assert "meshoptimizer " in text
    assert text.count("Permission is hereby granted") == 2


def test_types_are_strict_and_without_any() -> None:
    """`any` would let a wrong field of the manifest through."""
    tsc = CLIENT / "node_modules" / "typescript" / "bin" / "tsc"
    checked = subprocess.run(
        ["node", tsc, "--project", CLIENT], capture_output=True, text=True, check=False
    )
    sources = [
        path for path in (CLIENT / "src").rglob("*.ts") if "generated" not in path.parts
    ]
    loose = [
        path.name
        for path in sources
        if re.search(r"[:<|] *any\b|\bas any\b|@ts-", path.read_text("utf-8"))
    ]

    assert checked.returncode == 0, checked.stdout
    assert loose == []
