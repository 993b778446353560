"""``ecomusee new``: create a museum, or one more tour."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ecomusee.arguments import add_content
from ecomusee.errors import ExitCode, UsageError
from ecomusee.folders import find_museum
from ecomusee.localization import Message, shell_quoted

if TYPE_CHECKING:
    import argparse

    from ecomusee.arguments import Parser
    from ecomusee.starter.museum import MuseumOptions
    from ecomusee.terminal import Terminal

SUMMARY = Message(
    fr="commencer un musée, ou une visite de plus",
    en="start a museum, or one more tour",
)
_FOLDER = Message(
    fr="dossier du nouveau musée (sinon il est demandé)",
    en="folder of the new museum (else it is asked for)",
)
_NAME = Message(
    fr="nom du musée, tel qu’on le lit", en="the museum's name, as people read it"
)
_LANGUAGES = Message(
    fr="langues, la première de secours : fr,en",
    en="languages, the first as fallback: fr,en",
)
_ADDRESS = Message(fr="adresse publique, https://…", en="public address, https://…")
_TOUR = Message(
    fr="ajouter une visite de ce titre au musée, au lieu d’en commencer un",
    en="add a tour of this title to the museum, instead of starting one",
)
_ASK_FOLDER = Message(fr="Dossier du musée", en="The museum's folder")
_ASK_NAME = Message(fr="Nom du musée", en="The museum's name")
_ASK_LANGUAGES = Message(fr="Langues", en="Languages")
_NO_FOLDER = Message(
    fr="donnez le dossier du nouveau musée : ecomusee new mon-musee",
    en="name the new museum's folder: ecomusee new my-museum",
)
_IS_THERE = Message(
    fr="{path} existe déjà. Donnez un autre nom : rien n’est jamais écrasé",
    en="{path} is already there. Give another name: nothing is ever overwritten",
)
_UNKNOWN_LANGUAGE = Message(
    fr="« {tag} » n’est pas le code d’une langue. Écrivez par exemple {example}",
    en="'{tag}' is not the code of a language. Write {example}, for instance",
)
_BAD_ADDRESS = Message(
    fr="« {address} » : une adresse s’écrit https:// et un nom de domaine",
    en="'{address}': an address is https:// and a domain name",
)
_MADE = Message(fr="{path} : écrit.", en="{path}: written.")
_NEXT = Message(
    fr="Ensuite :\n  ecomusee validate --content {folder}\n  ecomusee build --content {folder}\n"
    "  ecomusee serve --content {folder}",
    en="Next:\n  ecomusee validate --content {folder}\n  ecomusee build --content {folder}\n"
    "  ecomusee serve --content {folder}",
)
_HOST = re.compile(r"https://[a-z0-9-]+(?:\.[a-z0-9-]+)+")


def add_arguments(parser: Parser) -> None:
    """Add what this command takes."""
    parser.option("folder", help=_FOLDER, nargs="?", metavar="DIR", type=Path)
    parser.option("--name", help=_NAME, metavar="NAME")
    parser.option("--languages", help=_LANGUAGES, metavar="TAGS")
    parser.option("--address", help=_ADDRESS, metavar="URL")
    parser.option("--tour", help=_TOUR, metavar="TITLE")
    add_content(parser)


def run(options: argparse.Namespace, terminal: Terminal) -> ExitCode:
    """Write a museum's folder, or a tour's file."""
    if options.tour is not None:
        folder, made = _new_tour(options, terminal)
    else:
        folder, made = _new_museum(options, terminal)
    for name in made:
        if not name.startswith("."):
            terminal.say(_MADE, path=(folder / name).as_posix())
    terminal.say(_NEXT, folder=shell_quoted(folder))
    terminal.document(folder=folder.as_posix(), files=sorted(made))
    return ExitCode.CLEAN


def _new_museum(
    options: argparse.Namespace, terminal: Terminal
) -> tuple[Path, list[str]]:
    from ecomusee.starter.museum import museum_files

    folder = options.folder
    if folder is None:
        if not _is_watched(terminal):
            raise UsageError(_NO_FOLDER)
        default = "mon-musee" if terminal.language == "fr" else "my-museum"
        folder = Path(_ask(_ASK_FOLDER, default, terminal))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(_IS_THERE, path=folder)
    files = museum_files(_museum_options(folder, options, terminal), terminal.language)
    _write_folder(folder, files)
    return folder, list(files)


def _museum_options(
    folder: Path, options: argparse.Namespace, terminal: Terminal
) -> MuseumOptions:
    from ecomusee.starter.museum import MuseumOptions
    from tours.suggestions import slugify

    id_ = slugify(folder.resolve().name, "musee")
    name, tags = options.name, options.languages
    if _is_watched(terminal):
        name = name or _ask(_ASK_NAME, id_.replace("-", " ").capitalize(), terminal)
        tags = tags or _ask(_ASK_LANGUAGES, terminal.language, terminal)
    tags = tags or terminal.language
    languages = _languages(tags)
    address = (options.address or f"https://{id_}.example").rstrip("/")
    if not _HOST.fullmatch(address):
        raise UsageError(_BAD_ADDRESS, address=address)
    return MuseumOptions(
        id_, name or id_.replace("-", " ").capitalize(), languages, address
    )


def _languages(tags: str) -> tuple[str, ...]:
    """Return the language tags typed, each once.

    Raises
    ------
    UsageError
        If one is no language, or there is none.
    """
    from tours.languages import LANGUAGES, suggest_language

    languages = tuple(dict.fromkeys(re.findall(r"[\w-]+", tags)))
    for tag in languages or (tags,):
        if tag.partition("-")[0] not in LANGUAGES:
            example = suggest_language(tag) or "fr,en"
            raise UsageError(_UNKNOWN_LANGUAGE, tag=tag, example=example)
    return languages


def _new_tour(
    options: argparse.Namespace, terminal: Terminal
) -> tuple[Path, list[str]]:
    from ecomusee.file_changes import write_atomically
    from ecomusee.starter.museum import KNOWN_LANGUAGES, tour_files
    from tours.checks import read_museum
    from tours.suggestions import slugify

    folder = find_museum(options.content)
    museum = read_museum(folder).museum
    languages = museum.languages if museum else KNOWN_LANGUAGES
    files = tour_files(
        slugify(options.tour, "visite"), options.tour, languages, terminal.language
    )
    for name, content in files.items():
        path = folder / name
        if path.exists():
            raise UsageError(_IS_THERE, path=path)
        path.parent.mkdir(exist_ok=True)
        write_atomically(path, content)
    return folder, list(files)


def _write_folder(folder: Path, files: dict[str, bytes]) -> None:
    """Write a folder whole or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        for name, content in files.items():
            path = draft / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        draft.chmod(0o755)
        if folder.exists():
            folder.rmdir()  # empty, as was seen
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _is_watched(terminal: Terminal) -> bool:
    return sys.stdin.isatty() and terminal.out.isatty() and not terminal.as_json


def _ask(question: Message, default: str, terminal: Terminal) -> str:
    text = f"{question.text(terminal.language)} [{default}] : "
    print(text, end="", file=terminal.out, flush=True)
    return sys.stdin.readline().strip() or default
