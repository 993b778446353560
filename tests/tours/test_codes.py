"""The codes printed on labels: what their check sign catches, how they are given."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tours.codes import (
    ALPHABET,
    BODIES,
    CodesExhaustedError,
    RegisteredCode,
    Registry,
    add_check_sign,
    is_example_address,
    is_valid_code,
    normalise_code,
    suggest_codes,
)

TODAY = date(2026, 3, 3)
SIGNS = len(ALPHABET)
CHECKS = {
    body: add_check_sign("".join(ALPHABET[i] for i in body))[-1]
    for body in product(range(SIGNS), repeat=3)
}
"""The check sign of each of the 12,167 bodies, by the places of their signs."""
VALID = frozenset((*body, ALPHABET.index(check)) for body, check in CHECKS.items())


def test_there_are_as_many_codes_as_bodies() -> None:
    assert len(VALID) == BODIES == 12_167


@pytest.mark.parametrize("place", range(4))
def test_every_wrong_sign_is_caught(place: int) -> None:
    """Two valid codes never differ in one sign: the other three tell the fourth."""
    others = {code[:place] + code[place + 1 :] for code in VALID}

    assert len(others) == BODIES


@pytest.mark.parametrize("place", range(3))
def test_every_swap_of_neighbours_is_caught(place: int) -> None:
    """No valid code stays valid with two different neighbours swapped."""
    a, b = place, place + 1

    swapped = (
        (*code[:a], code[b], code[a], *code[b + 1 :])
        for code in VALID
        if code[a] != code[b]
    )

    assert not any(code in VALID for code in swapped)


@pytest.mark.parametrize("code", ["K7QM", "R4TX", "W9HD"])
def test_the_examples_of_our_pages_are_valid(code: str) -> None:
    assert is_valid_code(code)


@pytest.mark.parametrize("sign", "AEIOUY01L")
def test_no_vowel_and_no_look_alike(sign: str) -> None:
    assert sign not in ALPHABET


@pytest.mark.parametrize("code", ["", "K7Q", "K7QMM", "k7qm", "K7QA", "K7QN", "KÉQM"])
def test_what_is_not_a_code(code: str) -> None:
    assert not is_valid_code(code)


@pytest.mark.parametrize("body", ["", "K7", "K7QM", "A7Q", "k7q"])
def test_a_body_is_three_signs_of_the_alphabet(body: str) -> None:
    with pytest.raises(ValueError, match="3 signs"):
        add_check_sign(body)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("k7qm", "K7QM"),
        (" K7 QM ", "K7QM"),
        ("K7-QM", "K7QM"),
        ("K７QM", "K7QM"),
        ("w9hd.", "W9HD"),
        ("R4TXX", "R4TXX"),
        ("KSZB", "K528"),
    ],
)
def test_typing_is_forgiven(typed: str, code: str) -> None:
    assert normalise_code(typed) == code


@given(st.text())
def test_any_typing_is_taken(typed: str) -> None:
    known = ("K7QM", "R4TX")

    assert set(suggest_codes(typed, known)) <= set(known)
    assert normalise_code(normalise_code(typed)) == normalise_code(typed)


def test_endless_typing_costs_nothing() -> None:
    assert suggest_codes("K" * 10_000_000, ["K7QM"]) == ()


def test_the_nearest_code_comes_first() -> None:
    assert suggest_codes("K7QN", ["R4TX", "K7QM", "K7TM"]) == ("K7QM", "K7TM")


def test_swapped_signs_are_near() -> None:
    assert suggest_codes("7KQM", ["K7QM", "W9HD"]) == ("K7QM",)


def test_at_most_so_many_are_near() -> None:
    known = ["K7QM", "K8QM", "K9QM", "KCQM"]

    assert len(suggest_codes("K7QM", known, limit=2)) == 2


def test_a_given_code_never_changes() -> None:
    first = Registry("https://a.example").assigned([("t", "a"), ("t", "b")], TODAY)

    later = first.assigned([("t", "c"), ("t", "b"), ("t", "a")], date(2027, 1, 1))

    assert later.codes[:2] == first.codes
    assert [entry.stop for entry in later.codes] == ["a", "b", "c"]


def test_the_same_stops_get_the_same_codes_anywhere() -> None:
    """A record that is lost before anything is printed can be made again."""
    pairs = [("t", f"s{i}") for i in range(50)]

    codes = [Registry("https://a.example").assigned(pairs, TODAY) for _ in range(2)]

    assert codes[0] == codes[1]


def test_codes_of_a_tour_do_not_look_counted() -> None:
    """A visitor who reads two labels must not guess the third."""
    pairs = [("t", f"s{i}") for i in range(20)]

    codes = [c.code for c in Registry("https://a.example").assigned(pairs, TODAY).codes]

    assert len({code[0] for code in codes}) > 8
    assert codes != sorted(codes)


def test_an_unknown_stop_has_no_code() -> None:
    assert Registry("https://a.example").code_of("t", "a") is None


def test_all_codes_can_be_given_but_unkind_ones() -> None:
    """The walk from a taken code meets every other: it ends only when none is left."""
    kind = [
        RegisteredCode(
            add_check_sign("".join(ALPHABET[i] for i in body)), "t", f"s{n}", TODAY
        )
        for n, body in enumerate(CHECKS)
    ]
    last = kind.pop(4321)
    full = Registry("https://a.example", tuple(kind))

    one_more = full.assigned([("t", "new")], TODAY)

    assert one_more.codes[-1].code == last.code
    with pytest.raises(CodesExhaustedError):
        one_more.assigned([("t", "newer")], TODAY)


@pytest.mark.parametrize("letters", ["FDP", "NTM", "KKK", "FCK"])
def test_insults_are_never_given(letters: str) -> None:
    """Every name of a stop that points at an unkind code gets the next one."""
    pairs = [("t", f"s{i}") for i in range(3000)]

    codes = Registry("https://a.example").assigned(pairs, TODAY).codes

    assert not any(letters in entry.code for entry in codes)


@pytest.mark.parametrize(
    "address", ["https://m.example", "https://example.org", "https://a.b.test:8443"]
)
def test_addresses_for_examples_belong_to_nobody(address: str) -> None:
    assert is_example_address(address)


@pytest.mark.parametrize(
    "address", ["https://example.fr", "https://test.museum", "https://myexample"]
)
def test_other_addresses_may_be_somebodys(address: str) -> None:
    assert not is_example_address(address)
