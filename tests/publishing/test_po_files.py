"""Texts to translators and back: every one arrives, and nothing else moves."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import polib  # type: ignore[import-untyped]  # ships no types
import pytest

from publishing.po_files import PoFormatError, export_po, import_po
from tours.checks import read_museum
from tours.translations import list_texts

ROOT = Path(__file__).parents[2]
MUSEUMS = [
    ROOT / "content" / "creusot-montceau",
    ROOT / "content" / "example",
    ROOT / "tests" / "tours" / "data" / "_museum",
]


@pytest.fixture(params=MUSEUMS, ids=lambda path: path.name)
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a copy of a museum; its second language is English."""
    copy = tmp_path / "musee"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(request.param, copy, ignore=ignored)
    return copy


def exported(folder: Path, language: str = "en") -> polib.POFile:
    museum = read_museum(folder).museum
    assert museum is not None
    return polib.pofile(export_po(museum, language))


def take_back(folder: Path, po: polib.POFile) -> None:
    for path, _, after in import_po(folder, str(po)).files:
        path.write_bytes(after)


def written(folder: Path) -> str:
    files = sorted(folder.rglob("*.yaml"))
    return "".join(path.read_text(encoding="utf-8") for path in files)


def comments(folder: Path) -> list[str]:
    return re.findall(r"(?:^|\s)(#[ \w].*)$", written(folder), re.MULTILINE)


def test_what_comes_back_unchanged_changes_nothing(folder: Path) -> None:
    returned = import_po(folder, str(exported(folder)))

    assert returned.files == ()
    assert returned.same > 0
    assert (returned.outdated, returned.unknown, returned.doubtful) == ((), (), ())


def test_every_text_arrives_and_no_comment_is_lost(folder: Path) -> None:
    before = comments(folder)
    po = exported(folder)
    for number, entry in enumerate(po):
        entry.msgstr = f"Text {number}: “quoted”, it's # fine\n\n- {entry.msgid}"

    take_back(folder, po)

    reading = read_museum(folder)
    assert reading.museum is not None
    now = {item.path: item.text.get("en") for item in list_texts(reading.museum)}
    assert {e.msgctxt: now[e.msgctxt] for e in po} == {e.msgctxt: e.msgstr for e in po}
    text = written(folder)
    assert [comment for comment in before if comment not in text] == []


def test_short_texts_arrive_on_their_lines(folder: Path) -> None:
    po = exported(folder)
    for number, entry in enumerate(po):
        entry.msgstr = f"No. {number}"

    take_back(folder, po)

    assert import_po(folder, str(po)).same == len(po)


def test_what_is_taken_back_twice_changes_nothing(folder: Path) -> None:
    po = exported(folder)
    for entry in po:
        entry.msgstr = f"Yes: {entry.msgid}"
    take_back(folder, po)

    assert import_po(folder, str(po)).files == ()


def test_a_missing_translation_is_added_below_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "musee"
    shutil.copytree(MUSEUMS[2], folder)
    tour = folder / "tours" / "visite.yaml"
    text = tour.read_text(encoding="utf-8")
    text = text.replace(
        "      fr: Ici se dresse un marteau.\n", "      fr: Ici.  # provisoire\n"
    )
    text = text.replace("      en: A hammer stands here.\n", "", 1)
    tour.write_text(text, encoding="utf-8")
    po = exported(folder)
    (entry,) = (e for e in po if e.msgctxt == "tours/visite/stops/marteau/text")
    entry.msgstr = "Here."

    take_back(folder, po)

    after = tour.read_text(encoding="utf-8")
    assert after == text.replace(
        "      fr: Ici.  # provisoire\n",
        "      fr: Ici.  # provisoire\n      en: Here.\n",
    )


def test_a_missing_translation_is_added_between_braces(tmp_path: Path) -> None:
    folder = tmp_path / "musee"
    shutil.copytree(MUSEUMS[2], folder)
    tour = folder / "tours" / "visite.yaml"
    text = tour.read_text(encoding="utf-8").replace(", en: The steam hammer }", " }")
    tour.write_text(text, encoding="utf-8")
    po = exported(folder)
    (entry,) = (e for e in po if e.msgctxt == "tours/visite/stops/marteau/title")
    entry.msgstr = "The hammer, steamed"

    take_back(folder, po)

    assert '{ fr: Le marteau-pilon, en: "The hammer, steamed" }' in tour.read_text(
        encoding="utf-8"
    )


def test_what_changed_since_is_left_out(folder: Path) -> None:
    po = exported(folder)
    po[0].msgid, po[0].msgstr = "What it was", "Other"
    po[1].msgstr, po[1].flags = "Perhaps", ["fuzzy"]
    po[2].msgctxt, po[2].msgstr = "tours/of/long/ago", "Gone"

    returned = import_po(folder, str(po))

    assert returned.files == ()
    assert returned.outdated == (po[0].msgctxt,)
    assert returned.doubtful == (po[1].msgctxt,)
    assert returned.unknown == ("tours/of/long/ago",)


@pytest.mark.parametrize("content", ["", "no PO at all", 'msgid "a"\nmsgstr "b"\n'])
def test_another_file_is_refused(folder: Path, content: str) -> None:
    with pytest.raises(PoFormatError):
        import_po(folder, content)
