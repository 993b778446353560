"""Subcommands, one file each: ``SUMMARY``, ``add_arguments`` and ``run``."""
