"""Hand out a release: read, verify, send bytes."""
