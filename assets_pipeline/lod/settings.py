"""Settings of one LOD, and the encoder that applies them to a document."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from assets_pipeline.gltf import measure
from assets_pipeline.gltf.clone import clone_document
from assets_pipeline.gltf.document import TRIANGLES
from assets_pipeline.gltf.materials import needs_tangents
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.transforms.compress_meshopt import (
    CompressMeshoptOptions,
    compress_meshopt,
)
from assets_pipeline.transforms.compress_textures import (
    CompressTexturesOptions,
    TextureCache,
    TextureSetting,
    compress_textures,
)
from assets_pipeline.transforms.instance import InstanceOptions, instance
from assets_pipeline.transforms.quantize import QuantizeOptions, position_bits, quantize
from assets_pipeline.transforms.reorder import (
    ReorderOptions,
    is_source_order_better,
    reorder,
)
from assets_pipeline.transforms.simplify import SimplifyOptions, simplify
from assets_pipeline.transforms.static_meshes import static_nodes_by_mesh
from assets_pipeline.transforms.strip_names import strip_names
from assets_pipeline.transforms.weld import weld

if TYPE_CHECKING:
    from assets_pipeline.gltf.document import Document
    from assets_pipeline.lod.budgets import Profile
    from assets_pipeline.transforms.ktx2_textures import TextureKind, TextureMemoryLimit

_SLOWEST: Final = 6
_TRIED_TRIANGLES: Final = 20_000
"""Of meshes of which several orders are tried, where effort is not spared."""
TEXTURE_KINDS: Final[tuple[TextureKind, ...]] = ("color", "normal", "packed")


@dataclass(frozen=True, slots=True)
class LodSettings:
    """Triangles, attribute bits and texture settings of one LOD."""

    triangles: int
    """Wanted."""
    position_bits: int
    """At least; true scale may ask for more."""
    uv_bits: int
    normal_bits: int
    tangent_bits: int
    color_bits: int
    """Of colours by vertex, where they are too dark for 8."""
    place_bits: int
    """Of the mantissas of places where a mesh repeats."""
    keeps_tangents: bool
    """Without, a phone works them out as glTF says."""
    color: TextureSetting
    normal: TextureSetting
    packed: TextureSetting

    def with_texture(self, kind: TextureKind, setting: TextureSetting) -> LodSettings:
        """Return the settings with another one for one kind of texture."""
        changed: Any = {kind: setting}  # a TextureKind is a field's name
        return replace(self, **changed)

    def with_textures_of(self, other: LodSettings) -> LodSettings:
        """Return the settings with another's textures."""
        settings: dict[str, Any] = {
            kind: getattr(other, kind) for kind in TEXTURE_KINDS
        }
        return replace(self, **settings)

    def to_json(self) -> dict[str, Any]:
        """Return what `settings_from_json` reads."""
        return asdict(self)


def settings_from_json(record: dict[str, Any]) -> LodSettings:
    """Return recorded settings.

    Raises
    ------
    KeyError, TypeError, ValueError
        If the record is none.
    """
    color, normal, packed = (
        TextureSetting(int(record[kind]["edge_px"]), int(record[kind]["quality"]))
        for kind in TEXTURE_KINDS
    )
    return LodSettings(
        triangles=int(record["triangles"]),
        position_bits=int(record["position_bits"]),
        uv_bits=int(record["uv_bits"]),
        normal_bits=int(record["normal_bits"]),
        tangent_bits=int(record["tangent_bits"]),
        color_bits=int(record["color_bits"]),
        place_bits=int(record["place_bits"]),
        keeps_tangents=bool(record["keeps_tangents"]),
        color=color,
        normal=normal,
        packed=packed,
    )


@dataclass(frozen=True, slots=True)
class EncodedLod:
    """A document encoded with some settings."""

    document: Document
    content: bytes
    """Of the file: GLB, or USDZ."""
    is_packed: bool = False
    """Whether it is sent as it is: USDZ is, for it is mapped into memory."""

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return len(self.content)

    @property
    def texture_bytes(self) -> int:
        """Bytes of the file that are textures."""
        return sum(len(image.content) for image in self.document.images())


