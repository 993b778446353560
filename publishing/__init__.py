"""Compile a museum's folder into a release: pages, labels, leaflets and media."""
