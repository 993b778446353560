"""One source model to its bundle: read, clean, reduce, bake, package."""