class LodEncoder:
    """Encodes one document with any settings, each step once.

    Parameters
    ----------
    document
        Oriented, pruned, welded, with normals; left unchanged.
    profile
        Of the level of detail.
    made
        Encoded textures; share it between levels of detail.
    """

    def __init__(
        self, document: Document, profile: Profile, made: TextureCache | None = None
    ) -> None:
        self.document, self.profile = document, profile
        self.triangles = max(1, measure.count_triangles(document))
        self._made = TextureCache() if made is None else made
        self._reduced: dict[int, Document] = {}
        self._encoded: dict[tuple[LodSettings, bool], Document] = {}

    @property
    def attributes(self) -> set[str]:
        """The names of attributes that the document holds."""
        return {name for p in self.document.primitives() for name in p.attributes}

    @property
    def least_position_bits(self) -> int:
        """Fewest position bits that true scale allows, over all meshes."""
        options = QuantizeOptions(least_position_bits=1)
        bits = (position_bits(mesh, options) for mesh in self.document.meshes())
        return min(bits, default=1)

    @property
    def has_repeats(self) -> bool:
        """Whether meshes are instanced."""
        least = InstanceOptions().least_uses
        return any(
            len(nodes) >= least
            for nodes in static_nodes_by_mesh(self.document).values()
        )

    @property
    def keeps_an_order(self) -> bool:
        """Whether triangles keep a source order that simplification would lose."""
        return any(
            p.mode == TRIANGLES and p.indices is not None and is_source_order_better(p)
            for p in self.document.primitives()
        )

    def encode(self, plan: LodSettings, method: int = _SLOWEST) -> EncodedLod:
        """Return the LOD that settings give; WebP effort 0 to 6."""
        settings = CompressTexturesOptions(plan.color, plan.normal, plan.packed, method)
        return self._encode(plan, settings)

    def encode_within(
        self, plan: LodSettings, memory: TextureMemoryLimit
    ) -> EncodedLod:
        """Return the LOD that settings give within a limit of graphics memory."""
        settings = CompressTexturesOptions(
            plan.color, plan.normal, plan.packed, memory=memory
        )
        return self._encode(plan, settings)

    def _encode(
        self, plan: LodSettings, settings: CompressTexturesOptions
    ) -> EncodedLod:
        is_thorough = settings.method == _SLOWEST
        shown = clone_document(self._geometry(plan, is_thorough=is_thorough))
        compress_textures(shown, settings, self._made)
        return EncodedLod(shown, write_glb(shown))

    def _geometry(self, plan: LodSettings, *, is_thorough: bool) -> Document:
        """Return the document with its arrays reduced and encoded."""
        plan = replace(plan, color=_NONE, normal=_NONE, packed=_NONE)
        key = plan, is_thorough
        if key not in self._encoded:
            document = clone_document(
                self._simplified(min(plan.triangles, self.triangles))
            )
            if not plan.keeps_tangents:
                _drop_tangents(document)
            quantize(
                document,
                QuantizeOptions(
                    least_position_bits=plan.position_bits,
                    uv_bits=plan.uv_bits,
                    dark_color_bits=plan.color_bits,
                ),
            )
            instance(document)
            strip_names(document)
            tried = _TRIED_TRIANGLES if is_thorough else 0
            reorder(document, ReorderOptions(most_tried_triangles=tried))
            compress_meshopt(
                document,
                CompressMeshoptOptions(
                    normal_bits=plan.normal_bits,
                    tangent_bits=plan.tangent_bits,
                    instance_bits=plan.place_bits,
                    uv_bits=plan.uv_bits,
                ),
            )
            self._encoded[key] = document
        return self._encoded[key]

    def _simplified(self, target: int) -> Document:
        """Return the document in so many triangles, not to be changed."""
        if target == self.triangles:
            return self.document
        if target not in self._reduced:
            reduced = clone_document(self.document)
            simplify(reduced, SimplifyOptions(target_triangles=target))
            self._reduced[target] = reduced
        return self._reduced[target]


def _drop_tangents(document: Document) -> None:
    """Leave tangents out where the mesh's own coordinates give them again."""
    for primitive in document.primitives():
        material = primitive.material
        if material is None or not needs_tangents(material):
            primitive.attributes.pop("TANGENT", None)
    weld(document)


_NONE: Final = TextureSetting(1, 0)
