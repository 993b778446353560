"""How long a command still takes, told as people round it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomusee.phrases import Phrase

if TYPE_CHECKING:
    from tours.diagnostics import Language

_SECONDS = Phrase(fr="encore {count} s environ", en="about {count} s left")
_MINUTES = Phrase(fr="encore {count} min environ", en="about {count} min left")
_IN_MINUTES_S = 90


def remaining(elapsed_s: float, share: float, language: Language) -> str:
    """Return what is left, as far as the part that is done tells; nothing at its ends.

    Parameters
    ----------
    elapsed_s
        Since the work began.
    share
        Of the work that is done, 0 to 1.
    language
        To say it in.
    """
    if not 0 < share < 1:
        return ""
    seconds = elapsed_s * (1 - share) / share
    if seconds > _IN_MINUTES_S:
        return _MINUTES.text(language, count=round(seconds / 60))
    return _SECONDS.text(language, count=5 * max(1, round(seconds / 5)))
