"""Encode templates of image targets as packs of few bytes.

A pack is what a phone fetches of one print: its width in metres, and the grey template
that everything else is recomputed from. All numbers are little endian:

    offset  size
         0     4  "ECMT"
         4     1  version, 1
         5     1  flags, none yet: 0
         6     2  width of the template, px
         8     2  its height, px
        10     2  how many bands follow
        12     4  printed width, micrometres
        16     4  how many bytes follow the steps
        20     4  CRC-32 (IEEE 802.3) of all that follows
        24    2n  each band's quantizer step, 16ths of a grey level
               -  the coefficients, coded

The coefficients are those of `wavelet`, band after band from the coarsest, row after
row. Each is coded as yes-or-no questions: is it other than zero, is it beyond 1,
beyond 2 ..., which sign; each answer by a binary range coder (Martin, Range encoding,
1979; carries as in LZMA) whose odds adapt to the answers so far in the same context.
A context is what the neighbours that are already known, and the coefficient of the
same place in the coarser band, lead one to expect.

`client/tracker/codec.c` is the decoder that phones run, `decoding` one to check it by.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.image_targets.range_coder import encode_bits
from assets_pipeline.image_targets.wavelet import Band, bands_of, gains, transform

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assets_pipeline.arrays import Float64Array, Int32Array, Int64Array, Uint8Array


VERSION: Final = 1
MAX_PACK_BYTES: Final = 20_000
"""A decimal kilobyte counts 1000."""
MAX_EDGE_PX: Final = 512
MIN_EDGE_PX: Final = 32
HEADER: Final = struct.Struct("<4sBBHHHIII")
MAGIC: Final = b"ECMT"
CHECKED_FROM: Final = 24
MICROMETRES: Final = 1_000_000
_ROUNDING: Final = 0.38
"""What is added before a coefficient is cut to a whole number of steps.

Below one half: small coefficients cost more bits than they are worth. Best of .30, .38
and .45 on the demonstration museum's pictures, by a tenth of a decibel.
"""
_MAX_STEP: Final = 65_535

ACTIVITY_BOUNDS: Final = (1, 2, 3, 4, 5, 7, 9, 12, 16, 24)
MAGNITUDE_BOUNDS: Final = (2, 4, 7, 11, 18)
MOST_UNARY: Final = 14
_KINDS: Final = {"low": 0, "across": 0, "down": 1, "both": 2}
SIGNIFICANCE_CONTEXTS: Final = 9 * (len(ACTIVITY_BOUNDS) + 1)
_MAGNITUDE_CONTEXTS: Final = (len(MAGNITUDE_BOUNDS) + 1) * MOST_UNARY
EVEN: Final = SIGNIFICANCE_CONTEXTS + _MAGNITUDE_CONTEXTS
"""The context of answers that nothing foretells."""
CONTEXTS: Final = EVEN + 1


class TemplateError(Exception):
    """A pack that can't be decoded, or a template that can't be encoded."""


def encode_pack(
    pixels: Uint8Array, width_m: float, most_bytes: int = MAX_PACK_BYTES
) -> bytes:
    """Return the pack of a template, in the best quality that fits.

    Parameters
    ----------
    pixels : (height, width) uint8
        Grey; edges of 32 to 512 px.
    width_m
        Of the print, metres.
    most_bytes
        The pack is no larger.

    Raises
    ------
    TemplateError
        If an edge is out of range, or nothing fits.
    """
    height, width = pixels.shape
    if not (min(width, height) >= MIN_EDGE_PX and max(width, height) <= MAX_EDGE_PX):
        message = f"a template of {width} x {height} px"
        raise TemplateError(message)
    coefficients = transform(pixels)
    base = _best_step(coefficients, most_bytes)
    best = b""
    for tried in range(_MOST_TRIES):
        pack = _packed(coefficients, width_m, base)
        fits = len(pack) <= most_bytes
        best = max(best, pack, key=len) if fits else best
        finer = base * (len(pack) / (most_bytes * _NEARLY)) ** _STEP_FOR_BYTES
        if best and (tried >= _TRIES or (fits and base == _FINEST)):
            return best
        base = max(finer, _FINEST)
    message = f"a template in {most_bytes} bytes"
    raise TemplateError(message)


_FINEST: Final = 32.0
"""A step of two grey levels: finer ones would not show."""
_TRIES: Final = 2
_MOST_TRIES: Final = 12
_NEARLY: Final = 0.998
_STEP_FOR_BYTES: Final = 1.3
"""The power of a pack's size that its step must grow by, to make it fit."""


