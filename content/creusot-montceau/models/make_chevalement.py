"""Make chevalement.glb, the headframe of the mine museum in Blanzy, at its true size.

    python make_chevalement.py [FOLDER]

FOLDER is where the file goes: beside this script when not given. The same bytes come
out every time. Needs numpy, Pillow and pygltflib. Dimensions and where each was read:
``chevalement/figures.py``. The museum's build never runs this; it reads the file.
"""

from chevalement import head, tower, yard
from kit import masonry, metal_and_wood, script
from kit.glb import Material
from kit.maps import Maps, flat
from kit.solids import Part
from kit.weathering import Weather

GREEN_GREY = (0.400, 0.440, 0.425)


def parts() -> list[Part]:
    """Return every part of the headframe."""
    return [
        tower.collar(),
        tower.tower(),
        tower.stays(),
        tower.guides(),
        tower.ladders(),
        tower.landing_girders(),
        tower.shaft_ropes(),
        head.girders(),
        head.sheaves(),
        head.deck(),
        head.lifting_beam(),
        head.winding_ropes(),
        yard.landing(),
        yard.winding_house(),
        yard.shed(),
    ]


def materials() -> list[Material]:
    """Return the drawn materials."""
    dark: Maps = flat(64, (0.03, 0.03, 0.032), 0.8)
    return [
        Material("old paint", metal_and_wood.weathered_paint(512, GREEN_GREY), 1.5),
        Material("steel", metal_and_wood.steel(256), 3.4),
        Material("timber", metal_and_wood.wood(256), 2.0),
        Material("planks", metal_and_wood.planks(512), 2.0),
        Material("brick", masonry.brick(512), 1.92),
        Material("stone", masonry.stone(256), 1.4),
        Material(
            "corrugated iron",
            metal_and_wood.corrugated(512, (0.33, 0.335, 0.34)),
            2.0,
        ),
        Material("darkness", dark, 1.0),
    ]


if __name__ == "__main__":
    about = script.facts(
        "chevalement", "Chevalement du musée de la mine, Blanzy", "make_chevalement.py"
    )
    weather = Weather(soot=0.0, darkest=0.45)
    script.save("chevalement.glb", parts(), materials(), about, weather)
