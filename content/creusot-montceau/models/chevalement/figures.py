"""The headframe's dimensions, each with the page it was read on.

Sources
-------
[erih]      erih.de: the headframe is 22 m high
[tourism]   creusotmontceautourisme.com and the museum: it is 20 m high

The sources differ. We draw 22 m to the very top, the beam that lifts the sheaves; the
sheaves' axle is then near the 20 m of the others. That this explains the difference is
our guess: no page we read says where each was measured.
"proportion" marks what no page we read gives: drawn to fit the figures around it.

Metres; +Y up; the shaft's axis is x = z = 0; the winding house is towards +X; the front
looks towards +Z; the ground is y = 0.
"""

TOTAL_HEIGHT = 22.0  # [erih]; [tourism] has 20
AXLE_HEIGHT = 19.75  # proportion, see above
SHEAVE_DIAMETER = 3.0  # proportion: of many sheaves of the time
SHEAVE_SPACING = 1.70  # proportion: two cages side by side

COLLAR_TOP = 0.40  # proportion: the masonry ring round the shaft's mouth
TOWER_TOP = 17.70  # proportion: leaves the girders under the sheaves
LANDING = 5.20  # proportion: where tubs leave the cage, over a screen or a tip
STAY_FOOT = 12.6  # proportion: the stays lean into the pull of the ropes
HOUSE_FRONT = 17.2  # proportion: the real winding house stands further off
CAGE = (1.12, 2.35, 1.30)  # proportion: one tub; x, y, z

PLAN_FOOT = (2.15, 2.45)
"""Half-width (x) and half-depth (z) of the tower at its feet (proportion)."""
PLAN_HEAD = (1.45, 1.95)
"""The same at its head (proportion)."""


def half_plan(height: float) -> tuple[float, float]:
    """Return the tower's half-width and half-depth at a height (proportion)."""
    t = min(max((height - COLLAR_TOP) / (TOWER_TOP - COLLAR_TOP), 0.0), 1.0)
    (x0, z0), (x1, z1) = PLAN_FOOT, PLAN_HEAD
    return x0 + (x1 - x0) * t, z0 + (z1 - z0) * t
