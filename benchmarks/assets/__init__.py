"""Compare files for phones with those of other programs, at equal visual error."""
