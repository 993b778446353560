"""Make levels of detail: budgets, candidate settings, search by visual error."""
