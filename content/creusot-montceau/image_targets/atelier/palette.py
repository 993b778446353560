"""The washes an engineer's drawing office used: one for each matter."""

WATER = (120, 168, 186)
DEEP_WATER = (86, 134, 160)
STONE = (214, 132, 118)  # carmine, for masonry that the plane cuts
PALE_STONE = (226, 196, 170)
TIMBER = (178, 128, 74)
GRASS = (176, 190, 120)
DARK_GRASS = (112, 140, 78)
EARTH = (190, 152, 104)
ROAD = (222, 196, 140)
ROOF = (196, 92, 74)
SLATE = (128, 132, 140)
