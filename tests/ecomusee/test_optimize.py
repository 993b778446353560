"""Models made light from the command line, without a museum."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]
SQUARE = "v 0 0 0\nv 2 0 0\nv 2 1.5 0\nv 0 1.5 0\nf 1 2 3\nf 1 3 4\n"


@pytest.fixture
def square(tmp_path: Path) -> Path:
    path = tmp_path / "carre.obj"
    path.write_text(SQUARE + "# a comment\n" * 200, encoding="utf-8")
    return path


def test_files_are_written_beside_and_told_in_a_table(
    ecomusee: Command, square: Path, tmp_path: Path
) -> None:
    run = ecomusee("optimize", "carre.obj", "--usdz", "--report", "page.html")

    assert run.exit_code == 0, run.err
    assert "carre.obj → carre.optimized.glb, carre.optimized.usdz" in run.out
    assert "triangles" in run.out
    assert "écart visuel" in run.out
    assert (tmp_path / "carre.optimized.glb").read_bytes().startswith(b"glTF")
    assert (tmp_path / "carre.optimized.usdz").read_bytes().startswith(b"PK")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "data:image/webp;base64," in page
    assert "écart visuel" in page


def test_several_models_go_to_a_folder_and_one_refused_stops_no_other(
    ecomusee: Command, square: Path, tmp_path: Path
) -> None:
    (tmp_path / "coupe.glb").write_bytes(b"glTF\x02\0\0\0")

    run = ecomusee("optimize", "*.obj", "coupe.glb", "-o", "out", "--json")

    assert run.exit_code == 1
    made, refused = run.document["models"]
    assert made["outputs"][0]["path"] == "out/carre.glb"
    assert made["outputs"][0]["triangles"] == 2
    assert made["source"]["size_bytes"] == square.stat().st_size
    assert refused["findings"][0]["code"] == "A010"
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["carre.glb"]


def test_a_pipe_carries_a_model_in_and_a_glb_out(square: Path, tmp_path: Path) -> None:
    """A limit that is not kept ends it with 1, and the file is there all the same."""
    done = subprocess.run(
        [sys.executable, "-m", "ecomusee", "optimize", "-", "--bytes", "100"],
        cwd=tmp_path,
        env={**os.environ, "LC_ALL": "en_GB.UTF-8"},
        input=square.read_bytes(),
        capture_output=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stdout.startswith(b"glTF")
    assert int.from_bytes(done.stdout[8:12], "little") == len(done.stdout)
    assert b"the limit is 100" in done.stderr


def test_a_source_is_never_written_over(ecomusee: Command, tmp_path: Path) -> None:
    (tmp_path / "vase.glb").write_bytes(b"glTF")
    (tmp_path / "lien.glb").hardlink_to(tmp_path / "vase.glb")

    for output in ("vase.glb", ".", "lien.glb"):
        run = ecomusee("optimize", "vase.glb", "-o", output)
        assert run.exit_code == 2
        assert "par-dessus" in run.err

    assert (tmp_path / "vase.glb").read_bytes() == b"glTF"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("absent.obj",), "n’existe pas"),
        (("*.ply",), "aucun fichier"),
        (("carre.obj", "-o", "carre.gltf"), ".glb"),
        (("carre.obj", "--error", "2"), "hors de portée"),
        (("-", "carre.obj"), "ne portent qu’un modèle"),
        (("carre.obj", "-o", "-", "--usdz"), "ne portent qu’un modèle"),
        (("carre.obj", "sous/carre.obj", "-o", "out"), "plusieurs modèles"),
    ],
)
def test_wrong_use_is_told(
    ecomusee: Command,
    square: Path,
    tmp_path: Path,
    arguments: tuple[str, ...],
    said: str,
) -> None:
    (tmp_path / "sous").mkdir()
    (tmp_path / "sous" / "carre.obj").write_text(SQUARE, encoding="utf-8")

    run = ecomusee("optimize", *arguments)

    assert run.exit_code == 2
    assert said in run.err
