"""What a curator reads after `ecomusee validate`, and what a program reads."""

import struct
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from assets_pipeline.build import cache
from assets_pipeline.build.planning import plan_tasks
from assets_pipeline.resolver import Resolver
from assets_pipeline.tasks.result import Note, TaskResult
from assets_pipeline.tasks.store import STORE, Store
from tours.bundle import MediaFile, Recording
from tours.checks import read_museum

Command = Callable[..., Any]


@pytest.fixture
def broken(museum: Path) -> Path:
    """Make the museum's tour name a colour of the sky as its length."""
    tour = museum / "tours" / "promenade.yaml"
    text = tour.read_text(encoding="utf-8")
    tour.write_text(text + "    at: bleu\n", encoding="utf-8")
    return museum


def test_clean_museum(ecomusee: Command, museum: Path) -> None:
    run = ecomusee("validate")

    assert (run.exit_code, run.err) == (0, "")
    assert run.out == "content/petit : rien à corriger.\n"


def test_finding_shows_its_line(ecomusee: Command, broken: Path) -> None:
    run = ecomusee("validate")

    lines = run.out.splitlines()
    assert run.exit_code == 1
    assert lines[0].startswith("content/petit/tours/promenade.yaml:10:9: erreur T")
    assert lines[1:3] == ["   10 |     at: bleu", "      |         ^^^^"]


def test_nothing_is_colored_away_from_a_terminal(
    ecomusee: Command, broken: Path
) -> None:
    assert "\x1b" not in ecomusee("validate").out


def test_json_holds_both_languages(ecomusee: Command, broken: Path) -> None:
    run = ecomusee("validate", "--json")

    (finding,) = run.document["findings"]
    assert run.exit_code == 1
    assert (finding["line"], finding["column"], finding["length"]) == (10, 9, 4)
    assert finding["severity"] == "error"
    assert finding["fr"].keys() == finding["en"].keys() == {"what", "why", "remedy"}


def test_json_of_a_wrong_use(ecomusee: Command) -> None:
    run = ecomusee("validate", "--json")

    assert run.exit_code == 2
    assert run.document["error"]["exit_code"] == 2
    assert "there is no folder content" in run.document["error"]["en"]


def test_narrow_encoding_ends_no_command(ecomusee: Command, broken: Path) -> None:
    """A terminal in Latin-1 has no arrow: the finding matters more."""
    run = ecomusee("validate", "--language", "en", PYTHONIOENCODING="ascii")

    assert run.exit_code == 1
    assert "? " in run.out


@pytest.fixture
def square(museum: Path) -> Path:
    """Give the museum a panorama whose header says 512 by 512, and nothing behind it."""
    size = struct.pack(">IIBBBBB", 512, 512, 8, 2, 0, 0, 0)
    header = struct.pack(">I", len(size)) + b"IHDR" + size
    header += struct.pack(">I", zlib.crc32(b"IHDR" + size))
    (museum / "panoramas").mkdir()
    (museum / "panoramas" / "quai.png").write_bytes(b"\x89PNG\r\n\x1a\n" + header)
    tour = museum / "tours" / "promenade.yaml"
    text = tour.read_text(encoding="utf-8")
    shown = "    shows:\n      panorama: panoramas/quai.png\n      alt: { fr: Le quai., en: The quay. }\n"
    tour.write_text(text + shown, encoding="utf-8")
    return museum


def test_a_header_is_told_live(ecomusee: Command, square: Path) -> None:
    run = ecomusee("validate")

    assert run.exit_code == 1
    assert run.out.startswith("content/petit/tours/promenade.yaml:11:17: erreur A032:")
    assert "512 × 512 px" in run.out
    assert run.out.endswith("qui restent à fabriquer : panoramas/quai.png.\n")


def test_a_build_tells_the_same_at_once(ecomusee: Command, square: Path) -> None:
    """And makes nothing, of which it could publish nothing."""
    tour = square / "tours" / "promenade.yaml"
    text = tour.read_text(encoding="utf-8")

    told = ecomusee("validate", "--json").document["findings"]
    built = ecomusee("build", "--json").document
    tour.write_text(text + "    at: bleu\n", encoding="utf-8")
    told_of_texts = ecomusee("validate", "--json").document["findings"]
    refused = ecomusee("build", "--json").document

    codes = [finding["code"] for finding in told_of_texts]
    assert "A032" in codes
    assert any(code.startswith("T") for code in codes)
    assert refused["findings"] == told_of_texts
    assert [f for f in built["findings"] if f["severity"] == "error"] == told
    assert built["transforms"] == 0


@pytest.fixture
def faint(museum: Path, tmp_path: Path) -> Path:
    """Give the museum a sound that a build found to be faint."""
    (museum / "audio").mkdir()
    (museum / "audio" / "pont.m4a").write_bytes(b"\0\0\0\x20ftypM4A ")
    tour = museum / "tours" / "promenade.yaml"
    text = tour.read_text(encoding="utf-8")
    tour.write_text(text + "    audio: audio/pont.m4a\n", encoding="utf-8")
    read = read_museum(museum).museum
    assert read is not None
    (asked,) = plan_tasks(read)
    resolver = Resolver(museum)
    resolver.read(PurePosixPath("audio/pont.m4a"))
    note = Note("A035", {"file": "audio/pont.m4a", "level": "-41.0", "gain": "25"})
    sound = Recording(MediaFile("0" * 64, 1, ".m4a", "audio/mp4"), 2.0)
    store = Store(tmp_path / "build" / "petit" / STORE)
    cache.record_product(asked.task, resolver.reads, TaskResult(sound, (note,)), store)
    return museum


def test_what_a_build_heard_is_told_and_said_to_be_of_then(
    ecomusee: Command, faint: Path
) -> None:
    run = ecomusee("validate", "--language", "en")

    said, _, remembered = run.out.partition("they have not changed since:\n")
    assert "A035" not in said
    assert "10:12: warning A035: The sound" in remembered
    assert "still to be made" not in run.out


def test_json_tells_what_is_of_the_last_build(ecomusee: Command, faint: Path) -> None:
    document = ecomusee("validate", "--json").document

    assert [f["code"] for f in document["from_last_build"]] == ["A035"]
    assert document["findings"][-1] == document["from_last_build"][0]
    assert document["unseen"] == []


def test_a_changed_sound_is_told_to_be_made_again(
    ecomusee: Command, faint: Path
) -> None:
    (faint / "audio" / "pont.m4a").write_bytes(b"\0\0\0\x20ftypM4A other")

    run = ecomusee("validate", "--language", "en")

    assert "A035" not in run.out
    assert run.out.endswith("the files still to be made: audio/pont.m4a.\n")
