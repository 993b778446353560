"""One task of a build: its input, its result, and the store that keeps its files."""
