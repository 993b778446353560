"""A model told in words, in figures for programs, or refused with its reason."""

import base64
import json
import os
import struct
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.document import (
    Animation,
    AnimationChannel,
    AnimationSampler,
    Document,
    Mesh,
    Node,
    Primitive,
    Scene,
)
from assets_pipeline.gltf.materials import matte_material
from assets_pipeline.gltf.writer import write_glb

Command = Callable[..., Any]
SQUARE = "v 0 0 0\nv 2 0 0\nv 2 1.5 0\nv 0 1.5 0\nf 1 2 3\nf 1 3 4\n"


def test_a_model_is_told_in_french(ecomusee: Command, tmp_path: Path) -> None:
    (tmp_path / "carre.obj").write_text(SQUARE, encoding="utf-8")

    run = ecomusee("inspect", "carre.obj")

    assert run.exit_code == 0
    assert "2 m de large, 1,5 m de haut" in run.out
    assert "triangles 2" in run.out
    assert "→ Aucune normale" in run.out


def test_a_forgotten_unit_is_suspected(ecomusee: Command, tmp_path: Path) -> None:
    """1,500 m high: more likely millimetres."""
    (tmp_path / "carre.obj").write_text(SQUARE.replace(".5", "500"), encoding="utf-8")

    said = ecomusee("inspect", "carre.obj", "--language", "en").out
    mended = ecomusee("inspect", "carre.obj", "--units", "mm", "--language", "en").out

    assert "1,500 m high" in said
    assert "`--units mm`" in said
    assert "--units" not in mended


def test_a_survey_is_told_where_its_foot_is(ecomusee: Command, tmp_path: Path) -> None:
    surveyed = SQUARE.replace("v ", "v 652345").replace(" 0\n", " 6862012.5\n")
    (tmp_path / "releve.obj").write_text(surveyed, encoding="utf-8")

    said = ecomusee("inspect", "releve.obj").out

    assert "l’origine du fichier" in said
    assert "son pied, au point (" in said


def test_programs_get_figures(ecomusee: Command, tmp_path: Path) -> None:
    (tmp_path / "carre.obj").write_text(SQUARE, encoding="utf-8")

    told = ecomusee("inspect", "carre.obj", "--json").document

    assert told["triangles"] == 2
    assert told["size_m"] == [2.0, 1.5, 0.0]
    assert told["missing_attributes"] == ["NORMAL", "TEXCOORD_0", "COLOR_0"]


def test_a_damaged_model_is_a_finding(ecomusee: Command, tmp_path: Path) -> None:
    (tmp_path / "coupe.glb").write_bytes(b"glTF\x02\0\0\0")

    run = ecomusee("inspect", "coupe.glb")

    assert run.exit_code == 1
    assert "A010" in run.out
    assert "coupe.glb" in run.out


def test_a_model_that_is_no_text_has_no_line(ecomusee: Command, tmp_path: Path) -> None:
    (tmp_path / "coupe.glb").write_bytes(b"glTF\x02\0\0\0")

    said = ecomusee("inspect", "coupe.glb").out

    assert said.startswith("coupe.glb: erreur")


def test_an_absent_model_does_not_exist(ecomusee: Command) -> None:
    run = ecomusee("inspect", "absent.glb")

    assert run.exit_code == 2
    assert "« absent.glb » n’existe pas" in run.err.replace("\u00a0", " ")


def test_a_folder_is_told_for_what_it_is(ecomusee: Command, tmp_path: Path) -> None:
    (tmp_path / "dossier.glb").mkdir()

    run = ecomusee("inspect", "dossier.glb")

    assert run.exit_code == 2
    assert "« dossier.glb » est un dossier" in run.err.replace("\u00a0", " ")


def test_a_format_that_is_not_read_is_told_with_the_way_to_convert_it(
    ecomusee: Command, tmp_path: Path
) -> None:
    (tmp_path / "releve.e57").write_bytes(b"ASTM-E57")

    said = ecomusee("inspect", "releve.e57").out

    assert "un nuage de points" in said
    assert "MeshLab ou CloudCompare" in said


def test_of_several_animations_the_one_that_is_played_is_named(
    ecomusee: Command, tmp_path: Path
) -> None:
    """The first holds the triangle as it stands, and is passed over."""
    (tmp_path / "roue.glb").write_bytes(_moving(still=(0, 0, 0), turns=(1, 0, 0)))

    said = ecomusee("inspect", "roue.glb").out

    assert "→ Animation que les visiteurs voient : la n° 2 (turns)" in said


def test_an_animation_where_nothing_moves_is_told(
    ecomusee: Command, tmp_path: Path
) -> None:
    (tmp_path / "roue.glb").write_bytes(_moving(still=(0, 0, 0)))

    said = ecomusee("inspect", "roue.glb", "--language", "en").out

    assert "→ No animation is played" in said


def test_names_give_the_terminal_no_orders(ecomusee: Command, tmp_path: Path) -> None:
    """One that clears the screen, and says on a new line that all is well."""
    name = "\x1b[2J\x9b2J\u202etour\nTout va bien."
    moving = _moving(**{"still": (0, 0, 0), name: (1, 0, 0)})
    (tmp_path / "roue.glb").write_bytes(moving)

    said = ecomusee("inspect", "roue.glb").out

    assert "n° 2 (␛[2J\ufffd2J\ufffdtour␊Tout va bien.)" in said
    assert all(sign.isprintable() or sign in "\n\u00a0\u202f" for sign in said)


