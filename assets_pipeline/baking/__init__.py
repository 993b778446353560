"""Bakes the detail of dense surfaces into textures of light ones."""
