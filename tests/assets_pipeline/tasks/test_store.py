"""Files are whole or absent, and a damaged one is noticed."""

from __future__ import annotations

import os
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING

import pytest

from assets_pipeline.tasks.store import Store
from tours.bundle import MediaFile

if TYPE_CHECKING:
    from pathlib import Path


def _put(folder: Path, content: bytes) -> MediaFile:
    return Store(folder).put(content, ".bin", "application/octet-stream")


def test_a_file_is_named_by_its_content(tmp_path: Path) -> None:
    """The digest is that of FIPS 180-4's example "abc"."""
    file = _put(tmp_path, b"abc")

    assert file.sha256.startswith("ba7816bf8f01cfea")
    assert (tmp_path / file.name).read_bytes() == b"abc"
    assert file.size_bytes == 3


def test_equal_contents_are_kept_once(tmp_path: Path) -> None:
    _put(tmp_path, b"abc")
    before = (tmp_path / _put(tmp_path, b"abc").name).stat().st_ino

    assert (tmp_path / _put(tmp_path, b"abc").name).stat().st_ino == before
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("damage", [b"", b"abz", b"abcd"])
def test_a_damaged_file_is_noticed_and_mended(tmp_path: Path, damage: bytes) -> None:
    file = _put(tmp_path, b"abc")
    (tmp_path / file.name).write_bytes(damage)

    assert not Store(tmp_path).contains(file)
    _put(tmp_path, b"abc")
    assert Store(tmp_path).contains(file)


def test_a_missing_file_is_noticed(tmp_path: Path) -> None:
    assert not Store(tmp_path).contains(MediaFile("0" * 64, 3, ".bin", "x/y"))


def test_a_failed_write_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full: no half file under any name."""

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(OSError, match="No space"):
        _put(tmp_path, b"abc")
    assert list(tmp_path.iterdir()) == []


def test_processes_may_write_the_same_at_once(tmp_path: Path) -> None:
    contents = [bytes([i % 3]) * 100_000 for i in range(24)]
    with ProcessPoolExecutor(4, get_context("spawn")) as pool:
        files = list(pool.map(_put, [tmp_path] * 24, contents))

    assert all(map(Store(tmp_path).contains, files))
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize("text", ["", "{", "[]", "\ufffd"])
def test_an_unreadable_record_is_no_record(tmp_path: Path, text: str) -> None:
    store = Store(tmp_path)
    store.write_record("k", {"a": 1})
    (tmp_path / ".made/k.json").write_text(text, encoding="utf-8")

    assert store.read_record("k") is None


def test_old_leftovers_are_swept_and_fresh_ones_left(tmp_path: Path) -> None:
    """A fresh one may be another process's file on its way."""
    old, fresh = tmp_path / ".fresh-1", tmp_path / ".fresh-2"
    old.write_bytes(b"")
    fresh.write_bytes(b"")
    yesterday = time.time() - 2 * 86_400
    os.utime(old, (yesterday, yesterday))

    Store(tmp_path).remove_stale()

    assert not old.exists()
    assert fresh.exists()
