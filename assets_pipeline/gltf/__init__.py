"""What a glTF document is in memory, how it is written, and what it measures."""
