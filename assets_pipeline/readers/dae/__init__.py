"""COLLADA files to a document."""
