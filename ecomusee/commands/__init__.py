"""One file a command: its ``SUMMARY``, its ``add_arguments`` and its ``run``."""
