"""A curator's own words, made fit to stand inside a sentence of ours."""

MOST_SIGNS = 60


def shown(text: str) -> str:
    """Return a text on one line, shortened in its middle when it is long."""
    line = " ".join(text.split())
    if len(line) <= MOST_SIGNS:
        return line
    half = MOST_SIGNS // 2 - 1
    return f"{line[:half]}…{line[-half:]}"
