"""Editor settings of a new museum: JSON schemas, snippets, EditorConfig."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tours.schemas.authoring import SNIPPETS

if TYPE_CHECKING:
    from tours.diagnostics import Language

_PLACES = {"museum": "museum.yaml", "site": "sites/*.yaml", "tour": "tours/*.yaml"}
_EDITORCONFIG = """\
root = true

[*.yaml]
charset = utf-8
end_of_line = lf
indent_style = space
indent_size = 2
insert_final_newline = true
trim_trailing_whitespace = true
"""


def editor_files(language: Language) -> dict[str, bytes]:
    """Return the schemas with hover texts in one language, settings and snippets."""
    from tours.schemas import make_author_schemas

    made = {
        f".ecomusee/{name}.schema.json": _json(schema)
        for name, schema in make_author_schemas(language).items()
    }
    settings: dict[str, Any] = {
        "yaml.schemas": {
            f".ecomusee/{name}.schema.json": place for name, place in _PLACES.items()
        },
        "yaml.schemaStore.enable": False,
        "[yaml]": {
            "editor.insertSpaces": True,
            "editor.tabSize": 2,
            "editor.detectIndentation": False,
            "editor.quickSuggestions": {"other": True, "strings": True},
            "files.encoding": "utf8",
            "files.eol": "\n",
        },
    }
    return {
        **made,
        ".editorconfig": _EDITORCONFIG.encode(),
        ".vscode/settings.json": _json(settings),
        ".vscode/extensions.json": _json({"recommendations": ["redhat.vscode-yaml"]}),
        ".vscode/ecomusee.code-snippets": _json(
            {
                snippet.name[language]: {
                    "scope": "yaml",
                    "prefix": snippet.prefix,
                    "body": snippet.body[language].split("\n"),
                    "description": snippet.name[language],
                }
                for snippet in SNIPPETS
            }
        ),
    }


def _json(document: object) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
