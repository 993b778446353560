"""Releases: written whole, kept, rolled back."""

from __future__ import annotations

import dataclasses
import re
import shutil
from typing import TYPE_CHECKING

import brotli
import pytest

from publishing.errors import (
    BusyError,
    DamagedReleaseError,
    ForeignReleasesError,
    NoEarlierReleaseError,
)
from publishing.release import integrity, repository
from tours.release import from_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

    from publishing.release.draft import Draft, DraftFile
    from publishing.release.repository import WriteResult
    from tours.release import Release

    Publish = Callable[..., WriteResult]


def urls(release: Release, caching: str) -> set[str]:
    return {entry.url for entry in release.entries if entry.caching == caching}


def codes(release: Release) -> set[str]:
    return {target.code for target in release.codes}


def current(build_dir: Path) -> Release:
    kept = repository.read_history(build_dir)[0]
    assert integrity.find_problems(kept.folder, kept.release) == ()
    return kept.release


def test_is_a_folder_any_web_server_could_hand_out(publish: Publish) -> None:
    folder = publish().folder

    page = (folder / "fr" / "index.html").read_bytes()
    assert page.startswith(b"<!doctype html><title>/fr/")
    assert brotli.decompress((folder / "fr" / "index.html.br").read_bytes()) == page
    assert (folder / "K7QM" / "index.html").is_file()


def test_current_names_it(publish: Publish, build_dir: Path) -> None:
    release = publish().release

    assert (build_dir / "current").read_text() == f"{release.id}\n"
    assert from_json(publish().folder.joinpath("release.json").read_bytes()) == release


def test_names_sort_by_time(publish: Publish) -> None:
    names = [publish(text).release.id for text in ("one", "two", "three")]

    assert names == sorted(names)
    assert re.fullmatch(r"\d{8}T\d{12}Z-[0-9a-f]{12}", names[0])


def test_time_goes_on_when_the_clock_is_set_back(
    publish: Publish, build_dir: Path
) -> None:
    """A release from a machine whose clock was ahead is still older than the next."""
    folder = publish().folder
    future = folder.with_name(folder.name.replace("20", "29", 1))
    text = (folder / "release.json").read_text().replace(folder.name, future.name)
    folder.rename(future)
    (future / "release.json").write_text(text)
    (build_dir / "current").write_text(future.name)

    assert publish("two").release.id > future.name
    assert current(build_dir).id > future.name


def test_the_same_again_makes_no_release(publish: Publish, build_dir: Path) -> None:
    first = publish()

    second = publish()

    assert (first.is_new, second.is_new) == (True, False)
    assert second.release == first.release
    assert len(repository.read_history(build_dir)) == 1


def test_media_are_not_copied(publish: Publish, build_dir: Path) -> None:
    written = publish()

    (media,) = written.folder.glob("media/*")
    assert media.samefile(build_dir / "files" / media.name)


