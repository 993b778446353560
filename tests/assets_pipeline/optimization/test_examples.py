"""The examples of docs/optimize.md run as they are printed."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import trimesh

from tests.data import make

PAGE = Path(__file__).parents[3] / "docs" / "optimize.md"
EXAMPLES = re.findall(
    r"^```python\n(.+?)^```$",
    PAGE.read_text(encoding="utf-8"),
    re.DOTALL | re.MULTILINE,
)
MADE = (["scan.glb", "scan.lod1.glb"], ["edited.glb"], ["scans/a.glb", "scans/b.glb"])


@pytest.mark.parametrize(("code", "made"), [*zip(EXAMPLES, MADE, strict=True)])
def test_an_example_makes_its_files(code: str, made: list[str], tmp_path: Path) -> None:
    trimesh.creation.icosphere(subdivisions=2).export(tmp_path / "scan.ply")
    (tmp_path / "model.glb").write_bytes(make.textured_box())
    (tmp_path / "scans").mkdir()
    for name in ("a", "b"):
        (tmp_path / "scans" / f"{name}.stl").write_bytes(make.stl_mm_z_up())
    (tmp_path / "example.py").write_text(code, encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-W", "error", "example.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    for name in made:
        assert (tmp_path / name).read_bytes().startswith(b"glTF")
