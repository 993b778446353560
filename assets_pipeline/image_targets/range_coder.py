"""Adaptive binary range coder.

Martin, Range encoding (1979); carries as in LZMA. Each context keeps the odds of a yes,
in 65536ths, as the running mean of its answers. The same in
`client/tracker/image/wavelet_decoder.c`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_HALF: Final = 1 << 15
_MOST_COUNT: Final = 60
_ADAPTATION: Final = tuple(int((1 << 15) / (n + 1.5)) for n in range(_MOST_COUNT + 1))
"""By how much odds move with an answer after `n` others, in 32768ths."""
_TOP: Final = 1 << 24
_ALL: Final = (1 << 32) - 1
_SURE, _UNLIKELY = 65_500, 36
"""Never quite certain, so that no answer becomes impossible."""
_BYTE: Final = 0xFF


def encode_bits(contexts: Sequence[int], answers: Sequence[int], even: int) -> bytes:
    """Return bits as the range coder writes them.

    Parameters
    ----------
    contexts
        Of each question, from 0.
    answers
        To each, 0 or 1.
    even
        The highest context, of questions that nothing foretells: its odds never move.
    """
    odds, counts = [_HALF] * (even + 1), [0] * (even + 1)
    low, width = 0, _ALL
    out = bytearray()
    for context, answer in zip(contexts, answers, strict=True):
        chance = odds[context]
        bound = (width >> 16) * chance
        if answer:
            width = bound
        else:
            low += bound
            width -= bound
        if context != even:
            count = counts[context]
            odds[context] = _moved_odds(chance, answer, count)
            if count < _MOST_COUNT:
                counts[context] = count + 1
        while width < _TOP:
            if low > _ALL:
                _carry(out)
                low &= _ALL
            out.append(low >> 24)
            low = (low & (_TOP - 1)) << 8
            width <<= 8
    for _ in range(4):
        if low > _ALL:
            _carry(out)
            low &= _ALL
        out.append(low >> 24)
        low = (low & (_TOP - 1)) << 8
    while out and out[-1] == 0:  # what is missing reads as zeros
        out.pop()
    return bytes(out)


def _moved_odds(chance: int, answer: int, count: int) -> int:
    """Return the odds of a yes, in 65536ths, after one more answer."""
    target = _SURE if answer else _UNLIKELY
    return chance + ((target - chance) * _ADAPTATION[count] >> 15)


def _carry(out: bytearray) -> None:
    place = len(out) - 1
    while out[place] == _BYTE:
        out[place] = 0
        place -= 1
    out[place] += 1


class RangeDecoder:
    """Decodes the bits of a coded text, one context after another.

    Parameters
    ----------
    content
        What `encode_bits` gave; what is missing at its end reads as zeros.
    even
        As it was coded with.
    """

    def __init__(self, content: bytes, even: int) -> None:
        self._content = content
        self._place = 4
        self._width = _ALL
        self._code = int.from_bytes(content[:4].ljust(4, b"\0"), "big")
        self._odds, self._counts = [_HALF] * (even + 1), [0] * (even + 1)
        self._even = even

    def decode_bit(self, context: int) -> int:
        """Return the next bit, 0 or 1, of a context."""
        chance = self._odds[context]
        bound = (self._width >> 16) * chance
        answer = int(self._code < bound)
        if answer:
            self._width = bound
        else:
            self._code -= bound
            self._width -= bound
        if context != self._even:
            count = self._counts[context]
            self._odds[context] = _moved_odds(chance, answer, count)
            self._counts[context] = min(count + 1, _MOST_COUNT)
        while self._width < _TOP:
            more = self._content[self._place : self._place + 1]
            self._code = (self._code << 8 | (more[0] if more else 0)) & _ALL
            self._place += 1
            self._width = self._width << 8 & _ALL
        return answer
