"""A museum's folder spoilt anywhere, in any file: read, told, never raised."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tours.checks import read_museum
from tours.codes import FILE_NAME, Registry
from tours.diagnostics import render
from tours.source import read_source_line

SCENES = Path(__file__).parent / "data" / "_scenes"
FILES = (
    "museum.yaml", "tours/visite.yaml", "tours/scenes.yaml", "sites/le-creusot.yaml", FILE_NAME,
)  # fmt: skip
WORDS = (
    "{", "}", "[", "]", ": ", ":", "- ", "\n", "\n  ", "\n    ", "#", "'", '"', "|", "*",
    "&", "!", "\t", "\u00a0", "é", "fr", "en", "stop", "title", "shows", "model", "label",
    "by: picture", "languages", "0", "1:200", "21 m", "°", "../", "/", "\\", "{lang}",
    "panorama", "compare", "video: x", "hotspots", "at: 9°, 9°", "withdrawn", "site", "1er mai",
    "null", "~", "[[", "{}", "[]", "\ud800", "\x00", "𝄞", "٣", "١٢ m", "1" * 400,
)  # fmt: skip


@settings(
    max_examples=200,
    deadline=None,  # the machine is shared
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.sampled_from(FILES),
    st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 30), st.sampled_from(WORDS)),
        min_size=1,
        max_size=4,
    ),
)
@example("museum.yaml", [(0.0, 10_000, "{}")])
@example("tours/visite.yaml", [(0.0, 10_000, "tour: {}\nstops: [[], {}, a, ~]")])
@example("tours/visite.yaml", [(0.0, 10_000, "tour: t\ntitle: [a]\nstops: {a: b}")])
@example("tours/scenes.yaml", [(0.0, 10_000, "tour: t\nstops: [{shows: {at: {}}}]")])
@example("sites/le-creusot.yaml", [(0.0, 10_000, "site: {}\naccess: [a]\nat: {}")])
@example(FILE_NAME, [(0.0, 10_000, "address: {}\ncount: []\ncodes: [a, {}, []]")])
def test_any_folder_is_taken(
    museum: Path, name: str, cuts: list[tuple[float, int, str]]
) -> None:
    """Each cut replaces some signs, somewhere, by a word that may mislead."""
    shutil.copytree(SCENES / "sites", museum / "sites", dirs_exist_ok=True)
    shutil.copyfile(SCENES / "tours/visite.yaml", museum / "tours/scenes.yaml")
    pairs = [("visite", "marteau"), ("visite", "plan")]
    registry = Registry("https://visite.example").assigned(pairs, date(2026, 3, 3))
    (museum / FILE_NAME).write_text(registry.to_yaml(), encoding="utf-8")
    path = museum / name
    whole = path.read_text(encoding="utf-8")
    text = whole
    for where, length, word in cuts:
        start = int(where * len(text))
        text = text[:start] + word + text[start + length :]
    path.write_bytes(text.encode("utf-8", "surrogatepass"))

    reading = read_museum(museum)

    for finding in reading.diagnostics:
        shown = render(finding, "fr", read_source_line(finding.location))
        assert finding.location.path.is_relative_to(museum)
        assert not re.search(r"Traceback|NoneType|<class|while (?:scan|pars)", shown)
    path.write_text(whole, encoding="utf-8")
