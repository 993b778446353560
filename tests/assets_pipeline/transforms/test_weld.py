"""Equal rows are found, whatever they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.document import Document, Mesh, Node, Primitive, Scene
from assets_pipeline.transforms.weld import WeldOptions, unique_rows, weld

if TYPE_CHECKING:
    from assets_pipeline.arrays import AnyArray

FEW_BYTES = st.sampled_from([0, 1, 255])  # so that many rows are equal


@given(
    arrays(
        np.uint8, array_shapes(min_dims=2, max_dims=2, max_side=40), elements=FEW_BYTES
    )
)
def test_each_row_finds_the_first_that_is_equal(rows: AnyArray) -> None:
    first, kinds = unique_rows(rows)

    known: dict[bytes, int] = {}
    meant = [known.setdefault(row.tobytes(), i) for i, row in enumerate(rows)]
    assert first.tolist() == sorted(known.values())
    assert first[kinds].tolist() == meant


def test_rows_that_were_made_to_share_a_hash_stay_apart() -> None:
    """A file may be made so: the second word takes back what the first one did."""
    gap = (splitmix(0) - splitmix(1)) % 2**64
    rows = np.array([[0, 7], [1, 7 + gap], [0, 7]], np.uint64).view(np.uint8)

    first, kinds = unique_rows(rows)

    assert first.tolist() == [0, 1]
    assert kinds.tolist() == [0, 1, 0]


def splitmix(word: int) -> int:
    """Return the hash of a row of one word (Steele and others, 2014)."""
    mixed = (word + 0x9E3779B97F4A7C15) * 0xBF58476D1CE4E5B9 % 2**64
    mixed = (mixed ^ mixed >> 30) * 0x94D049BB133111EB % 2**64
    return mixed ^ mixed >> 27


def test_coordinates_beyond_all_pictures_are_told_apart() -> None:
    """Damaged files hold such; in steps of a picture's width no integer would."""
    places = np.zeros((3, 3), np.float32)
    far = np.array([[3e38, 0], [-3e38, 0], [3e38, 0]], np.float32)
    primitive = Primitive(
        {"POSITION": create_accessor(places), "TEXCOORD_0": create_accessor(far)}
    )
    scene = Scene([Node(mesh=Mesh([primitive]))])

    weld(Document([scene], scene), WeldOptions(is_tolerant=True))

    assert primitive.attributes["TEXCOORD_0"].values.tolist() == far[:2].tolist()
