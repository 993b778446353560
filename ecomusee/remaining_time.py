"""Estimate the remaining time of a command, in rounded words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ecomusee.localization import Message

if TYPE_CHECKING:
    from tours.diagnostics import Language

_SECONDS = Message(fr="encore {count} s environ", en="about {count} s left")
_MINUTES = Message(fr="encore {count} min environ", en="about {count} min left")
_PASSED = Message(fr="depuis {count} min", en="{count} min so far")
_IN_MINUTES_S: Final = 90
_TELLING: Final = 0.1
"""Share of the work below which the time that it took foretells nothing."""
_WRONG: Final = 2
"""Times what was said, beyond which it is better to say that it takes longer."""


class RemainingTime:
    """Estimator of remaining time that counts down, and hardly ever up.

    Parameters
    ----------
    began_s
        When the work began, by a clock that only goes forward.
    """

    def __init__(self, began_s: float) -> None:
        self._began_s = began_s
        self._share = 0.0
        self._left_s = 0.0
        """What was left when it was last asked, 0 where nobody knew."""
        self._asked_s = began_s

    def told(self, now_s: float, share: float, language: Language) -> str:
        """Return what is left, or the minutes passed while nobody can know.

        Parameters
        ----------
        now_s
            By the same clock.
        share
            Of the work that is done, 0 to 1.
        language
            To say it in.
        """
        if share >= 1:
            return ""
        said_s = self._left_s
        self._left_s = max(0.0, said_s - (now_s - self._asked_s))
        self._asked_s = now_s
        if share > self._share:
            self._share = share
            self._left_s = self._forecast(now_s - self._began_s, said_s)
        if self._left_s > 0:
            return _rounded(self._left_s, language)
        minutes = int((now_s - self._began_s) // 60)
        return _PASSED.text(language, count=minutes) if minutes else ""

    def _forecast(self, elapsed_s: float, said_s: float) -> float:
        """Return the seconds left if the rest goes on as what is done, 0 if too little is.

        A forecast that is a little longer than what was said does not climb: what was
        said stands still until time has caught up.
        """
        if self._share < _TELLING:
            return 0.0
        found_s = elapsed_s * (1 - self._share) / self._share
        is_known = self._left_s > 0
        return (
            min(found_s, said_s) if is_known and found_s <= _WRONG * said_s else found_s
        )


def _rounded(seconds: float, language: Language) -> str:
    if seconds > _IN_MINUTES_S:
        return _MINUTES.text(language, count=round(seconds / 60))
    return _SECONDS.text(language, count=5 * max(1, round(seconds / 5)))
