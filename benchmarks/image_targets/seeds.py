"""Seed the random numbers of one frame from its name."""

from __future__ import annotations

import hashlib

import numpy as np


def generator(*name: object) -> np.random.Generator:
    """Return the generator that belongs to a name; the same on every machine.

    Each frame has its own, so that adding a bin or a picture changes no other frame.
    """
    digest = hashlib.sha256("/".join(map(str, name)).encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "little"))
