"""Reports on request: inspection of a model, comparison of its files, search estimate."""
