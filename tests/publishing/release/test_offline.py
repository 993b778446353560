"""What a release lists for phones that take a visit along."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from publishing.publish import publish
from publishing.release.integrity import find_links
from publishing.release.offline import INDEX_URL, OfflineVisit, offline_lists
from tours.codes import FILE_NAME, Registry
from tours.release import Entry, StoredFile

if TYPE_CHECKING:
    from pathlib import Path

    Served = dict[str, tuple[Entry, bytes]]
    Listed = dict[str, Any]

FILES = {
    "boot-1.js": "export {}",
    "page-1.js": "export const page = 1;",
    "viewer-1.js": "export const viewer = 1;",
    "words-fr-1.js": "export const fr = 1;",
    "words-en-1.js": "export const en = 1;",
    "worker-1.js": "self.x = 1;",
}


@pytest.fixture
def client(tmp_path: Path) -> Path:
    """Return a built client with a service worker, pages, viewers and words."""
    folder = tmp_path / "client"
    folder.mkdir()
    for name, content in FILES.items():
        (folder / name).write_text(content)
    listing = {
        "entry": "boot-1.js",
        "files": {name: {"imports": []} for name in FILES},
        "offline": {
            "worker": "worker-1.js",
            "pages": ["boot-1.js", "page-1.js"],
            "words": {"fr": ["words-fr-1.js"], "en": ["words-en-1.js"]},
        },
    }
    (folder / "client.json").write_text(json.dumps(listing))
    return folder


@pytest.fixture
def served(museum: Path, client: Path, build_dir: Path) -> Served:
    """Return the release's entries and contents by address."""
    stops = [("visite", "marteau"), ("visite", "four")]
    registry = Registry("https://forge.example").assigned(stops, date(2026, 8, 17))
    (museum / FILE_NAME).write_text(registry.to_yaml(), encoding="utf-8")
    result = publish(museum, build_dir, client=client)
    assert result.release is not None, result.diagnostics
    assert result.folder is not None
    folder = result.folder
    return {
        entry.url: (entry, (folder / entry.identity.file).read_bytes())
        for entry in result.release.entries
    }


def lists_of(served: Served) -> dict[str, Listed]:
    """Return each language's list of the only tour."""
    _, index = served[INDEX_URL]
    languages = json.loads(index)["tours"]["visite"]
    return {
        language: json.loads(served[named["list"]][1])
        for language, named in languages.items()
    }


def test_each_language_of_a_tour_has_a_list(served: Served) -> None:
    index = json.loads(served[INDEX_URL][1])

    assert index["format"] == 1
    visits = index["tours"]["visite"]
    assert {tag: visit["title"] for tag, visit in visits.items()} == {
        "fr": "Une visite",
        "en": "A visit",
    }
    assert {tag: visit["url"] for tag, visit in visits.items()} == {
        "fr": "/fr/visite/",
        "en": "/en/visite/",
    }


def test_a_list_is_named_by_its_content(served: Served) -> None:
    lists = [url for url in served if url.startswith("/offline/") and "." in url]

    assert len(lists) == 2
    for url in lists:
        digest = hashlib.sha256(served[url][1]).hexdigest()
        assert url == f"/offline/{digest[:16]}.json"


def test_what_is_listed_is_what_is_served(served: Served) -> None:
    for listed in lists_of(served).values():
        for file in listed["files"]:
            entry, content = served[file["url"]]
            assert file["sha256"] == hashlib.sha256(content).hexdigest()
            assert file["bytes"] == len(content)
            assert file["type"] == entry.media_type
            sent = [form.size_bytes for _, form in entry.encodings]
            assert file.get("sent_bytes") == (min(sent) if sent else None)


def test_a_list_holds_every_page_of_its_language_alone(served: Served) -> None:
    lists = lists_of(served)

    for language, other in (("fr", "en"), ("en", "fr")):
        urls = {file["url"] for file in lists[language]["files"]}
        tools = {f"/{language}/{tool}" for tool in ("", "code/", "check/", "offline/")}
        stops = {f"/{language}/visite/{stop}/" for stop in ("marteau", "four")}
        assert tools | stops | {f"/{language}/visite/"} <= urls
        assert f"/manifests/visite.{language}.json" in urls
        assert not {url for url in urls if url.startswith(f"/{other}/")}


