"""Make cones.glb, the two cones before the château de la Verrerie, Le Creusot.

    python make_cones.py [FOLDER]

FOLDER is where the file goes: beside this script when not given. The same bytes come
out every time. Needs numpy, Pillow and pygltflib. No dimension of the cones is
published: ``cones/figures.py`` says what is drawn from what. The museum's build never
runs this; it reads the file.
"""

from cones import cone, figures
from kit import masonry, metal_and_wood, script
from kit.glb import Material
from kit.maps import brightened, flat
from kit.solids import Part
from kit.weathering import Weather


def parts() -> list[Part]:
    """Return the two cones: chapel to the left, theatre to the right."""
    return [
        cone.moved(cone.chapel(), -figures.APART / 2),
        cone.moved(cone.theatre(), figures.APART / 2),
    ]


def materials() -> list[Material]:
    """Return the drawn materials."""
    gilt = flat(32, (0.78, 0.60, 0.28), 0.35)
    return [
        Material("render", masonry.render(1024, (0.800, 0.735, 0.640)), 3.0),
        Material("stone", brightened(masonry.stone(256, sooty=0.3), 1.22), 1.4),
        Material("ashlar", brightened(masonry.ashlar(512, sooty=0.3), 1.18), 3.0),
        Material("slate", masonry.slate(512), 2.0),
        Material("doors", metal_and_wood.planks(256), 2.0),
        Material("glass", flat(32, (0.075, 0.095, 0.115), 0.12), 1.0),
        Material("lead", metal_and_wood.weathered_paint(128, (0.36, 0.38, 0.40)), 1.5),
        Material("gilding", gilt, 1.0),
    ]


if __name__ == "__main__":
    about = script.facts(
        "cones", "Les deux cônes du château de la Verrerie, Le Creusot", "make_cones.py"
    )
    about["source"] = "drawn from proportion, no published dimension; see make_cones.py"
    weather = Weather(cell_m=0.09, start_m=0.16, soot=0.0, darkest=0.5)
    script.save("cones.glb", parts(), materials(), about, weather)
