"""Reads model files of every supported format into a glTF document."""
