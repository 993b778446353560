"""What is published of the 241 P locomotives, and what the drawing supposes.

Published: voisin.ch (length with tender, driving wheels); the number 241 itself, which
counts axles: two that carry, four that drive, one that carries. All else is supposed:
it follows the common shape of express locomotives of the time.
Metres; x runs from the front buffers to the rear, y up from the rails.
"""

LENGTH = 27.117  # with tender
DRIVER = 2.02  # diameter of a driving wheel

# Supposed
CARRIERS = ((2.25, 1.04), (4.45, 1.04), (15.15, 1.33))  # axles: x, diameter
DRIVERS = (6.25, 8.37, 10.49, 12.61)
TENDER_WHEEL = 1.2
TENDER_AXLES = (18.75, 20.65, 23.55, 25.45)
CRANK = 0.36
BOILER_Y = 3.02
DECK = 2.28  # running board
FRAME = 1.12
CAB = (14.05, 16.75)
TENDER = (17.35, 26.55)
