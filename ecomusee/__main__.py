"""``python -m ecomusee``: the command, where its script is not on PATH."""

from ecomusee.cli import run

run()
