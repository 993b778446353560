"""The command: the only code that prints and exits."""
