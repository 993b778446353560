"""A visit that follows its museum's folder, as whoever listens learns of it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from contextlib import asynccontextmanager
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    Command = Callable[..., Any]

STOP = "fr/promenade/pont/"
SHOWS = """\
    shows:
      picture: images/pont.png
      alt: { fr: Une arche., en: An arch. }
"""
PATIENCE_S = 60
"""Of the test, for a machine that does much else."""


class Onlooker:
    """Somebody who has the page open."""

    def __init__(
        self, session: aiohttp.ClientSession, address: str, server_id: int
    ) -> None:
        self._session, self._address = session, address
        self.server_id = server_id
        """Of the process."""
        self._stream: aiohttp.ClientResponse | None = None

    def leave(self) -> None:
        """Close the page."""
        if self._stream is not None:
            self._stream.close()

    async def news(self) -> dict[str, Any]:
        """Return what the page is told next."""
        if self._stream is None:
            self._stream = await self._session.get(f"{self._address}-/live")
        async with asyncio.timeout(PATIENCE_S):
            async for line in self._stream.content:
                if line.startswith(b"data: "):
                    told: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
                    return told
        message = "the stream has ended"
        raise AssertionError(message)

    async def news_with(self, **wanted: object) -> dict[str, Any]:
        """Return the next news that say this."""
        while True:
            told = await self.news()
            if wanted.items() <= told.items():
                return told

    async def page(self, path: str = STOP) -> str:
        """Return a page."""
        async with self._session.get(self._address + path) as response:
            return await response.text()


@asynccontextmanager
async def watched(folder: Path) -> AsyncIterator[Onlooker]:
    """Give an onlooker of the museum in a folder, while it is being written."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "ecomusee", "serve", "--watch", "--json", "--port", "0",
        cwd=folder, env={**os.environ, "LC_ALL": "fr_FR.UTF-8"},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        address = json.loads(await process.stdout.readline())["address"]
        async with aiohttp.ClientSession() as session:
            onlooker = Onlooker(session, address, process.pid)
            try:
                yield onlooker
            finally:
                onlooker.leave()
    finally:
        process.terminate()
        await process.communicate()
    assert process.returncode == 0


