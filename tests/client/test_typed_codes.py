"""The service worker reads a typed code exactly as the server does."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from tours.codes import ALPHABET, add_check_sign, normalise_code

if TYPE_CHECKING:
    from tests.client.conftest import CallTypeScript

BY_HAND = [
    "",
    "K7QM",
    "k7qm",
    " k7-qm ",
    "k 7 q m",
    "szgbuy",
    "\uff2b\uff17\uff31\uff2d",  # full-width signs of an Asian keyboard
    "\u2460\u00b2\u00bd",  # a circled number, a power, a fraction
    "stra\u00dfe",
    "\ufb01\u0131\u0149",
    "e\u0301\u0903",  # marks that join and marks that stand
    "\u0664\u0967",
    "\U0001f600\U00010400",
    "\U0001f600" * 31 + "K7",
    "x" * 40,
    "\u200bK7\u00a0QM\u202e",
    "K7QM.",
    "K_7",
]


def _typings() -> list[str]:
    chance = random.Random(20260817)  # noqa: S311 - typing errors, not secrets
    signs = [*ALPHABET, *ALPHABET.lower(), *"zsgbuyoi01 -.'_", "\u00e9", "\u2116"]
    typed = ["".join(chance.choices(signs, k=chance.randint(1, 9))) for _ in range(400)]
    codes = ["".join(chance.choices(ALPHABET, k=3)) for _ in range(100)]
    return [*BY_HAND, *typed, *(add_check_sign(code).lower() for code in codes)]


def test_the_worker_reads_codes_as_the_server_does(
    call_typescript: CallTypeScript,
) -> None:
    typed = _typings()

    read = call_typescript("offline/code.ts", "normaliseCode", typed)

    assert dict(zip(typed, read, strict=True)) == {
        text: normalise_code(text) for text in typed
    }
