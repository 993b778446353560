"""Where the hammer's parts lie on its two materials."""

from kit.canvas import Finish

PAINTED = Finish("painted iron", 2.0, plain_m=(0.70, 1.46))
STEEL = Finish("trim", 6.8, (0.0, 0.0, 0.5))
WOOD = Finish("trim", 4.0, (0.5, 0.0, 0.5))
STONE = Finish("trim", 2.8, (0.0, 0.5, 0.5))
CAST = Finish("trim", 6.0, (0.5, 0.5, 0.5))