def test_programs_get_names_as_they_are(ecomusee: Command, tmp_path: Path) -> None:
    (tmp_path / "roue.glb").write_bytes(_moving(**{"\x1b[2J": (1, 0, 0)}))

    run = ecomusee("inspect", "roue.glb", "--json")

    assert run.document["animations"][0]["name"] == "\x1b[2J"
    assert "\x1b" not in run.out


def _moving(**ends: tuple[float, float, float]) -> bytes:
    """Return a GLB of a triangle, and an animation by name of where each takes it."""
    corners = create_accessor(np.float32([[0, 0, 0], [1, 0, 0], [0, 1, 0]]))
    node = Node(mesh=Mesh([Primitive({"POSITION": corners}, None, matte_material())]))
    scene, times = Scene([node]), create_accessor(np.float32([0, 1]))
    animations = [
        Animation([AnimationChannel(node, "translation", sampler)], name=name)
        for name, end in ends.items()
        for way in [create_accessor(np.float32([(0, 0, 0), end]))]
        for sampler in [AnimationSampler(times, way, "LINEAR")]
    ]
    return write_glb(Document([scene], scene, animations))


def test_what_a_model_names_and_is_not_there_is_told(
    ecomusee: Command, tmp_path: Path
) -> None:
    (tmp_path / "carre.obj").write_text(f"mtllib carre.mtl\n{SQUARE}", encoding="utf-8")

    said = ecomusee("inspect", "carre.obj").out

    assert "→ Fichier nommé, mais absent : carre.mtl." in said.replace("\u00a0", " ")


def test_a_damaged_texture_is_named(ecomusee: Command, tmp_path: Path) -> None:
    """The build would refuse the model for it."""
    dressed = f"mtllib a.mtl\nvt 0 0\nusemtl a\n{SQUARE}".replace(
        "f 1 2 3", "f 1/1 2/1 3/1"
    )
    (tmp_path / "carre.obj").write_text(dressed, encoding="utf-8")
    (tmp_path / "a.mtl").write_text("newmtl a\nmap_Kd casse.png\n", encoding="utf-8")
    (tmp_path / "casse.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))

    run = ecomusee("inspect", "carre.obj")

    assert run.exit_code == 1
    assert "A018" in run.out
    assert "casse.png" in run.out.splitlines()[0]


def test_faults_of_gltf_are_told_in_french_where_people_meet_them(
    ecomusee: Command, tmp_path: Path
) -> None:
    """A picture that no material uses, of 20,000 px: only its header is there."""
    header = struct.pack(">4sIIBBBBB", b"IHDR", 20_000, 20_000, 8, 2, 0, 0, 0)
    chunks = [(13, header), (0, b"IDAT")]
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", length) + chunk + struct.pack(">I", zlib.crc32(chunk))
        for length, chunk in chunks
    )
    triangle = _triangle(images=[{"uri": _data_uri("image/png", png)}])
    (tmp_path / "triangle.gltf").write_text(triangle, encoding="utf-8")

    said = ecomusee("inspect", "triangle.gltf").out.replace("\u00a0", " ")

    assert "  images[0] : L’image « images[0] » a plus de 150 millions" in said


def test_faults_of_gltf_for_programmers_are_said_to_be_in_english(
    ecomusee: Command, tmp_path: Path
) -> None:
    triangle = _triangle(nodes=[{"mesh": 0, "children": []}])
    (tmp_path / "triangle.gltf").write_text(triangle, encoding="utf-8")

    said = ecomusee("inspect", "triangle.gltf").out

    assert "  nodes[0].children (en anglais, pour un développeur) : has 0" in said


def _triangle(**others: object) -> str:
    """Return a glTF file of one triangle, with other lists."""
    corners = np.float32([[0, 0, 0], [1, 0, 0], [0, 1, 0]]).tobytes()
    position = {
        "bufferView": 0,
        "componentType": 5126,
        "count": 3,
        "type": "VEC3",
        "min": [0, 0, 0],
        "max": [1, 1, 0],
    }
    root = {
        "asset": {"version": "2.0"},
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}}]}],
        "accessors": [position],
        "bufferViews": [{"buffer": 0, "byteLength": 36}],
        "buffers": [
            {"byteLength": 36, "uri": _data_uri("application/octet-stream", corners)}
        ],
    }
    return json.dumps(root | others)


def _data_uri(media_type: str, content: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows names no pipe by a path")
def test_a_pipe_is_no_file(ecomusee: Command, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tube.glb")

    run = ecomusee("inspect", "tube.glb")

    assert run.exit_code == 2
    assert "n’est pas un fichier ordinaire" in run.err


def test_the_axis_that_was_taken_is_told_of_formats_that_name_none(
    ecomusee: Command, tmp_path: Path
) -> None:
    (tmp_path / "carre.obj").write_text(SQUARE, encoding="utf-8")

    said = ecomusee("inspect", "carre.obj").out.replace("\u00a0", " ")
    turned = ecomusee("inspect", "carre.obj", "--up", "z").out

    assert "→ Axe pris pour celui qui monte : y." in said
    assert "Axe pris" not in turned
