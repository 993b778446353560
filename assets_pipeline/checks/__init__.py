"""Checks of what was built: each returns findings whose words are in `findings`."""
