"""Reader of 3MF packages."""
