"""What surrounds the hammer, and the camera that sees it then and now.

The hall is an evocation, drawn from proportion, no source: no page we read gives its
size or its frame. So are the square's kerbs, lawns and houses; that the hammer stands
alone in a square since 1969 is le-creusot.fr's.

Metres; +Y up; the hammer's own frame: its front looks towards +Z, the ground is y = 0.
"""

HALL_HALF_WIDTH = 21.0
HALL_Z = (-27.0, 33.0)
EAVES = 21.5
RIDGE = 29.0
BAY = 6.0

CAMERA = (11.6, 2.7, 25.6)
TARGET = (0.4, 9.3, 0.0)
FIELD_OF_VIEW_DEG = 56.0

LAWN_RADIUS = 12.5
ROAD = (15.5, 24.0)
"""Inner and outer radius of the ring road."""
