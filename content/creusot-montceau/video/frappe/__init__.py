"""One blow of the hammer: its motion, its light, its sparks, its sound."""
