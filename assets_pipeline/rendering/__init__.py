"""Software rendering of models, and the visual error between two of them (FLIP)."""
