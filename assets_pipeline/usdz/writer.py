"""Write a document as USDZ: metres, +Y up.

What stands still is joined by material into one mesh each, in the scene's own frame.
What the first animation carries about has a tree of its own, what it bends a skeleton
or blend shapes; where no time is asked for, all stands at rest.
"""

from __future__ import annotations

import io
import struct
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.errors.exceptions import (
    RE_EXPORT,
    EmptyModelError,
    LimitExceededError,
    MissingToolError,
)
from assets_pipeline.gltf import measure
from assets_pipeline.gltf.rest_pose import posed_primitives
from assets_pipeline.lod.budgets import USDZ
from assets_pipeline.usdz.animated_xforms import (
    AnimatedScene,
    define_animated_xforms,
    find_rigid_nodes,
)
from assets_pipeline.usdz.meshes import JoinedMesh, StageWriter, join_by_material
from assets_pipeline.usdz.sampled_animation import (
    FINEST_SAMPLING,
    NodeTree,
    SampledAnimation,
    SamplingTolerance,
    sample_animation,
)
from assets_pipeline.usdz.skeletons import (
    SkinnedGroup,
    define_skinned_group,
    find_skinned_groups,
    rest_bounds,
)
from assets_pipeline.usdz.textures import (
    EncodedTexture,
    PictureKey,
    TextureFiles,
    default_settings,
)
from assets_pipeline.usdz.vertex_colors import TintSplitter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assets_pipeline.arrays import Float64Array
    from assets_pipeline.gltf.document import Document, Node
    from assets_pipeline.usdz.materials import Untyped


_FACTS = ("title", "author", "license", "source")
_LAYER: Final = "model.usdc"
_ROOT: Final = "/Model"
MOST_BYTES: Final = USDZ.most_bytes
"""What a phone fetches for Quick Look before its holder gives up."""
_COARSER: Final = (
    SamplingTolerance(24, 1e-4),
    SamplingTolerance(15, 5e-4),
    SamplingTolerance(10, 2e-3),
)
"""Tried in turn where an animation makes a package too large: a fifth of a degree at most."""
_ALIGNMENT_BYTES = 64
_LOCAL_HEADER_BYTES = 30
_EXTRA_HEADER = struct.Struct("<HH")
_PADDING_ID = 0x1986  # unused by others; USD's own writer takes it
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a zip knows: the same bytes every day


@dataclass(frozen=True, slots=True)
class UsdzOptions:
    """Largest textures and size of a package."""

    edges_px: tuple[int, ...] = (2048, 1024, 512)
    """Longest edge of its textures, tried in turn until the package is small enough."""
    most_bytes: int = MOST_BYTES


@dataclass(frozen=True, slots=True)
class Package:
    """A package, and the size of the animation it left out."""

    content: bytes
    left_out_bytes: int = 0
    """Of the lightest one with its animation, where that is too large; else 0."""


def write_usdz(document: Document, options: UsdzOptions | None = None) -> bytes:
    """Return the bytes of `write_package`."""
    return write_package(document, options).content


def write_package(document: Document, options: UsdzOptions | None = None) -> Package:
    """Return a document's shown scene as a USDZ package, the same bytes every time.

    An animation that makes it too large is followed less closely, then left out.

    Raises
    ------
    EmptyModelError
        If the scene has no triangle.
    LimitExceededError
        If the package is too large even with its smallest textures.
    MissingToolError
        If OpenUSD is not installed.
    """
    options = options or UsdzOptions()
    most, pictures = options.most_bytes, dict[PictureKey, EncodedTexture]()
    moving = Packer(document)
    content = _fitting(moving, options, pictures)
    if moving.motion is None or len(content) <= most:
        return Package(_small_enough(content, most))
    still = _fitting(Packer(document, None), options, pictures)
    _small_enough(still, most)
    for fineness in _COARSER:
        content = _fitting(Packer(document, fineness), options, pictures)
        if len(content) <= most:
            return Package(content)
    return Package(still, len(content))


def _small_enough(content: bytes, most_bytes: int) -> bytes:
    if len(content) > most_bytes:
        reason = f"the USDZ takes {len(content)} bytes, more than {most_bytes}"
        raise LimitExceededError(reason, "scene", "Reduce the model's triangles")
    return content


def _fitting(
    packer: Packer, options: UsdzOptions, pictures: dict[PictureKey, EncodedTexture]
) -> bytes:
    """Return the package with the largest textures that fit, or the smallest."""
    package = b""
    for edge_px in options.edges_px:
        package = packer.package(TextureFiles(default_settings(edge_px), pictures))
        if len(package) <= options.most_bytes:
            break
    return package