def _best_step(coefficients: Int32Array, most_bytes: int) -> float:
    """Return the step whose pack is about as large as it may be.

    Sizes are estimated by the entropy in each context, which the adaptive coder comes
    within a few hundredths of.
    """
    height, width = coefficients.shape
    bands = tuple(bands_of(width, height))
    least, most = _FINEST, float(_MAX_STEP) / 4
    for _ in range(_HALVINGS):
        middle = (least * most) ** 0.5
        cut = _cut(coefficients, bands, _steps(bands, middle))
        if _estimated_bytes(cut, bands) > most_bytes:
            least = middle
        else:
            most = middle
    return least if least == _FINEST else most


_HALVINGS: Final = 9


def _steps(bands: Sequence[Band], base: float) -> tuple[int, ...]:
    """Return each band's step, so that all weigh the same in the picture."""
    gain_of = gains(bands[0].level)
    wanted = (round(base / gain_of[band.kind, band.level]) for band in bands)
    return tuple(min(max(step, 1), _MAX_STEP) for step in wanted)


def _cut(
    coefficients: Int32Array, bands: Sequence[Band], steps: Sequence[int]
) -> Int32Array:
    """Return coefficients in whole numbers of their band's step."""
    whole = np.zeros_like(coefficients)
    for band, step in zip(bands, steps, strict=True):
        part = coefficients[band.place]
        counts = np.floor(np.abs(part) / step + _ROUNDING).astype(np.int32)
        whole[band.place] = np.sign(part) * counts
    return whole


def _packed(coefficients: Int32Array, width_m: float, base: float) -> bytes:
    height, width = coefficients.shape
    bands = tuple(bands_of(width, height))
    steps = _steps(bands, base)
    contexts, answers = _questions(_cut(coefficients, bands, steps), bands)
    coefficients_coded = encode_bits(contexts.tolist(), answers.tolist(), EVEN)
    body = struct.pack(f"<{len(steps)}H", *steps) + coefficients_coded
    micrometres = round(width_m * MICROMETRES)
    return (
        HEADER.pack(
            MAGIC,
            VERSION,
            0,
            width,
            height,
            len(steps),
            micrometres,
            len(coefficients_coded),
            zlib.crc32(body),
        )
        + body
    )


def _estimated_bytes(whole: Int32Array, bands: Sequence[Band]) -> float:
    contexts, answers = _questions(whole, bands)
    asked = np.bincount(contexts, minlength=CONTEXTS).astype(np.float64)
    yes = np.bincount(contexts, answers, minlength=CONTEXTS).astype(np.float64)
    learning = float(np.log2(asked + 1).sum())
    bits = _surprise(yes, asked) + _surprise(asked - yes, asked) + learning
    return bits / 8 + CHECKED_FROM + 2 * len(bands)


def _surprise(times: Float64Array, of: Float64Array) -> float:
    """Return the bits that answers given so many times of all cost."""
    some = times > 0
    return float((times[some] * np.log2(of[some] / times[some])).sum())


def _questions(
    whole: Int32Array, bands: Sequence[Band]
) -> tuple[Int64Array, Int64Array]:
    """Return the contexts of all questions in their order, and the answers, 0 or 1."""
    parts = [
        _questions_of_band(whole[band.place], _activity(whole, band, bands), band)
        for band in bands
    ]
    contexts, answers = zip(*parts, strict=True)
    return np.concatenate(contexts), np.concatenate(answers)


