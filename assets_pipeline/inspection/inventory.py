"""Figures of an inspected model (light to import)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assets_pipeline.gltf_validator.schema_check import Fault
    from assets_pipeline.tasks.task import Task

_EXPECTED_ATTRIBUTES = ("POSITION", "NORMAL", "TEXCOORD_0", "COLOR_0")


@dataclass(frozen=True, slots=True)
class TextureCost:
    """Size and memory of one texture."""

    name: str | None
    media_type: str
    slots: tuple[str, ...]
    """What materials use it for, in glTF's words: ``baseColorTexture``."""
    width_px: int
    height_px: int
    size_bytes: int
    gpu_bytes: int
    """With its mips: as RGBA8, or as KTX2's blocks."""


@dataclass(frozen=True, slots=True)
class Motion:
    """Length and channels of one animation."""

    name: str | None
    duration_s: float
    channels: int
    is_played: bool
    """Whether visitors see it: of several, the first that moves anything."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """Contents and costs of one model's source, in metres as the options say."""

    size_bytes: int
    """Of the file and of those it names."""
    files: int
    size_m: tuple[float, float, float]
    """Width, height, depth of what is shown at rest."""
    scenes: int
    nodes: int
    meshes: int
    draw_calls: int
    triangles: int
    """Drawn, each instance counted."""
    vertices: int
    """Stored, each mesh once."""
    repeated_vertices: int
    """Of these, equal to another in every attribute: welding removes them."""
    empty_triangles: int
    """Stored, with two corners at one point: nothing of them is seen."""
    double_triangles: int
    """Stored, where another of their primitive is, turned the same way."""
    attributes: tuple[str, ...]
    materials: int
    textures: tuple[TextureCost, ...]
    animations: tuple[Motion, ...]
    joints: int
    morph_targets: int
    extensions: tuple[str, ...]
    """Kept, as far as a viewer knows them."""
    gpu_bytes: int
    """Buffers and textures, decoded."""
    guesses: tuple[str, ...] = ()
    """Pictures beside it that nothing names, taken for its own."""
    missing: tuple[str, ...] = ()
    """Files that it names and that are not there."""
    other_models: tuple[str, ...] = ()
    """Of a zip, those that are not shown."""
    is_paintable: bool = False
    """Whether its textures can be laid out anew over fewer triangles."""
    left_out: tuple[str, ...] = ()
    """Extensions that a glTF file uses and the build leaves out."""
    unseen: tuple[str, ...] = ()
    """Those of them that change nothing of what is seen."""
    away_m: float = 0.0
    """How far it stands from its file's origin."""
    lost_foot: tuple[float, float, float] | None = None
    """The point of the file that a build makes the origin, where it is that far."""
    faults: tuple[Fault, ...] = ()
    """What a glTF file does against its standard."""

    @property
    def missing_attributes(self) -> tuple[str, ...]:
        """Usual attributes that no primitive has."""
        return tuple(n for n in _EXPECTED_ATTRIBUTES if n not in self.attributes)

    @property
    def is_scan(self) -> bool:
        """Whether it is static, vertex-coloured and without textures."""
        is_bare = not self.textures and not self.animations and not self.morph_targets
        return is_bare and "COLOR_0" in self.attributes and not self.joints

    @property
    def texture_gpu_bytes(self) -> int:
        """The textures' share of ``gpu_bytes``."""
        return sum(texture.gpu_bytes for texture in self.textures)


def inspect_task(task: Task) -> Inspection:
    """Return the inspection of a model task's source.

    It is decoded: `assets_pipeline.build.sandbox` is where.

    Raises
    ------
    AssetError
        As `assets_pipeline.inspection.inspect_model.inspect_model` does.
    """
    # Imported here: who asks another process needs none of it.
    from assets_pipeline.gltf.orient import OrientOptions  # noqa: PLC0415
    from assets_pipeline.inspection.inspect_model import inspect_model  # noqa: PLC0415
    from assets_pipeline.resolver import Resolver  # noqa: PLC0415

    turn = OrientOptions(task.metres_per_unit, task.up)
    return inspect_model(PurePosixPath(task.path), Resolver(Path(task.folder)), turn)
