"""Skeletons that a file leaves out of its scene, or in pieces."""

from __future__ import annotations

import pytest

from assets_pipeline.gltf.document import Document, Mesh, Node, Scene, Skin
from assets_pipeline.readers.gltf.nodes import repair_skeletons


def figure(*roots: Node, shown: tuple[int, ...]) -> tuple[Document, list[Node]]:
    """Return a skinned plane beside roots of its joints, and all that hangs under none."""
    joints = [node for root in roots for node in (root, *root.children)]
    plane = Node(name="plane", mesh=Mesh([]), skin=Skin(joints))
    scene = Scene([plane, *(roots[i] for i in shown)])
    return Document([scene], scene), [plane, *roots]


def names(document: Document) -> list[str | None]:
    return [node.name for node in document.shown_nodes()]


def test_joints_that_no_scene_shows_are_listed_with_what_they_move() -> None:
    hip = Node(name="hip", children=[Node(name="knee")])
    document, roots = figure(hip, shown=())

    repair_skeletons(document.scenes, roots)

    assert names(document) == ["plane", "hip", "knee"]


@pytest.mark.parametrize("shown", [(0, 1), (0,), ()])
def test_joints_apart_get_one_root(shown: tuple[int, ...]) -> None:
    document, roots = figure(Node(name="left"), Node(name="right"), shown=shown)

    repair_skeletons(document.scenes, roots)

    assert names(document) == ["plane", "skeleton", "left", "right"]


def test_what_is_whole_stays_as_it_is() -> None:
    hip = Node(name="hip", children=[Node(name="knee")])
    document, roots = figure(hip, shown=(0,))

    repair_skeletons(document.scenes, roots)

    assert names(document) == ["plane", "hip", "knee"]


def test_nothing_is_shown_for_its_joints_alone() -> None:
    hidden = Node(name="hidden", mesh=Mesh([]), children=[Node(name="knee")])
    document, roots = figure(hidden, shown=())

    repair_skeletons(document.scenes, roots)

    assert names(document) == ["plane"]
