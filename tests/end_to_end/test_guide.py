"""A guide's phone and a follower's, on a server with guide mode."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

import pytest
import pytest_asyncio
import zxingcpp
from PIL import Image

from server.app import create_app
from server.runner import Listening, serving
from server.settings import GuideSettings, Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from playwright.async_api import Browser, BrowserContext, Page

    from tests.end_to_end.conftest import PublishedMuseum

pytestmark = pytest.mark.asyncio(loop_scope="session")

YARD = "/visite/cour/"
STONE = "/visite/borne/"
STATUS = ".ec-group-status"
SPOT = ".ec-spot >> nth=0"


@dataclass
class Group:
    """A server with guide mode, which can be stopped, and phones."""

    museum: PublishedMuseum
    browser: Browser
    port: int = 0
    complaints: list[str] = field(default_factory=list)
    _served: contextlib.AsyncExitStack | None = None
    _contexts: list[BrowserContext] = field(default_factory=list)

    @property
    def base(self) -> str:
        """Return the server's address."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Start the server, where it was before if it has been."""
        limits = GuideSettings(guide_grace_s=0.5, keepalive_s=1)
        settings = Settings(drain_s=0, stop_timeout_s=2, guide=limits)
        app = create_app(self.museum.build_dir, settings=settings)
        self._served = contextlib.AsyncExitStack()
        listening = serving(app, Listening(port=self.port))
        ((_, self.port),) = await self._served.enter_async_context(listening)

    async def stop(self) -> None:
        """Stop it; its rooms are gone."""
        assert self._served is not None
        await self._served.aclose()

    async def phone(
        self,
        path: str,
        locale: str = "fr",
        reduced_motion: Literal["reduce", "no-preference"] = "reduce",
    ) -> Page:
        """Open a phone's browser on a page."""
        context = await self.browser.new_context(
            viewport={"width": 412, "height": 915},
            has_touch=True,
            is_mobile=True,
            reduced_motion=reduced_motion,
            locale=locale,
        )
        context.set_default_timeout(60_000)
        self._contexts.append(context)
        page = await context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console",
            lambda said: said.type == "error" and self.complaints.append(said.text),
        )
        await page.goto(self.base + path)
        return page

    async def close(self) -> None:
        """Put the phones away."""
        for context in self._contexts:
            await context.close()
        await self.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def group(scenes: PublishedMuseum, browser: Browser) -> AsyncIterator[Group]:
    """Serve a small museum with guide mode."""
    made = Group(scenes, browser)
    await made.start()
    yield made
    await made.close()
    network = "net::ERR_|WebSocket connection"  # the test stops the server
    assert not [
        c for c in made.complaints if not any(p in c for p in network.split("|"))
    ]


async def _open_room(group: Group) -> tuple[Page, str]:
    guide = await group.phone("/fr/guide/")
    await guide.click("text=Ouvrir une salle")
    room = await guide.text_content(".ec-room")
    assert room
    return guide, room


async def _says(page: Page, part: str) -> None:
    await page.wait_for_function(
        "([query, part]) => document.querySelector(query)?.textContent.includes(part)",
        arg=[STATUS, part],
    )


async def _lies_at(page: Page, query: str) -> str:
    found: str = await page.locator(query).first.evaluate("one => one.style.transform")
    return found


async def _comes_to(page: Page, query: str, place: str) -> None:
    await page.wait_for_function(
        "([query, place]) => document.querySelector(query)?.style.transform === place",
        arg=[query, place],
    )


async def _comes_to_rest(page: Page, query: str) -> str:
    """Wait until a place lies still for as long as two messages take; return where."""
    await page.wait_for_function(
        """(query) => {
          const place = document.querySelector(query)?.style.transform;
          const kept = (window.ecResting ??= { place: undefined, since: 0 });
          if (place !== kept.place) Object.assign(kept, { place, since: performance.now() });
          return place !== undefined && performance.now() - kept.since > 500;
        }""",
        arg=query,
    )
    return await _lies_at(page, query)


