"""Builds a piece once and sets it down many times, turned and moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kit.solids import Part


def add(
    part: Part,
    piece: Part,
    *,
    turned_deg: float = 0.0,
    moved: Sequence[float] = (0.0, 0.0, 0.0),
    leaning_deg: float = 0.0,
) -> None:
    """Add a copy of a piece to a part.

    Parameters
    ----------
    part
        Takes the copy.
    piece
        Built about the origin, its front towards +Z.
    turned_deg
        About +Y: at 90, its front looks towards +X.
    moved
        Then by so many metres.
    leaning_deg
        First of all, backwards about its own foot.
    """
    a, b = np.radians(turned_deg), np.radians(leaning_deg)
    lean = np.array([[1, 0, 0], [0, np.cos(b), np.sin(b)], [0, -np.sin(b), np.cos(b)]])
    turn = np.array([[np.cos(a), 0, np.sin(a)], [0, 1, 0], [-np.sin(a), 0, np.cos(a)]])
    both = turn @ lean
    for material, surface in piece.surfaces.items():
        target = part.surfaces.setdefault(material, type(surface)())
        target.add(
            np.concatenate(surface.positions) @ both.T + np.asarray(moved, float),
            np.concatenate(surface.normals) @ both.T,
            np.concatenate(surface.uvs),
            np.concatenate(surface.triangles),
        )
