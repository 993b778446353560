"""What holds after any sequence of publications and rollbacks."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from publishing.errors import NoEarlierReleaseError
from publishing.release import integrity, repository
from publishing.release.draft import Draft, DraftFile
from tours.release import CodeTarget, from_json

if TYPE_CHECKING:
    from tours.release import Entry, Release

ADDRESS = "https://forge.example"
TEXTS = ("one", "two", "three")
CODES = ("2222", "3333", "4444", "5555")


class Publishing(RuleBasedStateMachine):
    """Publish one text or another, give codes, go back; visitors always find all.

    Codes are only ever added, as the registry does.
    """

    def __init__(self) -> None:
        super().__init__()
        # In memory where possible: it is the order of things that is tried here.
        memory = Path("/dev/shm")  # noqa: S108 - a folder of our own within it
        self._folder = tempfile.mkdtemp(dir=memory if memory.is_dir() else None)
        self.build_dir = Path(self._folder) / "forge"
        self.codes: set[str] = set()
        self.promised: dict[str, Entry] = {}

    def teardown(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self._folder)

    @rule(
        text=st.sampled_from(TEXTS),
        more=st.sampled_from(CODES),
        keep=st.integers(1, 3),
    )
    def publish(self, text: str, more: str, keep: int) -> None:
        """Publish a text, with one code that may be new."""
        self.codes.add(more)
        with repository.open_repository(self.build_dir, keep=keep) as shelf:
            shelf.write(_draft(text, self.codes))

        self._promise()
        assert len(repository.read_history(self.build_dir)) <= keep

    @precondition(lambda self: self.codes)
    @rule()
    def roll_back(self) -> None:
        """Go back to what was served before."""
        self._roll_back(None)

    @precondition(lambda self: self.codes)
    @rule(place=st.integers(0, 4))
    def roll_back_to(self, place: int) -> None:
        """Go back to one of the releases kept."""
        past = repository.read_history(self.build_dir)
        self._roll_back(past[place % len(past)].release.id)

    @precondition(lambda self: self.codes)
    @invariant()
    def serves_a_whole_release(self) -> None:
        """Find that what is served reads back, with its pages, codes and links."""
        folder = self.build_dir / "releases" / self._current().id
        content = (folder / "release.json").read_bytes()
        assert from_json(content) == self._current()
        assert integrity.find_problems(folder, self._current()) == ()

    @precondition(lambda self: self.codes)
    @invariant()
    def keeps_every_printed_code(self) -> None:
        """Find the pages of every code that a release ever served."""
        assert {target.code for target in self._current().codes} == self.codes

    @precondition(lambda self: self.codes)
    @invariant()
    def keeps_every_immutable_file(self) -> None:
        """Find every file that a phone may have been told to keep."""
        entries = {entry.url: entry for entry in self._current().entries}
        assert all(entries[url] == entry for url, entry in self.promised.items())

    @precondition(lambda self: self.codes)
    @invariant()
    def serves_the_newest(self) -> None:
        """Find that the last release made is served, and nothing half-made is left."""
        names = sorted(path.name for path in (self.build_dir / "releases").iterdir())
        assert names[-1] == self._current().id
        assert not [name for name in names if name.startswith(".")]

    def _current(self) -> Release:
        return repository.read_history(self.build_dir)[0].release

    def _roll_back(self, identity: str | None) -> None:
        wanted = _target(self.build_dir, identity)
        before = self._current()
        try:
            repository.roll_back(self.build_dir, identity)
        except NoEarlierReleaseError:
            assert wanted is None
            assert self._current() == before
        else:
            assert wanted is not None
            assert _pages(wanted) <= _pages(self._current())

    def _promise(self) -> None:
        for entry in self._current().entries:
            if entry.caching == "immutable":
                self.promised[entry.url] = entry


def _target(build_dir: Path, identity: str | None) -> Release | None:
    """Return what a rollback should bring back."""
    past = [kept.release for kept in repository.read_history(build_dir)]
    shown = past[0].restores or past[0].id
    if identity is not None:
        return next(old for old in past if old.id == identity)
    return next((old for old in past if old.id < shown), None)


def _pages(release: Release) -> set[tuple[str, str]]:
    return {
        (entry.url, entry.identity.sha256)
        for entry in release.entries
        if entry.caching == "revalidate"
    }


def _draft(text: str, codes: set[str]) -> Draft:
    style = DraftFile(
        f"/client/{text}.css", "text/css", "immutable", text.encode() * 50
    )
    pages = [_page("/", text, style)]
    for code in sorted(codes):
        pages.append(_page(f"/{code}", text, style))
        pages.append(_page(f"/fr/{code}/", text, style))
    targets = (
        CodeTarget(code, "t", code, (("fr", f"/fr/{code}/"),)) for code in sorted(codes)
    )
    return Draft("forge", ADDRESS, ("fr",), (style, *pages), tuple(targets))


def _page(url: str, text: str, style: DraftFile) -> DraftFile:
    content = f"<link href='{style.url}'><a href='/'>{text}</a>".encode()
    return DraftFile(url, "text/html", "revalidate", content)


TestPublishing = Publishing.TestCase
TestPublishing.settings = settings(
    max_examples=25, stateful_step_count=12, deadline=None
)
