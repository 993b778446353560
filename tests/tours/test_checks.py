"""A museum's folder read whole: shapes that are right, and rules across files."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import pytest

from tours.checks import read_museum
from tours.codes import FILE_NAME, Registry
from tours.model import LabelAnchor, PictureAnchor

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 3, 3)
MUSEUM = "museum: m\nname: N\nlanguages: [{}]\naddress: https://m.example\nlicense: CC0-1.0\n"
TOUR = "tour: t\ntitle: {}\nstops:\n  - stop: s\n    title: {}\n    text: {}\n"


def codes(folder: Path) -> list[str]:
    """Return the codes of what is found in a folder."""
    return [finding.code for finding in read_museum(folder).diagnostics]


def edited(museum: Path, old: str, new: str, name: str = "tours/visite.yaml") -> Path:
    """Return the museum after a change in one of its files."""
    path = museum / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return museum


def made(folder: Path, museum: str, **tours: str) -> Path:
    """Return a museum's folder with these files."""
    (folder / "tours").mkdir(parents=True)
    (folder / "museum.yaml").write_text(museum, encoding="utf-8")
    for name, text in tours.items():
        (folder / "tours" / f"{name}.yaml").write_bytes(text.encode())
    return folder


def test_the_whole_museum_has_no_finding(museum: Path) -> None:
    assert codes(museum) == []


@pytest.mark.parametrize(("height", "found"), [("about 21", "T060"), ("about", "T061")])
def test_an_estimate_needs_its_unit_too(museum: Path, height: str, found: str) -> None:
    assert codes(edited(museum, "height: 21 m", f"height: {height}")) == [found]


def test_only_what_is_shown_may_be_estimated(museum: Path) -> None:
    """A label's height is measured, or the scene stands in the air."""
    assert codes(edited(museum, "height: 1.40 m", "height: about 1.40 m")) == ["T061"]


def test_the_demonstration_museum_has_no_finding() -> None:
    """Only its text is judged here: the model's file is made by its own script."""
    reading = read_museum(ROOT / "content" / "creusot-montceau")

    assert [f.code for f in reading.diagnostics if f.code not in ("T080", "T081")] == []


def test_values_arrive_in_the_models_units(museum: Path) -> None:
    found = read_museum(museum).museum

    assert found is not None
    hammer, plan = found.tours[0].stops
    assert found.tours[0].duration_min == 45
    assert hammer.label is not None
    assert (hammer.label.height.metres, hammer.label.slope.degrees) == (1.4, 30.0)
    assert hammer.label.facing is not None
    assert hammer.label.facing.degrees == 225.0
    assert hammer.scene is not None
    assert hammer.scene.height is not None
    assert hammer.scene.height.metres == 21.0
    assert hammer.scene.poster is None
    assert isinstance(hammer.anchors[0], LabelAnchor)
    assert hammer.anchors[0].ahead_m == 12.0
    assert plan.scene is not None
    assert plan.scene.scale == 0.005
    assert isinstance(plan.anchors[0], PictureAnchor)
    assert plan.anchors[0].width.metres == 0.42


def test_a_tour_inherits_from_its_museum(museum: Path) -> None:
    edited(
        museum,
        "license: CC-BY-SA-4.0",
        "license: CC0-1.0\ncredits: Nous",
        "museum.yaml",
    )

    found = read_museum(museum).museum

    assert found is not None
    tour = found.tours[0]
    assert (tour.languages, tour.license, tour.credits and tour.credits.get("fr")) == (
        ("fr", "en"),
        "CC0-1.0",
        "Nous",
    )


def test_units_and_up_of_a_model(museum: Path) -> None:
    edited(
        museum,
        "      height: 21 m\n",
        "      height: 21 m\n      units: mm\n      up: z\n",
    )

    found = read_museum(museum).museum

    assert found is not None
    scene = found.tours[0].stops[0].scene
    assert scene is not None
    assert (scene.source.metres_per_unit, scene.source.up) == (0.001, "z")


@pytest.mark.parametrize(("written", "is_so"), [("yes", True), ("no", False)])
def test_whether_hollows_are_darkened(
    museum: Path, written: str, *, is_so: bool
) -> None:
    edited(
        museum,
        "      height: 21 m\n",
        f"      height: 21 m\n      occlusion: {written}\n",
    )

    found = read_museum(museum).museum

    assert found is not None
    scene = found.tours[0].stops[0].scene
    assert scene is not None
    assert scene.source.occlusion is not None
    assert scene.source.occlusion.is_so is is_so


