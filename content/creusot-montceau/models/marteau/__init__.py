"""The parts of the 100-tonne steam hammer of Le Creusot, drawn in code."""
