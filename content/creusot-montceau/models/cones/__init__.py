"""The two cones of the Verrerie in Le Creusot, drawn in code."""
