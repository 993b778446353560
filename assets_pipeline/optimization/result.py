"""The result of an optimization: files, their facts, and what to know of them."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    import pygltflib  # type: ignore[import-untyped]  # ships no types
    import trimesh

    from assets_pipeline.gltf.extents import Point

Limit: TypeAlias = Literal["error", "bytes", "triangles"]


class ConversionWarning(UserWarning):
    """An object of another library can't hold all that a model holds."""


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What a model's file costs whoever shows it."""

    size_bytes: int
    """Of a source, with all the files that it names."""
    triangles: int
    draw_calls: int
    textures: int
    gpu_bytes: int


@dataclass(frozen=True, slots=True)
class OptimizedFile:
    """One optimized file, GLB or USDZ."""

    name: str
    """``lod0``, ``lod1`` and so on from the finest, or ``usdz``."""
    content: bytes = field(repr=False)
    facts: ModelFacts
    visual_error: float | None
    """Against the source, 0 to 1; None where it can't be rendered."""
    max_error: float
    """What was aimed at."""
    exceeded: tuple[Limit, ...] = ()
    """Limits that the file does not keep."""
    picture: bytes | None = field(default=None, repr=False)
    """Rendered (WebP), if pictures were asked for."""
    difference: bytes | None = field(default=None, repr=False)
    """FLIP between that picture and the source's (WebP)."""


@dataclass(frozen=True, slots=True)
class Optimized:
    """An optimized model."""

    source: ModelFacts
    lods: tuple[OptimizedFile, ...]
    """The finest first; at least one."""
    usdz: OptimizedFile | None = None
    max_bytes: int | None = None
    max_triangles: int | None = None
    """Limits that were asked for."""
    moved_from_m: Point | None = None
    """Where the foot of a far-away model was, metres, before it became the origin."""
    ignored_extensions: tuple[str, ...] = ()
    """glTF extensions of the source that are left out."""
    missing_files: tuple[str, ...] = ()
    """Files that the source names and that are not there."""
    guessed_files: tuple[str, ...] = ()
    """Files that nothing names, taken for a texture of the source."""
    ignored_models: tuple[str, ...] = ()
    """Other models of a zip."""
    source_warnings: tuple[str, ...] = ()
    """What was lost where the source is an object of another library."""
    source_picture: bytes | None = field(default=None, repr=False)

    @property
    def glb(self) -> bytes:
        """The optimized file: the finest LOD."""
        return self.lods[0].content

    @property
    def visual_error(self) -> float | None:
        """Of the finest LOD against the source, 0 to 1; None where nobody could look."""
        return self.lods[0].visual_error

    @property
    def files(self) -> tuple[OptimizedFile, ...]:
        """All files: the LODs, then the USDZ."""
        return self.lods if self.usdz is None else (*self.lods, self.usdz)

    @property
    def is_larger(self) -> bool:
        """Whether the finest LOD weighs more than the source."""
        return len(self.glb) > self.source.size_bytes

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is to be known of the result, in English sentences."""
        told = list(self.source_warnings)
        if self.is_larger:
            told.append(
                f"the result has {len(self.glb)} bytes, the source {self.source.size_bytes}"
            )
        for file in self.files:
            told += [f"{file.name}: over the limit of {kind}" for kind in file.exceeded]
            if file.visual_error is None:
                told.append(f"{file.name}: the visual error could not be measured")
        if self.moved_from_m is not None:
            point = ", ".join(f"{along:.3f}" for along in self.moved_from_m)
            told.append(f"the foot, at ({point}) m, became the origin")
        for what, names in (
            ("files that are missing", self.missing_files),
            ("files that nothing names, taken for a texture", self.guessed_files),
            ("other models of the zip, left out", self.ignored_models),
            ("extensions left out", self.ignored_extensions),
        ):
            if names:
                told.append(f"{what}: {', '.join(names)}")
        return tuple(told)

    def to_trimesh(self) -> trimesh.Scene:
        """Return the finest LOD as a scene of trimesh, decompressed.

        What a scene can't hold is told by a `ConversionWarning`.
        """
        from assets_pipeline.optimization import trimesh_adapter  # noqa: PLC0415  # heavy

        scene, lost = trimesh_adapter.load_scene(self.glb)
        if lost:
            told = f"trimesh does not hold: {', '.join(lost)}"
            warnings.warn(told, ConversionWarning, stacklevel=2)
        return scene

    def to_gltf2(self, *, decompressed: bool = False) -> pygltflib.GLTF2:
        """Return the finest LOD as a `GLTF2` of pygltflib.

        Parameters
        ----------
        decompressed
            Whether accessors can be read by pygltflib, which knows no meshopt; else a
            file that is saved of it stays as small as it is.
        """
        from assets_pipeline.optimization import pygltflib_adapter  # noqa: PLC0415  # heavy
        from assets_pipeline.rendering.decompress import decompress  # noqa: PLC0415

        return pygltflib_adapter.load_gltf2(
            decompress(self.glb) if decompressed else self.glb
        )

    def save(self, path: Path | str) -> list[Path]:
        """Write all files, each whole or not at all, and return their paths.

        Parameters
        ----------
        path
            Of the finest LOD; the others are named after it: ``vase.glb``,
            ``vase.lod1.glb``, ``vase.usdz``.
        """
        written = []
        for file in self.files:
            target = output_path(Path(path), file.name)
            part = target.with_name(f"{target.name}.part")
            try:
                part.write_bytes(file.content)
                written.append(part.replace(target))
            finally:
                part.unlink(missing_ok=True)
        return written


def output_path(first: Path, name: str) -> Path:
    """Return the path of a file, from that of the finest LOD."""
    if name == "lod0":
        return first
    return first.with_suffix(".usdz" if name == "usdz" else f".{name}.glb")
