"""French and English typographic signs of findings' sentences."""

from __future__ import annotations

import re

from tours.diagnostics import Wording

_NO_BREAK = "\u00a0"


def french(what: str, why: str, remedy: str) -> Wording:
    """Return French sentences with no-break spaces before their double signs."""
    spaced = (
        re.sub(r"« | (?=[»:;!?%])", lambda m: m[0].replace(" ", _NO_BREAK), text)
        for text in (what, why, remedy)
    )
    return Wording(*(text.replace("'", "’") for text in spaced))


def english(what: str, why: str, remedy: str) -> Wording:
    """Return English sentences with typographic quotation marks and apostrophes."""
    quoted = (re.sub(r"(?<!\w)'(?=[\w{<])", "‘", text) for text in (what, why, remedy))
    return Wording(*(text.replace("'", "’") for text in quoted))
