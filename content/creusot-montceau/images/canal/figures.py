"""What is published of the canal, and what the drawing supposes.

Published: 112 km, 61 locks (canaux.bourgognefranchecomte.fr), 27 towards the Loire and
34 towards the Saône, a summit reach at 301 m, begun in 1784, opened from 1791 to 1793,
once about 80 locks (fr.wikipedia.org/wiki/Canal_du_Centre_(France)). The steps of the
profile are counted; that all are alike, and where the summit stands, is supposed.
Lengths in pixels of the sheet.
"""

LOIRE_LOCKS, SAONE_LOCKS = 27, 34
LEFT, RIGHT = 130.0, 2270.0  # the rivers' outer banks
RIVER = 130.0  # width of each river
SUMMIT = 320.0  # length of the summit reach
TOP = 640.0  # its water
RISE = 11.0  # of one lock
BOTTOM = 1058.0  # where the drawn earth ends
DEPTH = 15.0  # of the water

HULL = (150, 96, 62)
HILL = (190, 196, 158)
SKY = (176, 202, 214)
