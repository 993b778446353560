"""Make faro.glb, a lighthouse 24 m high. No real one: invented for the example.

    python make_faro.py [FOLDER]

Needs numpy. The museum's build never runs this; it reads the file.
"""

import json
import struct
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np

SIDES = 40
WHITE, RED, STONE, IRON, GLASS, DOOR = range(6)
COLORS = (
    (0.83, 0.81, 0.75), (0.50, 0.06, 0.04), (0.30, 0.27, 0.23),
    (0.05, 0.06, 0.07), (0.95, 0.72, 0.28), (0.06, 0.16, 0.22),
)  # fmt: skip
"""Linear red, green, blue of each material."""

Shape = tuple[int, np.ndarray, np.ndarray]  # material, corners (n, 3, 3), normals


def turned(
    material: int, outline: list[tuple[float, float]], sides: int = SIDES
) -> Shape:
    """Return the surface that an outline (radius, height) sweeps around the axis."""
    around = np.linspace(0, 2 * np.pi, sides + 1)
    ring = np.stack([np.cos(around), np.zeros(sides + 1), np.sin(around)], axis=1)
    corners, normals = [], []
    for (r0, y0), (r1, y1) in pairwise(outline):
        slope = np.array((y1 - y0, r0 - r1)) / np.hypot(r1 - r0, y1 - y0)
        facing = ring * slope[0] + (0, slope[1], 0)
        low, high = ring * r0 + (0, y0, 0), ring * r1 + (0, y1, 0)
        for i in range(sides):
            corners += [
                (low[i], high[i], high[i + 1]),
                (low[i], high[i + 1], low[i + 1]),
            ]
            normals += [
                (facing[i], facing[i], facing[i + 1]),
                (facing[i], facing[i + 1], facing[i + 1]),
            ]
    return material, np.array(corners), np.array(normals)


def box(
    material: int, low: tuple[float, float, float], high: tuple[float, float, float]
) -> Shape:
    """Return a box between two corners."""
    corners, normals = [], []
    for axis in range(3):
        for side in (0, 1):
            u, v = (axis + 1) % 3, (axis + 2) % 3
            facing = np.zeros(3)
            facing[axis] = 2 * side - 1
            quad = []
            for a, b in ((0, 0), (1, 0), (1, 1), (0, 1)):
                corner = np.zeros(3)
                corner[axis] = (low, high)[side][axis]
                corner[u], corner[v] = (low, high)[a][u], (low, high)[b][v]
                quad.append(corner)
            quad = quad if side else quad[::-1]
            corners += [(quad[0], quad[1], quad[2]), (quad[0], quad[2], quad[3])]
            normals += [(facing,) * 3] * 2
    return material, np.array(corners), np.array(normals)


def lighthouse() -> list[Shape]:
    """Return every part, metres, +Y up, the door towards +Z."""
    shapes = [
        turned(STONE, [(5.6, 0.0), (5.2, 0.9), (4.4, 1.3), (4.3, 2.0), (0.0, 2.0)], 11),
        turned(STONE, [(3.1, 2.0), (3.1, 2.5), (2.8, 2.6)]),
        turned(IRON, [(1.9, 18.4), (2.75, 18.7), (2.75, 18.95), (0.0, 18.95)]),
        turned(WHITE, [(1.5, 18.95), (1.5, 19.9), (1.42, 20.0), (0.0, 20.0)]),
        turned(GLASS, [(1.3, 20.0), (1.3, 22.0)], 12),
        turned(
            RED, [(1.65, 22.0), (1.5, 22.3), (0.9, 22.9), (0.3, 23.2), (0.0, 23.25)]
        ),
        turned(
            IRON,
            [(0.22, 23.1), (0.26, 23.4), (0.05, 23.6), (0.04, 24.0), (0.0, 24.0)],
            10,
        ),
    ]
    heights = np.linspace(2.6, 18.4, 6)
    radii = 2.75 - 0.95 * ((heights - 2.6) / 15.8) ** 0.85
    for k in range(5):
        band = [(radii[k], heights[k]), (radii[k + 1], heights[k + 1])]
        shapes.append(turned(RED if k % 2 else WHITE, band))
    for k in range(12):
        a = 2 * np.pi * k / 12
        x, z = 2.62 * np.cos(a), 2.62 * np.sin(a)
        shapes.append(
            box(IRON, (x - 0.04, 18.95, z - 0.04), (x + 0.04, 20.0, z + 0.04))
        )
        x, z = 1.31 * np.cos(a), 1.31 * np.sin(a)
        shapes.append(box(IRON, (x - 0.05, 20.0, z - 0.05), (x + 0.05, 22.0, z + 0.05)))
    shapes += [
        turned(IRON, [(2.6, y), (2.66, y + 0.03), (2.6, y + 0.06)], 24)
        for y in (19.5, 19.95)
    ]
    shapes.append(box(DOOR, (-0.55, 2.5, 2.3), (0.55, 4.7, 2.86)))
    shapes += [
        box(DOOR, (-0.3, y, 1.7), (0.3, y + 1.1, r))
        for y, r in ((8.0, 2.42), (12.2, 2.2), (16.0, 2.0))
    ]
    shapes += [
        box(
            STONE,
            (-0.9, 2.0 - 0.45 * k, 3.0 + 0.7 * k),
            (0.9, 2.5 - 0.45 * k, 3.8 + 0.7 * k),
        )
        for k in range(4)
    ]
    return shapes


