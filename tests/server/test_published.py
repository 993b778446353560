"""What publishing writes, the server hands out."""

from __future__ import annotations

import asyncio
import gzip
import shutil
from typing import TYPE_CHECKING

import brotli
import pytest

from publishing.release import repository
from publishing.release.draft import Draft, DraftFile
from server.routes import CURRENT
from tours.release import CodeTarget

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.server.conftest import Build, Start, Visit

    Publish = Callable[[str], None]

STOP = "/fr/forge/marteau/"
SCRIPT = "/client/boot-{}.js"
CODE = CodeTarget("K7QM", "forge", "marteau", (("fr", STOP),))


@pytest.fixture
def publish(build: Build) -> Publish:
    """Publish a museum whose every file says a text, in place of the made release."""
    shutil.rmtree(build.folder)

    def published(text: str) -> None:
        script = SCRIPT.format(text)
        page = f'<main><h1>{text}</h1><script src="{script}"></script></main>' * 20
        pages = ("/", "/fr/", STOP, "/K7QM", "/404.html")
        html = "text/html; charset=utf-8"
        items = [DraftFile(url, html, "revalidate", page.encode()) for url in pages]
        items.append(
            DraftFile(
                script, "text/javascript", "immutable", f"// {text}\n".encode() * 99
            )
        )
        draft = Draft("forges", "https://ecm.example", ("fr",), tuple(items), (CODE,))
        build.folder.parent.mkdir(exist_ok=True)
        with repository.open_repository(build.folder) as shelf:
            shelf.write(draft)

    return published


@pytest.mark.parametrize("wish", ["br", "gzip", "identity"])
async def test_a_published_page_is_served(
    publish: Publish, start: Start, visit: Visit, wish: str
) -> None:
    await asyncio.to_thread(publish, "one")
    visitor = await visit(await start())

    reply = await visitor.ask(STOP, f"Accept-Encoding: {wish}")

    unpacked = {"br": brotli.decompress, "gzip": gzip.decompress}.get(wish, bytes)
    assert unpacked(reply.body).startswith(b"<main><h1>one</h1>")
    assert reply.headers.get("content-encoding", "identity") == wish


async def test_a_published_code_leads_to_its_stop(
    publish: Publish, start: Start, visit: Visit
) -> None:
    await asyncio.to_thread(publish, "one")

    reply = await (await visit(await start())).ask("/k7qm")

    assert reply.headers["location"] == STOP


async def test_a_page_read_before_a_publication_still_finds_its_files(
    publish: Publish, start: Start, visit: Visit
) -> None:
    await asyncio.to_thread(publish, "one")
    server = await start()
    visitor = await visit(server)
    await asyncio.to_thread(publish, "two")
    await server.app[CURRENT].refresh()

    page, script = await visitor.ask(STOP), await visitor.ask(SCRIPT.format("one"))

    assert page.body.startswith(b"<main><h1>two</h1>")
    assert script.body.startswith(b"// one")


async def test_a_rollback_is_taken_up(
    publish: Publish, build: Build, start: Start, visit: Visit
) -> None:
    for text in ("one", "two"):
        await asyncio.to_thread(publish, text)
    server = await start()
    await asyncio.to_thread(repository.roll_back, build.folder)
    await server.app[CURRENT].refresh()

    page = await (await visit(server)).ask(STOP)

    assert page.body.startswith(b"<main><h1>one</h1>")
