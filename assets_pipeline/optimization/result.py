"""The result of an optimization: files, their facts, and what to know of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from assets_pipeline.gltf.extents import Point

Limit: TypeAlias = Literal["error", "bytes", "triangles"]


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

    def save(self, path: Path | str) -> list[Path]:
        """Write all files, and return their paths.

        Parameters
        ----------
        path
            Of the finest LOD; the others are named after it: ``vase.glb``,
            ``vase.lod1.glb``, ``vase.usdz``.
        """
        written = []
        for file in self.files:
            target = output_path(Path(path), file.name)
            target.write_bytes(file.content)
            written.append(target)
        return written


def output_path(first: Path, name: str) -> Path:
    """Return the path of a file, from that of the finest LOD."""
    if name == "lod0":
        return first
    return first.with_suffix(".usdz" if name == "usdz" else f".{name}.glb")
