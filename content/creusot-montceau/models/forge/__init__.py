"""Where the hammer stands in its pictures: the forge hall, and the square of today."""
