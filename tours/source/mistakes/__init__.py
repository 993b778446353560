"""Recognise the syntax mistakes that stop the YAML parser, and propose fixes."""
