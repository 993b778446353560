"""A release is opened whole or not at all, and replaced without anybody noticing."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from server.files import DamagedReleaseError, Descriptor
from server.release import current_id, open_release
from server.routes import CURRENT
from server.settings import Settings
from tours.release import ReleaseError

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiohttp.test_utils import TestServer

    from server.release import OpenRelease
    from server.responses import Representation
    from tests.server.conftest import Build, Start, Visit

LARGE = "/media/large.glb"
PAGE = "/fr/forge/marteau/"


def test_small_files_are_kept_in_memory_and_large_ones_open(build: Build) -> None:
    release = open_release(build.folder, "first", Settings())

    assert isinstance(_plain(release, "/media/medium.glb").body, bytes)
    assert isinstance(_plain(release, LARGE).body, Descriptor)


def test_memory_is_for_the_smallest_files(build: Build) -> None:
    """A large museum's thumbnails must not fill the machine."""
    release = open_release(build.folder, "first", Settings(memory_bytes=60_000))

    assert isinstance(_plain(release, PAGE).body, bytes)
    assert isinstance(_plain(release, "/media/medium.glb").body, Descriptor)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda path: path.unlink(), id="absent"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[:-1]), id="cut"),
        pytest.param(
            lambda path: path.write_bytes(b"x" * path.stat().st_size), id="changed"
        ),
        pytest.param(lambda path: (path.unlink(), path.mkdir()), id="a folder"),
    ],
)
@pytest.mark.parametrize(
    "name", ["media/large.glb", "media/small.glb", "fr/index.html.br"]
)
def test_a_damaged_release_is_not_opened(
    build: Build, damage: Callable[[Path], object], name: str
) -> None:
    damage(build.folder / "releases" / "first" / name)

    with pytest.raises(DamagedReleaseError, match="publish again, or roll back"):
        open_release(build.folder, "first", Settings())


@pytest.mark.parametrize("media_type", ["text/html\r\nSet-Cookie: a=b", "", "modèle"])
def test_a_type_that_would_break_a_header_is_refused(
    build: Build, media_type: str
) -> None:
    path = build.folder / "releases" / "first" / "release.json"
    document = json.loads(path.read_text())
    document["entries"][PAGE]["type"] = media_type
    path.write_text(json.dumps(document))

    with pytest.raises(DamagedReleaseError):
        open_release(build.folder, "first", Settings())


@pytest.mark.parametrize("text", ["", "../first", "/etc", "a\nb", "first\x00"])
def test_current_names_a_release_and_no_other_folder(build: Build, text: str) -> None:
    (build.folder / "current").write_text(text)

    with pytest.raises(ReleaseError):
        current_id(build.folder)


def test_nothing_published_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="nothing is published"):
        current_id(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_too_few_open_files_is_not_called_damage(build: Build) -> None:
    """What helps is another limit, and not another publication."""
    import resource  # noqa: PLC0415, absent on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (_open_files() + 1, hard))
    try:
        with pytest.raises(ReleaseError, match="ulimit") as caught:
            open_release(build.folder, "first", Settings(small_file_bytes=0))
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))

    assert not isinstance(caught.value, DamagedReleaseError)


def test_files_known_already_are_not_read_again(build: Build) -> None:
    first = open_release(build.folder, "first", Settings())
    build.publish("second", "two")
    (build.folder / "releases" / "second" / "media" / "small.glb").unlink()

    second = open_release(build.folder, "second", Settings(), first.bodies)

    assert (
        _plain(second, "/media/small.glb").body
        is _plain(first, "/media/small.glb").body
    )


@pytest.mark.skipif(sys.platform != "linux", reason="counts in /proc")
def test_a_releases_files_close_when_it_is_forgotten(build: Build) -> None:
    before = _open_files()
    release = open_release(build.folder, "first", Settings())
    opened = _open_files() - before

    del release

    assert opened == 2
    assert _open_files() == before


async def test_does_not_start_without_a_whole_release(
    build: Build, start: Start
) -> None:
    (build.folder / "releases" / "first" / "media" / "large.glb").unlink()

    with pytest.raises(ReleaseError):
        await start()


async def test_a_new_release_is_taken_up(
    server: TestServer, build: Build, visit: Visit
) -> None:
    visitor = await visit(server)
    before = await visitor.ask(PAGE)
    build.publish("second", "two")
    await server.app[CURRENT].refresh()

    after = await visitor.ask(PAGE, f"If-None-Match: {before.headers['etag']}")

    assert after.status == 200
    assert after.body == build.contents[f"{PAGE};"] != before.body


async def test_the_watch_notices_a_new_release(
    build: Build, start: Start, visit: Visit
) -> None:
    visitor = await visit(await start(watch_s=0.01))
    build.publish("second", "two")

    async with asyncio.timeout(20):
        while b"second" not in (await visitor.ask("/healthz")).body:
            pass


async def test_no_request_fails_while_releases_come_and_go(
    server: TestServer, build: Build, visit: Visit
) -> None:
    """Each reply is whole and of one release, whichever it is."""
    known = {f"{PAGE}": set(), LARGE: set(), "/media/small.glb": set()}
    finished = asyncio.Event()
    counts = []

    async def hammer(target: str) -> None:
        visitor = await visit(server)
        count = 0
        while not finished.is_set():
            reply = await visitor.ask(target)
            assert reply.status == 200
            assert reply.body in known[target]
            count += 1
        counts.append(count)

    def remember() -> None:
        for target, bodies in known.items():
            bodies.add(build.contents[f"{target};"])

    remember()
    visitors = [
        asyncio.create_task(hammer(target)) for target in known for _ in range(3)
    ]
    for i in range(6):
        await asyncio.to_thread(build.publish, f"next-{i}", f"number {i}")
        remember()
        await server.app[CURRENT].refresh()
    finished.set()
    await asyncio.gather(*visitors)

    assert min(counts) > 0


async def test_a_download_goes_on_from_the_release_it_began_in(
    server: TestServer, build: Build, visit: Visit
) -> None:
    """The old release may even be removed meanwhile."""
    old = build.contents[f"{LARGE};"]
    visitor = await visit(server)
    visitor.writer.write(f"GET {LARGE} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    head = await visitor.reader.readuntil(b"\r\n\r\n")

    build.publish("second", "two")
    await server.app[CURRENT].refresh()
    (build.folder / "releases" / "first" / "media" / "large.glb").unlink()

    assert b"200 OK" in head
    assert await visitor.reader.readexactly(len(old)) == old


async def test_a_damaged_release_is_not_taken_up(
    server: TestServer, build: Build, visit: Visit, caplog: pytest.LogCaptureFixture
) -> None:
    whole = dict(build.contents)
    damaged = build.publish("second", "two")
    build.make_current("first")
    (damaged / "media" / "large.glb").write_bytes(b"?")
    build.make_current("second")

    await server.app[CURRENT].refresh()
    await server.app[CURRENT].refresh()

    reply = await (await visit(server)).ask(PAGE)
    assert reply.body == whole[f"{PAGE};"]
    assert caplog.text.count("Still serving first") == 1


async def test_a_whole_release_is_taken_up_after_a_damaged_one(
    server: TestServer, build: Build
) -> None:
    (build.publish("second", "two") / "release.json").unlink()
    await server.app[CURRENT].refresh()

    build.publish("third", "three")
    await server.app[CURRENT].refresh()

    assert server.app[CURRENT].release.id == "third"


def _plain(release: OpenRelease, url: str) -> Representation:
    return release.resources[url].representations["identity"]


def _open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())
