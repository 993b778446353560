"""Files of a new museum: texts, a model, editor settings."""