def test_one_language_needs_no_language_keys(tmp_path: Path) -> None:
    folder = made(tmp_path / "m", MUSEUM.format("fr"), t=TOUR.format("A", "B", "C"))

    assert codes(folder) == []


def test_three_languages_in_several_writings(tmp_path: Path) -> None:
    title = "{ fr: A, en: B, de: C }"
    block = "\n      fr: |\n        A\n\n        **b**\n      en: >-\n        A\n        b\n      de: 'C'"
    folder = made(
        tmp_path / "m",
        MUSEUM.format("fr, en, de").replace("name: N", f"name: {title}"),
        t=TOUR.format(title, title, block),
    )

    assert codes(folder) == []


def test_tours_may_have_fewer_languages_than_the_museum(tmp_path: Path) -> None:
    museum = MUSEUM.format("fr, en").replace("name: N", "name: { fr: A, en: B }")
    tour = "languages: [en]\n" + TOUR.format("A", "B", "C")

    assert codes(made(tmp_path / "m", museum, t=tour)) == []


def test_windows_files_are_read_alike(museum: Path) -> None:
    path = museum / "tours" / "visite.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))

    assert codes(museum) == []


def test_right_to_left_and_chinese_names(tmp_path: Path) -> None:
    folder = made(
        tmp_path / "m",
        MUSEUM.format("ar, zh-Hant").replace(
            "name: N", "name: { ar: متحف, zh-Hant: 館 }"
        ),
        t=TOUR.format(*["{ ar: جولة, zh-Hant: 遊 }"] * 3),
    )

    assert codes(folder) == []


def test_all_findings_of_all_files_come_in_one_run(museum: Path) -> None:
    edited(museum, "color", "couleur", "museum.yaml")
    edited(museum, "height: 21 m", "height: 21")
    edited(museum, "scale: 1:200", "scale: 200")
    (museum / "tours" / "autre.yaml").write_text("tour: [", encoding="utf-8")

    found = read_museum(museum)

    assert [f.code for f in found.diagnostics] == ["T030", "T008", "T060", "T065"]
    assert list(found.diagnostics) == sorted(found.diagnostics)


def test_a_wrong_encoding_hides_nothing_of_its_line(museum: Path) -> None:
    """The line named for the encoding is only the first with an accent."""
    edited(museum, "  fr: De la forge à la ville", "  fr: à\n  xx: b")
    path = museum / "tours" / "visite.yaml"
    path.write_bytes(
        path.read_text(encoding="utf-8").replace("fr: à", "fx: à").encode("cp1252")
    )

    assert sorted(codes(museum)) == ["T001", "T050", "T050"]


def test_what_is_valid_is_kept_beside_what_is_not(museum: Path) -> None:
    """A preview shows the other stops while one is being mended."""
    edited(museum, "  - stop: plan\n", "  - stop: Plan\n")

    reading = read_museum(museum)

    assert reading.has_errors
    assert reading.museum is not None
    assert [stop.id for _, stop in reading.museum.stops()] == ["marteau"]


def test_warnings_alone_let_publish(museum: Path) -> None:
    edited(
        museum, "{ fr: Le plan de 1890, en: The 1890 plan }", "{ fr: Le plan de 1890 }"
    )

    reading = read_museum(museum)

    assert [finding.code for finding in reading.diagnostics] == ["T051"]
    assert not reading.has_errors


def test_a_wrong_start_is_told_once(museum: Path) -> None:
    """The middle of the points is the reference: the stops are right."""
    edited(museum, "start: 46.7867, 4.4328", "start: 4.4328, 46.7867")

    findings = read_museum(museum).diagnostics

    assert [(f.code, f.location.line) for f in findings] == [("T069", 6)]


def test_an_absent_folder_is_told(tmp_path: Path) -> None:
    assert codes(tmp_path / "rien") == ["T100"]


def test_a_misspelt_museum_file_is_named(museum: Path) -> None:
    (museum / "museum.yaml").rename(museum / "Museum.yml")

    finding = read_museum(museum).diagnostics[0]

    assert finding.code == "T100"
    assert "Museum.yml" in finding.fr.remedy


