"""YAML read as text with places; whatever the bytes, never an exception."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tours.diagnostics import Location, render
from tours.source import MAX_BYTES, read_source, read_source_line
from tours.source.nodes import Mapping, Node, Scalar, Sequence

WHOLE = Path(__file__).parent / "data" / "_museum" / "tours" / "visite.yaml"
BAD_INPUT = Path(__file__).parents[2] / "../shared/data/bad_input"
PARSERS_WORDS = re.compile(
    r"while (?:scanning|parsing)|could not (?:find|determine)|but (?:found|got) [<'A-Z]"
    r"|block end|document start|not allowed here|cannot start any token|flow (?:map|seq)"
    r"|Traceback|yaml\.|Error\b|<class|NoneType"
)
BYTES = st.binary(max_size=300)
YAML_SIGNS = st.text(
    alphabet=" \n\t-:?[]{},#&*!|>'\"%@`\\ab é\u00a0\u2028\ufeff\x00~<=", max_size=120
)


def plain(node: Node) -> object:
    """Return the values of a node without their places."""
    if isinstance(node, Mapping):
        return {entry.key: plain(entry.value) for entry in node.entries}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node.text if isinstance(node, Scalar) else None


def written(tmp_path: Path, content: bytes | str) -> Path:
    """Return a file that holds the content."""
    path = tmp_path / "visite.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def assert_humane(path: Path) -> None:
    """Assert that reading tells something sayable: a place, our words, no exception."""
    for finding in read_source(path).diagnostics:
        line = read_source_line(finding.location)
        for words in (finding.fr, finding.en):
            assert not PARSERS_WORDS.search(f"{words.what} {words.why} {words.remedy}")
        assert finding.location.line >= 1
        assert render(finding, "fr", line)


@pytest.mark.parametrize(
    "text",
    ["no", "yes", "on", "12:30", "0777", "1.10", "~", "null", "2026-03-03", "1:200"],
)
def test_nothing_is_implicit(tmp_path: Path, text: str) -> None:
    source = read_source(written(tmp_path, f"value: {text}\n"))

    assert source.root is not None
    assert plain(source.root) == {"value": text}


def test_places_count_from_one(tmp_path: Path) -> None:
    source = read_source(written(tmp_path, "a: 1\nb:\n  - é: deux\n"))

    assert isinstance(source.root, Mapping)
    items = source.root.entries[1].value
    assert isinstance(items, Sequence)
    item = items.items[0]
    assert isinstance(item, Mapping)
    assert item.entries[0].location == Location(tmp_path / "visite.yaml", 3, 5, 1)
    assert item.entries[0].value.location == Location(tmp_path / "visite.yaml", 3, 8, 4)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("byte order mark", b"\xef\xbb\xbfa: b\n"),
        ("Windows line ends", b"a: b\r\nc: d\r\n"),
        ("old Mac line ends", b"a: b\rc: d\r"),
        ("no line end", b"a: b"),
        ("start mark", b"---\na: b\n"),
        ("version", b"%YAML 1.2\n---\na: b\n"),
        ("comments", "# é\na: b # c\n".encode()),
        ("literal block", b"a: |\n  b: c\n\n  - d\n"),
        ("folded block", b"a: >-\n  b\n  c\n"),
        ("long plain text", b"a: b\n  c\n  d\n"),
        ("JSON", b'{"a": ["b", {"c": "d"}]}'),
        ("tab inside a literal block", b"a: |\n  b\n  \tc\n"),
        ("no-break space inside a literal block", "a: |\n  b\n  \u00a0c: d\n".encode()),
    ],
)
def test_good_ways_of_writing(tmp_path: Path, name: str, content: bytes) -> None:
    source = read_source(written(tmp_path, content))

    assert source.diagnostics == (), name
    assert source.root is not None


def test_windows_line_ends_keep_lines_in_place(tmp_path: Path) -> None:
    path = written(tmp_path, b"a: b\r\nc: d: e\r\n")

    finding = read_source(path).diagnostics[0]

    assert (finding.location.line, finding.location.column) == (2, 5)
    assert read_source_line(finding.location) == "c: d: e"


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"a: 'l'usine'\nb: c : d\ne:f\n", ["T009", "T004", "T013"]),
        (b"a: @b\nc: [d\n", ["T012", "T008"]),
        (b"a: b\na: c\nd: e\xe9 : f\n", ["T001", "T004", "T005"]),
    ],
)
def test_reading_goes_on_after_a_slip(
    tmp_path: Path, content: bytes, codes: list[str]
) -> None:
    """A curator mends all slips of a file at once, not one a run."""
    source = read_source(written(tmp_path, content))

    assert [finding.code for finding in source.diagnostics] == codes


def test_a_file_of_slips_is_given_up(tmp_path: Path) -> None:
    """Ten thousand findings would help nobody, and take minutes."""
    source = read_source(written(tmp_path, "a: b : c\n" * 10_000))

    assert len(source.diagnostics) <= 21


@pytest.mark.parametrize("size", [MAX_BYTES, MAX_BYTES + 1])
def test_a_huge_file_is_refused(tmp_path: Path, size: int) -> None:
    path = written(tmp_path, b"#" * size)

    codes = [finding.code for finding in read_source(path).diagnostics]

    assert codes == (["T022"] if size == MAX_BYTES else ["T016"])


def test_a_file_of_too_many_values_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "a: [" + "b," * 50_000 + "]")

    assert [finding.code for finding in read_source(path).diagnostics] == ["T028"]


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    assert [f.code for f in read_source(tmp_path).diagnostics] == ["T021"]


def test_an_absent_file_is_told(tmp_path: Path) -> None:
    assert [f.code for f in read_source(tmp_path / "x.yaml").diagnostics] == ["T021"]


def test_no_line_of_an_absent_file(tmp_path: Path) -> None:
    assert read_source_line(Location(tmp_path / "x.yaml")) is None


def test_no_line_beyond_the_end(tmp_path: Path) -> None:
    assert read_source_line(Location(written(tmp_path, "a: b"), 7)) is None


QUIET = settings(
    max_examples=150,
    deadline=None,  # the machine is shared
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@QUIET
@given(BYTES)
@example(b"\xff\xfe")
@example(b"\x00\x00\xfe\xff")
def test_any_bytes_are_taken(tmp_path: Path, content: bytes) -> None:
    assert_humane(written(tmp_path, content))


def test_braces_opened_alone_on_a_line_leave_no_empty_place(tmp_path: Path) -> None:
    source = read_source(written(tmp_path, b"title: {\n  fr La visite}\n"))

    (finding,) = source.diagnostics
    assert finding.code == "T166"
    assert finding.fr.what.startswith("Entre ces accolades, « … » n’a pas")
    assert finding.fr.remedy == "Écrivez : { fr: …, en: … }"


@QUIET
@given(YAML_SIGNS)
@example('a: "\\UFFFFFFFF"')
@example('a: "\\x"')
@example("%YAML 1." + "9" * 5000)
@example("? ? ? a")
@example("- - - - a\n - b")
@example("&a *a : !b c")
@example("a: |9999\n b")
@example("[" * 5000)
@example("- " * 5000)
@example("a: " + "{b: " * 3000)
@example("'" + "k" * 2000 + "': v")
def test_any_signs_are_taken(tmp_path: Path, text: str) -> None:
    assert_humane(written(tmp_path, text.encode("utf-8", "surrogatepass")))


@QUIET
@given(st.data())
def test_a_mutated_tour_never_speaks_like_the_parser(
    tmp_path: Path, data: st.DataObject
) -> None:
    """Cut, doubled, swapped or overwritten anywhere: still our words, still a place."""
    text = WHOLE.read_text(encoding="utf-8")
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 40)))
        text = text[:start] + data.draw(YAML_SIGNS) + text[end:]

    assert_humane(written(tmp_path, text))


@pytest.mark.skipif(not BAD_INPUT.is_dir(), reason="../shared/data is not here")
def test_hostile_files_are_taken() -> None:
    """The YAML test suite, and bombs: deep, wide, aliased, NUL, UTF-16, a 1 MB key."""
    folders = (BAD_INPUT / "yaml-test-suite", BAD_INPUT / "own")

    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                assert_humane(path)