async def _codes_on(page: Page) -> list[str]:
    picture = Image.open(BytesIO(await page.screenshot(full_page=True)))
    return [read.text for read in zxingcpp.read_barcodes(picture)]


async def test_group_follows_its_guide_through_a_visit(group: Group) -> None:
    """A stop, the panorama's turn, a pointed place, a look up, each language its own."""
    guide, room = await _open_room(group)
    assert await _codes_on(guide) == [f"{group.base}/{room}"]

    follower = await group.phone(f"/{room}", locale="en-GB")
    await _says(follower, "You are in")
    await _says(guide, "Un téléphone suit")

    await guide.goto(f"{group.base}/fr{YARD}")
    await follower.wait_for_url(f"**/en{YARD}")
    await _says(follower, "You are following")

    await guide.click(".ec-show-panorama")
    await follower.wait_for_selector(".ec-spot", state="attached")
    await guide.press(".ec-frame > canvas", "ArrowRight")
    await guide.press(".ec-frame > canvas", "+")
    await _comes_to(follower, ".ec-spot", await _lies_at(guide, SPOT))

    await guide.click("text=Montrer un endroit")
    await guide.press(".ec-frame > canvas", "Enter")
    await follower.wait_for_selector(".ec-pointed:not([hidden])")
    await _comes_to(follower, ".ec-pointed", await _lies_at(guide, ".ec-pointed"))
    await _says(follower, "showing a place")

    await guide.click("text=Levez les yeux")
    await follower.wait_for_selector("dialog[open] >> text=You can put the phone down")
    await guide.click("text=Levez les yeux")
    await follower.wait_for_selector("dialog", state="hidden")


async def test_models_turn_and_pointed_place_are_followed(group: Group) -> None:
    """Also where turns are eased rather than jumped."""
    guide, room = await _open_room(group)
    await guide.goto(f"{group.base}/fr{STONE}")
    late = await group.phone(f"/{room}", reduced_motion="no-preference")
    await late.wait_for_url(f"**/fr{STONE}")
    await guide.click(".ec-show-3d")
    await late.wait_for_selector(".ec-view:not([hidden])")

    await guide.press(".ec-canvas", "ArrowUp")
    await guide.click("text=Montrer un endroit")
    await guide.press(".ec-canvas", "Enter")

    await late.wait_for_selector(".ec-pointed:not([hidden])")
    await _comes_to(late, ".ec-pointed", await _lies_at(guide, ".ec-pointed"))


async def test_follower_takes_back_control_and_rejoins(group: Group) -> None:
    """By turning the view, by going elsewhere, by leaving; each time a tap leads back."""
    guide, room = await _open_room(group)
    await guide.goto(f"{group.base}/fr{YARD}")
    follower = await group.phone(f"/{room}")
    await follower.wait_for_url(f"**/fr{YARD}")
    await guide.click(".ec-show-panorama")
    await follower.wait_for_selector(".ec-spot", state="attached")

    await _comes_to_rest(follower, ".ec-spot")  # what is on its way would turn it again
    await follower.press(".ec-frame > canvas", "ArrowLeft")
    await _says(follower, "à votre guise")
    own = await _comes_to_rest(follower, ".ec-spot")
    await guide.press(".ec-frame > canvas", "ArrowRight")
    await _says(guide, "Un téléphone suit")
    assert await _comes_to_rest(follower, ".ec-spot") == own
    await follower.click("text=Rejoindre le guide")
    await _comes_to(follower, ".ec-spot", await _comes_to_rest(guide, ".ec-spot"))

    await follower.goto(f"{group.base}/fr{STONE}")
    await _says(follower, "à votre guise")
    await follower.click("text=Rejoindre le guide")
    await follower.wait_for_url(f"**/fr{YARD}")

    await follower.click("text=Quitter")
    await _says(guide, "Personne ne suit")
    await follower.click("text=Revenir dans le groupe")
    await _says(guide, "Un téléphone suit")


