"""Export texts to translators as gettext PO files, and import translations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polib  # type: ignore[import-untyped]  # ships no types

from tours.checks import read_museum
from tours.translations import Translation, insert_translations, list_texts

if TYPE_CHECKING:
    from pathlib import Path

    from tours.model import Museum
    from tours.translations import Translatable


class PoFormatError(Exception):
    """The file is no PO file of a museum."""


@dataclass(frozen=True, slots=True)
class PoImport:
    """Translations of a PO file: to write, unchanged, fuzzy, outdated, unknown."""

    files: tuple[tuple[Path, bytes, bytes], ...]
    """To change: path, what it holds, what it should hold."""
    written: int
    same: int
    """Translations that are there already, word for word."""
    doubtful: tuple[str, ...]
    """Marked as unsure by the translator (fuzzy): left out."""
    outdated: tuple[str, ...]
    """Of texts that have changed since: left out."""
    unknown: tuple[str, ...]
    """Of texts that are there no more."""


def export_po(museum: Museum, language: str) -> str:
    """Return every text of a museum and its translation as PO."""
    po = polib.POFile(wrapwidth=88)
    po.metadata = {
        "Project-Id-Version": museum.id,
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    for item in list_texts(museum):
        source = _source(item)
        if language not in item.languages or source is None or source[0] == language:
            continue
        place = item.text.location
        relative = place.path.relative_to(museum.folder).as_posix()
        po.append(
            polib.POEntry(
                msgctxt=item.path,
                msgid=source[1],
                msgstr=item.text.get(language) or "",
                comment=f"{source[0]}: {item.key}",
                occurrences=[(relative, str(place.line))],
            )
        )
    return str(po)


def import_po(folder: Path, content: str) -> PoImport:
    """Return what a PO file would change in a museum's folder.

    Raises
    ------
    NotPoError
        If it is no PO file, or says no language.
    ValueError
        If the museum's folder has errors.
    """
    po, language = _read(content)
    museum = read_museum(folder).museum
    if museum is None:
        message = "the museum's folder has errors"
        raise ValueError(message)
    texts = {item.path: item for item in list_texts(museum)}
    wanted: dict[Path, list[Translation]] = {}
    same, doubtful, outdated, unknown = 0, [], [], []
    for entry in po:
        name, item = str(entry.msgctxt), texts.get(str(entry.msgctxt))
        text = str(entry.msgstr).strip()
        source = _source(item) if item else None
        if not text or entry.obsolete:
            continue
        if item is None or source is None or language not in item.languages:
            unknown.append(name)
        elif "fuzzy" in entry.flags:
            doubtful.append(name)
        elif source[1] != str(entry.msgid).strip():
            outdated.append(name)
        elif item.text.get(language) == text:
            same += 1
        else:
            place = item.text.location
            one = Translation(place, item.languages[0], language, text)
            wanted.setdefault(place.path, []).append(one)
    return PoImport(
        tuple(_changed(path, group) for path, group in wanted.items()),
        sum(map(len, wanted.values())),
        same,
        tuple(doubtful),
        tuple(outdated),
        tuple(unknown),
    )


def _read(content: str) -> tuple[polib.POFile, str]:
    try:
        po = polib.pofile(content)
    except (OSError, ValueError) as error:
        raise PoFormatError(str(error)) from error
    language = po.metadata.get("Language", "")
    if not language or not any(entry.msgctxt for entry in po):
        message = "it names no language, or no text of a museum"
        raise PoFormatError(message)
    return po, language


def _source(item: Translatable) -> tuple[str, str] | None:
    """Return the language to translate from, and the text."""
    language, text = item.text.best(item.languages)
    return (language, text) if language in item.languages else None


def _changed(path: Path, group: list[Translation]) -> tuple[Path, bytes, bytes]:
    before = path.read_bytes()
    after = insert_translations(before.decode("utf-8-sig"), group)
    return path, before, after.encode()
