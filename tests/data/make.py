"""Make small models, the same bytes every time.

    python tests/data/make.py FOLDER

Written with struct and json alone, so that readers are held against the standard and
not against our own writer. Sizes are in the names or in the functions' first lines.
"""

from __future__ import annotations

import io
import json
import struct
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

Json = dict[str, Any]
COMPONENTS = {
    "i1": 5120,
    "u1": 5121,
    "i2": 5122,
    "u2": 5123,
    "u4": 5125,
    "f4": 5126,
}
KINDS = {1: "SCALAR", 2: "VEC2", 3: "VEC3", 4: "VEC4", 16: "MAT4"}
CORNERS = np.array(
    [[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)], np.float32
)
FACES = np.array(
    [[0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, 1], [2, 3, 7, 6], [0, 2, 6, 4], [1, 5, 7, 3]]
)


class Glb:
    """A GLB file being put together: views and accessors are added, the rest is JSON."""

    def __init__(self) -> None:
        self.json: Json = {"asset": {"version": "2.0"}, "scene": 0}
        self.binary = b""

    def view(self, content: bytes, **more: object) -> int:
        """Add a buffer view and return its number."""
        self.binary += bytes(-len(self.binary) % 4)
        at = {"buffer": 0, "byteOffset": len(self.binary), "byteLength": len(content)}
        self.binary += content
        return self.add("bufferViews", {**at, **more})

    def accessor(
        self, array: np.ndarray, *, bounds: bool = False, **more: object
    ) -> int:
        """Add an accessor of an (n,) or (n, k) array and return its number."""
        rows = array if array.ndim > 1 else array[:, None]
        made = {
            "bufferView": self.view(np.ascontiguousarray(rows).tobytes()),
            "componentType": COMPONENTS[rows.dtype.str[1:]],
            "count": len(rows),
            "type": KINDS[rows.shape[1]],
            **more,
        }
        if bounds:
            made["min"], made["max"] = rows.min(0).tolist(), rows.max(0).tolist()
        return self.add("accessors", made)

    def add(self, name: str, item: Json) -> int:
        """Add an item to one of the root's lists and return its number."""
        items = self.json.setdefault(name, [])
        items.append(item)
        return len(items) - 1

    def content(self) -> bytes:
        """Return the file."""
        if self.binary:
            self.binary += bytes(-len(self.binary) % 4)
            self.json["buffers"] = [{"byteLength": len(self.binary)}]
        return packed(self.json, self.binary)


def packed(root: Json, binary: bytes = b"") -> bytes:
    """Return a GLB file of JSON and binary chunk."""
    text = json.dumps(root).encode()
    text += b" " * (-len(text) % 4)
    body = struct.pack("<I4s", len(text), b"JSON") + text
    if binary:
        body += struct.pack("<I4s", len(binary), b"BIN\0") + binary
    return struct.pack("<4sII", b"glTF", 2, 12 + len(body)) + body


def box_arrays(
    size: tuple[float, float, float] = (1.0, 1.0, 1.0),
) -> dict[str, np.ndarray]:
    """Return a box on the ground, centred on it: 24 vertices with uv, 12 triangles."""
    corners = (CORNERS - np.float32([0.5, 0, 0.5])) * np.float32(size)
    positions = corners[FACES].reshape(-1, 3)
    uv = np.tile(np.float32([[0, 0], [0, 1], [1, 1], [1, 0]]), (6, 1))
    a, b, c = (corners[FACES[:, i]] for i in range(3))
    normals = np.cross(b - a, c - a)
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    quads = np.arange(24, dtype=np.uint16).reshape(6, 4)
    return {
        "POSITION": positions,
        "NORMAL": np.repeat(normals, 4, axis=0).astype(np.float32),
        "TEXCOORD_0": uv,
        "indices": quads[:, [0, 1, 2, 0, 2, 3]].ravel(),
    }


def with_mesh(glb: Glb, arrays: dict[str, np.ndarray], **primitive: object) -> int:
    """Add a mesh of one primitive and return its number."""
    attributes = {
        name: glb.accessor(array, bounds=name == "POSITION")
        for name, array in arrays.items()
        if name != "indices"
    }
    made: Json = {"attributes": attributes, **primitive}
    if "indices" in arrays:
        made["indices"] = glb.accessor(arrays["indices"])
    return glb.add("meshes", {"primitives": [made]})


