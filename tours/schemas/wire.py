"""The JSON Schema of the manifest, made from the dataclasses of the wire format."""

from __future__ import annotations

import dataclasses
import types
import typing
from typing import Any, Literal, get_args, get_origin, get_type_hints

from tours.bundle import Vector
from tours.manifest import AnswerView, SceneView, wire

Schema = dict[str, Any]
"""JSON: its values are of every kind."""
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_NAMED: dict[object, tuple[str, str]] = {
    Vector: ("Vector", "Three numbers: x, y, z."),
    wire.Quaternion: ("Quaternion", "A unit quaternion: x, y, z, w."),
    wire.AnchorView: ("AnchorView", "What holds a scene, by one of several ways."),
    AnswerView: ("AnswerView", "How a question is answered, by its kind."),
    SceneView: ("SceneView", "What a stop shows, by its kind."),
}
"""Type aliases worth a name of their own."""
_SCALARS: dict[object, str] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
}


def make_manifest_schema() -> Schema:
    """Return the schema of a manifest, JSON Schema 2020-12.

    It describes exactly what this version writes; a client must still accept fields
    that it does not know.
    """
    definitions: Schema = {}
    root = _object(wire.Manifest, definitions)
    return {"$schema": _DRAFT, **root, "$defs": dict(sorted(definitions.items()))}


def _object(kind: type, definitions: Schema) -> Schema:
    hints = get_type_hints(kind)
    fields = dataclasses.fields(kind)
    return {
        "title": kind.__name__,
        "description": (kind.__doc__ or "").strip(),
        "type": "object",
        "properties": {f.name: _value(hints[f.name], definitions) for f in fields},
        "required": [f.name for f in fields if f.default is dataclasses.MISSING],
        "additionalProperties": False,
    }


def _value(hint: object, definitions: Schema) -> Schema:
    if hint in _NAMED:
        name, description = _NAMED[hint]
        if name not in definitions:
            definitions[name] = {"title": name, "description": description}
            definitions[name] |= _bare_value(hint, definitions)
        return {"$ref": f"#/$defs/{name}"}
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        if hint.__name__ not in definitions:
            definitions[hint.__name__] = {}  # met again below: no endless descent
            definitions[hint.__name__] = _object(hint, definitions)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    return _bare_value(hint, definitions)


def _bare_value(hint: object, definitions: Schema) -> Schema:
    if hint in _SCALARS:
        return {"type": _SCALARS[hint]}
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"type": "string", "enum": list(arguments)}
    if origin is tuple and arguments[-1] is ...:
        return {"type": "array", "items": _value(arguments[0], definitions)}
    if origin is tuple:
        items = [_value(argument, definitions) for argument in arguments]
        return {
            "type": "array",
            "items": items[0],
            "minItems": len(items),
            "maxItems": len(items),
        }
    if origin in (types.UnionType, typing.Union):
        kinds = [argument for argument in arguments if argument is not type(None)]
        found = [_value(kind, definitions) for kind in kinds]
        return found[0] if len(found) == 1 else {"oneOf": found}
    message = f"the wire format holds no {hint}"
    raise TypeError(message)
