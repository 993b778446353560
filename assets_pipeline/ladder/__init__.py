"""The levels of detail of a model: what each may cost, and the search for what it holds."""
