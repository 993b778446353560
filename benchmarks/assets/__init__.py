"""Files for phones compared with those of other programs, at equal looks."""
