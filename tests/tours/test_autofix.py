"""Slips that the program mends by itself: no other byte moves, and nothing is left to mend twice.

The golden folders are the cases: beside each mistake that is mended stands the
difference, recorded anew with ``ECOMUSEE_RECORD=1 pytest tests/tours/test_autofix.py``.
"""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tours.autofix import AutofixResult, FixedFile, fix_museum, is_fixable
from tours.checks import read_museum

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).parent / "data"
CASES = sorted(path for path in DATA.iterdir() if not path.name.startswith("_"))
RECORD = "expected.diff"
LEAST_CODES = 15


def written(mending: AutofixResult) -> None:
    """Write what was mended."""
    for file in mending.files:
        file.path.write_bytes(file.after)


def difference(file: FixedFile) -> str:
    """Return how a file changes, line by line."""
    name = file.path.as_posix()
    if b"\0" in file.before:
        return f"{name}: UTF-16 to UTF-8\n"
    before, after = (
        content.decode("utf-8", "backslashreplace").splitlines(keepends=True)
        for content in (file.before, file.after)
    )
    lines = difflib.unified_diff(before, after, name, name, n=0)
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_mending(case: Path, with_case: Callable[[Path], Path]) -> None:
    """What is mended is as recorded, and the same run again finds nothing to mend."""
    museum = with_case(case)

    mending = fix_museum(museum)

    found = "".join(map(difference, mending.files))
    if os.environ.get("ECOMUSEE_RECORD"):
        (case / RECORD).unlink(missing_ok=True)
        if found:
            (case / RECORD).write_text(found, encoding="utf-8")
    record = case / RECORD
    assert found == (record.read_text(encoding="utf-8") if record.exists() else "")
    written(mending)
    left = read_museum(museum).diagnostics
    assert [f.code for f in left] == [f.code for f in mending.left.diagnostics]
    assert fix_museum(museum).files == ()
    if found:
        assert case.name[:4] in {finding.code for finding in mending.mended}
        assert not [finding for finding in left if finding.is_error]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_promises_are_kept(case: Path, with_case: Callable[[Path], Path]) -> None:
    """What is said to mend itself does: an edit that nothing comes of is no mending."""
    museum = with_case(case)
    promised = [f.code for f in read_museum(museum).diagnostics if is_fixable(f)]

    mending = fix_museum(museum)

    assert sorted(promised) == sorted(finding.code for finding in mending.mended)


def test_a_mending_is_kept_though_it_uncovers_another_slip(museum: Path) -> None:
    """The key is out of its place; that can't be seen until the colon is in quotes."""
    path = museum / "tours" / "visite.yaml"
    text = path.read_text(encoding="utf-8")
    wrong = text.replace("    shows:", "    credits: “Dessin : Claire”\n    shows:", 1)
    path.write_text(wrong, encoding="utf-8")

    mending = fix_museum(museum)

    written(mending)
    assert '    credits: "Dessin : Claire"\n' in path.read_text(encoding="utf-8")
    assert [finding.code for finding in mending.mended] == ["T004"]
    assert [finding.code for finding in mending.left.diagnostics] == ["T032"]


def test_slips_under_a_hidden_sign_are_mended_with_it(museum: Path) -> None:
    path = museum / "tours" / "visite.yaml"
    text = path.read_text(encoding="utf-8")
    pasted = "Un géant : cent\u2028tonnes\u000bde fonte."
    wrong = text.replace("Ici se dresse un marteau.", pasted, 1)
    path.write_text(wrong, encoding="utf-8")

    written(fix_museum(museum))

    mended = text.replace(
        "Ici se dresse un marteau.", '"Un géant : cent tonnes de fonte."'
    )
    assert path.read_text(encoding="utf-8") == mended


def test_mendings_keep_every_sign_of_a_text(museum: Path) -> None:
    """A paragraph with a colon, its bar forgotten: no sign is changed for one like it."""
    path = museum / "tours" / "visite.yaml"
    text = path.read_text(encoding="utf-8")
    below = (
        "        Au bord du canal.\n\n        Approchez-vous du bord : l'eau y vient.\n"
    )
    wrong = text.replace("fr: Ici se dresse un marteau.\n", f"fr:\n{below}", 1)
    path.write_text(wrong, encoding="utf-8")

    written(fix_museum(museum))

    mended = wrong.replace(f"fr:\n{below}", f"fr: |\n{below}")
    assert path.read_text(encoding="utf-8") == mended


def test_enough_mistakes_are_mended() -> None:
    codes = {record.parent.name[:4] for record in DATA.glob(f"*/{RECORD}")}

    assert len(codes) >= LEAST_CODES


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_other_bytes_stay(museum: Path, line_break: str, mark: str) -> None:
    """Comments, layout, line breaks, a byte order mark, a last line without its break."""
    path = museum / "tours" / "visite.yaml"
    text = path.read_text(encoding="utf-8").rstrip("\n").replace("\n", line_break)
    whole = f"{mark}# Une  visite.{line_break}{text}"
    wrong = whole.replace("title:", "titre:", 1).replace("1:200", "1:200   # juste")
    path.write_bytes(wrong.encode())

    written(fix_museum(museum))

    expected = wrong.replace("titre:", "title:", 1)
    assert path.read_bytes() == expected.encode()


def test_several_slips_are_mended_in_one_run(museum: Path) -> None:
    path = museum / "tours" / "visite.yaml"
    text = path.read_text(encoding="utf-8")
    wrong = text
    for right, slip in (
        ("  fr: De la forge à la ville", "  fr: Le Creusot : de la forge"),
        ("    at: 46.7867, 4.4328", "    at: 46,7867, 4,4328"),
        ("faces: south-west", "faces: sud-ouest"),
        ("    audio: audio/marteau.{lang}.m4a", "\taudio: audio\\marteau.{lang}.m4a"),
        ("      - le-creusot.fr", "      -le-creusot.fr"),
        (
            "    title: { fr: Le plan de 1890, en",
            "    titre: { fr: Le plan, de 1890, an",
        ),
    ):
        wrong = wrong.replace(right, slip, 1)
    path.write_text(wrong, encoding="utf-8")

    mending = fix_museum(museum)

    written(mending)
    assert {f.code for f in read_museum(museum).diagnostics} <= {"T140", "T142"}
    assert "'" not in path.read_text(encoding="utf-8")


def test_what_is_not_sure_is_left(museum: Path) -> None:
    """Metres or centimetres: only the person who measured knows."""
    path = museum / "tours" / "visite.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("height: 21 m", "height: 21"), encoding="utf-8")

    mending = fix_museum(museum)

    assert mending.files == ()
    assert [finding.code for finding in mending.left.diagnostics] == ["T060"]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_files_are_saved_anew(museum: Path, encoding: str) -> None:
    path = museum / "tours" / "visite.yaml"
    text = path.read_text(encoding="utf-8").replace("°", "°  # degrés")
    path.write_bytes(text.encode(encoding))

    written(fix_museum(museum))

    assert path.read_bytes() == text.encode()
    assert read_museum(museum).diagnostics == ()


def test_accents_damaged_twice_are_mended(museum: Path) -> None:
    path = museum / "tours" / "visite.yaml"
    text = path.read_text(encoding="utf-8")
    damaged = text.encode().decode("cp1252").encode().decode("cp1252", "replace")
    path.write_text(damaged, encoding="utf-8")

    written(fix_museum(museum))

    assert path.read_text(encoding="utf-8") == text
