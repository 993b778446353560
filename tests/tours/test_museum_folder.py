"""The museum's folder as tours name its files."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from tours.museum_folder import MuseumFolder


def test_a_folder_is_told_from_files_and_from_names_of_nothing(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "a.glb").touch()
    folder = MuseumFolder(tmp_path)

    names = ["models", "models/a.glb", "absent", "a" * 5000]
    found = [name for name in names if folder.is_folder(PurePosixPath(name))]

    assert found == ["models"]
