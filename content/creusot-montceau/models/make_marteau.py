"""Make marteau.glb, the 100-tonne steam hammer of Le Creusot, at its true size.

    python make_marteau.py [FOLDER]

FOLDER is where the file goes: beside this script when not given. The same bytes come
out every time. Needs numpy, Pillow and pygltflib. Dimensions and where each was read:
``marteau/figures.py``. The museum's build never runs this; it reads the file.
"""

import sys
from pathlib import Path

import numpy as np
from marteau import access, engine, frame, glb, textures
from marteau.kit import Part

FACTS = {
    "title": "Marteau-pilon de 100 tonnes, Le Creusot",
    "author": "ecomusee",
    "copyright": "2026 ecomusee contributors, CC-BY-SA-4.0",
    "license": "CC-BY-SA-4.0",
    "source": "drawn from published dimensions; see make_marteau.py",
}


def parts() -> list[Part]:
    """Return every part of the machine."""
    return [
        frame.plinth(),
        frame.legs(),
        frame.ties(),
        frame.guides(),
        frame.table(),
        engine.anvil(),
        engine.moving_mass(),
        engine.cylinder(),
        engine.valves(),
        access.deck(),
        access.ladders(),
        access.platform(),
    ]


def materials() -> list[glb.Material]:
    """Return the two drawn materials."""
    return [
        glb.Material("painted iron", textures.painted_iron(), 2.0),
        glb.Material("trim", textures.trims(), 5.0),
    ]


def main() -> None:
    """Write the file and say what is in it."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    machine = parts()
    content = glb.written(machine, materials(), FACTS)
    (folder / "marteau.glb").write_bytes(content)

    surfaces = [s for part in machine for s in part.surfaces.values()]
    triangles = sum(len(t) for s in surfaces for t in s.triangles)
    points = np.concatenate([p for s in surfaces for p in s.positions])
    size = " x ".join(f"{v:.2f}" for v in np.ptp(points, axis=0))
    print(  # noqa: T201  a script that a person runs
        f"{triangles} triangles, {len(points)} vertices, {len(surfaces)} primitives, "
        f"{size} m, {len(content)} bytes"
    )


if __name__ == "__main__":
    main()
