"""Skeletons that a glTF file leaves out of its scenes, or in pieces: made whole.

glTF 2.0 asks that joints have a common root, in each scene that shows what they move
(3.7.3.2). Viewers forgive both faults, other programs don't.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets_pipeline.gltf.document import Node, below

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assets_pipeline.gltf.document import Scene, Skin


def mend_skeletons(scenes: list[Scene], roots: Iterable[Node]) -> None:
    """Give joints of a skin one root, and list it where the skin is shown.

    A root that carries anything to be seen is listed nowhere else than the file says.

    Parameters
    ----------
    scenes
        Changed in place.
    roots
        All nodes that hang under none.
    """
    every = [*roots, *(node for scene in scenes for node in scene.nodes)]
    tops = {id(node): root for root in every for node in below([root])}
    shown = [{id(node): node for node in below(scene.nodes)} for scene in scenes]
    skins = {id(n.skin): n.skin for held in shown for n in held.values() if n.skin}
    for skin in skins.values():
        apart = _tops(skin, tops)
        if len(apart) > 1:
            _hang_together(apart, scenes, tops)
    for scene, held in zip(scenes, shown, strict=True):
        for skin in {id(n.skin): n.skin for n in held.values() if n.skin}.values():
            for top in _tops(skin, tops):
                is_shown = any(root is top for root in scene.nodes)
                if not is_shown and _is_bare([top]):
                    scene.nodes.append(top)


def _tops(skin: Skin, tops: dict[int, Node]) -> list[Node]:
    """Return what a skin's joints hang under in the end, each once."""
    return list({id(tops[id(j)]): tops[id(j)] for j in skin.joints}.values())


def _hang_together(
    apart: list[Node], scenes: list[Scene], tops: dict[int, Node]
) -> None:
    """Put one node over several, where they stood."""
    hung = {id(node) for node in apart}
    listed = [sum(id(node) in hung for node in scene.nodes) for scene in scenes]
    if any(0 < count < len(apart) for count in listed) and not _is_bare(apart):
        return
    root = Node(name="skeleton", children=apart)
    for scene, count in zip(scenes, listed, strict=True):
        if count:
            kept = [node for node in scene.nodes if id(node) not in hung]
            scene.nodes = [*kept, root]
    tops.update((id(node), root) for node in below([root]))


def _is_bare(roots: list[Node]) -> bool:
    """Whether nothing is to be seen of nodes and what hangs below them."""
    return all(node.mesh is None for node in below(roots))
