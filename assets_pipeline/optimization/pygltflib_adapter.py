"""Convert models from pygltflib and to it; the only module that imports it."""

from __future__ import annotations

import base64
import copy
import warnings
from pathlib import Path
from urllib.parse import unquote

import pygltflib  # type: ignore[import-untyped]  # ships no types

from assets_pipeline.optimization.sources import ExportedModel


def export_model(model: object) -> ExportedModel:
    """Return a `GLTF2` as a GLB, with the buffers and images that it names.

    Raises
    ------
    TypeError
        If it is none.
    """
    if not isinstance(model, pygltflib.GLTF2):
        problem = f"pygltflib's {type(model).__name__} is no model: give its GLTF2"
        raise TypeError(problem)
    own = copy.deepcopy(model)
    told = _embed_images(own)
    if own.buffers and own.binary_blob() is None:
        with warnings.catch_warnings():
            # The file of the buffer is no longer named: it stays with the caller's model.
            warnings.filterwarnings("ignore", "Conversion will leave")
            own.convert_buffers(pygltflib.BufferFormat.BINARYBLOB)
    return ExportedModel(b"".join(own.save_to_bytes()), tuple(told))


def load_gltf2(glb: bytes) -> pygltflib.GLTF2:
    """Return a GLB as a `GLTF2`."""
    return pygltflib.GLTF2.load_from_bytes(glb)


def _embed_images(model: pygltflib.GLTF2) -> list[str]:
    """Put image files into a model as data URIs; return which are missing.

    pygltflib's own conversion takes images out of buffers as well, and their bytes stay.
    """
    folder = Path(getattr(model, "_path", None) or ".")  # where it was read from
    missing = []
    for image in model.images:
        if not image.uri or image.uri.startswith("data:"):
            continue
        try:
            content = (folder / unquote(image.uri)).read_bytes()
        except OSError:
            missing.append(f"{image.uri}: this image is missing")
            continue
        is_png = content.startswith(b"\x89PNG")
        kind = image.mimeType or ("image/png" if is_png else "image/jpeg")
        image.uri = f"data:{kind};base64,{base64.b64encode(content).decode()}"
    return missing
