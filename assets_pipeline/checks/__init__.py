"""Rules over what was built: each yields diagnostics whose words are in `findings`."""
