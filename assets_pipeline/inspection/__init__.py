"""Reports on request: what a model holds, before and after, what a search would save."""
