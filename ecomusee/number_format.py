"""Write numbers, lengths and sizes as one language does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tours.diagnostics import Language

_MEGA: Final = 1_000_000
_THIN_SPACE: Final = "\u202f"


class NumberFormat:
    """Numbers as one language writes them."""

    def __init__(self, language: Language) -> None:
        self._is_french = language == "fr"

    def number(self, text: str) -> str:
        """Return a decimal number with the language's own sign."""
        if not self._is_french:
            return text
        return text.replace(",", _THIN_SPACE).replace(".", ",")

    def metres(self, length_m: float) -> str:
        """Return a length, three figures of it."""
        rounded = float(f"{length_m:.3g}")
        return self.number(f"{rounded:,.10g} m")

    def bytes(self, count: int) -> str:
        """Return a weight in thousands or millions of bytes."""
        kilo, mega = ("ko", "Mo") if self._is_french else ("kB", "MB")
        if count < _MEGA - 500:  # not "1000 kB"
            return f"{count / 1000:.0f} {kilo}"
        return self.number(f"{count / _MEGA:.1f} {mega}")

    def count(self, value: int) -> str:
        """Return a whole number, its thousands apart."""
        return self.number(f"{value:,}")

    def share(self, ratio: float) -> str:
        """Return a ratio or a visual error, three decimals of it."""
        return self.number(f"{ratio:.3f}")
