"""The gallery's dimensions, and where the visitor stands.

All are drawn from proportion, no source: the museum says that it keeps 200 m of
galleries (creusotmontceautourisme.com), no page we read says how wide or high. What
each thing is called and does is common mining practice.

Metres; +Y up, the floor is y = 0. The visitor's eye is over the origin; azimuth 0°,
the picture's middle, looks along -Z, and azimuth 90° along +X.
"""

import math

EYE = 1.60
HALF_WIDTH = 1.42
HEIGHT = 2.52
GAUGE = 0.60

MAIN = (-15.0, 12.0)
"""From where to where the main gallery runs, along z."""
SIDE_AXIS_Z = 0.25
SIDE_END = 6.6
"""Where the side heading meets the coal face, along x."""
SIDE_HALF_WIDTH = 1.12
SIDE_HEIGHT = 2.25

FRAMES_Z = (
    -12.6,
    -11.2,
    -9.8,
    -8.4,
    -7.0,
    -5.6,
    -4.2,
    -2.8,
    -1.4,
    1.95,
    3.35,
    4.75,
    6.15,
    7.55,
    8.95,
    10.35,
)
"""Where timber frames stand in the main gallery; none before the side heading."""
SIDE_FRAMES_X = (1.55, 2.75, 4.3, 5.55)
CAP_Y = 2.25
"""The caps' axis; at 1.4 m it is 25° above the eye."""
SEAM = (0.55, 1.75)
"""The coal seam, between these heights."""
TUB_X = 2.7


def direction(azimuth_deg: float, elevation_deg: float) -> tuple[float, float, float]:
    """Return the unit vector towards a place of the picture."""
    a, e = math.radians(azimuth_deg), math.radians(elevation_deg)
    return math.sin(a) * math.cos(e), math.sin(e), -math.cos(a) * math.cos(e)


def seen_at(point: tuple[float, float, float]) -> tuple[float, float]:
    """Return the azimuth (0 to 360) and elevation, degrees, of a point in space."""
    x, y, z = point[0], point[1] - EYE, point[2]
    azimuth = math.degrees(math.atan2(x, -z)) % 360
    return azimuth, math.degrees(math.atan2(y, math.hypot(x, z)))


LAMPS = (
    ((0.92, 1.62, -1.42), 26.0),  # on the first frame's right prop
    ((-0.90, 1.55, -5.6), 24.0),
    ((0.90, 1.60, -9.8), 26.0),
    ((-0.95, 1.50, 0.55), 16.0),  # on the coal wall, over the tools
    ((5.25, 1.62, 0.95), 24.0),  # by the coal face
    ((0.92, 1.60, 3.35), 24.0),
    ((-0.90, 1.60, 7.55), 26.0),
)
"""Where safety lamps hang, and how strong each is, watts."""

FILLS = (
    ((0.0, 2.02, 0.35), 9.0),
    ((0.35, 2.0, -3.5), 9.0),
    ((0.2, 2.0, -7.7), 9.0),
    ((0.2, 2.0, 5.4), 9.0),
    ((1.75, 1.86, 0.25), 13.0),
    ((4.9, 1.80, 0.25), 11.0),
)
"""Soft lights without a lamp to be seen, and their strength, watts."""
