"""What a visitor in a field waits for, on the demonstration's own page."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import brotli
import pytest

from publishing.client_files import read_client
from publishing.pages.render import render_pages
from publishing.pages.stylesheet import font_files
from tours.bundle import (
    Bundle,
    BundleIndex,
    Extents,
    Lod,
    MediaFile,
    Panorama,
    Picture,
    PictureVariant,
    Recording,
    Video,
)
from tours.checks import read_museum
from tours.manifest import compile_tour, to_json

if TYPE_CHECKING:
    from types import ModuleType

    from publishing.client_files import BuiltClient
    from publishing.pages.page import Page
    from tours.manifest import Manifest

ROOT = Path(__file__).parents[3]
DEMONSTRATION = ROOT / "content" / "creusot-montceau"
BUDGET_BYTES = 14_000
"""One round trip of a fresh connection: ten packets (RFC 6928)."""


@pytest.fixture(scope="module")
def weights() -> ModuleType:
    """Return the benchmark that prints the weights of a release."""
    path = ROOT / "benchmarks" / "page_weights.py"
    spec = importlib.util.spec_from_file_location("page_weights", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclass looks itself up
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def demonstration(client: BuiltClient) -> tuple[Page, ...]:
    """Return the demonstration's pages around media of likely sizes."""
    reading = read_museum(DEMONSTRATION)
    museum, registry = reading.museum, reading.registry
    assert museum is not None
    assert registry is not None
    made = bundle()
    film = Video((made.usdz,), 1280, 720, 20.0, made.poster)
    index = BundleIndex(
        models=defaultdict(lambda: made),
        pictures=defaultdict(lambda: made.poster),
        recordings=defaultdict(lambda: Recording(made.usdz, 60.0)),
        panoramas=defaultdict(lambda: Panorama(made.poster.variants, made.poster)),
        videos=defaultdict(lambda: film),
    )
    compiled = [
        compile_tour(museum, tour, language, index, registry)
        for tour in museum.tours
        for language in tour.languages
    ]
    return render_pages(compiled, client)


def bundle() -> Bundle:
    def media(digit: str, extension: str, media_type: str) -> MediaFile:
        return MediaFile(digit * 64, 400_000, extension, media_type)

    glb = media("a", ".glb", "model/gltf-binary")
    kinds = ((".webp", "image/webp"), (".jpg", "image/jpeg"))
    pictures = [
        PictureVariant(media(str(i), *kind), width, width * 3 // 4)
        for kind in kinds
        for i, width in enumerate((480, 960, 1600))
    ]
    return Bundle(
        Extents((-5.0, 0.0, -4.0), (5.0, 21.0, 4.0)),
        (
            Lod("preview", glb, 3_000, 4, 400_000),
            Lod("phone", glb, 38_000, 4, 9_000_000),
        ),
        media("b", ".usdz", "model/vnd.usdz+zip"),
        Picture(tuple(pictures)),
        400_000,
    )


def test_a_page_and_its_style_fit_in_one_round_trip(
    demonstration: tuple[Page, ...], wide_pages: tuple[Page, ...]
) -> None:
    """All there is to read comes before a phone has to ask for more.

    Fonts are not in it: text is read before they come.
    """
    for pages in (demonstration, wide_pages):
        sizes = {page.url: len(brotli.compress(page.content)) for page in pages}
        (style,) = (
            size for url, size in sizes.items() if url.startswith("/client/page-")
        )
        read = [page.url for page in pages if page.media_type.startswith("text/html")]
        over = {
            url: sizes[url] + style for url in read if sizes[url] + style > BUDGET_BYTES
        }
        assert over == {}


def test_a_whole_stop_counts_what_a_phone_takes(weights: ModuleType) -> None:
    """The first type offered, at the first size that fills a phone's screen."""
    variants = [
        {"type": media_type, "width_px": width, "bytes": width * cost}
        for media_type, cost in (
            ("image/webp", 10),
            ("image/jpeg", 20),
            ("image/avif", 5),
        )
        for width in (480, 960, 1440)
    ]

    assert weights.on_phone(variants) == 1440 * 5
    assert weights.on_phone(variants[:2]) == 960 * 10
    assert weights.on_phone([]) == 0


def test_a_scene_is_weighed_in_its_smallest_form(
    weights: ModuleType, wide_manifests: tuple[Manifest, ...]
) -> None:
    stops = json.loads(to_json(wide_manifests[0]))["tour"]["stops"]
    scenes = {stop["id"]: stop.get("scene", {}) for stop in stops}

    weighed = {name: weights.scene_bytes(scene) for name, scene in scenes.items()}
    assert weighed["galerie"] == 30_000
    assert weighed["hier-aujourdhui"] == 2 * 60_000
    assert weighed["frappe"] == 900_000
    assert weighed["canal"] == 0


def test_the_client_and_the_fonts_leave_room_for_a_scene(weights: ModuleType) -> None:
    """Two thirds of a whole stop's budget are the museum's own pictures and sounds."""
    client = read_client()
    sizes = {file.name: len(brotli.compress(file.content)) for file in client.files}
    loaded = sum(sizes[name] for name in weights.client_files("model", "fr"))
    fonts = sum(len(page.content) for page in font_files())

    assert loaded + fonts + BUDGET_BYTES < weights.STOP_BYTES / 3
