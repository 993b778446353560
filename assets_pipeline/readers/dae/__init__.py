"""Reader of COLLADA files."""