def test_codes_lead_to_stops_that_are_listed(served: Served) -> None:
    for language, listed in lists_of(served).items():
        urls = {file["url"] for file in listed["files"]}
        assert set(listed["codes"].values()) == {
            f"/{language}/visite/{stop}/" for stop in ("marteau", "four")
        }
        assert set(listed["codes"].values()) <= urls


def test_the_client_is_listed_by_what_a_visit_needs(served: Served) -> None:
    for language, other in (("fr", "en"), ("en", "fr")):
        listed = lists_of(served)[language]["files"]
        kinds = {file["url"]: file["kind"] for file in listed}
        assert kinds["/client/boot-1.js"] == "script"
        assert kinds[f"/client/words-{language}-1.js"] == "script"
        assert kinds["/client/viewer-1.js"] == "viewer"
        assert f"/client/words-{other}-1.js" not in kinds
        assert "/client/worker-1.js" not in kinds


def test_what_pages_link_to_is_listed(served: Served) -> None:
    """Every address of ours that a listed page loads is served from what is kept."""
    for listed in lists_of(served).values():
        urls = {file["url"] for file in listed["files"]}
        for url in sorted(urls):
            entry, content = served[url]
            if not entry.media_type.startswith("text/html"):
                continue
            links = find_links(url, entry.media_type, content, "https://forge.example")
            loaded = {
                link for link in links if link in served and is_part(link, served)
            }
            assert loaded <= urls, url


def is_part(url: str, served: Served) -> bool:
    """Return whether an address is loaded by a page rather than gone to."""
    return not served[url][0].media_type.startswith(("text/html", "application/json"))


def test_the_worker_is_asked_for_anew_each_time(served: Served) -> None:
    entry, content = served["/sw.js"]

    assert content.decode() == FILES["worker-1.js"]
    assert entry.caching == "revalidate"
    assert entry.media_type.startswith("text/javascript")


def test_alternatives_share_a_group() -> None:
    picture = [
        {"url": "/m/a-480.webp", "width_px": 480},
        {"url": "/m/a-960.webp", "width_px": 960},
    ]
    model = {
        "lods": [
            {"url": "/m/p.glb", "name": "preview"},
            {"url": "/m/f.glb", "name": "phone"},
        ],
        "usdz": {"url": "/m/f.usdz"},
    }
    sound = {"audio": {"url": "/m/s.opus"}, "audio_fallback": {"url": "/m/s.m4a"}}
    manifest = {"stops": [{"poster": picture, "scene": model, "voice": sound}]}
    files = {
        "/m/a-480.webp": "image/webp",
        "/m/a-960.webp": "image/webp",
        "/m/p.glb": "model/gltf-binary",
        "/m/f.glb": "model/gltf-binary",
        "/m/f.usdz": "model/vnd.usdz+zip",
        "/m/s.opus": "audio/ogg",
        "/m/s.m4a": "audio/mp4",
    }
    page = "".join(f'<a href="{url}"></a>' for url in files).encode()
    entries = {
        url: Entry(url, StoredFile(url[1:], "0" * 64, 10), media_type, "immutable")
        for url, media_type in files.items()
    }
    html = "text/html; charset=utf-8"
    entries["/fr/v/"] = Entry(
        "/fr/v/", StoredFile("v", "1" * 64, 10), html, "revalidate"
    )
    visit = OfflineVisit("v", "fr", "Une visite", "/fr/v/", ("/fr/v/",), (), (), ())

    lists = offline_lists(
        [visit],
        [json.dumps(manifest).encode()],
        {"/fr/v/": page},
        entries,
        "https://forge.example",
    )

    listed = json.loads(next(iter(lists))[1])["files"]
    found = {file["url"]: file for file in listed}
    assert found.keys() == entries.keys()
    assert [found[f"/m/a-{width}.webp"]["width_px"] for width in (480, 960)] == [
        480,
        960,
    ]
    assert {found[url]["group"] for url in ("/m/p.glb", "/m/f.glb")} == {"/m/p.glb"}
    assert found["/m/f.glb"]["level"] == "phone"
    assert {found[url]["kind"] for url in ("/m/p.glb", "/m/f.glb")} == {"model"}
    assert found["/m/f.usdz"]["kind"] == "usdz"
    assert found["/m/s.m4a"]["group"] == found["/m/s.opus"]["group"] == "/m/s.opus"