def test_media_are_copied_where_links_fail(
    publish: Publish, build_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("os.link", refuse)

    written = publish()

    (media,) = written.folder.glob("media/*")
    assert not media.samefile(build_dir / "files" / media.name)
    assert current(build_dir) == written.release


def test_pages_that_did_not_change_are_not_written_again(publish: Publish) -> None:
    first = publish("one")

    second = publish("two")

    for name in ("fr/index.html", "fr/index.html.br"):
        assert (second.folder / name).samefile(first.folder / name)


def test_what_was_immutable_stays(publish: Publish, build_dir: Path) -> None:
    """A phone that kept an older page goes on finding its style and its model."""
    first = publish("one")

    publish("two")

    assert urls(first.release, "immutable") < urls(current(build_dir), "immutable")
    assert len(urls(current(build_dir), "immutable")) == 4


def test_what_was_immutable_outlives_its_release(
    publish: Publish, build_dir: Path
) -> None:
    first = publish("one")

    for text in ("two", "three", "four"):
        publish(text, keep=1)

    assert not first.folder.exists()
    assert urls(first.release, "immutable") < urls(current(build_dir), "immutable")


def test_keeps_as_many_as_asked(publish: Publish, build_dir: Path) -> None:
    for text in ("one", "two", "three", "four"):
        publish(text, keep=2)

    names = {path.name for path in (build_dir / "releases").iterdir()}
    assert names == {kept.release.id for kept in repository.read_history(build_dir)}
    assert len(names) == 2


def test_back_to_the_one_before(publish: Publish, build_dir: Path) -> None:
    first = publish("one").release
    publish("two")

    back = repository.roll_back(build_dir).release

    assert back.restores == first.id
    assert current(build_dir) == back
    assert page_of(build_dir, "fr/t/k7qm/index.html") == b"one"


def test_twice_back(publish: Publish, build_dir: Path) -> None:
    first = publish("one").release
    publish("two")
    publish("three")

    repository.roll_back(build_dir)
    repository.roll_back(build_dir)

    assert current(build_dir).restores == first.id
    with pytest.raises(NoEarlierReleaseError):
        repository.roll_back(build_dir)


def test_back_from_what_followed_a_rollback(publish: Publish, build_dir: Path) -> None:
    """What was served before is what one gets, not the release rolled back from."""
    first = publish("one").release
    publish("two")
    repository.roll_back(build_dir)
    publish("three")

    repository.roll_back(build_dir)

    assert current(build_dir).restores == first.id


def test_back_to_a_named_one(publish: Publish, build_dir: Path) -> None:
    first = publish("one").release
    publish("two")
    publish("three")

    repository.roll_back(build_dir, first.id)

    assert page_of(build_dir, "fr/t/k7qm/index.html") == b"one"


def test_back_to_what_is_served_changes_nothing(
    publish: Publish, build_dir: Path
) -> None:
    release = publish().release

    assert not repository.roll_back(build_dir, release.id).is_new


@pytest.mark.parametrize("name", ["20260101T000000000000Z-000000000000", "../x", ""])
def test_back_to_an_unknown_one(publish: Publish, build_dir: Path, name: str) -> None:
    publish()

    with pytest.raises(NoEarlierReleaseError):
        repository.roll_back(build_dir, name)


def test_nothing_to_go_back_to(build_dir: Path) -> None:
    with pytest.raises(NoEarlierReleaseError):
        repository.roll_back(build_dir)


def test_a_rollback_loses_no_printed_code(publish: Publish, build_dir: Path) -> None:
    """A code printed after the older release keeps its pages, whole."""
    publish("one", ("K7QM",))
    publish("two", ("K7QM", "W4HX"))

    repository.roll_back(build_dir)

    assert codes(current(build_dir)) == {"K7QM", "W4HX"}
    assert page_of(build_dir, "fr/t/k7qm/index.html") == b"one"
    assert page_of(build_dir, "fr/t/w4hx/index.html") == b"two"


def test_a_rollback_keeps_the_newer_files(publish: Publish, build_dir: Path) -> None:
    """Phones that have the newer page still find what it shows."""
    publish("one")
    newer = publish("two").release

    repository.roll_back(build_dir)

    assert urls(newer, "immutable") <= urls(current(build_dir), "immutable")


def test_back_and_forth_is_no_change_for_visitors(
    publish: Publish, build_dir: Path
) -> None:
    publish("one")
    newer = publish("two").release
    repository.roll_back(build_dir)

    repository.roll_back(build_dir, newer.id)

    assert current(build_dir).entries == newer.entries


def test_no_rollback_to_a_damaged_release(publish: Publish, build_dir: Path) -> None:
    first = publish("one")
    second = publish("two").release
    first.folder.joinpath("fr/t/k7qm/index.html").write_bytes(b"rotten")

    with pytest.raises(DamagedReleaseError, match=r"fr/t/k7qm/index\.html"):
        repository.roll_back(build_dir)
    assert current(build_dir) == second


def test_a_rollback_from_a_damaged_release(publish: Publish, build_dir: Path) -> None:
    """The release one flees from need not be whole."""
    publish("one")
    second = publish("two", ("K7QM", "W4HX"))
    shutil.rmtree(second.folder / "W4HX")
    (second.folder / "fr/t/w4hx/index.html").write_bytes(b"rotten")

    repository.roll_back(build_dir)

    assert page_of(build_dir, "fr/t/k7qm/index.html") == b"one"


def test_a_damaged_page_is_written_anew(publish: Publish, build_dir: Path) -> None:
    """What an earlier release has is checked before it is taken."""
    first = publish("one")
    (first.folder / "fr" / "index.html").write_bytes(b"rotten")

    publish("two")

    assert current(build_dir)


def test_a_damaged_earlier_file_is_left_out_and_told(
    publish: Publish, build_dir: Path
) -> None:
    first = publish("one")
    (style,) = (first.folder / "client").glob("*.css")
    style.write_bytes(b"rotten")

    second = publish("two")

    assert second.lost == (style,)
    assert f"/client/{style.name}" not in urls(current(build_dir), "immutable")
    assert not publish("two").is_new


def test_a_damaged_media_file_stops_publication(
    publish: Publish, build_dir: Path, made: ModuleType
) -> None:
    first = publish("one").release
    media = made.stored(build_dir, b"model of two" * 9)
    media.content.path.write_bytes(b"rotten")

    with pytest.raises(DamagedReleaseError, match="remove it, then build again"):
        publish("two")
    assert current(build_dir) == first


def test_a_dead_link_stops_publication(
    build_dir: Path, made: ModuleType, publish: Publish
) -> None:
    first = publish("one").release
    draft = made.draft(build_dir, "two")
    lonely = made.page("/fr/x/", '<img srcset="/a.webp 1x, /b.webp 2x">')
    draft = draft_with(draft, lonely)

    with (
        repository.open_repository(build_dir) as shelf,
        pytest.raises(DamagedReleaseError, match=r"/fr/x/ points to /a\.webp"),
    ):
        shelf.write(draft)
    assert current(build_dir) == first
    assert list((build_dir / "releases").glob(".*")) == []


def test_a_dead_code_stops_publication(build_dir: Path, made: ModuleType) -> None:
    draft = made.draft(build_dir)
    pages = tuple(item for item in draft.items if item.url not in {"/K7QM", "/fr/"})
    draft = dataclasses.replace(draft, items=pages)

    with (
        repository.open_repository(build_dir) as shelf,
        pytest.raises(DamagedReleaseError, match="the code K7QM leads to /K7QM"),
    ):
        shelf.write(draft)
    assert repository.read_history(build_dir) == ()


def test_one_file_for_two_addresses_stops_publication(
    build_dir: Path, made: ModuleType
) -> None:
    """Disks of macOS and Windows ignore case: one page would replace the other."""
    twin = made.page("/FR/", "")
    draft = draft_with(made.draft(build_dir), twin)

    with (
        repository.open_repository(build_dir) as shelf,
        pytest.raises(DamagedReleaseError, match="share the file"),
    ):
        shelf.write(draft)


def test_another_museum_is_refused(publish: Publish) -> None:
    publish()

    with pytest.raises(ForeignReleasesError, match="'forge'"):
        publish(museum="mine")


def test_one_publication_at_a_time(publish: Publish, build_dir: Path) -> None:
    publish()

    with (
        repository.open_repository(build_dir),
        pytest.raises(BusyError, match="wait until it ends"),
    ):
        repository.roll_back(build_dir)
    assert not publish().is_new


def test_a_lost_current_is_written_again(publish: Publish, build_dir: Path) -> None:
    publish("one")
    newest = publish("two").release
    (build_dir / "current").unlink()

    publish("three")

    assert len(repository.read_history(build_dir)) == 3
    assert newest in [kept.release for kept in repository.read_history(build_dir)]


def test_an_unreadable_release_does_not_stop_publication(
    publish: Publish, build_dir: Path
) -> None:
    broken = publish("one").folder
    (broken / "release.json").write_text("{")

    publish("two")

    assert current(build_dir).id > broken.name


def test_the_same_again_mends_a_damaged_release(
    publish: Publish, build_dir: Path
) -> None:
    """A server that finds a damaged file says: publish again."""
    first = publish()
    (first.folder / "fr" / "index.html").write_bytes(b"rotten")

    assert publish().is_new
    assert current(build_dir) != first.release


def test_the_same_again_mends_an_unreadable_release(
    publish: Publish, build_dir: Path
) -> None:
    publish("one")
    broken = publish("two").folder
    (broken / "release.json").write_text("{")

    assert publish("one").is_new
    assert repository.current_id(build_dir) == current(build_dir).id != broken.name


def test_what_people_put_beside_releases_stays(
    publish: Publish, build_dir: Path
) -> None:
    """A copy kept by hand under its own name is not ours to serve, nor to remove."""
    folder = publish("one").folder
    shutil.copytree(folder, folder.with_name("backup"))
    (folder.parent / ".my-notes").write_text("")

    for text in ("two", "three"):
        publish(text, keep=1)

    names = {path.name for path in folder.parent.iterdir()}
    assert names == {"backup", ".my-notes", current(build_dir).id}


def test_a_full_disk_changes_nothing(
    publish: Publish, build_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = publish("one").release

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", refuse)
        with pytest.raises(DamagedReleaseError, match="No space left"):
            publish("two")
    assert current(build_dir) == first
    assert [path.name for path in (build_dir / "releases").iterdir()] == [first.id]


def test_a_folder_that_can_not_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "build").write_text("a file")

    with (
        pytest.raises(DamagedReleaseError, match="the disk refuses"),
        repository.open_repository(tmp_path / "build" / "forge"),
    ):
        pytest.fail("there is no folder")


def page_of(build_dir: Path, file: str) -> bytes:
    """Return the text that the current release's page was made from."""
    content = (repository.read_history(build_dir)[0].folder / file).read_bytes()
    found = re.search(rb'\.glb">(\w+)</a>', content)
    assert found
    return found[1]


def draft_with(draft: Draft, item: DraftFile) -> Draft:
    return dataclasses.replace(draft, items=(*draft.items, item))
