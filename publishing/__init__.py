"""Make a release: pages, labels and media, whole or not at all."""
