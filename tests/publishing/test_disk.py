"""Changes on disk: whole or not at all, and one program at a time."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from publishing.disk import Disk, exclusive_lock
from publishing.errors import BusyError


def test_replaces_a_file(tmp_path: Path) -> None:
    path = tmp_path / "codes"
    path.write_bytes(b"old")

    Disk().replace(path, b"new")

    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_replaces_after_a_killed_program(tmp_path: Path) -> None:
    (tmp_path / ".codes.new").write_bytes(b"half")

    Disk().replace(tmp_path / "codes", b"new")

    assert [path.name for path in tmp_path.iterdir()] == ["codes"]


def test_a_full_disk_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "codes"
    path.write_bytes(b"old")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(OSError, match="No space left"):
        Disk().replace(path, b"new")

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_never_writes_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "page"
    path.write_bytes(b"old")

    with pytest.raises(FileExistsError):
        Disk().write(path, b"new")
    assert path.read_bytes() == b"old"


def test_others_may_read_what_is_written(tmp_path: Path) -> None:
    """A server that runs as somebody else hands the files out."""
    Disk().write(tmp_path / "page", b"")

    assert (tmp_path / "page").stat().st_mode & 0o777 == 0o666 & ~_mask(tmp_path)


def test_removes_a_folder_but_not_what_it_points_to(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "file").touch()
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link").symlink_to(kept, target_is_directory=True)

    Disk().remove(folder)

    assert not folder.exists()
    assert (kept / "file").exists()


def test_removing_nothing_is_no_error(tmp_path: Path) -> None:
    Disk().remove(tmp_path / "nothing")


def test_one_thread_at_a_time(tmp_path: Path) -> None:
    found: list[bool] = []

    def try_it() -> None:
        try:
            with exclusive_lock(tmp_path / "lock", "busy"):
                found.append(True)
        except BusyError:
            found.append(False)

    with exclusive_lock(tmp_path / "lock", "busy"):
        thread = threading.Thread(target=try_it)
        thread.start()
        thread.join()
    try_it()

    assert found == [False, True]


def test_one_process_at_a_time(tmp_path: Path) -> None:
    """A lock goes with its process, even a killed one."""
    script = (
        "import sys; from pathlib import Path; from publishing.disk import exclusive_lock\n"
        "with exclusive_lock(Path(sys.argv[1]), 'busy'): print('held', flush=True); input()"
    )
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", script, str(tmp_path / "lock")]
    with subprocess.Popen(
        command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"

        with (
            pytest.raises(BusyError, match="busy"),
            exclusive_lock(tmp_path / "lock", "busy"),
        ):
            pytest.fail("two programs hold the lock")
        other.kill()
        other.wait()
        with exclusive_lock(tmp_path / "lock", "busy"):
            pass


def test_a_lock_leaves_the_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "museum.yaml"
    path.write_text("museum: forge\n")

    with exclusive_lock(path, "busy"):
        assert path.read_text() == "museum: forge\n"
    assert path.read_text() == "museum: forge\n"


def _mask(folder: Path) -> int:
    """Return the process' umask, as a new file shows it."""
    (folder / "plain").touch()
    return 0o666 & ~((folder / "plain").stat().st_mode & 0o777)
