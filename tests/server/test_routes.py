"""Where each address leads, for whom, and what helps those who are lost."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from server.app import create_app
from server.runner import Listening, serving

if TYPE_CHECKING:
    from aiohttp import web

    from tests.server.conftest import Ask, Build, Start, Visit

BROWSER = "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("wishes", "place"),
    [
        ("fr", "/fr/forge/marteau/"),
        ("en", "/en/forge/marteau/"),
        ("en-GB,en;q=0.9,fr;q=0.8", "/en/forge/marteau/"),
        ("de, fr-CH;q=0.4", "/fr/forge/marteau/"),
        ("en;q=0.2, fr;q=0.7", "/fr/forge/marteau/"),
        ("EN", "/en/forge/marteau/"),
        ("fr;q=0, *", "/en/forge/marteau/"),
        ("*", "/fr/forge/marteau/"),
    ],
)
async def test_a_code_leads_to_the_stop_in_the_visitors_language(
    ask: Ask, wishes: str, place: str
) -> None:
    reply = await ask("/K7QM", f"Accept-Language: {wishes}")

    assert (reply.status, reply.headers["location"]) == (302, place)
    assert reply.headers["vary"] == "Accept-Language"
    assert reply.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("wishes", ["Accept-Language: de", "X-None: 1"])
async def test_a_code_asks_a_visitor_whose_language_it_does_not_know(
    ask: Ask, build: Build, wishes: str
) -> None:
    """The code's own page offers the languages; a CDN alone does no more."""
    reply = await ask("/K7QM", wishes)

    assert reply.status == 200
    assert reply.body == build.contents["/K7QM;"]
    assert reply.headers["vary"] == "Accept-Encoding, Accept-Language"


async def test_a_code_with_one_page_asks_nobody(ask: Ask) -> None:
    reply = await ask("/W4HX", "Accept-Language: de")

    assert reply.headers["location"] == "/fr/forge/plan/"


@pytest.mark.parametrize(
    "typed",
    ["k7qm", "K7-QM", "k7%20qm", "%20k7qm%20", "K7QM/", "k-7-q-m", "K7QM?utm_source=x"],
)
async def test_a_code_is_taken_however_it_is_typed(ask: Ask, typed: str) -> None:
    reply = await ask(f"/{typed}", "Accept-Language: fr")

    assert (reply.status, reply.headers["location"]) == (302, "/fr/forge/marteau/")


async def test_a_code_typed_otherwise_leads_to_its_own_page_to_ask(ask: Ask) -> None:
    reply = await ask("/k7qm", "Accept-Language: de")

    assert (reply.status, reply.headers["location"]) == (302, "/K7QM")


@pytest.mark.parametrize(
    ("form", "place"),
    [
        ("/fr/code/?code=k7+qm", "/fr/forge/marteau/"),
        ("/en/code/?code=K7QM", "/en/forge/marteau/"),
        ("/en/code/?code=w4hx", "/fr/forge/plan/"),
        ("/code/?code=k7qm", "/en/forge/marteau/"),
    ],
)
async def test_the_form_keeps_the_language_of_its_address(
    ask: Ask, form: str, place: str
) -> None:
    """No cookie remembers it; the stop is read where the form was read."""
    reply = await ask(form, "Accept-Language: en")

    assert (reply.status, reply.headers["location"]) == (303, place)


@pytest.mark.parametrize("target", ["/K7QN", "/k7q", "/7KQM", "/en/code/?code=K7QN"])
async def test_a_wrong_code_gets_near_ones_and_the_form(ask: Ask, target: str) -> None:
    reply = await ask(target, "Accept-Language: en", BROWSER)

    page = reply.body.decode()
    assert reply.status == 404
    assert '<h1>Type a code</h1><div class="safety" role="alert"' in page
    assert 'href="/en/forge/marteau/">K7QM</a>' in page
    assert "W4HX" not in page


async def test_a_wrong_code_is_told_in_the_visitors_language(ask: Ask) -> None:
    reply = await ask("/K7QN", "Accept-Language: fr-FR", BROWSER)

    assert "Aucun arrêt n’a le code « K7QN »" in reply.body.decode()


