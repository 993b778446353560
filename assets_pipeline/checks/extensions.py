"""Check which glTF extensions of a model are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets_pipeline.findings import extensions
from assets_pipeline.gltf.extensions import affects_appearance
from assets_pipeline.tasks.result import Note

if TYPE_CHECKING:
    from assets_pipeline.resolver import Resolver
    from assets_pipeline.tasks.task import Task


def check_extensions(task: Task, resolver: Resolver) -> list[Note]:
    """Return a note on extensions that may be missed, and one on those that are not."""
    notes = []
    for are_seen in (True, False):
        names = [
            name
            for name in resolver.ignored_extensions
            if affects_appearance(name) == are_seen
        ]
        if names:
            told = extensions.left_out_values(names, are_seen=are_seen)
            code = extensions.EXTENSIONS_LEFT_OUT.code
            notes.append(Note(code, {"file": task.path, **told}))
    return notes
