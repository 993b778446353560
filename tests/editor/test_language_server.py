"""What a curator's editor shows in a new museum: the real language server is asked."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.editor.server import PROGRAM, Server
from tours.checks import read_museum
from tours.schemas.authoring import SNIPPETS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tours.diagnostics import Language
    from tours.schemas.authoring import Snippet

pytestmark = pytest.mark.skipif(
    not PROGRAM.exists() or shutil.which("node") is None,
    reason="no language server: npm ci --prefix tests/editor",
)
LANGUAGES: tuple[Language, ...] = ("fr", "en")


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Language:
    """Return the language of the curator's editor."""
    asked: Language = request.param
    return asked


@pytest.fixture(scope="module")
def museum(language: Language, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a new museum, as the command makes it."""
    folder = tmp_path_factory.mktemp("editor") / "musee"
    command = [sys.executable, "-m", "ecomusee", "new", "--languages", "fr,en"]
    subprocess.run(
        [*command, "--language", language, folder.name], cwd=folder.parent, check=True
    )
    return folder


@pytest.fixture(scope="module")
def server(museum: Path, language: Language) -> Iterator[Server]:
    """Return the server that the editor has started."""
    with Server(museum, language) as running:
        yield running


def tour_of(museum: Path) -> Path:
    """Return the file of the museum's only tour."""
    return next((museum / "tours").iterdir())


def underlined(server: Server, path: Path, text: str) -> list[tuple[int, str]]:
    """Return the lines, from 0, that the editor underlines, and what it says there."""
    found = server.opened(path, text)
    return [(item["range"]["start"]["line"], item["message"]) for item in found]


def test_nothing_is_underlined(server: Server, museum: Path) -> None:
    for path in sorted(museum.rglob("*.yaml")):
        assert underlined(server, path, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("right", "wrong", "french", "english"),
    [
        ("duration: 20 min", "duration: 20", "écrivez par exemple duration: 45 min", "write for instance duration: 45 min"),
        ("      height: 1.20 m", "      height: 1.20", "height : écrivez par exemple height: 1.40 m", "height: write for instance height: 1.40 m"),
        ("duration: 20 min", "durée: 20 min", "durée", "durée"),
        ("ahead: 10 m", "ahead: dix pas", "ahead : écrivez par exemple ahead: 12 m", "ahead: write for instance ahead: 12 m"),
    ],
)  # fmt: skip
def test_mistakes_are_told_in_the_editors_language(
    server: Server,
    museum: Path,
    language: Language,
    right: str,
    wrong: str,
    french: str,
    english: str,
) -> None:
    path = tour_of(museum)
    text = path.read_text(encoding="utf-8")
    line = text[: text.index(right)].count("\n")

    found = underlined(server, path, text.replace(right, wrong, 1))

    expected = french if language == "fr" else english
    assert [place for place, _ in found] == [line]
    assert expected in found[0][1]


def test_hover_says_what_a_key_is_for(
    server: Server, museum: Path, language: Language
) -> None:
    path = tour_of(museum)
    text = path.read_text(encoding="utf-8")
    server.opened(path, text)
    line = text[: text.index("duration:")].count("\n")

    answer = server.request("textDocument/hover", server.at(path, line, 2))

    said = "Le temps qu’il faut." if language == "fr" else "The time it takes."
    assert said in str(answer["contents"])


def test_keys_of_a_stop_are_offered(server: Server, museum: Path) -> None:
    path = tour_of(museum)
    text = path.read_text(encoding="utf-8") + "    \n"
    server.opened(path, text)

    answer = server.request(
        "textDocument/completion", server.at(path, text.count("\n") - 1, 4)
    )

    assert {"audio", "shows", "easy", "sources"} <= set(labels(answer))


def test_a_stop_of_each_kind_is_offered(server: Server, museum: Path) -> None:
    path = tour_of(museum)
    text = "tour: essai\ntitle: Essai\nstops:\n  - \n"
    server.opened(path, text)

    answer = server.request("textDocument/completion", server.at(path, 3, 4))

    assert {snippet.prefix for snippet in SNIPPETS} <= set(labels(answer))


@pytest.mark.parametrize("snippet", SNIPPETS, ids=lambda snippet: snippet.prefix)
def test_a_snippet_filled_in_is_right(
    museum: Path, language: Language, snippet: Snippet, tmp_path: Path
) -> None:
    """Once the files that it names are there."""
    folder = tmp_path / "musee"
    shutil.copytree(museum, folder)
    body = filled(snippet.body[language])
    for line in body.splitlines():
        name = line.rpartition(" ")[2].replace("{lang}", language)
        if "/" in name:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(b"a file of this kind")
    stop = "".join(f"  {line}\n" for line in body.splitlines())
    tour = f"tour: essai\nlanguages: [{language}]\ntitle: Un, deux\nstops:\n{stop}"
    (folder / "tours" / "essai.yaml").write_text(tour, encoding="utf-8")

    assert read_museum(folder).diagnostics == ()


def filled(body: str) -> str:
    """Return a snippet as an editor leaves it when nothing is changed."""
    return re.sub(r"\$\{\d+:((?:\\.|[^}])*)\}", r"\1", body).replace("\\}", "}")


def labels(answer: Any) -> list[str]:  # noqa: ANN401 - JSON
    """Return what the editor offers."""
    items = answer["items"] if isinstance(answer, dict) else answer
    return [item["label"] for item in items or []]
