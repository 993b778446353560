"""Which files a scene is made of."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from assets_pipeline.build.planning import scene_files
from tours.diagnostics import Location
from tours.model import (
    ComparedPicture,
    CompareScene,
    FileReference,
    LocalizedFile,
    LocalizedText,
    VideoScene,
)

HERE = Location(Path("visite.yaml"))
WORDS = LocalizedText((("fr", "La place."),), HERE)


def file(name: str) -> FileReference:
    return FileReference(PurePosixPath(name), HERE)


def films(name: str) -> LocalizedFile:
    return LocalizedFile((("fr", file(name)),), HERE)


def test_a_comparison_is_made_of_its_pictures_and_its_poster() -> None:
    then, now = (ComparedPicture(file(name), WORDS) for name in ("a.jpg", "b.jpg"))
    scene = CompareScene(then, now, WORDS, file("c.jpg"), None, None, HERE)

    found = [(kind, str(one.path)) for kind, one in scene_files(scene)]

    assert found == [("picture", name) for name in ("a.jpg", "b.jpg", "c.jpg")]


def test_a_film_is_made_with_its_captions_and_a_described_sound() -> None:
    scene = VideoScene(
        video=films("a.mp4"),
        captions=films("a.vtt"),
        described=films("a.m4a"),
        sign=None,
        alt=WORDS,
        poster=None,
        credits=None,
        license=None,
        location=HERE,
    )

    assert [kind for kind, _ in scene_files(scene)] == [
        "video",
        "captions",
        "recording",
    ]