def checker(edge_px: int = 64, alpha: int | None = None) -> bytes:
    """Return a PNG of red and white squares; `alpha` for the red ones."""
    y, x = np.mgrid[:edge_px, :edge_px] // 8
    is_red = (x + y) % 2 == 0
    pixels = np.full((edge_px, edge_px, 3 if alpha is None else 4), 255, np.uint8)
    pixels[is_red, 1:3] = 30
    if alpha is not None:
        pixels[is_red, 3] = alpha
    return png(pixels)


def png(pixels: np.ndarray) -> bytes:
    """Return pixels as a PNG file."""
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG")
    return out.getvalue()


def dented(edge_px: int = 64) -> bytes:
    """Return a normal map of round dents, as PNG."""
    y, x = np.mgrid[:edge_px, :edge_px] / edge_px * 8 * np.pi
    slopes = np.stack([np.sin(x), np.sin(y), np.full(x.shape, 2.0)], axis=-1)
    slopes /= np.linalg.norm(slopes, axis=-1, keepdims=True)
    return png(np.round((slopes + 1) * 127.5).astype(np.uint8))


def texture(glb: Glb, content: bytes, media_type: str = "image/png") -> Json:
    """Add a texture and return its use."""
    image = glb.add("images", {"bufferView": glb.view(content), "mimeType": media_type})
    return {"index": glb.add("textures", {"source": image})}


def textured_box(size: tuple[float, float, float] = (1.0, 2.0, 0.5)) -> bytes:
    """Return a GLB of a box with a checker, dents, and a texture inside an extension."""
    glb = Glb()
    material: Json = {
        "name": "checker",
        "pbrMetallicRoughness": {
            "baseColorTexture": texture(glb, checker()),
            "metallicFactor": 0,
        },
        "normalTexture": texture(glb, dented()),
        "extensions": {
            "KHR_materials_clearcoat": {
                "clearcoatFactor": 0.5,
                "clearcoatTexture": texture(glb, checker(32)),
            }
        },
        "extras": {"inventory": "1876.1"},
    }
    glb.json["extensionsUsed"] = ["KHR_materials_clearcoat"]
    mesh = with_mesh(glb, box_arrays(size), material=glb.add("materials", material))
    glb.add("nodes", {"mesh": mesh, "name": "box"})
    glb.add("scenes", {"nodes": [0]})
    return glb.content()


def bar(bend_deg: float = 0.0) -> bytes:
    """Return a GLB of a skinned bar, 2 m high and 0.2 m thick, hinged at its middle.

    At rest the upper half leans `bend_deg` about +X; an animation bends it to 90.
    """
    glb = Glb()
    arrays = box_arrays((0.2, 2.0, 0.2))
    is_upper = arrays["POSITION"][:, 1] > 1
    joints, weights = np.zeros((24, 4), np.uint8), np.zeros((24, 4), np.float32)
    joints[is_upper, 0] = 1
    weights[:, 0] = 1
    mesh = with_mesh(glb, {**arrays, "JOINTS_0": joints, "WEIGHTS_0": weights})
    binds = np.tile(np.eye(4, dtype=np.float32), (2, 1, 1))
    binds[1, 3, 1] = -1
    half = np.radians(bend_deg) / 2
    glb.add("nodes", {"mesh": mesh, "skin": 0, "name": "bar"})
    glb.add("nodes", {"name": "lower", "children": [2]})
    turned = [float(np.sin(half)), 0, 0, float(np.cos(half))]
    glb.add("nodes", {"name": "upper", "translation": [0, 1, 0], "rotation": turned})
    glb.add(
        "skins",
        {"joints": [1, 2], "inverseBindMatrices": glb.accessor(binds.reshape(2, 16))},
    )
    turns = np.float32([[0, 0, 0, 1], [0.5**0.5, 0, 0, 0.5**0.5], [0, 0, 0, 1]])
    times = glb.accessor(np.float32([0, 0.5, 1]), bounds=True)
    glb.add(
        "animations",
        {
            "name": "bend",
            "samplers": [{"input": times, "output": glb.accessor(turns)}],
            "channels": [{"sampler": 0, "target": {"node": 2, "path": "rotation"}}],
        },
    )
    glb.add("scenes", {"nodes": [0, 1]})
    return glb.content()


