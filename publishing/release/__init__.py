"""Releases: drafting, planning, writing, integrity, comparison and rollback."""
