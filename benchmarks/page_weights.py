"""Print the size on the wire of each page of a published museum, and of each stop.

    python benchmarks/page_weights.py build/creusot-montceau

Weights are those of the brotli files of the release, without headers.

The first table is what must come before anything can be read: HTML and style, against
what a server may send in its first round trip. Fonts are told apart: text is read before
they come, and they come once for all pages.

The second is a stop whole, as a phone of 412 CSS pixels at 2.6 dots opens it: page,
style, fonts, the client with the rung that opens in the page, the poster, the scene in
its smallest form (preview LOD, least panorama, both pictures of a comparison, the film in
its first encoding) and the sound.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publishing.client_files import CLIENT_FOLDER, CLIENT_ROOT, read_client
from tours import release

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE_BYTES = 14_000
STOP_BYTES = 1_600_000
PHONE_PX = 1071
"""Dots across a phone's screen."""
RUNGS = {"model": "viewer"}
"""The rung that opens a kind of scene in the page; other kinds are parts of their name."""

Json = dict[str, Any]  # a manifest as it is on the wire


@dataclass(frozen=True)
class StopWeight:
    """What a visitor's phone is sent for one stop, in bytes."""

    url: str
    kind: str
    page: int
    client: int
    poster: int
    scene: int
    sound: int

    @property
    def whole(self) -> int:
        """All of it."""
        return self.page + self.client + self.poster + self.scene + self.sound


def main(build_dir: Path) -> int:
    """Print the tables; 1 if a page or a stop is over its budget."""
    current = (build_dir / release.CURRENT).read_text(encoding="utf-8").strip()
    folder = build_dir / "releases" / current
    published = release.from_json((folder / release.FILE_NAME).read_bytes())
    sizes = {entry.url: wire_bytes(entry) for entry in published.entries}
    style = page_style(sizes)
    pages = {
        entry.url: sizes[entry.url] + style
        for entry in published.entries
        if entry.media_type.startswith("text/html")
    }
    print(f"{'HTML + CSS':>10}  {'of budget':>9}  page ({style} bytes of it are CSS)")
    for url, size in sorted(pages.items(), key=lambda item: -item[1]):
        print(f"{size:>8} B  {size / PAGE_BYTES:>9.0%}  {url}")
    stops = sorted(stop_weights(folder, sizes), key=lambda stop: -stop.whole)
    print(f"\nWhole stops; {fonts(sizes)} bytes of each are fonts")
    print(f"{'whole':>9}  {'of budget':>9}  {'client':>7} {'poster':>7} ", end="")
    print(f"{'scene':>8} {'sound':>8}  stop")
    for stop in stops:
        print(
            f"{stop.whole:>9}  {stop.whole / STOP_BYTES:>9.0%}  {stop.client:>7} ",
            end="",
        )
        print(
            f"{stop.poster:>7} {stop.scene:>8} {stop.sound:>8}  {stop.url} ({stop.kind})"
        )
    is_over = max(pages.values()) > PAGE_BYTES or any(
        s.whole > STOP_BYTES for s in stops
    )
    return int(is_over)


def wire_bytes(entry: release.Entry) -> int:
    """Return the size of the encoding that browsers are sent."""
    return dict(entry.encodings).get("br", entry.identity).size_bytes


def page_style(sizes: dict[str, int]) -> int:
    """Return the size of the newest release's one style sheet of pages."""
    return max(n for url, n in sizes.items() if url.startswith(f"{CLIENT_ROOT}page-"))


def fonts(sizes: dict[str, int]) -> int:
    """Return the size of the two fonts that a page in a western language asks for."""
    found = [n for url, n in sizes.items() if url.endswith(".woff2")]
    return sum(sorted(found)[-2:])


def stop_weights(folder: Path, sizes: dict[str, int]) -> Iterator[StopWeight]:
    """Yield what each stop that can be seen weighs, in each language."""
    for path in sorted((folder / "manifests").glob("*.json")):
        manifest = json.loads(path.read_bytes())
        for stop in manifest["tour"]["stops"]:
            if "withdrawn" not in stop:
                yield stop_weight(stop, manifest["language"], sizes)


def stop_weight(stop: Json, language: str, sizes: dict[str, int]) -> StopWeight:
    """Return what one stop weighs."""
    scene = stop.get("scene", {})
    kind = scene.get("kind", "words")
    page = sizes[stop["url"]] + page_style(sizes) + fonts(sizes)
    return StopWeight(
        stop["url"],
        kind,
        page,
        sum(sizes.get(CLIENT_ROOT + name, 0) for name in client_files(kind, language)),
        0 if kind in ("compare", "picture") else on_phone(scene.get("poster", [])),
        scene_bytes(scene),
        stop.get("audio", {}).get("bytes", 0),
    )


def scene_bytes(scene: Json) -> int:
    """Return the size of a scene in its smallest form."""
    match scene.get("kind"):
        case "model":
            return int(min(lod["bytes"] for lod in scene["lods"]))
        case "panorama":
            return int(min(level["bytes"] for level in scene["levels"]))
        case "compare":
            return sum(on_phone(scene[side]["picture"]) for side in ("then", "now"))
        case "picture":
            return on_phone(scene["picture"])
        case "video":
            return int(scene["files"][0]["bytes"])
    return 0


def on_phone(variants: list[Json]) -> int:
    """Return the size of the encoding of a picture that a phone takes."""
    if not variants:
        return 0
    first = sorted(v["type"] for v in variants)[0]
    offered = [v for v in variants if v["type"] == first]
    enough = [v for v in offered if v["width_px"] >= PHONE_PX]
    chosen = min(enough or offered, key=lambda v: abs(v["width_px"] - PHONE_PX))
    return int(chosen["bytes"])


def client_files(kind: str, language: str) -> set[str]:
    """Return the client's files that a phone loads to open a kind of scene."""
    client = read_client()
    built = json.loads((CLIENT_FOLDER / "client.json").read_bytes())
    words = {url.removeprefix(CLIENT_ROOT) for url in client.preloads(language)}
    style = {client.style} if client.style else set()
    part = built["parts"].get(kind, {"files": (), "languages": {}})
    own_words = part["languages"].get(language, ())
    rung = built["rungs"].get(RUNGS.get(kind), ())
    return {client.entry, *words, *style, *rung, *part["files"], *own_words}


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