def mended(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


async def test_a_saved_text_is_in_the_page(museum: Path, tmp_path: Path) -> None:
    async with watched(tmp_path) as onlooker:
        before = await onlooker.news()
        mended(museum / "tours/promenade.yaml", "Un pont.", "Un autre pont.")

        after = await onlooker.news()

        assert after["shown"] != before["shown"]
        assert "Un autre pont." in await onlooker.page()


async def test_a_bad_save_keeps_the_page_and_tells_why(
    museum: Path, tmp_path: Path
) -> None:
    async with watched(tmp_path) as onlooker:
        before = await onlooker.news()
        mended(museum / "tours/promenade.yaml", "    text:", "    texte:")

        after = await onlooker.news()

        (told,) = after["findings"]
        assert after["shown"] == before["shown"]
        assert told["place"] == "tours/promenade.yaml:8:5 · T030"
        assert told["line"].startswith("texte: { fr: Un pont.")
        assert told["line"].endswith("\n^^^^^")
        assert "Un pont." in await onlooker.page()


async def test_a_mended_save_tells_nothing_any_more(
    museum: Path, tmp_path: Path
) -> None:
    tour = museum / "tours/promenade.yaml"
    async with watched(tmp_path) as onlooker:
        await onlooker.news()
        mended(tour, "    text:", "    texte:")
        await onlooker.news_with(errors=1)
        mended(tour, "    texte:", "    text:")

        assert (await onlooker.news())["errors"] == 0


async def test_a_museum_that_begins_with_errors_is_shown_once_mended(
    museum: Path, tmp_path: Path
) -> None:
    tour = museum / "tours/promenade.yaml"
    mended(tour, "    text:", "    texte:")
    async with watched(tmp_path) as onlooker:
        assert (await onlooker.news())["shown"] == "nothing"
        mended(tour, "    texte:", "    text:")

        assert (await onlooker.news())["shown"] != "nothing"
        assert "Un pont." in await onlooker.page()


async def test_a_new_picture_shows_a_first_one_and_then_itself(
    museum: Path, tmp_path: Path
) -> None:
    (museum / "images").mkdir()
    Image.new("RGB", (1200, 900), "#226688").save(museum / "images/pont.png")
    async with watched(tmp_path) as onlooker:
        await onlooker.news()
        with (museum / "tours/promenade.yaml").open("a", encoding="utf-8") as tour:
            tour.write(SHOWS)

        waiting = await onlooker.news()
        assert "<picture" not in await onlooker.page()
        await onlooker.news_with(waiting=1)
        first = await onlooker.page()
        await onlooker.news_with(waiting=0)
        whole = await onlooker.page()

    assert waiting["waiting"] == 1
    assert first.count("image/avif") == 0
    assert ".jpg" in first
    assert "image/avif" in whole


async def test_a_damaged_picture_is_told_and_awaited_no_longer(
    museum: Path, tmp_path: Path
) -> None:
    (museum / "images").mkdir()
    (museum / "images/pont.png").write_bytes(b"\x89PNG\r\n\x1a\nno more")
    with (museum / "tours/promenade.yaml").open("a", encoding="utf-8") as tour:
        tour.write(SHOWS)
    async with watched(tmp_path) as onlooker:
        told = await onlooker.news_with(waiting=0)

        assert [one["severity"] for one in told["findings"]].count("error") == 1
        assert "Un pont." in await onlooker.page()


@pytest.mark.skipif(sys.platform != "linux", reason="children are told in /proc")
async def test_when_its_workers_die_others_take_their_place(
    museum: Path, tmp_path: Path
) -> None:
    (museum / "images").mkdir()
    picture = museum / "images/pont.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\nno more")
    with (museum / "tours/promenade.yaml").open("a", encoding="utf-8") as tour:
        tour.write(SHOWS)
    async with watched(tmp_path) as onlooker:
        await onlooker.news_with(waiting=0, errors=1)
        for worker in workers_of(onlooker.server_id):
            os.kill(worker, signal.SIGKILL)
        Image.new("RGB", (40, 30), "#226688").save(picture)

        told = await onlooker.news_with(waiting=0, errors=0)

    assert told["errors"] == 0


def workers_of(process: int) -> list[int]:
    """Return the processes that a command has started to make files."""
    threads = Path(f"/proc/{process}/task").iterdir()
    children = [int(c) for t in threads for c in (t / "children").read_text().split()]
    is_worker = (
        b"spawn_main" in Path(f"/proc/{c}/cmdline").read_bytes() for c in children
    )
    return list(compress(children, is_worker))


async def test_editors_own_files_change_nothing(museum: Path, tmp_path: Path) -> None:
    tour = museum / "tours/promenade.yaml"
    async with watched(tmp_path) as onlooker:
        await onlooker.news()
        (tour.parent / ".promenade.yaml.swp").write_text("x", encoding="utf-8")
        (tour.parent / "promenade.yaml~").write_text("x", encoding="utf-8")
        mended(tour, "Un pont.", "Un autre pont.")

        await onlooker.news()
        assert "Un autre pont." in await onlooker.page()


@pytest.mark.usefixtures("published")
def test_a_release_has_nothing_of_it(
    ecomusee: Command, museum: Path, tmp_path: Path
) -> None:
    ecomusee("build")

    pages = list((tmp_path / "build/petit/releases").rglob("*.html"))

    assert pages
    assert not any("/-/live" in page.read_text(encoding="utf-8") for page in pages)


def test_a_folder_of_releases_cannot_be_watched(
    ecomusee: Command, museum: Path
) -> None:
    run = ecomusee("serve", "--watch", "--release", "build/petit", "--language", "en")

    assert run.exit_code == 2
    assert "choose one of them" in run.err
