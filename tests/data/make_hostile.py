"""Make files that lie, loop, leave the folder or unfold without end.

    python tests/data/make_hostile.py FOLDER

Each is a few kilobytes at most, and each must be refused with its cause, quickly.
"""

from __future__ import annotations

import copy
import io
import json
import struct
import sys
import zipfile
import zlib
from pathlib import Path
from typing import Any

Json = dict[str, Any]
_ENDLESS = 10**9


def triangle() -> tuple[Json, bytes]:
    """Return the JSON and buffer of one good triangle."""
    binary = struct.pack("<9f", 0, 0, 0, 1, 0, 0, 0, 1, 0)
    root: Json = {
        "asset": {"version": "2.0"},
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}}]}],
        "accessors": [
            {
                "bufferView": 0,
                "componentType": 5126,
                "count": 3,
                "type": "VEC3",
                "min": [0, 0, 0],
                "max": [1, 1, 0],
            }
        ],
        "bufferViews": [{"buffer": 0, "byteLength": len(binary)}],
        "buffers": [{"byteLength": len(binary)}],
    }
    return root, binary


def packed(root: Json, binary: bytes, *, length: int | None = None) -> bytes:
    """Return a GLB file that may lie about its length."""
    return packed_text(json.dumps(root).encode(), binary, length=length)


def packed_text(text: bytes, binary: bytes, *, length: int | None = None) -> bytes:
    """Return a GLB file of any text."""
    text += b" " * (-len(text) % 4)
    body = struct.pack("<I4s", len(text), b"JSON") + text
    body += struct.pack("<I4s", len(binary), b"BIN\0") + binary
    size = 12 + len(body) if length is None else length
    return struct.pack("<4sII", b"glTF", 2, size) + body


def changed(**places: object) -> bytes:
    """Return the triangle with values put at places like ``accessors__0__count``."""
    root, binary = triangle()
    for place, value in places.items():
        *way, last = (int(p) if p.isdigit() else p for p in place.split("__"))
        target: Any = root
        for step in way:
            target = target[step]
        target[last] = value
    return packed(root, binary)


def with_nodes(nodes: list[Json]) -> bytes:
    """Return the triangle below other nodes."""
    return changed(nodes=nodes)


def chain(count: int) -> list[Json]:
    """Return nodes each below the one before."""
    nodes: list[Json] = [{"children": [i + 1]} for i in range(count - 1)]
    return [*nodes, {"mesh": 0}]


def with_uri(uri: str) -> bytes:
    """Return a glTF text whose buffer is at an address."""
    root, binary = triangle()
    root["buffers"] = [{"byteLength": len(binary), "uri": uri}]
    return json.dumps(root).encode()


def with_floats(*values: float) -> bytes:
    """Return the triangle at other positions."""
    root, _ = triangle()
    return packed(root, struct.pack("<9f", *values))


