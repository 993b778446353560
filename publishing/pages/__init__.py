"""Pages for visitors, rendered from manifests alone; complete without JavaScript."""