def morphed_box(weight: float = 0.5) -> bytes:
    """Return a GLB of a 1 m box whose morph target adds 1 m of height, at rest by `weight`."""
    glb = Glb()
    arrays = box_arrays()
    move = np.zeros((24, 3), np.float32)
    move[arrays["POSITION"][:, 1] > 0.5, 1] = 1
    mesh = with_mesh(
        glb, arrays, targets=[{"POSITION": glb.accessor(move, bounds=True)}]
    )
    glb.json["meshes"][mesh]["weights"] = [weight]
    glb.json["meshes"][mesh]["extras"] = {"targetNames": ["taller"]}
    glb.add("nodes", {"mesh": mesh})
    glb.add("scenes", {"nodes": [0]})
    return glb.content()


def ball(rings: int = 40) -> dict[str, np.ndarray]:
    """Return a ball of 1 m, standing on the ground, with normals, uv and colours."""
    v, u = np.mgrid[: rings + 1, : 2 * rings + 1].astype(np.float64)
    polar, around = np.pi * v / rings, np.pi * u / rings
    normals = np.stack(
        [
            np.sin(polar) * np.cos(around),
            np.cos(polar),
            -np.sin(polar) * np.sin(around),
        ],
        axis=-1,
    ).reshape(-1, 3)
    first = (np.arange(rings)[:, None] * (2 * rings + 1) + np.arange(2 * rings)).ravel()
    below = first + 2 * rings + 1
    quads = np.stack([first, below, below + 1, first, below + 1, first + 1], axis=1)
    shade = 0.2 + 0.6 * (u.ravel() / (2 * rings))
    return {
        "POSITION": (normals / 2 + [0, 0.5, 0]).astype(np.float32),
        "NORMAL": normals.astype(np.float32),
        "TEXCOORD_0": np.stack(
            [u.ravel() / (2 * rings), v.ravel() / rings], axis=1
        ).astype(np.float32),
        "COLOR_0": np.stack([shade, shade[::-1], shade], axis=1).astype(np.float32),
        "indices": quads.ravel().astype(np.uint32),
    }


def ball_glb(rings: int = 40) -> bytes:
    """Return the ball as GLB: ``4 * rings**2`` triangles."""
    glb = Glb()
    mesh = with_mesh(glb, ball(rings))
    glb.add("nodes", {"mesh": mesh})
    glb.add("scenes", {"nodes": [0]})
    return glb.content()


def speckled_ball(rings: int = 45) -> bytes:
    """Return a ball whose vertices are black or white by chance: none can be spared."""
    arrays = ball(rings)
    speckles = np.random.default_rng(7).integers(0, 2, len(arrays["POSITION"]))
    arrays["COLOR_0"] = np.repeat(speckles[:, None], 3, axis=1).astype(np.float32)
    del arrays["TEXCOORD_0"]
    glb = Glb()
    glb.add("nodes", {"mesh": with_mesh(glb, arrays)})
    glb.add("scenes", {"nodes": [0]})
    return glb.content()


def instanced_boxes(count: int = 3) -> bytes:
    """Return a GLB of boxes 2 m apart along x, by EXT_mesh_gpu_instancing."""
    glb = Glb()
    mesh = with_mesh(glb, box_arrays())
    places = np.zeros((count, 3), np.float32)
    places[:, 0] = 2 * np.arange(count)
    shown = {"attributes": {"TRANSLATION": glb.accessor(places)}}
    glb.add("nodes", {"mesh": mesh, "extensions": {"EXT_mesh_gpu_instancing": shown}})
    glb.add("scenes", {"nodes": [0]})
    glb.json["extensionsUsed"] = ["EXT_mesh_gpu_instancing"]
    glb.json["extensionsRequired"] = ["EXT_mesh_gpu_instancing"]
    return glb.content()


