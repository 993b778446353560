"""What a visitor in a field waits for, on the demonstration's own page."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import brotli
import pytest

from publishing.pages.render import render_pages
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
from tours.manifest import compile_tour

if TYPE_CHECKING:
    from publishing.client_files import BuiltClient
    from publishing.pages.page import Page

DEMONSTRATION = Path(__file__).parents[3] / "content" / "creusot-montceau"
BUDGET_BYTES = 14_000
"""One round trip of a fresh connection: ten packets (RFC 6928)."""


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
    demonstration: tuple[Page, ...],
) -> None:
    """All there is to read comes before a phone has to ask for more."""
    sizes = {page.url: len(brotli.compress(page.content)) for page in demonstration}
    (style,) = (size for url, size in sizes.items() if url.startswith("/client/page-"))
    stops = {url: size for url, size in sizes.items() if url.endswith("/marteau/")}

    assert set(stops) == {
        f"/{language}/de-la-forge-a-la-ville/marteau/" for language in ("fr", "en")
    }
    assert all(size + style <= BUDGET_BYTES for size in stops.values())