def test_a_museum_file_that_is_a_folder_is_told(museum: Path) -> None:
    (museum / "museum.yaml").unlink()
    (museum / "museum.yaml").mkdir()

    assert codes(museum) == ["T021"]


def test_a_museum_file_that_is_a_list_is_told(museum: Path) -> None:
    (museum / "museum.yaml").write_text("- a\n- b\n", encoding="utf-8")

    assert codes(museum) == ["T037"]


def test_hidden_and_backup_files_are_no_tours(museum: Path) -> None:
    for name in (".visite.yaml.swp", "visite.yaml~", ".DS_Store"):
        (museum / "tours" / name).write_text("x", encoding="utf-8")

    assert codes(museum) == []


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_out_of_the_folder_is_refused(museum: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.jpg"
    secret.write_text("x", encoding="utf-8")
    (museum / "images" / "ateliers.jpg").unlink()
    (museum / "images" / "ateliers.jpg").symlink_to(secret)

    assert codes(museum) == ["T084"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_to_nothing_is_not_a_file(museum: Path) -> None:
    (museum / "images" / "ateliers.jpg").unlink()
    (museum / "images" / "ateliers.jpg").symlink_to("nulle-part.jpg")

    assert codes(museum) in (["T080"], ["T081"])


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd.jpg",
        "../x.jpg",
        "images/../../x.jpg",
        "C:/x.jpg",
        "C:\\\\x.jpg",
        "~/x.jpg",
        "\\\\\\\\server\\\\x.jpg",
    ],
)
def test_no_path_leaves_the_folder(museum: Path, path: str) -> None:
    edited(museum, "poster: images/ateliers.jpg", f'poster: "{path}"')

    assert codes(museum) == ["T084"]


def test_a_path_through_its_own_folder_is_fine(museum: Path) -> None:
    edited(museum, "poster: images/ateliers.jpg", "poster: ./images/ateliers.jpg")

    assert codes(museum) == []


def test_recordings_absent_in_every_language_are_told_once(museum: Path) -> None:
    edited(museum, "audio/marteau.{lang}.m4a", "audio/pilon.{lang}.m4a")

    assert codes(museum) == ["T080"]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("https://écomusée.fr", "https://xn--comuse-9uaf.fr"),
        ("visite.example", "https://visite.example"),
        ("https://visite.example/x", "https://visite.example"),
        ("https://visite.example:8443", "https://visite.example"),
        ("https://me@visite.example", "https://visite.example"),
        ("https://192.168.1.2", "https://visite.mon-musee.fr"),
        ("https://localhost", "https://visite.mon-musee.fr"),
        ("https://[::1", "https://visite.mon-musee.fr"),
    ],
)
def test_public_addresses(museum: Path, written: str, told: str) -> None:
    edited(museum, "https://visite.example", f'"{written}"', "museum.yaml")

    finding = read_museum(museum).diagnostics[0]

    assert finding.code == "T103"
    assert told in finding.fr.remedy


def test_a_closing_slash_of_the_address_is_dropped(museum: Path) -> None:
    edited(museum, "https://visite.example", "https://visite.example/", "museum.yaml")

    found = read_museum(museum).museum

    assert found is not None
    assert found.address == "https://visite.example"


def test_the_registry_is_read_back(museum: Path) -> None:
    registry = Registry("https://visite.example").assigned([("visite", "plan")], TODAY)
    (museum / FILE_NAME).write_text(registry.to_yaml(), encoding="utf-8")

    assert read_museum(museum).registry == registry


def test_an_empty_registry_is_read_back(museum: Path) -> None:
    registry = Registry("https://visite.example")
    (museum / FILE_NAME).write_text(registry.to_yaml(), encoding="utf-8")

    reading = read_museum(museum)

    assert reading.registry == registry
    assert reading.diagnostics == ()


def test_without_a_record_the_registry_is_empty(museum: Path) -> None:
    assert read_museum(museum).registry == Registry("https://visite.example")


@pytest.mark.parametrize(
    "content",
    [b"", b"- a\n", b"address: x\ncodes: y\n", b"\xff\xfe", b"codes: []\n", b"a: [\n"],
)
def test_a_ruined_record_is_told_once(museum: Path, content: bytes) -> None:
    (museum / FILE_NAME).write_bytes(content)

    assert codes(museum) == ["T110"]


