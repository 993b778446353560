"""The parts of the Blanzy mine's headframe, drawn in code."""