async def test_what_was_typed_is_shown_as_text(ask: Ask) -> None:
    reply = await ask("/fr/code/?code=%3Cscript%3Ealert(1)%3C/script%3E", BROWSER)

    assert reply.status == 404
    assert b"<script" not in reply.body
    assert b"&lt;script&gt;" in reply.body


async def test_a_code_that_resembles_none_gets_advice(ask: Ask) -> None:
    reply = await ask("/fr/code/?code=9999", BROWSER)

    assert "Relisez le code" in reply.body.decode()


async def test_a_program_gets_a_problem_for_a_wrong_code(ask: Ask) -> None:
    reply = await ask("/K7QN", "Accept: application/json")

    assert reply.status == 404
    assert reply.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("wishes", "place"),
    [("en", "/en/"), ("fr-FR, en;q=0.5", "/fr/"), ("de, *;q=0.1", "/fr/")],
)
async def test_the_door_leads_to_the_home_page_in_the_visitors_language(
    ask: Ask, wishes: str, place: str
) -> None:
    reply = await ask("/", f"Accept-Language: {wishes}")

    assert (reply.status, reply.headers["location"]) == (302, place)
    assert reply.headers["vary"] == "Accept-Language"


async def test_the_door_asks_a_visitor_whose_language_it_does_not_know(
    ask: Ask, build: Build
) -> None:
    reply = await ask("/", "Accept-Language: de")

    assert (reply.status, reply.body) == (200, build.contents["/;"])


async def test_a_forgotten_slash_is_put_right_for_ever(ask: Ask) -> None:
    reply = await ask("/fr/forge/marteau?from=label")

    assert (reply.status, reply.headers["location"]) == (
        308,
        "/fr/forge/marteau/?from=label",
    )


async def test_a_query_does_not_hide_a_page(ask: Ask, build: Build) -> None:
    reply = await ask("/fr/forge/marteau/?fbclid=1")

    assert reply.body == build.contents["/fr/forge/marteau/;"]


async def test_an_address_may_have_accents(ask: Ask, build: Build) -> None:
    assert (await ask("/fr/%C3%A9t%C3%A9/")).body == build.contents["/fr/été/;"]


async def test_a_forgotten_slash_after_accents_is_put_right(ask: Ask) -> None:
    assert (await ask("/fr/%C3%A9t%C3%A9")).headers["location"] == "/fr/%C3%A9t%C3%A9/"


@pytest.mark.parametrize(
    "target",
    [
        "/nowhere/at/all",
        "/fr/../en/",
        "/../release.json",
        "/release.json",
        "/%2e%2e/current",
        "/..%2fcurrent",
        "/media/small.glb%00",
        "/media//small.glb",
        "/media/x/",
        "//evil.example/%2e%2e",
        "/%ff%fe",
        "/favicon.ico.exe",
    ],
)
async def test_an_unknown_address_gets_the_museums_own_page(
    ask: Ask, build: Build, target: str
) -> None:
    reply = await ask(target, BROWSER)

    assert reply.status == 404
    assert reply.body == build.contents["/404.html;"]


async def test_an_unknown_address_is_not_led_elsewhere(ask: Ask) -> None:
    """``//evil.example`` in a Location would send a visitor to another host."""
    reply = await ask("//evil.example/fr", BROWSER)

    assert "location" not in reply.headers


@pytest.mark.parametrize(
    ("wishes", "sentence"),
    [
        ("fr", "Il n’y a rien à cette adresse."),
        ("en", "There is nothing at this address."),
        ("de", "There is nothing at this address."),
    ],
)
async def test_a_program_gets_a_problem(ask: Ask, wishes: str, sentence: str) -> None:
    reply = await ask("/nowhere/at/all", f"Accept-Language: {wishes}")

    assert reply.headers["content-type"] == "application/problem+json"
    assert json.loads(reply.body) == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": sentence,
        "code": "not-found",
    }


