"""JSON Schemas: for curators' editors, and of the manifest.

Both are made from the code that reads and writes, and committed so that an editor and
the client's build need no Python. A test keeps them fresh.
"""

from __future__ import annotations

import json
from pathlib import Path

from tours.schemas.authoring import make_author_schemas
from tours.schemas.wire import make_manifest_schema

__all__ = ["FOLDER", "make_author_schemas", "schemas", "write_schemas"]
FOLDER = Path(__file__).parent


def schemas() -> dict[str, str]:
    """Return the text of each schema by its file's name."""
    french, english = make_author_schemas("fr"), make_author_schemas("en")
    made = {
        **{f"author-{name}.schema.json": made for name, made in french.items()},
        **{f"author-{name}.en.schema.json": made for name, made in english.items()},
        "manifest.schema.json": make_manifest_schema(),
    }
    return {
        name: json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        for name, schema in made.items()
    }


def write_schemas(folder: Path = FOLDER) -> None:
    """Write the schemas anew, after a change of the vocabulary or of the wire."""
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")
