"""Nodes to the model: every problem told in one pass, each value read once."""
