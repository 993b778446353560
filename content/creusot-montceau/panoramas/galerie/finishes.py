"""Where the gallery's furniture lies on its materials."""

from kit.canvas import Finish

LOG = Finish("log", 2.0)
BOARD = Finish("board", 2.0)
IRON = Finish("iron", 1.5)
RAIL = Finish("rail", 1.7)
ZINC = Finish("zinc", 1.5)
COAL = Finish("coal lumps", 0.4)
BRASS = Finish("brass", 1.0)
GLASS = Finish("lit glass", 1.0)
