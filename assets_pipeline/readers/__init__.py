"""Readers of every supported model format into a glTF document."""
