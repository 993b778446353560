"""What a new museum starts with: two texts, a model, and help for its editor."""
