"""Reader of PLY files."""
