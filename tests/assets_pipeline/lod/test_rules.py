"""Each level of detail keeps its promises, whatever the model."""

from __future__ import annotations

import struct
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assets_pipeline.gltf import measure
from assets_pipeline.gltf.materials import Image
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.lod.budgets import PHONE, PREVIEW, PROFILES, Profile
from assets_pipeline.lod.rules import fit_to_budgets
from assets_pipeline.models.clean_model import prepare_model
from assets_pipeline.readers.gltf.reader import read_gltf
from assets_pipeline.resolver import Resolver
from assets_pipeline.tasks.task import ModelCredits, Task

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from assets_pipeline.gltf.document import Document

    Read = Callable[..., Document]
    Errors = Callable[[bytes], list[str]]

NAMES = (
    "textured_box.glb",
    "bar.glb",
    "bent_bar.glb",
    "morphed_box.glb",
    "ball.glb",
    "instanced_boxes.glb",
    "draco_box.glb",
    "box.gltf",
    "box.ply",
    "box.obj",
    "tetrahedron.stl",
)
TASK = Task("model", "", "x", facts=ModelCredits("Marteau", "Écomusée", "CC0-1.0"))


def prepared(document: Document) -> Document:
    """Return a document as every level of detail starts from."""
    prepare_model(document, TASK)
    return document


def back(glb: bytes) -> Document:
    """Return the document of a file that we wrote."""
    return read_gltf(glb, PurePosixPath("x.glb"), Resolver(Path()))


@pytest.mark.parametrize("name", NAMES)
def test_khronos_validator_finds_no_error(
    read: Read, errors: Errors, name: str
) -> None:
    """As written, and as decoded: what meshopt holds must be valid glTF too."""
    document = prepared(read(name))

    for profile in PROFILES:
        glb = fit_to_budgets(document, profile).content

        assert errors(glb) == []
        assert errors(write_glb(back(glb))) == []


@pytest.mark.parametrize("name", NAMES)
def test_true_scale_survives_every_level(read: Read, name: str) -> None:
    """Measured from the file that is sent, through quantization and skins."""
    document = read(name)
    before = measure.compute_extents(document)
    prepared(document)

    for profile in PROFILES:
        after = measure.compute_extents(back(fit_to_budgets(document, profile).content))

        assert after.size_m == pytest.approx(before.size_m, rel=1e-3, abs=1e-3)
        assert after.least == pytest.approx(before.least, abs=2e-3)


def test_millimetres_with_z_up_are_true_to_scale(read: Read) -> None:
    document = prepared(read("box_mm_z_up.stl", 0.001, "z"))

    glb = fit_to_budgets(document, PREVIEW).content

    assert measure.compute_extents(back(glb)).size_m == pytest.approx(
        (1, 2, 0.5), rel=1e-3
    )


@pytest.mark.parametrize("name", ["textured_box.glb", "bar.glb", "ball.glb"])
def test_the_same_document_gives_the_same_bytes(read: Read, name: str) -> None:
    first, second = (
        fit_to_budgets(prepared(read(name)), PHONE).content for _ in range(2)
    )

    assert first == second


@pytest.mark.parametrize("name", ["textured_box.glb", "bar.glb", "morphed_box.glb"])
def test_a_level_made_again_from_itself_is_the_same(read: Read, name: str) -> None:
    """What is already as light as it should be loses nothing more."""
    once = fit_to_budgets(prepared(read(name)), PHONE)

    again = fit_to_budgets(prepared(back(once.content)), PHONE)

    assert [i.content for i in again.document.images()] == [
        i.content for i in once.document.images()
    ]
    sizes = (measure.compute_extents(d).size_m for d in (once.document, again.document))
    assert next(sizes) == pytest.approx(next(sizes), abs=1e-3)
    assert measure.count_triangles(again.document) == measure.count_triangles(
        once.document
    )


def test_animation_skin_and_morph_survive(read: Read) -> None:
    bar = back(fit_to_budgets(prepared(read("bar.glb")), PHONE).content)
    box = back(fit_to_budgets(prepared(read("morphed_box.glb")), PHONE).content)

    turns = bar.animations[0].channels[0].sampler.output.values
    assert turns[1] == pytest.approx([0.5**0.5, 0, 0, 0.5**0.5], abs=1e-3)
    assert box.primitives()[0].targets[0]["POSITION"].values.max() > 0
    assert box.meshes()[0].weights == (0.5,)


def test_files_say_what_they_are(read: Read) -> None:
    document = back(fit_to_budgets(prepared(read("ball.glb")), PREVIEW).content)

    assert document.copyright == "Écomusée. CC0-1.0"
    assert document.extras == {
        "title": "Marteau",
        "author": "Écomusée",
        "license": "CC0-1.0",
    }


def test_textures_give_way_first_when_they_weigh_most(
    make: ModuleType, read: Read
) -> None:
    document = prepared(read("textured_box.glb"))
    noise = np.random.default_rng(0).integers(0, 255, (512, 512, 3), np.uint8)
    for texture in document.textures():
        texture.image = Image(make.png(noise), "image/png")
    room = len(fit_to_budgets(document, PREVIEW).content)

    tight = fit_to_budgets(document, replace(PREVIEW, most_bytes=room * 2 // 3))

    assert tight.is_within_bytes
    assert measure.count_triangles(tight.document) == 12


def test_triangles_give_way_when_they_weigh_most(read: Read) -> None:
    document = prepared(read("ball.glb"))
    profile = replace(PREVIEW, most_bytes=20_000)

    tight = fit_to_budgets(document, profile)

    assert tight.is_within_bytes
    assert 400 <= measure.count_triangles(tight.document) < 5_000


def test_what_cannot_fit_says_so(read: Read) -> None:
    document = prepared(read("ball.glb"))

    tight = fit_to_budgets(document, replace(PREVIEW, most_bytes=500))

    assert not tight.is_within_bytes


def test_gpu_bytes_are_textures_with_mips_and_buffers(read: Read) -> None:
    """RGBA8, a third more for the chain of halves; 24 vertices and 36 indices."""
    shown = fit_to_budgets(prepared(read("textured_box.glb")), PHONE).document

    textures = (64 * 64, 64 * 64, 32 * 32)
    vertex = 3 * 2 + 3 + 2 * 2
    held = 24 * vertex + 36 * 2
    prediction = sum(round(texels * 4 * 4 / 3) for texels in textures) + held
    assert measure.estimate_gpu_bytes(shown) == prediction


def test_every_view_of_a_glb_starts_on_four_bytes(read: Read) -> None:
    """Typed arrays in a browser can't start elsewhere."""
    glb = fit_to_budgets(prepared(read("textured_box.glb")), PHONE).content

    assert len(glb) % 4 == 0
    assert struct.unpack_from("<I", glb, 8)[0] == len(glb)


def test_the_ladder_is_that_of_the_design() -> None:
    def budget(profile: Profile) -> tuple[int, ...]:
        edges = profile.edge_px, profile.packed_edge_px
        return profile.most_bytes, profile.most_triangles, *edges

    assert [budget(profile) for profile in PROFILES] == [
        (150_000, 5_000, 512, 256),
        (1_500_000, 50_000, 1024, 512),
        (4_000_000, 100_000, 2048, 1024),
    ]
