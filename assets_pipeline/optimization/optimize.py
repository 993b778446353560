"""Optimize a model given as a file, bytes, or an object of trimesh or pygltflib."""

from __future__ import annotations

import importlib
import os
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeAlias

from assets_pipeline.optimization.optimize_task import optimize_task
from assets_pipeline.optimization.options import OptimizeOptions, model_task
from assets_pipeline.optimization.sources import write_source

if TYPE_CHECKING:
    import pygltflib  # type: ignore[import-untyped]  # ships no types
    import trimesh

    from assets_pipeline.optimization.optimize_task import Progress
    from assets_pipeline.optimization.result import Optimized
    from assets_pipeline.optimization.sources import ExportedModel

Source: TypeAlias = "str | os.PathLike[str] | bytes | bytearray | memoryview | trimesh.Scene | trimesh.Trimesh | pygltflib.GLTF2"

_ADAPTERS: Final = {
    "trimesh": "assets_pipeline.optimization.trimesh_adapter",
    "pygltflib": "assets_pipeline.optimization.pygltflib_adapter",
}
"""By the package that defines an object's class; imported when one is given."""


class _Adapter(Protocol):
    def export_model(self, model: object) -> ExportedModel: ...


def optimize(  # noqa: PLR0913  # of a public function, all of them by name
    source: Source,
    *,
    max_error: float | None = None,
    max_bytes: int | None = None,
    max_triangles: int | None = None,
    lods: int = 1,
    usdz: bool = False,
    occlusion: bool = False,
    metres_per_unit: float | None = None,
    up: Literal["x", "y", "z"] = "y",
    progress: Progress | None = None,
) -> Optimized:
    """Return the smallest files found that look like a model, within limits.

    It runs in the calling process. Files of strangers are better given to ``ecomusee
    optimize``, which holds each to limits of memory and time in a process of its own.

    Parameters
    ----------
    source
        A path of any format that is read, with the files that it names beside it; the
        bytes of such a file; a scene or mesh of trimesh; a `GLTF2` of pygltflib. It is
        left unchanged.
    max_error
        Visual error from 0 to 1; None: 0.02.
    max_bytes, max_triangles
        Of each file; None: any number of bytes, and 100,000 triangles.
    lods
        Levels of detail, each with twice the visual error of the one before.
    usdz
        Whether a USDZ is made too.
    occlusion
        Whether hollows are darkened by a texture.
    metres_per_unit
        Of the source's numbers; None: the unit that the object of trimesh knows, else 1.
    up
        The source's axis that goes up.
    progress
        Called with the share of the work that is done, 0 to 1, and the step in hand.

    Raises
    ------
    AssetError
        A subclass that names the cause, where the model can't be used.
    TypeError
        If the source is of no known type.
    ValueError
        If a limit is out of range.
    """
    with ExitStack() as stack:
        path, told, unit_m = _file(source, stack)
        options = OptimizeOptions(
            max_error=max_error,
            max_bytes=max_bytes,
            max_triangles=max_triangles,
            lods=lods,
            usdz=usdz,
            occlusion=occlusion,
            metres_per_unit=unit_m if metres_per_unit is None else metres_per_unit,
            up=up,
        )
        made = optimize_task(model_task(path, options), options, progress)
    return replace(made, source_warnings=told)


def _file(source: Source, stack: ExitStack) -> tuple[Path, tuple[str, ...], float]:
    """Return a source as a file, what was lost on the way, and its unit in metres."""
    if isinstance(source, (str, os.PathLike)):
        return Path(source), (), 1.0
    told: tuple[str, ...] = ()
    unit_m = 1.0
    if isinstance(source, (bytes, bytearray, memoryview)):
        content = bytes(source)
    else:
        exported = _adapter(source).export_model(source)
        content, told, unit_m = (
            exported.content,
            exported.warnings,
            exported.metres_per_unit,
        )
    folder = stack.enter_context(TemporaryDirectory(prefix="ecomusee-"))
    return write_source(content, Path(folder)), told, unit_m


def _adapter(model: object) -> _Adapter:
    """Return the module that knows an object's class.

    Raises
    ------
    TypeError
        If none does.
    """
    for kind in type(model).__mro__:
        package = kind.__module__.partition(".")[0]
        if package in _ADAPTERS:
            adapter: _Adapter = importlib.import_module(_ADAPTERS[package])
            return adapter
    problem = (
        f"a model is a path, bytes, or an object of {' or '.join(_ADAPTERS)}, "
        f"and not {type(model).__name__}"
    )
    raise TypeError(problem)
