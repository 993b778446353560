"""The lock's dimensions, each with the page it was read on.

Sources
-------
[canal]    French and Russian mirrors of Wikipedia's article on the canal du Centre:
           original lock length 23 toises 2 pieds, fall 8 to 9 pieds
[merimee]  IA71002310: old lock IX, Mediterranean side; design by Gauthey, 1784; a
           keeper's house stands by it
"proportion" marks what no page we read gives: drawn to fit the figures around it.

[canal] doesn't say between which points the length is measured: we take it for the
whole of the masonry. A boat had less: 33 m from sill to gates, as drawn.

Metres, true size (a tour shows it at 1:50); +Y up; the upper reach lies towards -X, the
front looks towards +Z; y = 0 is the quay. The base reaches lower.
"""

TOISE = 1.949  # of Paris, six pieds
PIED = TOISE / 6

LENGTH = 23 * TOISE + 2 * PIED  # [canal]: 45.48 m
FALL = 8.5 * PIED  # [canal] 8 to 9 pieds: 2.76 m

WIDTH = 5.20  # proportion: a boat of the canal's first century, and a hand's breadth
WALL = 2.9  # proportion: thickness of the side walls at their top
UPPER_WATER = -0.55  # proportion
LOWER_WATER = UPPER_WATER - FALL
DRAUGHT = 1.65  # proportion: depth of water over the sills
UPPER_FLOOR = UPPER_WATER - DRAUGHT
LOWER_FLOOR = LOWER_WATER - DRAUGHT

HEAD, TAIL = -LENGTH / 2, LENGTH / 2
UPPER_GATE = HEAD + 5.6  # proportion: where the upper gates turn
LOWER_GATE = UPPER_GATE + 33.0  # proportion
MITRE = 0.36  # proportion: how far closed gates point upstream, of half their span

BASE = (64.0, 27.0)  # of the scale model: x, z
BASE_TOP = LOWER_FLOOR - 0.55
BASE_HEIGHT = 1.1  # 22 mm of wood at 1:50
LOWER_GROUND = -2.45  # proportion: the lower towpath
TOWPATH = (7.6, 1.35)  # proportion: its axis and half-width, along z