def annotated_box(**extensions: Json) -> bytes:
    """Return a GLB of a box whose node has extensions; its file has notes in XMP."""
    glb = Glb()
    mesh = with_mesh(glb, box_arrays())
    glb.add("nodes", {"mesh": mesh, "name": "box", "extensions": extensions})
    glb.add("scenes", {"nodes": [0]})
    made_by = {"dc:creator": {"@list": ["A. Surveyor"]}, "dc:rights": "CC-BY-4.0"}
    glb.json["extensions"] = {"KHR_xmp_json_ld": {"packets": [made_by]}}
    glb.json["asset"]["extensions"] = {"KHR_xmp_json_ld": {"packet": 0}}
    glb.json["extensionsUsed"] = ["KHR_xmp_json_ld", *extensions]
    return glb.content()


def draco_box() -> bytes:
    """Return a GLB of a 1 m box whose arrays exist only as Draco."""
    import DracoPy  # type: ignore[import-not-found]  # noqa: PLC0415  # no stubs

    glb = Glb()
    arrays = box_arrays()
    content = DracoPy.encode(
        arrays["POSITION"], arrays["indices"].reshape(-1, 3), quantization_bits=14
    )
    view = glb.view(content)
    bare = {"componentType": 5126, "count": 24, "type": "VEC3"}
    bounds = {"min": [-0.5, 0, -0.5], "max": [0.5, 1, 0.5]}
    indices = {"componentType": 5125, "count": 36, "type": "SCALAR"}
    packed_by = {"bufferView": view, "attributes": {"POSITION": 0}}
    primitive = {
        "attributes": {"POSITION": glb.add("accessors", {**bare, **bounds})},
        "indices": glb.add("accessors", indices),
        "extensions": {"KHR_draco_mesh_compression": packed_by},
    }
    glb.add("meshes", {"primitives": [primitive]})
    glb.add("nodes", {"mesh": 0})
    glb.add("scenes", {"nodes": [0]})
    glb.json["extensionsUsed"] = ["KHR_draco_mesh_compression"]
    glb.json["extensionsRequired"] = ["KHR_draco_mesh_compression"]
    return glb.content()


def stl_mm_z_up(size_m: tuple[float, float, float] = (1.0, 2.0, 0.5)) -> bytes:
    """Return a binary STL of a box in millimetres, Z up; sizes as seen with Y up."""
    arrays = box_arrays(size_m)
    corners = arrays["POSITION"][arrays["indices"]] * 1000
    turned = np.stack([corners[:, 0], -corners[:, 2], corners[:, 1]], axis=1)
    facets = np.zeros(12, [("n", "<f4", 3), ("v", "<f4", (3, 3)), ("a", "<u2")])
    facets["v"] = turned.reshape(12, 3, 3)
    return b"made in millimetres".ljust(80) + struct.pack("<I", 12) + facets.tobytes()


def stl_text() -> bytes:
    """Return a text STL of a tetrahedron, 1 m high."""
    corners = [[0, 0, 0], [1, 0, 0], [0, 0, 1], [0, 1, 0]]
    lines = ["solid tetrahedron"]
    for face in ((0, 1, 2), (0, 3, 1), (0, 2, 3), (1, 3, 2)):
        lines += ["facet normal 0 0 0", "outer loop"]
        lines += ["vertex {} {} {}".format(*corners[i]) for i in face]
        lines += ["endloop", "endfacet"]
    return "\n".join([*lines, "endsolid", ""]).encode()


def ply(*, binary: bool = True) -> bytes:
    """Return a PLY of a 1 m box of quads, one corner's colour (188, 0, 255)."""
    colors = np.tile(np.uint8([[188, 0, 255]]), (8, 1))
    order = "binary_little_endian" if binary else "ascii"
    header = [
        "ply",
        f"format {order} 1.0",
        "comment made",
        "element vertex 8",
        *(f"property float {name}" for name in "xyz"),
        *(f"property uchar {name}" for name in ("red", "green", "blue")),
        "element face 6",
        "property list uchar int vertex_indices",
        "end_header\n",
    ]
    head = "\n".join(header).encode()
    if not binary:
        rows = [
            " ".join(map(str, [*p.tolist(), *c.tolist()]))
            for p, c in zip(CORNERS, colors, strict=True)
        ]
        rows += [" ".join(map(str, [4, *face])) for face in FACES.tolist()]
        return head + "\n".join([*rows, ""]).encode()
    vertices = np.zeros(8, [("p", "<f4", 3), ("c", "u1", 3)])
    vertices["p"], vertices["c"] = CORNERS, colors
    faces = np.zeros(6, [("n", "u1"), ("i", "<i4", 4)])
    faces["n"], faces["i"] = 4, FACES
    return head + vertices.tobytes() + faces.tobytes()


