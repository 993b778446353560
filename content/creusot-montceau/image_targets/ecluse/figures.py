"""The lock's dimensions, each with the page it was read on.

Sources
-------
[canal]   fr.wikipedia.org/wiki/Canal_du_Centre_(France): first locks 23 toises 2 pieds
          long, falls of 8 to 9 pieds
[lock]    Mérimée IA71002310: lock IX of the Mediterranean side, design of 1784 by
          Émiland Gauthey, bypassed from 1886 to 1888

"proportion" marks what no page we read gives: drawn to fit the figures around it.
Metres: x from the upstream end of the masonry, y across (north is negative), z down
from the top of the walls.
"""

PIED = 0.32484
TOISE = 6 * PIED

LENGTH = 23 * TOISE + 2 * PIED  # [canal]: 45.5 m
FALL = 8.5 * PIED  # [canal]: between 8 and 9

HALF_WIDTH = 2.6  # proportion, as all that follows
RECESS = 0.38
WALL = 4.7  # outer face of the side walls
HEAD_WALL = 5.3
UPPER_RECESS = (3.5, 7.0)
LOWER_RECESS = (33.6, 37.1)
MITRE = 1.3  # how far the gates' meeting point stands upstream of their hinges
FALL_WALL = 8.6
UPPER_WATER = 0.65
DEPTH = 1.6
LOWER_WATER = UPPER_WATER + FALL
UPPER_FLOOR = UPPER_WATER + DEPTH
LOWER_FLOOR = LOWER_WATER + DEPTH
RAFT = 0.95  # thickness of the masonry under the floor
END_OF_PILES = LOWER_FLOOR + RAFT + 1.7

PIXELS_PER_METRE = 40  # 2400 pixels for 60 cm of paper, at one to a hundred
