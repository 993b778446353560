"""The manifests of both museums, as they were recorded: what every phone is told.

Left out are addresses and weights of files, and what is counted on them: encoders of
another version change these, and `test_release_files.py` holds them to the files
themselves. Lengths are rounded to a millimetre. Record anew, after reading what changed,
with ``ECOMUSEE_RECORD=1 pytest tests/end_to_end/test_manifests.py``.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

if TYPE_CHECKING:
    from collections.abc import Iterator

Visiting = Any  # conftest's functions: importlib mode gives their types no name

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "golden" / "manifests"
MEASURED = (
    "bytes",
    "gpu_bytes",
    "triangles",
    "duration_s",
    "audio_duration_s",
    "path",  # of an outline: another processor may move one of its corners
)
MEDIA = re.compile(r"^/media/[0-9a-f]{64}(\.\w+)$")
MUSEUMS = ("demonstration", "example")


@pytest.fixture(params=MUSEUMS)
def museum(request: pytest.FixtureRequest) -> Visiting:
    """Return each of the two published museums."""
    return request.getfixturevalue(request.param)


def test_every_manifest_is_as_recorded(museum: Visiting) -> None:
    """In every language, and none besides."""
    found = {
        f"{museum.release.museum}/{path.name}": _stable(json.loads(path.read_bytes()))
        for path in _manifests(museum)
    }

    if os.environ.get("ECOMUSEE_RECORD"):
        _record(museum.release.museum, found)
    recorded = {
        path.relative_to(GOLDEN).as_posix(): json.loads(path.read_bytes())
        for path in (GOLDEN / museum.release.museum).glob("*.json")
    }
    assert sorted(found) == sorted(recorded)
    for name, manifest in found.items():
        assert manifest == recorded[name], name


def test_every_manifest_keeps_to_its_schema(museum: Visiting) -> None:
    schema = json.loads((ROOT / "tours/schemas/manifest.schema.json").read_bytes())
    checker = Draft202012Validator(schema)

    for path in _manifests(museum):
        faults = checker.iter_errors(json.loads(path.read_bytes()))
        assert [fault.message for fault in faults] == []


def _manifests(museum: Visiting) -> Iterator[Path]:
    current = (museum.build_dir / "current").read_text("utf-8").strip()
    found = sorted(
        (museum.build_dir / "releases" / current / "manifests").glob("*.json")
    )
    assert found
    yield from found


def _record(museum: str, found: dict[str, Any]) -> None:
    for path in (GOLDEN / museum).glob("*.json"):
        path.unlink()
    for name, manifest in found.items():
        path = GOLDEN / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        path.write_text(f"{text}\n", encoding="utf-8")


def _stable(value: Any, name: str = "") -> Any:  # noqa: ANN401 - a JSON document
    """Return a document without what another encoder would change."""
    match value:
        case dict():
            return {key: _stable(item, key) for key, item in value.items()}
        case list():
            return [_stable(item, name) for item in value]
        case _ if name in MEASURED:
            return "measured"
        case float():
            return round(value, 3)
        case str() if name == "url":
            return MEDIA.sub(r"/media/…\1", value)
    return value
