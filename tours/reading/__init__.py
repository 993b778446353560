"""Read nodes into the model: every finding in one pass, each value read once."""