def test_every_slip_in_the_record_is_noticed(museum: Path) -> None:
    """Any one sign of an entry changed: a printed label would lie or lead nowhere."""
    registry = Registry("https://visite.example").assigned([("visite", "plan")], TODAY)
    text = registry.to_yaml()
    entry = text.index("{ code")

    for place in range(entry, len(text) - 1):
        if text[place].isalnum():
            other = "7" if text[place] != "7" else "9"
            slip = text[:place] + other + text[place + 1 :]
            (museum / FILE_NAME).write_text(slip, encoding="utf-8")

            assert read_museum(museum).has_errors, slip


def test_a_broken_tour_does_not_withdraw_its_stops(museum: Path) -> None:
    """Labels must not be taken down because of a slip in a file."""
    pairs = [("visite", "plan"), ("visite", "marteau")]
    registry = Registry("https://visite.example").assigned(pairs, TODAY)
    (museum / FILE_NAME).write_text(registry.to_yaml(), encoding="utf-8")
    (museum / "tours" / "visite.yaml").write_text("tour: [\n", encoding="utf-8")

    assert codes(museum) == ["T008"]


def test_forty_stops_are_read_without_a_finding(museum: Path) -> None:
    """How long that takes is measured in `benchmarks/curator_mistakes.py`."""
    path = museum / "tours" / "visite.yaml"
    head, stops = path.read_text(encoding="utf-8").split("stops:\n")
    many = (
        re.sub(r"(stop: |fr: |en: )", rf"\g<1>n{i}-", stops).replace("1890", "l’usine")
        for i in range(20)
    )
    path.write_text(head + "stops:\n" + "\n".join(many), encoding="utf-8")

    reading = read_museum(museum)

    assert reading.museum is not None
    assert len(reading.museum.tours[0].stops) == 40
    assert reading.diagnostics == ()


def test_reading_imports_nothing_heavy() -> None:
    """Curators wait for `validate` at each save."""
    script = (
        "import sys; import tours.checks; "
        "print(*{name.split('.')[0] for name in sys.modules})"
    )

    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )

    outside = set(ran.stdout.split()) - set(sys.stdlib_module_names)
    assert {
        name
        for name in outside
        if name in ("numpy", "PIL", "cv2", "aiohttp", "jinja2", "trimesh")
    } == set()


@pytest.mark.parametrize("case", [["titre"], ["Title"], ["TITLE"], ["titel"]], ids=str)
def test_near_keys(museum: Path, case: list[str]) -> None:
    edited(museum, "    title: { fr: Le plan", f"    {case[0]}: {{ fr: Le plan")

    finding = read_museum(museum).diagnostics[0]

    assert finding.code == "T030"
    assert "title" in finding.fr.remedy


@pytest.mark.parametrize("name", ["", "_museum"])
def test_a_folder_of_folders_is_told(
    tmp_path: Path, name: str, with_case: Callable[[Path], Path]
) -> None:
    (tmp_path / "vide" / name).mkdir(parents=True)

    assert codes(tmp_path / "vide")[0] == "T100"


@pytest.mark.parametrize(
    "text",
    [
        "stops: [" + "{}," * 300_000 + "]",
        "stops: [" + "a," * 400_000 + "]",
        "".join(f"k{i}: 1\n" for i in range(90_000)),
        "title: {" + "".join(f"k{i}: 1," for i in range(90_000)) + "}",
        "tour: " + "é" * 400_000,
        "a: b : c\n" * 90_000,
        "languages: [" + "fr," * 300_000 + "]",
        "stops:\n" + "  - stop: s\n" * 70_000,
    ],
    ids=lambda text: text[:20],
)
def test_a_file_of_a_megabyte_is_told_in_seconds(museum: Path, text: str) -> None:
    """Whoever opens a wrong file by mistake must not wait, nor read a thousand lines."""
    (museum / "tours" / "visite.yaml").write_text(text, encoding="utf-8")
    began = perf_counter()

    reading = read_museum(museum)

    assert perf_counter() - began < 20.0  # two seconds where nothing else runs
    assert 0 < len(reading.diagnostics) <= 3000


def test_a_pipe_is_not_waited_for(museum: Path) -> None:
    os.mkfifo(museum / "tours" / "tuyau.yaml")

    assert codes(museum) == ["T021"]
