"""From a museum's folder to what is served: all of it, or nothing new."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest

from publishing.client_files import ClientFilesError
from publishing.disk import Disk
from publishing.errors import BusyError, LabelError
from publishing.print_labels import print_labels
from publishing.publish import publish
from publishing.release import integrity, repository
from tours.checks import read_museum
from tours.manifest import stop_url

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 24)
VISIT = "tours/visite.yaml"


def rewrite(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


def codes(folder: Path) -> dict[str, str]:
    """Return the code of each stop."""
    return {entry.stop: entry.code for entry in read_museum(folder).registry.codes}


def test_serves_every_page_in_every_language(
    museum: Path, client: Path, build_dir: Path
) -> None:
    published = publish(museum, build_dir, client=client)

    assert published.release is not None
    assert published.folder is not None
    assert integrity.find_problems(published.folder, published.release) == ()
    urls = {entry.url for entry in published.release.entries}
    stops = {
        stop_url("visite", stop, language)
        for stop in ("marteau", "four")
        for language in ("fr", "en")
    }
    fixed = {"/", "/fr/", "/en/", "/404.html", "/code/", "/robots.txt", "/favicon.svg"}
    assert stops | fixed | {"/manifests/visite.fr.json", "/client/boot-1.js"} <= urls


def test_nothing_new_makes_no_release(
    museum: Path, client: Path, build_dir: Path
) -> None:
    first = publish(museum, build_dir, client=client)

    second = publish(museum, build_dir, client=client)

    assert (first.is_new, second.is_new) == (True, False)
    assert first.release == second.release


def test_tells_each_step(museum: Path, client: Path, build_dir: Path) -> None:
    told: list[str] = []

    publish(
        museum,
        build_dir,
        client=client,
        progress=lambda step, _done, _total, _share, _in_hand: told.append(step),
    )

    assert list(dict.fromkeys(told)) == ["reading", "assets", "pages", "release"]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("museum.yaml", "fr: La forge,", "fr: La: forge,"),
        (VISIT, "Il y fait chaud.", "'[là](https://forge.example/nulle-part/)'"),
        ("museum.yaml", "forge.example", f"{'a' * 60}.{'b' * 60}.example"),
    ],
    ids=["yaml", "link", "address"],
)
def test_a_finding_leaves_what_is_served(
    museum: Path, client: Path, build_dir: Path, file: str, old: str, new: str
) -> None:
    """Whichever step finds it, visitors keep what they had."""
    before = publish(museum, build_dir, client=client).release
    rewrite(museum, file, old, new)

    published = publish(museum, build_dir, client=client)

    assert published.has_errors
    assert (published.release, published.is_new) == (None, False)
    assert repository.read_history(build_dir)[0].release == before


def test_without_a_client(museum: Path, tmp_path: Path, build_dir: Path) -> None:
    with pytest.raises(ClientFilesError, match="build-client"):
        publish(museum, build_dir, client=tmp_path)


def test_each_code_has_its_page(museum: Path, client: Path, build_dir: Path) -> None:
    print_labels(museum, build_dir / "labels.pdf", today=TODAY)

    published = publish(museum, build_dir, client=client)

    assert published.diagnostics == ()
    assert published.release is not None
    targets = {target.stop: target for target in published.release.codes}
    assert {stop: target.code for stop, target in targets.items()} == codes(museum)
    assert dict(targets["four"].pages) == {
        "fr": "/fr/visite/four/",
        "en": "/en/visite/four/",
    }
    assert published.folder is not None
    assert (published.folder / targets["four"].code / "index.html").is_file()


def test_a_withdrawn_stop_keeps_its_code(
    museum: Path, client: Path, build_dir: Path
) -> None:
    """A code on a wall leads to a page that says that its stop is gone."""
    print_labels(museum, build_dir / "labels.pdf", today=TODAY)
    given = codes(museum)
    text = (museum / VISIT).read_text()
    (museum / VISIT).write_text(text[: text.index("  - stop: four")])

    published = publish(museum, build_dir, client=client)

    assert published.release is not None
    target = {t.code: t for t in published.release.codes}[given["four"]]
    assert target.pages == ()
    assert f"/{target.code}" in {entry.url for entry in published.release.entries}


def test_a_rollback_before_the_labels_keeps_the_codes(
    museum: Path, client: Path, build_dir: Path
) -> None:
    publish(museum, build_dir, client=client)
    print_labels(museum, build_dir / "labels.pdf", today=TODAY)
    publish(museum, build_dir, client=client)

    back = repository.roll_back(build_dir)

    assert {target.code for target in back.release.codes} == set(codes(museum).values())
    assert integrity.find_problems(back.folder, back.release) == ()


def test_labels_give_codes_once(museum: Path, build_dir: Path) -> None:
    pdf = build_dir / "labels.pdf"

    first = print_labels(museum, pdf, today=TODAY)
    second = print_labels(museum, pdf, today=date(2027, 1, 1))

    assert [entry.stop for entry in first.assigned] == ["marteau", "four"]
    assert (len(first.drawn), second.assigned) == (2, ())
    assert second.drawn == first.drawn
    assert pdf.read_bytes().startswith(b"%PDF-")


def test_a_new_stop_gets_a_code_and_the_others_keep_theirs(
    museum: Path, build_dir: Path
) -> None:
    print_labels(museum, build_dir / "labels.pdf", today=TODAY)
    given = codes(museum)
    rewrite(
        museum,
        VISIT,
        "  - stop: four",
        "  - stop: mine\n    title: { fr: La mine, en: The mine }\n    text: { fr: Noire., en: Dark. }\n  - stop: four",
    )

    printed = print_labels(museum, build_dir / "labels.pdf", today=TODAY)

    assert [entry.stop for entry in printed.assigned] == ["mine"]
    assert given.items() < codes(museum).items()


def test_building_gives_no_code(museum: Path, client: Path, build_dir: Path) -> None:
    """Codes are for ever: only asking for labels gives them."""
    publish(museum, build_dir, client=client)

    assert not (museum / "codes.lock.yaml").exists()


def test_labels_that_fit_nowhere_give_no_code(museum: Path, build_dir: Path) -> None:
    with pytest.raises(LabelError, match="shorter reading distance"):
        print_labels(
            museum,
            build_dir / "labels.pdf",
            today=TODAY,
            reading_distance_m=9.0,
        )

    assert not (museum / "codes.lock.yaml").exists()
    assert not (build_dir / "labels.pdf").exists()


def test_interrupted_labels_never_leave_a_print_without_its_code(
    museum: Path, build_dir: Path, tmp_path: Path
) -> None:
    """At whichever step Ctrl-C comes, what is printed is written down."""
    place, interrupted = 0, True
    while interrupted:
        folder = tmp_path / f"museum {place}"
        shutil.copytree(museum, folder)
        interrupted = _interrupted(folder, place)
        assert not list(folder.glob(".*"))
        assert not read_museum(folder).has_errors
        is_drawn = (folder / "labels.pdf").exists()
        assert not is_drawn or len(codes(folder)) == 2
        assert is_drawn or not any(
            c.printed for c in read_museum(folder).registry.codes
        )
        place += 1
    assert place > 8
    assert (folder / "labels.pdf").exists()


def test_codes_that_another_program_gave_meanwhile(
    museum: Path, build_dir: Path
) -> None:
    """Two people who print at once never give one code twice."""
    from publishing.labels.code_lock import assign_codes  # noqa: PLC0415

    reading = read_museum(museum)
    assign_codes(museum, reading, TODAY)

    with pytest.raises(BusyError, match="start again"):
        assign_codes(museum, reading, TODAY)


def _interrupted(folder: Path, place: int) -> bool:
    """Print labels into a museum's folder; return whether a step was interrupted."""
    count = iter(range(place + 1))

    def interrupt(_step: str, _path: Path) -> None:
        if next(count, None) == place:
            raise KeyboardInterrupt

    pdf = folder / "labels.pdf"
    try:
        print_labels(folder, pdf, today=TODAY, disk=Disk(interrupt))
    except KeyboardInterrupt:
        return True
    return False
