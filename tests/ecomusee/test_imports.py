"""What a command imports is what its user waits for."""

import json
import os
import subprocess
import sys
from pathlib import Path

_LISTING = """
import sys
at_start = set(sys.modules)
from ecomusee.cli import main
main(sys.argv[1:])
names = {name.partition(".")[0] for name in set(sys.modules) - at_start if name[0] != "_"}
import json
print(json.dumps(sorted(names - set(sys.stdlib_module_names))), file=sys.stderr)
"""


def _imported(folder: Path, *arguments: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", _LISTING, *arguments],
        cwd=folder,
        env={**os.environ, "LC_ALL": "en_GB.UTF-8"},
        capture_output=True,
        text=True,
        check=True,
    )
    names: list[str] = json.loads(done.stderr.splitlines()[-1])
    return names


def test_help_imports_the_command_alone(tmp_path: Path) -> None:
    assert _imported(tmp_path, "--help") == ["ecomusee"]


def test_help_of_a_command_imports_the_command_alone(tmp_path: Path) -> None:
    assert _imported(tmp_path, "build", "--help") == ["ecomusee"]


_LIGHT = ["assets_pipeline", "cython_runtime", "ecomusee", "tours", "yaml"]
"""Of YAML, the parser is written in C."""


def test_validate_imports_the_language_of_tours_and_yaml(
    tmp_path: Path, museum: Path
) -> None:
    assert _imported(tmp_path, "validate") == _LIGHT


def test_validate_decodes_nothing(tmp_path: Path, museum: Path) -> None:
    """Files are asked for their headers: neither numpy nor Pillow is waited for."""
    (museum / "models").mkdir()
    (museum / "models" / "pont.glb").write_bytes(b"glTF")
    tour = museum / "tours" / "promenade.yaml"
    text = tour.read_text(encoding="utf-8")
    shown = "    shows:\n      model: models/pont.glb\n      alt: { fr: Un pont., en: A bridge. }\n"
    tour.write_text(text + shown, encoding="utf-8")

    assert _imported(tmp_path, "validate") == _LIGHT
