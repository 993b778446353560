"""The short codes printed on labels, and the museum's registry of them.

A code is three signs and a check sign over GF(23): it catches every wrong sign and
every swap of neighbours. Codes are given once and for all: a `Registry` only grows.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

ALPHABET = "23456789CDFHJKMNPQRTVWX"
"""Twenty-three signs: no vowel, so that no word appears; of each pair that eyes or hands
confuse (0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V Y) at most one."""
CODE_SIGNS = 4
BODY_SIGNS = 3
BODIES = len(ALPHABET) ** BODY_SIGNS
_WEIGHTS = (12, 17, 11)
"""All different, none 0 and the last not 22 (modulo 23): what the proof needs."""
_LOOK_ALIKES = str.maketrans("ZSGBUY", "2568VV")
_MOST_TYPED = 32
_STRIDE = 5077
"""From one candidate to the next: odd to the eye, and prime to 23, so it meets all."""
_UNKIND = re.compile(
    r"F[D6]P|NTM|PTN|FTG|NQT|F[CK]K|KKK|N6R|[CK]4[CK]|P[DR4]D|[CK]N[RD]|TWT"
)
"""Insults without vowels, in French and English, that four such signs can spell."""
_NOBODYS = re.compile(r"(.+\.)?(example(\.(com|net|org))?|test|invalid|localhost)")
"""Hosts that belong to nobody, for ever: kept for examples and trials (RFC 2606)."""
FILE_NAME = "codes.lock.yaml"
_HEADER = """\
# NE MODIFIEZ JAMAIS CE FICHIER À LA MAIN, et ne l'effacez pas.
# Il garde pour toujours les codes imprimés sur les étiquettes et l'adresse publique
# qu'elles portent : une étiquette posée ne se corrige plus. « ecomusee labels » y ajoute
# les codes des nouveaux arrêts. Rangez-le avec les visites, et gardez-en une copie.
#
# NEVER EDIT THIS FILE BY HAND, and never delete it: it keeps for ever the codes printed
# on labels, and the public address that they carry.
"""


class CodesExhaustedError(Exception):
    """No code is left: a museum has given more than twelve thousand."""


@dataclass(frozen=True, slots=True)
class RegisteredCode:
    """A code given to a stop, once and for all."""

    code: str
    tour: str
    stop: str
    since: date
    printed: date | None = None
    """When its label was first drawn with the words that it has; None when never."""
    label: str | None = None
    """What that label says, as eight signs."""


@dataclass(frozen=True, slots=True)
class Registry:
    """The codes that a museum has given, in the order given, and its public address."""

    address: str
    codes: tuple[RegisteredCode, ...] = ()

    def code_of(self, tour: str, stop: str) -> str | None:
        """Return the code of a stop, or None when it has none yet."""
        found = (c.code for c in self.codes if (c.tour, c.stop) == (tour, stop))
        return next(found, None)

    def assigned(self, pairs: Iterable[tuple[str, str]], today: date) -> Registry:
        """Return the registry with a code for each (tour, stop); none ever changes.

        Raises
        ------
        CodesExhaustedError
            If every code is taken.
        """
        codes = list(self.codes)
        known = {(entry.tour, entry.stop) for entry in codes}
        taken = {entry.code for entry in codes}
        for tour, stop in pairs:
            if (tour, stop) in known:
                continue
            code = _free_code(tour, stop, taken)
            codes.append(RegisteredCode(code, tour, stop, today))
            known.add((tour, stop))
            taken.add(code)
        return replace(self, codes=tuple(codes))

    def moved(self, address: str) -> Registry:
        """Return the registry at a museum's address, while its own leads nowhere."""
        return (
            replace(self, address=address) if is_example_address(self.address) else self
        )

    def to_yaml(self) -> str:
        """Return the text of ``codes.lock.yaml``."""
        lines = [f"address: {self.address}", f"count: {len(self.codes)}"]
        if self.codes:
            lines.append("codes:")
        lines.extend(
            f"  - {{ code: {entry.code}, tour: {entry.tour}, stop: {entry.stop}, "
            f"since: {entry.since.isoformat()}, seal: {compute_seal(self.address, entry)}"
            f"{_print_of(entry)} }}"
            for entry in self.codes
        )
        return _HEADER + "\n".join(lines) + "\n"