def glb(shapes: list[Shape]) -> bytes:
    """Return a GLB with one primitive a material."""
    blob, views, accessors, primitives = b"", [], [], []
    for material in range(len(COLORS)):
        mine = [shape for shape in shapes if shape[0] == material]
        corners = np.concatenate([c.reshape(-1, 3) for _, c, _ in mine])
        normals = np.concatenate([n.reshape(-1, 3) for _, _, n in mine])
        rows = np.concatenate([corners, normals], axis=1).astype(np.float32).round(4)
        unique, index = np.unique(rows, axis=0, return_inverse=True)
        columns = (
            (unique[:, :3], 34962, "VEC3", 5126),
            (unique[:, 3:], 34962, "VEC3", 5126),
            (index.astype(np.uint16).ravel(), 34963, "SCALAR", 5123),
        )
        for values, target, kind, component in columns:
            content = np.ascontiguousarray(values).tobytes()
            views.append(
                {
                    "buffer": 0,
                    "byteOffset": len(blob),
                    "byteLength": len(content),
                    "target": target,
                }
            )
            accessor = {
                "bufferView": len(views) - 1,
                "componentType": component,
                "count": len(values),
                "type": kind,
            }
            if values is columns[0][0]:
                accessor |= {
                    "min": values.min(axis=0).tolist(),
                    "max": values.max(axis=0).tolist(),
                }
            accessors.append(accessor)
            blob += content + bytes(-len(content) % 4)
        last = len(accessors)
        attributes = {"POSITION": last - 3, "NORMAL": last - 2}
        primitives.append(
            {"attributes": attributes, "indices": last - 1, "material": material}
        )
    materials = [
        {
            "pbrMetallicRoughness": {
                "baseColorFactor": [*color, 1.0],
                "metallicFactor": 0.0,
                "roughnessFactor": 0.8,
            }
        }
        for color in COLORS
    ]
    materials[GLASS]["emissiveFactor"] = [0.5, 0.3, 0.08]
    document = {
        "asset": {"version": "2.0", "generator": "make_faro.py", "copyright": "CC0-1.0"},
        "scene": 0, "scenes": [{"nodes": [0]}], "nodes": [{"name": "faro", "mesh": 0}],
        "meshes": [{"name": "faro", "primitives": primitives}], "materials": materials,
        "accessors": accessors, "bufferViews": views, "buffers": [{"byteLength": len(blob)}],
    }  # fmt: skip
    text = json.dumps(document, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    length = 12 + 8 + len(text) + 8 + len(blob)
    chunks = (
        struct.pack("<I4s", len(text), b"JSON")
        + text
        + struct.pack("<I4s", len(blob), b"BIN\0")
        + blob
    )
    return struct.pack("<4sII", b"glTF", 2, length) + chunks


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    (folder / "faro.glb").write_bytes(glb(lighthouse()))
