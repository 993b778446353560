"""Serve a release over HTTP: open it, verify it, send its bytes."""