def is_example_address(address: str) -> bool:
    """Whether an address is for examples only: no label can ever lead there."""
    return _NOBODYS.fullmatch(urlsplit(address).hostname or "") is not None


def compute_seal(address: str, entry: RegisteredCode) -> str:
    """Return a checksum of what never changes in an entry: eight hexadecimal digits.

    When a label was printed is not among it, for that changes.
    """
    parts = (address, entry.code, entry.tour, entry.stop, entry.since.isoformat())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]


def _print_of(entry: RegisteredCode) -> str:
    """Return an entry's fields about its label, last, where older programs ignore them."""
    if entry.printed is None or entry.label is None:
        return ""
    return f", printed: {entry.printed.isoformat()}, label: {entry.label}"


def add_check_sign(body: str) -> str:
    """Return a code: three signs of the alphabet and their check sign.

    Raises
    ------
    ValueError
        If the body is not three signs of the alphabet.
    """
    if len(body) != BODY_SIGNS or not set(body) <= set(ALPHABET):
        message = f"a code's body is {BODY_SIGNS} signs of {ALPHABET}, not {body!r}"
        raise ValueError(message)
    total = sum(
        weight * ALPHABET.index(sign)
        for weight, sign in zip(_WEIGHTS, body, strict=True)
    )
    return body + ALPHABET[total % len(ALPHABET)]


def is_valid_code(code: str) -> bool:
    """Return whether these are four signs of the alphabet and the last one checks."""
    return (
        len(code) == CODE_SIGNS
        and set(code) <= set(ALPHABET)
        and add_check_sign(code[:BODY_SIGNS]) == code
    )


def normalise_code(typed: str) -> str:
    """Return what was typed as a code would be: upper case, spaces and hyphens gone.

    Signs outside the alphabet become the one they look like (S is 5); what looks like
    none stays, so the result may be no code at all.
    """
    folded = unicodedata.normalize("NFKC", typed[:_MOST_TYPED]).upper()
    return "".join(s for s in folded if s.isalnum()).translate(_LOOK_ALIKES)


def suggest_codes(typed: str, known: Iterable[str], limit: int = 5) -> tuple[str, ...]:
    """Return the known codes that a wrong one may stand for, the likeliest first.

    At most two signs are wrong, missing, too many or swapped with a neighbour.
    """
    wanted = normalise_code(typed)[: CODE_SIGNS * 2]
    ranked = sorted((_edits(wanted, code), code) for code in set(known))
    return tuple(code for edits, code in ranked if edits <= 2)[:limit]  # noqa: PLR2004 - of four signs


def _free_code(tour: str, stop: str, taken: set[str]) -> str:
    """Return a free code: where a digest of the names points, or further on."""
    digest = hashlib.sha256(f"{tour}/{stop}".encode()).digest()
    first = int.from_bytes(digest[:8], "big")
    for step in range(BODIES):
        code = add_check_sign(_body((first + step * _STRIDE) % BODIES))
        if code not in taken and not _UNKIND.search(code):
            return code
    message = f"all {BODIES} codes are taken"
    raise CodesExhaustedError(message)


def _body(number: int) -> str:
    signs = []
    for _ in range(BODY_SIGNS):
        number, rest = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[rest])
    return "".join(signs)


def _edits(a: str, b: str) -> int:
    """Return how many signs to change, add, drop or swap with a neighbour."""
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, sign in enumerate(a, 1):
        row = [i]
        for j, other in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (sign != other))
            if i > 1 and j > 1 and sign == b[j - 2] and a[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
