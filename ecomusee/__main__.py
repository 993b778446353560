"""``python -m ecomusee``: the command, where its script is not on PATH."""

from ecomusee.cli import run

if __name__ == "__main__":  # worker processes import this file under another name
    run()
