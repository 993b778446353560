"""Validate glTF files against the glTF 2.0 specification."""
