"""Load the software renderer (Filament over llvmpipe) and the room's light.

Every machine draws the same, with or without a graphics card.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from assets_pipeline.errors.exceptions import MissingToolError
from assets_pipeline.gltf.container import join_glb, split_glb
from assets_pipeline.rendering.studio_lighting import render_room_ktx

Untyped = Any
"""A value of the renderer's, an extension module that ships no types."""


def load_renderer() -> Untyped:
    """Return the renderer's module, set to draw in software without messages.

    Raises
    ------
    MissingToolError
        If it can't be loaded; says what to install.
    """
    os.environ.setdefault("LIBGL_ALWAYS_SOFTWARE", "1")
    try:
        import filly  # type: ignore[import-untyped]  # noqa: PLC0415  needs libGL, which a machine may lack
    except ImportError as error:
        raise missing_renderer_error(error) from error
    filly.set_log_level("off")
    return filly


def remove_animations(glb: bytes) -> bytes:
    """Return a GLB without its animations.

    The renderer refuses a whole file for one animation that it can't play, such as one
    that holds a single key.

    Raises
    ------
    AssetError
        If it is no GLB file.
    """
    text, binary = split_glb(glb)
    root = json.loads(text)
    if not root.pop("animations", None):
        return glb
    return join_glb(json.dumps(root).encode(), binary or b"")


def missing_renderer_error(cause: Exception) -> MissingToolError:
    """Return the error for a machine without a software renderer."""
    reason = f"the software renderer can't start: {cause}"
    return MissingToolError(
        reason, "renderer", "Run `apt install libgl1 libegl1 libgl1-mesa-dri`"
    )


def load_room_light(renderer: Untyped) -> Untyped:
    """Return the room's image-based light."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "room.ktx"
        path.write_bytes(render_room_ktx())
        return renderer.load_environment_ktx(str(path))
