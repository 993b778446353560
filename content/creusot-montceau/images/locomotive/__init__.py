"""Locomotive 241 P 17 from the side, as a drawing office would draw it."""
