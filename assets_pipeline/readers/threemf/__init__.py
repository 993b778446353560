"""3MF packages to a document."""