async def test_group_outlives_a_restart_of_the_server(group: Group) -> None:
    guide, room = await _open_room(group)
    await guide.goto(f"{group.base}/fr{YARD}")
    follower = await group.phone(f"/{room}")
    await follower.wait_for_url(f"**/fr{YARD}")
    await _says(follower, "Vous suivez")

    await group.stop()
    await _says(follower, "Le réseau s’est interrompu")
    await _says(guide, "Le réseau s’est interrompu")
    await group.start()

    await _says(guide, "Un téléphone suit")
    await _says(follower, "Vous suivez")
    await guide.goto(f"{group.base}/fr{STONE}")
    await follower.wait_for_url(f"**/fr{STONE}")


async def test_another_phone_takes_over(group: Group) -> None:
    """By the second QR code, shown to the guide alone; the group notices nothing."""
    guide, room = await _open_room(group)
    await guide.goto(f"{group.base}/fr{YARD}")
    follower = await group.phone(f"/{room}")
    await follower.wait_for_url(f"**/fr{YARD}")
    await guide.click(f"text=Salle {room}")
    await guide.click("text=Passer à un autre téléphone")
    await guide.wait_for_selector("details .ec-qr")
    (secret,) = set(await _codes_on(guide)) - {f"{group.base}/{room}"}

    other = await group.phone(secret.removeprefix(group.base))
    await other.click("text=Guider avec ce téléphone")

    await _says(guide, "Un autre téléphone guide")
    assert "#" not in other.url
    await other.click("text=Retourner à l’arrêt")
    await other.wait_for_url(f"**/fr{YARD}")
    await other.goto(f"{group.base}/fr{STONE}")
    await follower.wait_for_url(f"**/fr{STONE}")


async def test_lost_guide_is_told_and_the_end_too(group: Group) -> None:
    guide, room = await _open_room(group)
    await guide.goto(f"{group.base}/fr{YARD}")
    follower = await group.phone(f"/{room}")
    await follower.wait_for_url(f"**/fr{YARD}")
    await guide.goto("about:blank")
    await _says(follower, "Le guide s’est éloigné")

    await guide.goto(f"{group.base}/fr/guide/")
    await _says(follower, "Vous suivez")
    await guide.click("text=Finir la visite guidée")

    await _says(follower, "La visite guidée est finie")


async def test_signs_of_no_room_are_told_and_may_be_typed_again(group: Group) -> None:
    """A stop's own code among them; the right ones lead in, typed as people type."""
    _, room = await _open_room(group)
    follower = await group.phone("/fr/guide/")
    for signs in ("2222", "3333"):
        await follower.fill("#room", signs)
        await follower.click("text=Rejoindre")
        await _says(follower, "Aucun groupe n’a ces signes")
        await follower.wait_for_selector("#room")

    await follower.fill("#room", f" {room[:2].lower()}-{room[2:].lower()}")
    await follower.click("text=Rejoindre")

    await _says(follower, "Vous y êtes")


async def test_page_says_where_guide_mode_is_off(
    visit: Callable[..., Any], scenes: PublishedMuseum
) -> None:
    visitor = await visit(scenes, "/fr/guide/")

    await visitor.page.wait_for_selector("text=Pas de visite guidée par téléphone ici")


async def test_bar_is_accessible(group: Group, axe: str) -> None:
    """Targets of 44 px, and nothing that axe finds, on both bars and the room's page."""
    guide, room = await _open_room(group)
    pages = [await group.phone(f"/{room}"), guide]
    for page in pages:
        await page.wait_for_selector(".ec-group")
        await page.evaluate(axe)
        found = await page.evaluate("axe.run().then(({ violations }) => violations)")
        assert found == []
        for box in await page.locator(".ec-group :is(button, .button)").all():
            size = await box.bounding_box()
            assert size
            assert min(size["width"], size["height"]) >= 44
