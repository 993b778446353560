"""A copy of a document: the same arrays, and nothing that changes with it."""

import numpy as np

from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.clone import clone_document
from assets_pipeline.gltf.document import Document, Mesh, Node, Primitive, Scene


def _document() -> Document:
    positions = create_accessor(np.zeros((3, 3), np.float32))
    mesh = Mesh([Primitive({"POSITION": positions})], name="gear")
    leaf = Node(name="leaf", mesh=mesh, scale=(2, 2, 2), extras={"inventory": 7})
    scene = Scene([Node(name="top", children=[leaf]), Node(mesh=mesh)])
    return Document([scene], scene)


def test_a_copy_tells_the_same_of_every_node() -> None:
    document = _document()

    made = clone_document(document)

    told = [(n.name, n.scale, n.extras, len(n.children)) for n in made.nodes()]
    assert told == [
        ("top", (1, 1, 1), None, 1),
        ("leaf", (2, 2, 2), {"inventory": 7}, 0),
        (None, (1, 1, 1), None, 0),
    ]


def test_what_is_shared_stays_shared() -> None:
    made = clone_document(_document())

    assert len(made.meshes()) == 1


def test_arrays_are_not_copied() -> None:
    document = _document()

    made = clone_document(document)

    assert made.primitives()[0].positions is document.primitives()[0].positions


def test_what_changes_in_a_copy_does_not_in_the_first() -> None:
    document = _document()
    made = clone_document(document)

    for node in made.nodes():
        node.children.append(Node())
        node.instances["TRANSLATION"] = create_accessor(np.zeros((4, 3), np.float32))
        node.extensions["KHR_node_visibility"] = {"visible": False}
    made.primitives()[0].attributes.clear()
    made.scene.nodes.clear()

    told = [(len(n.children), n.instances, n.extensions) for n in document.nodes()]
    assert told == [(1, {}, {}), (0, {}, {}), (0, {}, {})]
    assert "POSITION" in document.primitives()[0].attributes
