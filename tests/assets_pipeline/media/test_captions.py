"""Timed words: read as WebVTT says, judged for readers, written clean."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets_pipeline.errors.exceptions import (
    AssetError,
    LimitExceededError,
    UnsupportedFormatError,
)
from assets_pipeline.media.captions import Cue, extract_text, parse_webvtt, write_webvtt

WHOLE = """\ufeffWEBVTT - Les mots du marteau

NOTE fait par Jeanne, 06 12 34 56 78

STYLE
::cue { color: lime }

1
00:01.000 --> 00:03.500 align:start position:10%
<v Jeanne>Cent tonnes de fonte
et d'acier.

00:00:04.000 --> 00:00:06.000
<i>Il frappe.</i> &amp; il s'arrête.
"""


def cues(text: str) -> tuple[Cue, ...]:
    """Return the cues of a text."""
    return parse_webvtt(text.encode(), "a.vtt").cues


def codes(text: str) -> list[tuple[str, int | None]]:
    """Return the code and line of each problem of a text."""
    return [(p.code, p.line) for p in parse_webvtt(text.encode(), "a.vtt").problems]


def one(times: str, text: str = "Bonjour.") -> str:
    """Return a file of one cue."""
    return f"WEBVTT\n\n{times}\n{text}\n"


def test_a_whole_file_is_read() -> None:
    first, second = cues(WHOLE)

    assert (first.start_s, first.end_s, first.line) == (1.0, 3.5, 9)
    assert first.settings == ("align:start", "position:10%")
    assert (first.plain, first.speaker) == (
        "Cent tonnes de fonte et d'acier.",
        "Jeanne",
    )
    assert (second.plain, second.speaker) == ("Il frappe. & il s'arrête.", None)
    assert codes(WHOLE) == []


def test_comments_and_styles_are_not_published() -> None:
    """A telephone number in a note stays with the museum."""
    clean = write_webvtt(cues(WHOLE))

    assert "06 12" not in clean
    assert "STYLE" not in clean
    assert clean.startswith("WEBVTT\n\n00:00:01.000 --> 00:00:03.500 align:start")


def test_words_are_told_with_who_speaks() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>Un.\n\n00:02.000 --> 00:03.000\n<v A>Deux."

    assert extract_text(text.encode()) == ("A: Un.", "Deux.")


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_lines_may_end_as_on_any_computer(ending: str) -> None:
    assert len(cues(WHOLE.replace("\n", ending))) == 2


def test_a_forgotten_empty_line_does_not_swallow_a_cue() -> None:
    text = one("00:01.000 --> 00:02.000", "Un.\n00:03.000 --> 00:04.000\nDeux.")

    assert [cue.plain for cue in cues(text)] == ["Un.", "Deux."]


@pytest.mark.parametrize(
    "times",
    [
        "00:00:01,000 --> 00:00:02,000",
        "1.000 --> 2.000",
        "00:01.0 --> 00:02.0",
        "00:61.000 --> 00:62.000",
        "00:01.000-->00:02.000",
        "00:01.000 --> ",
        "0:00:01.000 --> 0:00:02.000",
    ],
)
def test_times_that_cannot_be_read_are_told_at_their_line(times: str) -> None:
    """SubRip's commas among them."""
    assert ("A040", 3) in codes(one(times))


def test_words_without_times_are_told() -> None:
    assert codes("WEBVTT\n\n00:01.000 --> 00:02.000\nUn.\n\nDeux.") == [("A040", 6)]


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ("00:03.000 --> 00:02.000", "A041"),
        ("00:03.000 --> 00:03.000", "A041"),
        ("00:00.500 --> 00:09.000", "A041"),
        ("00:01.500 --> 00:03.000", "A042"),
    ],
)
def test_cues_follow_one_another(second: str, code: str) -> None:
    text = one("00:01.000 --> 00:02.000", f"Un.\n\n{second}\nDeux.")

    assert codes(text) == [(code, 6)]


def test_cues_may_touch() -> None:
    text = one("00:01.000 --> 00:02.000", "Un.\n\n00:02.000 --> 00:03.000\nDeux.")

    assert codes(text) == []


def test_what_nobody_can_read_in_time_is_told() -> None:
    """Twenty-six characters a second, by tags as many as one likes."""
    assert codes(one("00:01.000 --> 00:02.000", "m" * 26)) == [("A043", 3)]
    assert codes(one("00:01.000 --> 00:02.000", f"<v {'A' * 30}>{'m' * 25}")) == []


def test_a_file_without_words_is_told() -> None:
    assert codes("WEBVTT") == [("A044", None)]


@pytest.mark.parametrize(
    "content", [b"", b"WEBVTTx\n", b"1\n00:00:01,000", b"WEBVTT\n\xff"]
)
def test_other_files_are_refused(content: bytes) -> None:
    with pytest.raises(UnsupportedFormatError):
        parse_webvtt(content, "a.vtt")


def test_a_vast_file_is_refused() -> None:
    with pytest.raises(LimitExceededError):
        parse_webvtt(b"WEBVTT\n\n" + b"\n" * (1 << 20), "a.vtt")


@given(st.text())
def test_any_text_gives_cues_or_an_error_of_ours(text: str) -> None:
    with contextlib.suppress(AssetError):
        parse_webvtt(f"WEBVTT\n\n{text}".encode("utf-8", "surrogatepass"), "a.vtt")


spans = st.integers(0, 360_000_000).flatmap(
    lambda start: st.tuples(st.just(start), st.integers(start + 1, start + 10_000))
)
words = st.text(st.characters(min_codepoint=32, exclude_categories=("C", "Z"))).map(
    lambda text: " ".join(text.split()) or "x"
)


@given(st.lists(st.tuples(spans, words), min_size=1))
def test_what_is_written_is_read_again(
    given_cues: list[tuple[tuple[int, int], str]],
) -> None:
    """Round trip: to the millisecond."""
    wanted = [Cue(a / 1000, b / 1000, text) for (a, b), text in given_cues]

    found = cues(write_webvtt(wanted))

    assert [(c.start_s, c.end_s, c.text) for c in found] == [
        (c.start_s, c.end_s, c.text) for c in wanted
    ]
