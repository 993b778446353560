"""Inspect a model's source: contents, costs and validation faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assets_pipeline.baking.textured_surface import can_be_rebaked
from assets_pipeline.gltf import extents as bounds
from assets_pipeline.gltf import measure
from assets_pipeline.gltf.animation import duration_s
from assets_pipeline.gltf.extensions import affects_appearance
from assets_pipeline.gltf_validator.validate import validate_gltf
from assets_pipeline.images.decoding import check_image
from assets_pipeline.inspection.inventory import Inspection, Motion, TextureCost
from assets_pipeline.readers.dispatch import read_document
from assets_pipeline.resolver import LISTING_SUFFIX
from assets_pipeline.transforms.drop_duplicate_triangles import first_occurrences
from assets_pipeline.transforms.recenter import recenter
from assets_pipeline.transforms.weld import count_distinct_vertices, unique_rows
from assets_pipeline.usdz.sampled_animation import find_played_animation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePosixPath

    from assets_pipeline.gltf.document import Document, Primitive
    from assets_pipeline.gltf.materials import Payload
    from assets_pipeline.gltf.orient import OrientOptions
    from assets_pipeline.gltf_validator.schema_check import Fault
    from assets_pipeline.resolver import Resolver

_GLTF = (".glb", ".gltf")


def inspect_model(
    path: PurePosixPath, resolver: Resolver, turn: OrientOptions
) -> Inspection:
    """Return the contents and costs of a model's source.

    Parameters
    ----------
    path
        Within the resolver's folder.
    resolver
        Reads it, and the files that it names.
    turn
        What the file's numbers mean.

    Raises
    ------
    AssetError
        A subclass that names the cause, if the file or one of its pictures can't be
        read, if it shows nothing, or if it can't be placed.
    """
    document = read_document(path, turn, resolver)
    primitives = document.primitives()
    extents = measure.compute_extents(document)
    bounds.check_size(extents)
    foot = recenter(document, extents)
    size_bytes, reads = resolver.total_bytes, dict(resolver.reads)
    return Inspection(
        size_bytes=size_bytes,
        files=sum(
            digest is not None and not name.endswith(LISTING_SUFFIX)
            for name, digest in reads.items()
        ),
        size_m=extents.size_m,
        scenes=len(document.scenes),
        nodes=len(document.nodes()),
        meshes=len(document.meshes()),
        draw_calls=measure.count_draw_calls(document),
        triangles=measure.count_triangles(document),
        vertices=sum(_count(primitive) for primitive in primitives),
        repeated_vertices=sum(map(_repeated, primitives)),
        empty_triangles=sum(map(_empty, primitives)),
        double_triangles=sum(map(_double, primitives)),
        attributes=tuple(sorted({name for p in primitives for name in p.attributes})),
        materials=len(document.materials()),
        textures=tuple(_textures(document)),
        animations=tuple(_motions(document)),
        joints=len({id(j) for skin in document.skins() for j in skin.joints}),
        morph_targets=max((len(p.targets) for p in primitives), default=0),
        extensions=tuple(sorted(_extensions(document))),
        gpu_bytes=measure.estimate_gpu_bytes(document),
        guesses=tuple(resolver.guesses),
        missing=tuple(resolver.missing),
        other_models=tuple(resolver.ignored_models),
        is_paintable=can_be_rebaked(document),
        left_out=tuple(resolver.ignored_extensions),
        unseen=tuple(
            name for name in resolver.ignored_extensions if not affects_appearance(name)
        ),
        away_m=bounds.distance_to_origin_m(extents),
        lost_foot=foot and bounds.to_source_units(foot, turn.metres_per_unit, turn.up),
        faults=tuple(_faults(path, resolver)),
    )


def _faults(path: PurePosixPath, resolver: Resolver) -> list[Fault]:
    if path.suffix.lower() not in _GLTF:
        return []
    return validate_gltf(resolver.read(path), path, resolver)


def _count(primitive: Primitive) -> int:
    return primitive.attributes["POSITION"].count


def _repeated(primitive: Primitive) -> int:
    return _count(primitive) - count_distinct_vertices(primitive)


def _empty(primitive: Primitive) -> int:
    """Return how many triangles have two corners at the same place."""
    corners = primitive.positions[primitive.triangles]
    same = [(corners[:, i] == corners[:, i - 1]).all(axis=1) for i in range(3)]
    return int(np.logical_or.reduce(same).sum())


def _double(primitive: Primitive) -> int:
    """Return how many triangles stand where another does, turned the same way.

    They are compared by place: some formats number no vertices, and others part those that
    differ in colour. Two back to back are a sheet seen from both sides, and empty ones are
    counted as such.
    """
    positions = primitive.positions + np.float32(0)  # -0 is 0
    _, places = unique_rows(positions.view(np.uint8))
    triangles = places.take(primitive.triangles)
    a, b, c = triangles.T
    solid = triangles[(a != b) & (b != c) & (c != a)]
    return len(solid) - len(first_occurrences(solid))


def _textures(document: Document) -> Iterator[TextureCost]:
    slots: dict[int, set[str]] = {}
    for material in document.materials():
        for slot, use in material.texture_infos():
            slots.setdefault(id(use.texture.image), set()).add(slot)
    for image in document.images():
        if image.media_type != "image/ktx2":
            check_image(
                image.content, image.name or "image"
            )  # the build would refuse it
        width, height = measure.image_size_px(image)
        yield TextureCost(
            name=image.name,
            media_type=image.media_type,
            slots=tuple(sorted(slots[id(image)])),
            width_px=width,
            height_px=height,
            size_bytes=len(image.content),
            gpu_bytes=measure.estimate_image_gpu_bytes(image),
        )


def _motions(document: Document) -> Iterator[Motion]:
    played = find_played_animation(document)
    for item in document.animations:
        is_played = item is played
        yield Motion(item.name, duration_s(item), len(item.channels), is_played)


def _extensions(document: Document) -> set[str]:
    held: list[dict[str, Payload]] = [
        document.extensions,
        *(node.extensions for node in document.nodes()),
        *(primitive.extensions for primitive in document.primitives()),
    ]
    for material in document.materials():
        held.append(material.extensions)
        held.extend(use.extensions for _, use in material.texture_infos())
    return {name for extensions in held for name in extensions}
