"""Make marteau.glb, the 100-tonne steam hammer of Le Creusot, at its true size.

    python make_marteau.py [FOLDER]

FOLDER is where the file goes: beside this script when not given. The same bytes come
out every time. Needs numpy, Pillow and pygltflib. Dimensions and where each was read:
``marteau/figures.py``. The museum's build never runs this; it reads the file.
"""

from kit import script
from kit.glb import Material
from kit.solids import Part
from marteau import access, engine, frame, textures


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


def materials() -> list[Material]:
    """Return the two drawn materials."""
    return [
        Material("painted iron", textures.painted_iron(), 2.0),
        Material("trim", textures.trims(), 5.0),
    ]


if __name__ == "__main__":
    about = script.facts(
        "marteau-pilon", "Marteau-pilon de 100 tonnes, Le Creusot", "make_marteau.py"
    )
    script.save("marteau.glb", parts(), materials(), about)
