"""What is said, read from the files that time it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.pages.transcript import Paragraph, transcript_paragraphs


def test_cues_without_a_pause_are_one_paragraph() -> None:
    written = (
        "WEBVTT\n\n00:00.000 --> 00:02.000\nUn marteau\nde cent tonnes\n\n"
        "00:02.500 --> 00:04.000\nse dresse.\n\n00:05.000 --> 00:06.000\nIl attend.\n"
    )

    assert [p.text for p in transcript_paragraphs(written)] == [
        "Un marteau de cent tonnes se dresse.",
        "Il attend.",
    ]


def test_another_speaker_begins_a_paragraph() -> None:
    written = (
        "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Ève>Bonjour.\n\n"
        "00:01.000 --> 00:02.000\n<v.fort Paul>Bonjour.\n\n"
        "00:02.000 --> 00:03.000\n<v.fort Paul>Entrez.\n"
    )

    assert transcript_paragraphs(written) == (
        Paragraph("Bonjour.", "Ève"),
        Paragraph("Bonjour. Entrez.", "Paul"),
    )


def test_marks_and_entities_become_plain_words() -> None:
    written = (
        "WEBVTT\n\n1\n01:00:00.000 --> 01:00:02.000 line:0\n<i>fer</i> &amp; feu\n"
    )

    assert [p.text for p in transcript_paragraphs(written)] == ["fer & feu"]


@pytest.mark.parametrize(
    "block",
    ["NOTE the steam", "STYLE\n::cue { color: red }", "REGION\nid:r", "1\n--> 2\nx"],
)
def test_what_is_no_cue_is_not_said(block: str) -> None:
    assert transcript_paragraphs(f"WEBVTT\n\n{block}\n") == ()


def test_line_ends_of_every_system_are_read() -> None:
    written = "\ufeffWEBVTT\r\n\r\n00:00.000 --> 00:01.000\r\nFer\r\n\r\n"

    assert [p.text for p in transcript_paragraphs(written)] == ["Fer"]


@given(st.text(st.sampled_from("0:.->\n<v W&;>é "), max_size=200))
def test_no_file_stops_a_page(written: str) -> None:
    for paragraph in transcript_paragraphs(f"WEBVTT\n\n00:00 --> 00:01\n{written}"):
        assert paragraph.text == " ".join(paragraph.text.split())
