"""Levels of detail: budgets, candidate settings, and the search guided by visual error."""