def png_bomb(edge_px: int = 60_000) -> bytes:
    """Return a small PNG that unfolds to 3.6 thousand million pixels."""
    header = struct.pack(">IIBBBBB", edge_px, edge_px, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((edge_px // 8 + 1) * 64))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    )


def with_picture(content: bytes) -> bytes:
    """Return the triangle with a picture on it."""
    root, binary = triangle()
    padded = binary + struct.pack("<6f", 0, 0, 1, 0, 0, 1)
    at = len(padded)
    root["bufferViews"] += [
        {"buffer": 0, "byteOffset": len(binary), "byteLength": 24},
        {"buffer": 0, "byteOffset": at, "byteLength": len(content)},
    ]
    uv = {"bufferView": 1, "componentType": 5126, "count": 3, "type": "VEC2"}
    root["accessors"].append(uv)
    root["images"] = [{"bufferView": 2, "mimeType": "image/png"}]
    root["textures"] = [{"source": 0}]
    use = {"baseColorTexture": {"index": 0}}
    root["materials"] = [{"pbrMetallicRoughness": use}]
    root["meshes"][0]["primitives"][0] |= {"material": 0}
    root["meshes"][0]["primitives"][0]["attributes"]["TEXCOORD_0"] = 1
    whole = padded + content + bytes(-len(content) % 4)
    root["buffers"] = [{"byteLength": len(whole)}]
    return packed(root, whole)


def glbs() -> dict[str, bytes]:
    """Return hostile GLB and glTF files by name."""
    root, binary = triangle()
    good = packed(root, binary)
    sparse = copy.deepcopy(root["accessors"][0]) | {
        "count": _ENDLESS,
        "sparse": {
            "count": 1,
            "indices": {"bufferView": 0, "componentType": 5125},
            "values": {"bufferView": 0},
        },
    }
    meshopt = {
        "buffer": 0,
        "byteLength": 36,
        "byteStride": 256,
        "count": _ENDLESS,
        "mode": "ATTRIBUTES",
    }
    garbage = meshopt | {"byteStride": 12, "count": 3}
    deep = b'{"asset":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    nan = float("nan")
    return {
        "empty.glb": b"",
        "magic_only.glb": b"glTF",
        "cut_short.glb": good[:-8],
        "length_too_long.glb": packed(root, binary, length=2**32 - 1),
        "length_too_short.glb": packed(root, binary, length=20),
        "chunk_too_long.glb": good[:12] + struct.pack("<I", 2**31) + good[16:],
        "version_one.glb": good[:4] + struct.pack("<I", 1) + good[8:],
        "no_json.glb": good[:16] + b"BIN\0" + good[20:],
        "not_json.glb": packed_text(b"{]", binary),
        "not_utf8.glb": packed_text(b'{"asset":"\xff"}', binary),
        "deep_json.glb": packed_text(deep, binary),
        "long_number.glb": packed_text(b'{"asset":' + b"9" * 5000 + b"}", binary),
        "json_nan.glb": packed_text(b'{"asset":{"version":NaN}}', binary),
        "root_is_list.glb": packed_text(b"[]", binary),
        "version_three.glb": changed(asset={"version": "3.0"}),
        "required_unknown.glb": changed(extensionsRequired=["EX_unknown"]),
        "required_not_text.glb": changed(extensionsRequired=[{}]),
        "no_nodes.glb": packed({"asset": {"version": "2.0"}}, b"\0\0\0\0"),
        "scene_unknown.glb": changed(scene=7),
        "mesh_unknown.glb": changed(nodes__0__mesh=7),
        "mesh_is_text.glb": changed(nodes__0__mesh="0"),
        "nodes_is_object.glb": changed(nodes={}),
        "node_in_itself.glb": with_nodes([{"mesh": 0, "children": [0]}]),
        "node_ring.glb": with_nodes(
            [{"mesh": 0}, {"children": [2]}, {"children": [1]}]
        ),
        "two_parents.glb": with_nodes(
            [{"children": [1, 2]}, {"children": [2]}, {"mesh": 0}]
        ),
        "deep_nodes.glb": with_nodes(chain(50_000)),
        "count_huge.glb": changed(accessors__0__count=_ENDLESS),
        "count_endless.glb": changed(accessors__0__count=10**18),
        "count_negative.glb": changed(accessors__0__count=-1),
        "count_fraction.glb": changed(accessors__0__count=2.5),
        "no_view_huge.glb": changed(
            accessors__0={"componentType": 5126, "count": _ENDLESS, "type": "VEC3"}
        ),
        "sparse_bomb.glb": changed(accessors__0=sparse),
        "component_unknown.glb": changed(accessors__0__componentType=5130),
        "type_unknown.glb": changed(accessors__0__type="VEC9"),
        "view_past_end.glb": changed(bufferViews__0__byteLength=_ENDLESS),
        "view_negative.glb": changed(bufferViews__0__byteOffset=-12),
        "stride_short.glb": changed(bufferViews__0__byteStride=4),
        "buffer_too_long.glb": changed(buffers__0__byteLength=_ENDLESS),
        "index_past_end.glb": changed(
            meshes__0__primitives__0__indices=1,
            accessors=[
                *root["accessors"],
                {"bufferView": 0, "componentType": 5121, "count": 36, "type": "SCALAR"},
            ],
        ),
        "meshopt_bomb.glb": changed(
            bufferViews__0__extensions={"EXT_meshopt_compression": meshopt}
        ),
        "meshopt_garbage.glb": changed(
            bufferViews__0__extensions={"EXT_meshopt_compression": garbage}
        ),
        "draco_garbage.glb": changed(
            meshes__0__primitives__0__extensions={
                "KHR_draco_mesh_compression": {
                    "bufferView": 0,
                    "attributes": {"POSITION": 0},
                }
            }
        ),
        "nan.glb": with_floats(nan, 0, 0, 1, 0, 0, 0, 1, 0),
        "infinite.glb": with_floats(float("inf"), 0, 0, 1, 0, 0, 0, 1, 0),
        "far.glb": with_floats(3e38, 0, 0, 1, 0, 0, 0, 1, 0),
        "one_point.glb": with_floats(*([1.0] * 9)),
        "scale_zero.glb": changed(nodes__0__scale=[0, 0, 0]),
        "picture_bomb.glb": with_picture(png_bomb()),
        "picture_is_text.glb": with_picture(b"<html>hello</html>"),
        "picture_cut.glb": with_picture(png_bomb(8)[:40]),
        "uri_passwd.gltf": with_uri("file:///etc/passwd"),
        "uri_absolute.gltf": with_uri("/etc/passwd"),
        "uri_climbs.gltf": with_uri("../../../../etc/passwd"),
        "uri_climbs_encoded.gltf": with_uri("%2e%2e/%2e%2e/etc/passwd"),
        "uri_http.gltf": with_uri("http://127.0.0.1:9/x.bin"),
        "uri_backslash.gltf": with_uri("..\\..\\secret"),
        "uri_nul.gltf": with_uri("a%00b"),
        "uri_absent.gltf": with_uri("absent.bin"),
        "uri_link.gltf": with_uri("link_out.bin"),
        "uri_device.gltf": with_uri("link_zero.bin"),
        "uri_folder.gltf": with_uri("."),
        "uri_not_base64.gltf": with_uri("data:;base64,@@@"),
        "uri_itself.gltf": with_uri("uri_itself.gltf"),
    }


def zipped(members: dict[str, bytes]) -> bytes:
    """Return a zip of these files."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return kept.getvalue()


def others() -> dict[str, bytes]:
    """Return hostile PLY, STL and OBJ files by name."""
    ply = "ply\nformat {} 1.0\nelement vertex {}\n{}end_header\n"
    xyz = "property float x\nproperty float y\nproperty float z\n"
    faces = "element face {}\nproperty list uchar int vertex_indices\n"
    little = "binary_little_endian"
    corners = struct.pack("<9f", 0, 0, 0, 1, 0, 0, 0, 1, 0)
    return {
        "empty.ply": b"",
        "no_end.ply": b"ply\nformat ascii 1.0\n",
        "format_unknown.ply": ply.format("morse", 3, xyz).encode(),
        "huge.ply": ply.format(little, _ENDLESS * 9, xyz).encode(),
        "short.ply": ply.format(little, 1_000_000, xyz).encode(),
        "count_not_number.ply": ply.format(little, "x", xyz).encode(),
        "twice.ply": ply.format(little, 1, "property float x\n" * 2).encode() + corners,
        "no_faces.ply": ply.format(little, 3, xyz).encode() + corners,
        "face_past_end.ply": ply.format(little, 3, xyz + faces.format(1)).encode()
        + corners
        + struct.pack("<B3i", 3, 0, 1, 9),
        "face_negative.ply": ply.format(little, 3, xyz + faces.format(1)).encode()
        + corners
        + struct.pack("<B3i", 3, 0, 1, -1),
        "faces_short.ply": ply.format(little, 3, xyz + faces.format(9_000_000)).encode()
        + corners
        + b"\x03",
        "text_words.ply": ply.format("ascii", 1, xyz).encode() + b"one two three\n",
        "empty.stl": b"",
        "promises.stl": bytes(80) + struct.pack("<I", 2**32 - 1) + bytes(50),
        "none.stl": bytes(84),
        "words.stl": b"solid x\nfacet normal 0 0 0\nvertex a b c\n",
        "odd.stl": b"solid x\nvertex 0 0 0\nvertex 1 0 0\n",
        "nan.stl": bytes(80) + struct.pack("<I12fH", 1, *([float("nan")] * 12), 0),
        "empty.obj": b"",
        "zero_index.obj": b"v 0 0 0\nv 1 0 0\nv 0 1 0\nf 0 1 2\n",
        "past_end.obj": b"v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 9\n",
        "before_start.obj": b"v 0 0 0\nf -1 -2 -3\n",
        "words.obj": b"v a b c\n",
        "infinite.obj": b"v 1e999 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n",
        "mtl_climbs.obj": b"mtllib ../../../etc/passwd\nv 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n",
        "mtl_drive.obj": b"mtllib C:\\x.mtl\nv 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n",
        "model.exe": b"MZ",
        "renamed.glb": b"Kaydara FBX Binary  \0\x1a\0" + bytes(64),
        "several.zip": zipped({"roue.obj": b"", "socle.obj": b""}),
        "foreign.zip": zipped({"roue.fbx": b"", "roue.png": b""}),
    }


def write(folder: Path) -> None:
    """Write every file into a folder, with links that lead out of it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in {**glbs(), **others()}.items():
        (folder / name).write_bytes(content)
    (folder / "link_out.bin").symlink_to("/etc/passwd")
    (folder / "link_zero.bin").symlink_to("/dev/zero")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
