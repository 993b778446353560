"""Run tasks: planning, cache, executors, sandbox, progress, preflight checks."""
