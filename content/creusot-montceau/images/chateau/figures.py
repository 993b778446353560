"""What is published of the château, and what the drawing supposes.

Published: thirteen bays and a plan in U (chateau-fort-manoir-chateau.eu); two cones in
front of it (louvrepourtous.blogspot.com/2009/10). No dimension is: storeys, roofs,
windows and the cones' proportions are supposed. Lengths in pixels of the sheet.
"""

BAYS = 13
BAY = 88
GROUND = 1130  # where the walls stand
MIDDLE = 1200
WALL = 300  # height of the walls, two storeys
ROOF = 150
WING = 300  # width of each wing's end
CONE_HEIGHT, CONE_FOOT, CONE_TOP = 440, 150, 70  # half-widths
CONES = (470, 1930)

INK_STONE = (232, 214, 176)
SLATE = (118, 128, 146)
BRICK = (206, 146, 112)
GLASS = (120, 142, 156)
GRASS = (168, 188, 118)
GRAVEL = (226, 204, 160)
SKY = (176, 202, 214)
