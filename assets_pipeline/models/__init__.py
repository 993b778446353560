"""Make a source model into its bundle: read, clean, reduce, bake, package."""
