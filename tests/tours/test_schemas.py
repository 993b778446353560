"""The schemas: fresh, sound, and true of what is written and sent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from tours.manifest import (
    Box,
    ImageVariant,
    LodView,
    Manifest,
    Media,
    ModelView,
    Text,
    to_json,
    wire,
)
from tours.schemas import FOLDER, schemas, write_schemas
from tours.source import read_source
from tours.source.nodes import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
DEMONSTRATION = ROOT / "content" / "creusot-montceau"
WHOLE = Path(__file__).parent / "data" / "_museum"
SCENES = Path(__file__).parent / "data" / "_scenes"
SCHEMA_OF = {
    "museum.yaml": "author-museum.schema.json",
    "sites/*.yaml": "author-site.schema.json",
    "tours/*.yaml": "author-tour.schema.json",
}


def as_editors_read(node: Node) -> Any:  # noqa: ANN401 - JSON
    """Return a node as an editor's YAML 1.2 does: whole numbers and true are no text."""
    if isinstance(node, Mapping):
        return {entry.key: as_editors_read(entry.value) for entry in node.entries}
    if isinstance(node, Sequence):
        return [as_editors_read(item) for item in node.items]
    text = node.text if isinstance(node, Scalar) else ""
    return {"true": True, "false": False}.get(
        text, int(text) if text.isdecimal() else text
    )


def validator(name: str) -> Draft202012Validator:
    """Return a validator of one committed schema."""
    schema = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("name", schemas())
def test_schemas_are_fresh(name: str) -> None:
    """After a change of the vocabulary or the wire: ``write_schemas()``."""
    assert (FOLDER / name).read_text(encoding="utf-8") == schemas()[name]


def test_schemas_are_written_whole(tmp_path: Path) -> None:
    write_schemas(tmp_path)

    assert {path.name for path in tmp_path.iterdir()} == set(schemas())


@pytest.mark.parametrize(
    "folder", [WHOLE, SCENES, DEMONSTRATION], ids=lambda path: path.name
)
def test_editors_accept_good_files(folder: Path) -> None:
    for pattern, name in SCHEMA_OF.items():
        for path in sorted(folder.glob(pattern)):
            root = read_source(path).root
            assert root is not None
            errors = list(validator(name).iter_errors(as_editors_read(root)))
            assert errors == [], path


@pytest.mark.parametrize(
    "case",
    ["T030-misspelt-key", "T060-no-unit", "T065-not-a-scale", "T039-name-with-accents",
     "T038-not-one-of-the-choices", "T045-no-description", "T033-missing-key",
     "T030-video-in-french", "T038-offline-in-french", "T045-video-without-description",
     "T060-starts-without-degrees", "T072-day-month-year", "T073-one-angle-of-two",
     "T130-nothing-to-see", "T033-one-picture-to-compare", "T037-withdrawn-without-words",
     "T033-withdrawn-without-a-reason", "T085-panorama-in-a-pdf"],
)  # fmt: skip
def test_editors_underline_mistakes(case: str) -> None:
    """Not all: `read_museum` decides; an editor helps while typing."""
    root = read_source(WHOLE.parent / case / "tours" / "visite.yaml").root
    assert root is not None

    assert not validator("author-tour.schema.json").is_valid(as_editors_read(root))


@pytest.mark.parametrize("name", SCHEMA_OF.values())
def test_every_key_has_a_hover_text_in_french(name: str) -> None:
    """At every depth: those of a hot spot as those of the tour."""
    schema = json.loads((FOLDER / name).read_text(encoding="utf-8"))

    found = list(keys(schema))

    assert found
    assert [
        key for key, value in found if "Exemple : " not in value["description"]
    ] == []


def keys(schema: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - JSON
    """Give each key of each group of a schema, with what it says of it."""
    if isinstance(schema, list):
        for item in schema:
            yield from keys(item)
    elif isinstance(schema, dict):
        yield from schema.get("properties", {}).items()
        for item in schema.values():
            yield from keys(item)


def test_a_manifest_fits_its_schema() -> None:
    text = Text("Le marteau", "fr")
    image = ImageVariant("/media/a.webp", 10, "image/webp", 640, 480)
    pack = Media("/media/a.ecmt", 10, "application/octet-stream")
    pose = wire.Pose((0.0, 0.0, -12.0), (0.0, 0.0, 0.0, 1.0))
    scene = ModelView(
        kind="model",
        alt=text,
        poster=(image,),
        lods=(LodView("preview", "/media/a.glb", 10, 5000, 99),),
        usdz=Media("/media/a.usdz", 10, "model/vnd.usdz+zip"),
        extents=Box((0.0, 0.0, 0.0), (1.0, 21.0, 1.0)),
        scale=1.0,
        license="CC0-1.0",
    )
    stop = wire.StopView(
        id="marteau",
        number=1,
        url="/fr/visite/marteau/",
        title=text,
        text=text,
        anchors=(
            wire.LabelAnchorView("label", pose, "ground", "HTTPS://M.EX/K7QM", 0.06),
            wire.PictureAnchorView("picture", pose, (image,), 0.42, pack),
        ),
        sources=("le-creusot.fr",),
        scene=scene,
    )
    manifest = Manifest(
        wire_version=1,
        language="fr",
        direction="ltr",
        museum=wire.MuseumView("m", text, "https://m.example", "#112233"),
        tour=wire.TourView("visite", "/fr/visite/", text, "CC0-1.0", (stop,)),
        alternates=(wire.Alternate("fr", "/fr/visite/"),),
    )
    document = json.loads(to_json(manifest))

    assert list(validator("manifest.schema.json").iter_errors(document)) == []

    document["tour"]["stops"][0]["anchors"][1]["width_m"] = "42 cm"
    assert not validator("manifest.schema.json").is_valid(document)


def test_every_definition_has_its_own_title() -> None:
    """TypeScript types are named after them."""
    schema = json.loads((FOLDER / "manifest.schema.json").read_text(encoding="utf-8"))

    assert all(item["title"] == name for name, item in schema["$defs"].items())
