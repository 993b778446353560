"""A build task: its input, its result, and the store that keeps its files."""
