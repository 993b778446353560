"""Render models in software, and measure visual error between two (FLIP)."""