def obj() -> dict[str, bytes]:
    """Return an OBJ of a 1 m box, half red and half textured, with its MTL and PNG."""
    lines = ["mtllib box.mtl", *("v {} {} {}".format(*row) for row in CORNERS)]
    lines += ["vt 0 0", "vt 0 1", "vt 1 1", "vt 1 0", "usemtl red"]
    for number, face in enumerate(FACES.tolist()):
        if number == 3:
            lines.append("usemtl checker")
        corners = (f"{corner + 1}/{i + 1}" for i, corner in enumerate(face))
        lines.append("f " + " ".join(corners))
    material = (
        "newmtl red\nKd 1 0 0\n\nnewmtl checker\nKd 0 0 0\nmap_Kd -s 1 1 1 a b.png\n"
    )
    return {
        "box.obj": "\n".join([*lines, ""]).encode(),
        "box.mtl": material.encode(),
        "a b.png": checker(),
    }


def lone_obj() -> bytes:
    """Return an OBJ of a 1 m box with texture coordinates, whose MTL was lost."""
    words = ("mtllib", "usemtl")
    kept = [
        w for w in obj()["box.obj"].decode().splitlines() if not w.startswith(words)
    ]
    return "\n".join([*kept, ""]).encode()


def two_models() -> bytes:
    """Return a zip of a box in OBJ and of another thing in STL."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr(zipfile.ZipInfo("roue.obj"), lone_obj())
        archive.writestr(zipfile.ZipInfo("socle.stl"), stl_text())
    return kept.getvalue()


def gltf_with_files() -> dict[str, bytes]:
    """Return a glTF of a 1 m box whose buffer and picture are files, one with a space."""
    glb = Glb()
    image = glb.add("images", {"uri": "red%20squares.png"})
    use = {"index": glb.add("textures", {"source": image})}
    material = {"pbrMetallicRoughness": {"baseColorTexture": use}}
    mesh = with_mesh(glb, box_arrays(), material=glb.add("materials", material))
    glb.add("nodes", {"mesh": mesh})
    glb.add("scenes", {"nodes": [0]})
    glb.json["buffers"] = [{"uri": "box.bin", "byteLength": len(glb.binary)}]
    return {
        "box.gltf": json.dumps(glb.json).encode(),
        "box.bin": glb.binary,
        "red squares.png": checker(),
    }


def far_box() -> bytes:
    """Return an OBJ of a 1 m box, 40 m from its origin."""
    lines = ["v {} {} {}".format(*row) for row in CORNERS + np.float32([40, 0, 0])]
    lines += ["f " + " ".join(str(i + 1) for i in face) for face in FACES.tolist()]
    return "\n".join([*lines, ""]).encode()


def surveyed_box() -> bytes:
    """Return an OBJ of a 1 m box as a surveyor writes it: Lambert 93, Z up."""
    away = np.float64([652345.37, 6862012.81, 96.4])
    corners = CORNERS[:, [0, 2, 1]].astype(np.float64) + away
    lines = ["v {:.3f} {:.3f} {:.3f}".format(*row) for row in corners]
    lines += ["f " + " ".join(str(i + 1) for i in face) for face in FACES.tolist()]
    return "\n".join([*lines, ""]).encode()


def rounded_survey() -> bytes:
    """Return a PLY of 20 m of ground in Lambert 93, in numbers of 32 bits."""
    edge = 40
    along = np.linspace(0, 20, edge)
    x, y = np.meshgrid(along + 652345.37, along + 6862012.81)
    points = np.stack([x, y, 96 + np.sin(x) * np.cos(y)], axis=-1).reshape(-1, 3)
    first = (np.arange(edge - 1)[:, None] * edge + np.arange(edge - 1)).ravel()
    faces = np.zeros(len(first), [("n", "u1"), ("i", "<i4", 4)])
    faces["n"] = 4
    faces["i"] = first[:, None] + [0, 1, edge + 1, edge]
    header = [
        *("ply", "format binary_little_endian 1.0", f"element vertex {edge**2}"),
        *(f"property float {name}" for name in "xyz"),
        f"element face {len(first)}",
        *("property list uchar int vertex_indices", "end_header\n"),
    ]
    content = points.astype("<f4").tobytes() + faces.tobytes()
    return "\n".join(header).encode() + content


def long_dance(keys: int = 60_000) -> bytes:
    """Return the bar with an animation of noise, which nothing compresses."""
    glb = Glb()
    glb.json = json.loads(bar()[20:].partition(b"BIN\0")[0][:-4])
    glb.binary = bar().partition(b"BIN\0")[2]
    turns = np.random.default_rng(7).normal(size=(keys, 4)).astype(np.float32)
    turns /= np.linalg.norm(turns, axis=1, keepdims=True)
    times = np.arange(keys, dtype=np.float32) / 120
    glb.json["animations"][0]["samplers"] = [
        {"input": glb.accessor(times, bounds=True), "output": glb.accessor(turns)}
    ]
    return glb.content()


def frames_as_seconds() -> bytes:
    """Return the bar with an animation of three hours, as one of its exporters had it."""
    glb = Glb()
    glb.json = json.loads(bar()[20:].partition(b"BIN\0")[0][:-4])
    glb.binary = bar().partition(b"BIN\0")[2]
    times = glb.accessor(np.float32([0, 5400, 10800]), bounds=True)
    glb.json["animations"][0]["samplers"][0]["input"] = times
    return glb.content()


def many_pictures(count: int = 48, edge_px: int = 512) -> bytes:
    """Return a GLB of boxes side by side, a picture each: little to fetch, much to hold."""
    glb = Glb()
    for number in range(count):
        picture = np.zeros((edge_px, edge_px, 3), np.uint8)
        picture[: edge_px // 2] = (255, 255 * number // count, 0)
        use = {"baseColorTexture": texture(glb, png(picture)), "metallicFactor": 0}
        material = glb.add("materials", {"pbrMetallicRoughness": use})
        mesh = with_mesh(glb, box_arrays(), material=material)
        glb.add("nodes", {"mesh": mesh, "translation": [1.5 * number, 0, 0]})
    glb.add("scenes", {"nodes": list(range(count))})
    return glb.content()


def everything() -> dict[str, bytes]:
    """Return every file by name."""
    return {
        "textured_box.glb": textured_box(),
        "bar.glb": bar(),
        "bent_bar.glb": bar(90),
        "morphed_box.glb": morphed_box(),
        "ball.glb": ball_glb(),
        "speckled_ball.glb": speckled_ball(),
        "instanced_boxes.glb": instanced_boxes(),
        "draco_box.glb": draco_box(),
        "mossy_box.glb": annotated_box(ACME_moss={"depth": 1}),
        "annotated_box.glb": annotated_box(EXT_mesh_features={}),
        "long_dance.glb": long_dance(),
        "frames_as_seconds.glb": frames_as_seconds(),
        "far_box.obj": far_box(),
        "surveyed_box.obj": surveyed_box(),
        "rounded_survey.ply": rounded_survey(),
        "many_pictures.glb": many_pictures(),
        "checker.png": checker(),
        "silence.m4a": b"\0\0\0\x20ftypM4A " + bytes(64),
        "words.vtt": b"WEBVTT\n\n00:00.000 --> 00:01.000\nBonjour\n",
        "box_mm_z_up.stl": stl_mm_z_up(),
        "tetrahedron.stl": stl_text(),
        "box.ply": ply(),
        "box_text.ply": ply(binary=False),
        **obj(),
        "bare.obj": lone_obj(),
        "two_models.zip": two_models(),
        **gltf_with_files(),
    }


def write(folder: Path) -> None:
    """Write every file into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in everything().items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
