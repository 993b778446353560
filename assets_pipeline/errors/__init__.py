"""Exceptions of the pipeline, and their causes in French and English."""
