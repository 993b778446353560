"""The two cones' dimensions: none is published, all are drawn from proportion.

Sources of what stands there, not of any measure:
[merimee]  pop.culture.gouv.fr/notice/merimee/IA71000170: crystal works of 1786-87
[louvre]   louvrepourtous.blogspot.com/2009/10: two conical furnaces in front of the
           château; one holds a chapel, the other a circular theatre with 14 columns,
           made from 1905 to 1909

Proportion: a man's door in a tower some eight times as high; the walls lean in by a
quarter of their height, as glass cones did for their draught. Lanterns, string courses,
openings and ornaments are drawn in the taste of the works of the 1900s, no source. In
reality the cones stand further apart: they frame the court.

Metres; +Y up; the front looks towards +Z; the ground is y = 0.
"""

APART = 21.0
PLINTH = (6.35, 0.9)
"""Radius and height of the stone base."""
FOOT_RADIUS = 6.0
HEAD_RADIUS = 2.55
WALL_TOP = 14.2
LANTERN_RADIUS = 1.55
LANTERN_TOP = 17.4
DOME_TOP = 19.3


def wall_radius(height: float) -> float:
    """Return the wall's radius at a height: a straight cone, flared at its foot."""
    t = (height - PLINTH[1]) / (WALL_TOP - PLINTH[1])
    return FOOT_RADIUS + (HEAD_RADIUS - FOOT_RADIUS) * t + 0.35 * max(0, 0.2 - t) ** 2
