"""Convert pictures to AVIF, WebP and JPEG in several widths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assets_pipeline.images.photographs import read_photograph
from assets_pipeline.rendering import poster
from assets_pipeline.tasks.result import TaskResult

if TYPE_CHECKING:
    from assets_pipeline.resolver import Resolver
    from assets_pipeline.tasks.store import Store
    from assets_pipeline.tasks.task import Task


def make_picture(task: Task, resolver: Resolver, store: Store) -> TaskResult:
    """Return a picture's variants, kept in the store.

    Only pixels are kept: where and by whom a photograph was taken stays with the
    museum. Transparent pictures are laid on white; colours become sRGB; what was
    turned by the camera stands upright; nothing is enlarged.

    Raises
    ------
    AssetError
        A subclass that names the cause.
    """
    return TaskResult(
        poster.encode_variants(np.asarray(read_photograph(task, resolver)), store.put)
    )
