"""PLY files to a document."""
