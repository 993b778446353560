"""Pages for staff: what a museum holds, and what a release would change."""