@pytest.mark.parametrize("target", ["/fr/", "/nowhere", "/K7QM", "/healthz", "/"])
async def test_nothing_can_be_written(ask: Ask, target: str) -> None:
    reply = await ask(target, "Content-Length: 0", method="DELETE")

    assert reply.status == 405
    assert reply.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    "target", ["/K7QM", "/fr/forge", "/nowhere/x", "/healthz", "/K7QN"]
)
async def test_head_says_what_get_says(ask: Ask, target: str) -> None:
    get = await ask(target, "Accept-Language: fr", BROWSER)
    head = await ask(target, "Accept-Language: fr", BROWSER, method="HEAD")

    for reply in (get, head):
        del reply.headers["date"]
    assert (head.status, head.headers, head.body) == (get.status, get.headers, b"")


async def test_health_names_the_release(ask: Ask) -> None:
    reply = await ask("/healthz")

    assert json.loads(reply.body) == {"status": "ok", "release": "first"}
    assert reply.headers["cache-control"] == "no-store"


PAGE_HEADERS = {
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "no-referrer",
}


@pytest.mark.parametrize("target", ["/fr/forge/marteau/", "/nowhere/x", "/K7QN"])
async def test_every_page_is_confined_and_may_use_the_camera(
    ask: Ask, target: str
) -> None:
    reply = await ask(target, BROWSER)

    assert reply.headers.items() >= PAGE_HEADERS.items()
    policy = reply.headers["content-security-policy"]
    assert policy.startswith(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"
    )
    assert "http" not in policy
    permissions = reply.headers["permissions-policy"]
    assert "camera=(self)" in permissions
    assert "xr-spatial-tracking=(self)" in permissions
    assert "microphone=()" in permissions


async def test_a_script_carries_the_policy_for_its_worker(ask: Ask) -> None:
    assert "content-security-policy" in (await ask("/client/boot-1.js")).headers


async def test_media_carry_no_more_than_they_need(ask: Ask) -> None:
    reply = await ask("/media/small.glb")

    assert reply.headers["x-content-type-options"] == "nosniff"
    assert "content-security-policy" not in reply.headers


async def test_says_nothing_of_the_program_behind(ask: Ask) -> None:
    for target in ("/fr/", "/nowhere", "/healthz"):
        assert "server" not in (await ask(target)).headers


async def test_tls_only_is_said_only_when_asked_to(start: Start, visit: Visit) -> None:
    """Behind a plain port or a certificate made on the spot it would lock visitors out."""
    plain = await (await visit(await start())).ask("/fr/")
    strict = await (await visit(await start(has_hsts=True))).ask("/fr/")

    assert "strict-transport-security" not in plain.headers
    assert strict.headers["strict-transport-security"] == "max-age=31536000"


async def test_a_fault_of_ours_is_logged_and_not_shown(
    build: Build, visit: Visit, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(_request: web.Request) -> web.Response:
        message = f"secret in {__file__}"
        raise RuntimeError(message)

    app = create_app(build.folder)
    app.router.add_get("/-/fault", fail)
    async with serving(app, Listening(port=0)) as addresses:
        reply = await (await visit(addresses[0])).ask("/-/fault")

    assert reply.status == 500
    assert json.loads(reply.body)["code"] == "internal-error"
    assert b"secret" not in reply.body
    assert b"Traceback" not in reply.body
    assert "secret" in caplog.text


async def test_works_for_a_release_without_pages_for_lost_visitors(
    build: Build, start: Start, visit: Visit
) -> None:
    release = build.publish("bare")
    path = release / "release.json"
    document = json.loads(path.read_text())
    for url in list(document["entries"]):
        if re.search(r"404|code|^/$|K7QM", url):
            del document["entries"][url]
    path.write_text(json.dumps(document))
    server = await start()

    for target in ("/K7QN", "/nowhere/x", "/", "/fr/code/?code=x"):
        assert (await (await visit(server)).ask(target, BROWSER)).status == 404
    reply = await (await visit(server)).ask("/k7qm", "Accept-Language: de")
    assert reply.headers["location"].startswith("/fr/")
