"""Reading what the client's build left."""

import json
from pathlib import Path

import pytest

from publishing.client_files import ClientFilesError, read_client

FILES = {
    "boot-1.js": ["core-2.js"],
    "core-2.js": ["deep-3.js"],
    "deep-3.js": [],
    "fr-4.js": ["core-2.js"],
    "en-5.js": [],
    "client-6.css": [],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a built client in little."""
    for name in FILES:
        (tmp_path / name).write_text(name)
    listing = {
        "entry": "boot-1.js",
        "style": "client-6.css",
        "languages": {"fr": ["fr-4.js"], "en": ["en-5.js"]},
        "files": {
            name: {"bytes": 9, "imports": found} for name, found in FILES.items()
        },
        "rungs": {},
    }
    (tmp_path / "client.json").write_text(json.dumps(listing))
    return tmp_path


def changed(folder: Path, **fields: object) -> None:
    path = folder / "client.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **fields}))


def test_every_file_is_read_with_its_type(folder: Path) -> None:
    client = read_client(folder)

    assert {file.name: file.media_type for file in client.files} == {
        name: f"text/{'css' if name.endswith('css') else 'javascript'}; charset=utf-8"
        for name in FILES
    }
    assert client.entry_url == "/client/boot-1.js"
    assert client.style_url == "/client/client-6.css"


def test_what_the_entry_needs_is_announced_nearest_first(folder: Path) -> None:
    found = read_client(folder).preloads("fr-CA")

    assert found == ("/client/core-2.js", "/client/fr-4.js", "/client/deep-3.js")


def test_a_language_without_words_is_spoken_to_in_english(folder: Path) -> None:
    assert "/client/en-5.js" in read_client(folder).preloads("de")


def test_a_client_that_is_not_built_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(ClientFilesError, match="scripts/build-client"):
        read_client(tmp_path)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"entry": "a", "files": 3}'])
def test_a_damaged_listing_says_so(folder: Path, content: str) -> None:
    (folder / "client.json").write_text(content)

    with pytest.raises(ClientFilesError, match="damaged"):
        read_client(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "deep-3.js").unlink()

    with pytest.raises(ClientFilesError, match=r"deep-3\.js"):
        read_client(folder)


def test_an_entry_must_be_listed(folder: Path) -> None:
    changed(folder, entry="other.js")

    with pytest.raises(ClientFilesError, match=r"other\.js"):
        read_client(folder)


@pytest.mark.parametrize("name", ["../secret.js", "/etc/passwd.js", "a.php"])
def test_only_files_beside_the_listing_are_served(folder: Path, name: str) -> None:
    changed(folder, entry=name, style=None, languages={}, files={name: {}})

    with pytest.raises(ClientFilesError, match="no file that we serve"):
        read_client(folder)
