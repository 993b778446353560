"""Which extensions a part of a glTF file's JSON names."""

from __future__ import annotations


def extensions_within(value: object) -> set[str]:
    """Return the names of all extensions in a part of a file."""
    names: set[str] = set()
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, dict):
            extensions = item.get("extensions")
            if isinstance(extensions, dict):
                names.update(extensions)
            # `extras` belong to people: an "extensions" in there is none of glTF's.
            pending.extend(part for key, part in item.items() if key != "extras")
        elif isinstance(item, list):
            pending.extend(item)
    return names
