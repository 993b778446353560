"""A model that fills a phone's graphics memory is told, in a page and in Quick Look."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from assets_pipeline.checks.budgets import check_gpu_memory
from tours.bundle import Bundle, Extents, Lod, MediaFile, Picture, UsdzFacts
from tours.diagnostics import Location
from tours.model import FileReference, LocalizedText, ModelScene, ModelSource

PLACE = Location(Path("tours/a.yaml"), 8)
FILE = MediaFile("0" * 64, 3, ".glb", "model/gltf-binary")


def scene() -> ModelScene:
    source = ModelSource(FileReference(PurePosixPath("a.glb"), PLACE), 1.0, "y")
    alt = LocalizedText((("fr", "Un objet."),), PLACE)
    return ModelScene(source, None, 1.0, alt, None, None, None, PLACE)


def bundle(phone: int, high: int, usdz: int) -> Bundle:
    """Return a bundle of which so many megabytes are held."""
    return Bundle(
        extents=Extents((0.0, 0.0, 0.0), (1.0, 1.0, 1.0)),
        lods=(
            Lod("phone", FILE, 12, 1, phone * 1_000_000),
            Lod("high", FILE, 12, 1, high * 1_000_000),
        ),
        usdz=FILE,
        poster=Picture(()),
        source_triangles=12,
        usdz_facts=UsdzFacts(12, 1, usdz * 1_000_000),
    )


@pytest.mark.parametrize(
    ("held", "told"),
    [
        ((64, 250, 250), []),
        ((70, 250, 250), ["70 Mo de la mémoire graphique d\u2019un téléphone"]),
        ((64, 250, 300), ["300 Mo de la mémoire graphique d\u2019un iPhone (USDZ)"]),
    ],
)
def test_what_is_over_is_told_of_each_phone(
    held: tuple[int, int, int], told: list[str]
) -> None:
    found = [finding.fr.what for finding in check_gpu_memory(scene(), bundle(*held))]

    assert len(found) == len(told)
    assert all(words in what for words, what in zip(told, found, strict=True))