def _activity(whole: Int32Array, band: Band, bands: Sequence[Band]) -> Int32Array:
    """Return what is known around each coefficient of a band, before it is.

    The neighbours along the way in which the band's details run on weigh more.
    """
    size = np.abs(whole[band.place])
    left, above = _moved(size, 0, 1), _moved(size, 1, 0)
    beside = _moved(size, 1, 1) + _moved(size, 1, -1)
    further_left, further_up = _moved(size, 0, 2), _moved(size, 2, 0)
    if band.kind == "across":
        found = 2 * left + 3 * above + beside + further_up
    elif band.kind == "down":
        found = 3 * left + 2 * above + beside + further_left
    else:
        found = 2 * (left + above) + beside + further_left + further_up
    coarser = next(
        (b for b in bands if b.kind == band.kind and b.level == band.level + 1), None
    )
    if coarser is None:
        return found
    rows = np.minimum(np.arange(band.height) // 2, coarser.height - 1)
    columns = np.minimum(np.arange(band.width) // 2, coarser.width - 1)
    above_it: Int32Array = np.abs(whole[coarser.place])[np.ix_(rows, columns)]
    return found + 2 * above_it


def _moved(size: Int32Array, down: int, right: int) -> Int32Array:
    """Return an array moved down and to the right (or left), zeros following in."""
    height, width = size.shape
    moved = np.zeros_like(size)
    source = size[: height - down, max(-right, 0) : width - max(right, 0)]
    moved[down:, max(right, 0) : width + min(right, 0)] = source
    return moved


def _questions_of_band(
    part: Int32Array, activity: Int32Array, band: Band
) -> tuple[Int64Array, Int64Array]:
    size, around = np.abs(part).ravel(), activity.ravel()
    beyond = np.maximum(size - MOST_UNARY - 1, -1)
    suffix = np.where(beyond >= 0, 2 * _bit_lengths(beyond + 1) - 1, 0)
    counts = 1 + (size > 0) * (np.minimum(size, MOST_UNARY) + 1) + suffix
    starts = np.cumsum(counts) - counts
    contexts = np.full(int(counts.sum()), EVEN, np.int64)
    answers = np.zeros_like(contexts)
    contexts[starts] = first_context(band) + np.searchsorted(
        ACTIVITY_BOUNDS, around, side="right"
    )
    answers[starts] = size > 0
    group = np.searchsorted(MAGNITUDE_BOUNDS, around, side="right") * MOST_UNARY
    for count in range(1, MOST_UNARY + 1):
        reached = size >= count
        at = starts[reached] + count
        contexts[at] = SIGNIFICANCE_CONTEXTS + group[reached] + count - 1
        answers[at] = size[reached] > count
    for place in np.flatnonzero(beyond >= 0):
        bits = _exponential_golomb(int(beyond[place]))
        at = starts[place] + 1 + MOST_UNARY
        answers[at : at + len(bits)] = bits
    last = (starts + counts - 1)[size > 0]
    answers[last] = part.ravel()[size > 0] < 0
    return contexts, answers


def first_context(band: Band) -> int:
    """Return the first context of the zero flags of a band."""
    group = _KINDS[band.kind] + 3 * (min(band.level, 3) - 1)
    return group * (len(ACTIVITY_BOUNDS) + 1)


def _bit_lengths(values: Int32Array) -> Int32Array:
    return np.floor(np.log2(np.maximum(values, 1))).astype(np.int32) + 1


def _exponential_golomb(value: int) -> list[int]:
    """Return a number's bits after as many zeros as it has bits beyond the first."""
    text = bin(value + 1)[2:]
    return [0] * (len(text) - 1) + [int(digit) for digit in text]
