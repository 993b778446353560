"""The hammer's dimensions, each with the page it was read on.

Sources
-------
[town]      le-creusot.fr/le-marteau-pilon
[landmark]  liquisearch.com/creusot_steam_hammer/description, which restates the
            brochure of the ASME landmark (1981)
[sciam]     Scientific American Supplement 488, 9 May 1885: uprights "having the shape
            of the letter A"
No page we read shows how the legs are put together. [landmark] calls them hollow and
cast; the riveted laps, angle irons and bound flanges drawn here are a reading of the
period's ironwork, as are ladders, pipes, levers and every colour.

"proportion" marks what no page we read gives: drawn to fit the figures around it.

Metres; +Y up; the front looks towards +Z; the ground is y = 0.
"""

TOTAL_HEIGHT = 21.0  # [town] hauteur totale
CYLINDER_BORE = 1.90  # [town] diamètre du cylindre
STROKE = 5.0  # [town] course du marteau
MOVING_MASS_KG = 100_000.0  # [town] poids de la masse active
CYLINDER_HEIGHT = 6.0  # [landmark]
LEG_HEIGHT = 10.25  # [landmark]; hollow, of rectangular section, four of them
ROD_DIAMETER = 0.35  # [landmark]

PLINTH_TOP = (
    0.30  # proportion: the masonry's crown; 8.50 m of it [town] lie underground
)
FOOT_TOP = PLINTH_TOP + 0.25  # proportion: base plates "embedded in the masonry"
LEGS_TOP = FOOT_TOP + LEG_HEIGHT
TABLE_TOP = 13.10  # proportion: leaves 6 m of cylinder and 1.9 m of bonnet and exhaust
CYLINDER_TOP = TABLE_TOP + CYLINDER_HEIGHT

IRON_KG_PER_M3 = 7_600.0  # between cast (7,200) and wrought iron (7,800)
ROD_AND_PISTON_KG = 8_500.0  # proportion: 7 m of rod at 735 kg/m, a piston of 3.3 t
TUP_WIDTH = 1.90  # proportion: as wide as the bore above it
TUP_DEPTH = 1.86  # proportion
TUP_DIE_HEIGHT = 0.62  # proportion
TUP_HEIGHT = (MOVING_MASS_KG - ROD_AND_PISTON_KG) / (
    IRON_KG_PER_M3 * TUP_WIDTH * TUP_DEPTH
)  # from the mass: 3.4 m of iron, die included

ANVIL_TOP = 1.45  # proportion: a tall man's hip, to slide a forging onto
TUP_RAISED = 2.10  # as shown: part of the 5 m stroke, so that rod and dies are seen
TUP_BOTTOM = ANVIL_TOP + TUP_RAISED


def leg_inner_x(height: float) -> float:
    """Return the half-opening between left and right legs, at a height over their feet.

    Proportion: upright along the guides, then flared, for the A of [sciam].
    """
    return 1.50 + 1.95 * _above(height) ** 1.8


def leg_outer_x(height: float) -> float:
    """Return the half-width over both legs (proportion)."""
    return 2.62 + 2.23 * _above(height) ** 1.25


def leg_inner_z(height: float) -> float:
    """Return the half-opening between front and back legs (proportion)."""
    return 0.86 + 0.52 * _above(height) ** 1.2


def leg_outer_z(height: float) -> float:
    """Return the half-depth over both legs (proportion)."""
    return 1.70 + 0.72 * _above(height) ** 1.2


def _above(height: float) -> float:
    """Return the part of a leg that is above a height: 1 at its foot, 0 at its top."""
    return 1 - min(max(height / LEG_HEIGHT, 0.0), 1.0)
