"""Convert models from trimesh and to it; the only module that imports it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import trimesh
from trimesh.exchange.gltf import export_glb
from trimesh.units import unit_conversion

from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.optimization.sources import ExportedModel
from assets_pipeline.rendering.decompress import decode_document

if TYPE_CHECKING:
    from assets_pipeline.gltf.document import Document


def export_model(model: object) -> ExportedModel:
    """Return a mesh or a scene as a GLB, its face colours kept apart.

    Raises
    ------
    TypeError
        If it is neither.
    """
    if isinstance(model, trimesh.Trimesh):
        scene = trimesh.Scene(model)
        unit = model.units
    elif isinstance(model, trimesh.Scene):
        scene, unit = model, model.units
    else:
        problem = f"trimesh's {type(model).__name__} has no triangles"
        raise TypeError(problem)
    # Meshes are shared with the caller's scene: copies would mix colours of faces.
    geometry = scene.geometry
    scene = trimesh.Scene(graph=scene.graph.copy())  # type: ignore[no-untyped-call]  # it has no types
    scene.geometry.update(geometry)
    told = []
    for name, shape in list(scene.geometry.items()):
        if not isinstance(shape, trimesh.Trimesh):
            told.append(f"{name}: a {type(shape).__name__} is left out")
            scene.delete_geometry(name)
        elif shape.visual is not None and shape.visual.kind == "face":
            scene.geometry[name] = _separate_faces(shape)
    content = export_glb(scene)  # type: ignore[no-untyped-call]  # its arguments have no types
    metres = unit_conversion(unit, "meters") if unit else 1.0
    return ExportedModel(bytes(content), tuple(told), float(metres))


def _separate_faces(mesh: trimesh.Trimesh) -> trimesh.Trimesh:
    """Return a mesh whose faces share no vertex, which would mix their colours."""
    colors = mesh.visual.face_colors  # type: ignore[union-attr]  # its kind is "face"
    return trimesh.Trimesh(
        mesh.triangles.reshape(-1, 3),
        np.arange(3 * len(mesh.faces)).reshape(-1, 3),
        vertex_colors=np.repeat(colors, 3, axis=0),
        process=False,
    )


def load_scene(glb: bytes) -> tuple[trimesh.Scene, list[str]]:
    """Return a GLB as a scene, and what a scene can't hold of it."""
    document = decode_document(glb)
    loaded = trimesh.load_scene(io.BytesIO(write_glb(document)), file_type="glb")
    return loaded, list(_lost(document))


def _lost(document: Document) -> list[str]:
    primitives = document.primitives()
    held = {name for primitive in primitives for name in primitive.attributes}
    materials = document.materials()
    facts = (
        ("animations", bool(document.animations)),
        ("skins", bool(document.skins())),
        ("morph targets", any(primitive.targets for primitive in primitives)),
        ("second texture coordinates", "TEXCOORD_1" in held),
        ("extensions of materials", any(m.extensions for m in materials)),
    )
    return [name for name, is_there in facts if is_there]
