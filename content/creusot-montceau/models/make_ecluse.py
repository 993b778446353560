"""Make ecluse.glb, old lock IX of the canal du Centre, cut out with its banks.

    python make_ecluse.py [FOLDER]

FOLDER is where the file goes: beside this script when not given. The same bytes come
out every time. Needs numpy, Pillow and pygltflib. It is drawn at true size; the tour
shows it at 1:50. Dimensions and where each was read: ``ecluse/figures.py``. The
museum's build never runs this; it reads the file.
"""

from ecluse import gates, house, land, masonry_work
from kit import masonry, metal_and_wood, script
from kit.glb import Material
from kit.maps import brightened, flat
from kit.solids import Part
from kit.weathering import Weather


def parts() -> list[Part]:
    """Return every part of the lock."""
    return [
        land.base(),
        land.ground(),
        land.water(),
        land.trees(),
        masonry_work.walls(),
        masonry_work.coping(),
        masonry_work.wings(),
        masonry_work.fittings(),
        gates.upper(),
        gates.lower(),
        house.keepers_house(),
    ]


def materials() -> list[Material]:
    """Return the drawn materials."""
    oak = metal_and_wood.wood(256)
    leaves = masonry.ground(256, (0.20, 0.25, 0.12), grass=1.4)
    grass = masonry.ground(512, (0.45, 0.40, 0.31), grass=0.85)
    shutters = flat(32, (0.30, 0.42, 0.43), 0.6)
    return [
        Material("ashlar", brightened(masonry.ashlar(512, sooty=0.3), 1.12), 3.0),
        Material("stone", brightened(masonry.stone(256, sooty=0.25), 1.25), 1.4),
        Material("timber", brightened(oak, 1.1), 2.0),
        Material("planks", metal_and_wood.planks(256), 2.0),
        Material("iron", metal_and_wood.weathered_paint(256, (0.19, 0.20, 0.205)), 1.5),
        Material("grass", brightened(grass, 1.06), 4.0),
        Material("gravel", masonry.ground(256, (0.60, 0.545, 0.45), grass=-1.0), 4.0),
        Material("water", masonry.water(256, (0.155, 0.225, 0.200)), 4.0),
        Material("leaves", leaves, 4.0),
        Material("render", masonry.render(256, (0.83, 0.78, 0.68)), 3.0),
        Material("tiles", masonry.slate(512, 12, 12, (0.50, 0.315, 0.235)), 2.0),
        Material("shutters", shutters, 2.0),
        Material("glass", flat(32, (0.075, 0.095, 0.115), 0.12), 1.0),
        Material("base", brightened(oak, 0.62), 2.0),
    ]


if __name__ == "__main__":
    about = script.facts(
        "ecluse", "Ancienne écluse IX du canal du Centre, Écuisses", "make_ecluse.py"
    )
    weather = Weather(
        cell_m=0.12, start_m=0.2, reach_m=4.0, soot=0.0, dust=0.0, darkest=0.45
    )
    script.save("ecluse.glb", parts(), materials(), about, weather)
