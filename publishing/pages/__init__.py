"""Pages for visitors, from manifests alone; whole and useful without JavaScript."""
