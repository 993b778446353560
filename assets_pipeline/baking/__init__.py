"""Bake the detail of dense models into textures of light ones."""