class Packer:
    """Writes packages of one document with any texture settings.

    Parameters
    ----------
    document
        Left unchanged, and not to be changed after.
    fineness
        How closely its first animation is followed; None leaves it out.

    Raises
    ------
    EmptyModelError
        If the scene has no triangle.
    """

    def __init__(
        self, document: Document, fineness: SamplingTolerance | None = FINEST_SAMPLING
    ) -> None:
        self.document, self.tree = document, NodeTree(document)
        self.motion: SampledAnimation | None = None
        self.carried: list[Node] = []
        self.figures: list[SkinnedGroup] = []
        if fineness is not None:
            self.motion = sample_animation(document, self.tree, fineness)
        if self.motion is not None:
            self.carried = find_rigid_nodes(self.tree, self.motion)
            self.figures = find_skinned_groups(self.tree, self.motion)
        bent = [node for figure in self.figures for node in figure.nodes]
        apart = frozenset(id(node) for node in (*self.carried, *bent))
        self.tints = TintSplitter(posed_primitives(document))
        still = posed_primitives(document, apart)
        self.still: list[JoinedMesh] = join_by_material(still, self.tints)
        if not self.still and not measure.count_triangles(document):
            reason = "the scene has no triangle"
            raise EmptyModelError(reason, "scene", RE_EXPORT)

    def package(self, textures: TextureFiles) -> bytes:
        """Return the package, its textures gathered by `textures`.

        Raises
        ------
        MissingToolError
            If OpenUSD is not installed.
        """
        layer = _layer(self, textures)
        return zip_package({_LAYER: layer, **textures.files})


# -- The layer -------------------------------------------------------------------------


def _layer(packer: Packer, textures: TextureFiles) -> bytes:
    """Return the package's root layer as USD's binary file."""
    try:
        from pxr import Kind, Usd, UsdGeom, UsdUtils  # noqa: PLC0415  # 300 ms
    except ImportError as error:
        reason = f"OpenUSD can't be loaded: {error}"
        raise MissingToolError(
            reason, "usdz", "Install ecomusee with its assets extra"
        ) from error

    hushed = UsdUtils.CoalescingDiagnosticDelegate()  # USD writes to stderr
    stage = Usd.Stage.CreateInMemory()
    UsdGeom.SetStageUpAxis(stage, UsdGeom.Tokens.y)
    UsdGeom.SetStageMetersPerUnit(stage, 1.0)
    root = UsdGeom.Xform.Define(stage, _ROOT)
    stage.SetDefaultPrim(root.GetPrim())
    Usd.ModelAPI(root).SetKind(Kind.Tokens.component)
    stage.GetRootLayer().customLayerData = _facts(packer.document)
    UsdGeom.Scope.Define(stage, f"{_ROOT}/Materials")
    _draw(StageWriter(stage, _ROOT, textures), packer)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / _LAYER
        stage.GetRootLayer().Export(str(path))
        content = path.read_bytes()
    hushed.TakeUncoalescedDiagnostics()
    return content


def _draw(stage_writer: StageWriter, packer: Packer) -> None:
    """Fill a stage; where something moves, set its time too."""
    for index, shape in enumerate(packer.still):
        stage_writer.write_mesh(f"{_ROOT}/mesh_{index}", shape)
    motion, stage = packer.motion, stage_writer.stage
    if motion is None:
        return
    stage.SetTimeCodesPerSecond(motion.rate)
    stage.SetFramesPerSecond(motion.rate)
    stage.SetStartTimeCode(0)
    stage.SetEndTimeCode(motion.last_frame)
    moves = AnimatedScene(packer.tree, motion, packer.tints)
    define_animated_xforms(stage_writer, moves, packer.carried)
    for index, figure in enumerate(packer.figures):
        path = f"{_ROOT}/figure_{index}"
        box = rest_bounds(packer.document, figure)
        define_skinned_group(stage_writer, path, figure, moves)
        _set_extent(stage.GetPrimAtPath(path), box)


def _set_extent(prim: Untyped, box: Float64Array) -> None:
    from pxr import UsdGeom, Vt  # noqa: PLC0415  # 300 ms

    corners = np.ascontiguousarray(box, np.float32)
    UsdGeom.Boundable(prim).CreateExtentAttr(Vt.Vec3fArray.FromNumpy(corners))


def _facts(document: Document) -> dict[str, str]:
    """Return what the file says of itself: title, author, licence, copyright."""
    extras = document.extras if isinstance(document.extras, dict) else {}
    facts = {name: extras[name] for name in _FACTS if name in extras}
    written = {name: text for name, text in facts.items() if isinstance(text, str)}
    if document.copyright:
        written["copyright"] = document.copyright
    return written


def zip_package(files: Mapping[str, bytes]) -> bytes:
    """Return the package of files by name, in their order."""
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, date_time=_EPOCH)
            entry.create_system = 0
            entry.external_attr = 0
            entry.extra = _padding(package.tell(), name)
            archive.writestr(entry, content)
    return package.getvalue()


def _padding(start: int, name: str) -> bytes:
    """Return an extra field that moves the content to the next boundary."""
    bare = start + _LOCAL_HEADER_BYTES + len(name.encode()) + _EXTRA_HEADER.size
    fill = -bare % _ALIGNMENT_BYTES
    return _EXTRA_HEADER.pack(_PADDING_ID, fill) + b"\0" * fill
